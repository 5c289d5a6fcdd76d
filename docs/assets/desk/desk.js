/**
 * The agents' desk: paste what a customer wrote, choose among the answers, copy the reply; by keyboard alone.
 * What is pasted stays in this page; what is chosen stands in the fragment of the address.
 */

import { NOBODY, withAnswer, without, withQuery, withTried } from "../box/case.js";
import { Port } from "../box/port.js";
import { filled, left, withCase } from "../page/blanks.js";
import { countOf } from "../page/case.js";
import { copyText, makeReport, SELECTED } from "../page/copy.js";
import { make, makeButton } from "../page/dom.js";
import { askBack } from "./back.js";
import { candidatesOf, isCard, onlyPages, rows } from "./candidates.js";
import { correction, inTone } from "./compose.js";
import { addKeys } from "./keys.js";
import { partsOf } from "./parts.js";
import { linkIn, Replies } from "./replies.js";
import { fragmentOf, readState } from "./state.js";
import { question } from "./words.js";

/** @typedef {import("../box/answers.js").Reply} Reply */

if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";

/** Makes a question of what is the name of a page. */
const HOW = " 怎么办";

/** @type {Pick<Reply, "chips" | "asking">} */
const SILENT = { chips: [], asking: { topic: "", question: null, others: [] } };

/** @param {HTMLElement} desk the element marked `data-desk` */
export function enhance(desk) {
  const site = new URL(desk.dataset.desk || ".", location.href);
  const blanks = desk.dataset.deskBlanks?.split("|") ?? [];
  const { paste, list, text, open, back, count, found, tones, buttons } = partsOf(desk);
  const { status, field } = makeReport();
  const replies = new Replies(site);
  const port = new Port(site, receive);

  let state = readState(location.hash);
  let current = { query: "", known: state.known };
  /** @type {import("./candidates.js").Candidate[]} */
  let candidates = [];
  let shown = SILENT;
  let chosen = 0;
  /** What to do as soon as there are answers. @type {null | (() => void)} */
  let wanted = null;
  /** The reply that is being fetched. */
  let showing = Promise.resolve();

  const link = linkIn(site);

  /** @type {import("../box/questions.js").Acts} */
  const acts = {
    answer: (slug, option) => learn(withAnswer(current, slug, option)),
    tried: (id) => learn(withTried(current, id)),
    forget: (key) => learn(without(current, key)),
    retry: ask,
    link,
  };

  function learn(/** @type {import("../box/case.js").Case} */ next) {
    current = next;
    ask();
    paste.focus();
  }

  /** Ask for what is pasted and known. */
  function ask() {
    state = { ...state, card: "", known: current.known };
    chosen = 0;
    candidates = [];
    const isNothing = !current.query && !Object.keys(current.known.answers).length;
    if (isNothing) current = NOBODY;
    if (isNothing) show(SILENT);
    else port.ask(current);
    write();
  }

  /** @param {import("../box/case.js").Case} one @param {Reply | null} reply */
  function receive(one, reply) {
    if (one !== current) return;
    if (!reply || reply.failed) {
      wanted = null;
      found.replaceChildren("没有取到搜索数据。", makeButton("再试一次", ask));
      return;
    }
    if (onlyPages(reply) && !current.query.endsWith(HOW)) {
      current = withQuery(current, current.query + HOW);
      return port.ask(current);
    }
    candidates = candidatesOf(reply);
    for (const { answer } of candidates.slice(0, 3)) textsOf(answer);
    show(reply);
    if (candidates.length) return;
    const none = make("p", {}, desk.dataset.deskNone ?? "");
    none.dataset.none = "";
    found.replaceChildren(none);
  }

  /** @param {Pick<Reply, "chips" | "asking">} reply */
  function show(reply) {
    shown = reply;
    found.textContent = candidates.length ? `最像的 ${candidates.length} 条` : "";
    list.replaceChildren(...rows(candidates, chosen, choose));
    back.replaceChildren(...askBack(reply, acts, copyQuestion));
    showing = showReply();
    if (candidates.length) wanted?.();
    wanted = null;
  }

  const copyQuestion = async (/** @type {string} */ says) => report("追问", await copyText(says, field));

  function choose(/** @type {number} */ place) {
    if (!candidates.length) return;
    chosen = (place + candidates.length) % candidates.length;
    state = { ...state, card: candidates[chosen].answer };
    write();
    list.replaceChildren(...rows(candidates, chosen, choose));
    showing = showReply();
  }

  /** The replies of a card; null for another answer, and where they cannot be had. */
  const textsOf = async (/** @type {string} */ answer) =>
    isCard(answer) ? replies.of(answer).catch(() => null) : null;

  async function showReply() {
    const candidate = candidates[chosen];
    if (!candidate) {
      text.value = "";
      count.textContent = "";
      return;
    }
    const { answer, path } = candidate;
    open.href = path ? link(path) : "";
    open.hidden = !path;
    const texts = await textsOf(answer);
    if (candidate !== candidates[chosen]) return;
    const reply = inTone(candidate, texts, state.tone, link);
    const told = shown.chips.map(({ says }) => says);
    text.value = filled(state.tone === "ticket" ? withCase(reply, told) : reply);
    status.textContent = isCard(answer) && !texts ? "没有取到全文，先用这一句" : "";
    showLeft();
  }

  function showLeft() {
    const some = left(text.value, blanks);
    count.textContent = /【/.test(text.value) || some.length ? countOf(some) : "";
  }

  /** Do it now, or as soon as there are answers. @param {() => void} act */
  function soon(act) {
    if (port.busy) wanted = act;
    else if (candidates.length) act();
  }

  const copySoon = () => soon(() => showing.then(copyReply));

  /** @param {string} what @param {boolean} copied */
  function report(what, copied) {
    status.textContent = ""; // or the second copy would not be announced
    status.textContent = copied ? `已复制 ${what}` : SELECTED;
  }

  async function copyReply() {
    const written = filled(text.value);
    const some = left(written, blanks);
    const { answer } = candidates[chosen];
    const name = isCard(answer) ? answer : "这一条";
    report(some.length ? `${name}，${countOf(some)}` : name, await copyText(written, field));
  }

  async function copyFull() {
    const { answer } = candidates[chosen];
    const texts = await textsOf(answer);
    report(`${answer} 全文`, await copyText(filled(texts?.full ?? text.value), field));
  }

  async function flag() {
    if (!candidates.length) return;
    const selected = text.value.slice(text.selectionStart, text.selectionEnd);
    const { answer } = candidates[chosen];
    const texts = await textsOf(answer);
    text.value = correction(candidates[chosen], texts, selected, link);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    report("改错的话：写上哪里不对，发给维护的人", await copyText(text.value, field));
  }

  const write = () =>
    history.replaceState(history.state, "", location.pathname + location.search + fragmentOf(state));

  function pasted() {
    current = { ...current, query: question(paste.value) };
    ask();
  }

  paste.addEventListener("input", pasted);
  text.addEventListener("input", showLeft);
  document.addEventListener("kb-case", showReply);
  for (const tone of tones) {
    tone.checked = tone.value === state.tone;
    tone.addEventListener("change", () => {
      state = { ...state, tone: /** @type {import("./replies.js").Tone} */ (tone.value) };
      write();
      showing = showReply();
    });
  }
  addKeys(desk, paste, {
    copy: copySoon,
    full: () => soon(copyFull),
    next: () => choose(chosen + 1),
    previous: () => choose(chosen - 1),
    copyAt: (place) =>
      soon(() => {
        choose(place);
        showing.then(copyReply);
      }),
    flag,
    clear: () => {
      paste.value = "";
      current = NOBODY;
      ask();
    },
  });
  buttons.append(
    makeButton("复制回复", copySoon, "kb-button kb-button--primary"),
    makeButton("复制全文", () => soon(copyFull)),
    makeButton("改错", flag),
    status,
    field,
  );
  port.start().catch(() => {});
  if (paste.value) pasted();
  else if (state.card) resume();
  else if (Object.keys(current.known.answers).length) ask();
  if (matchMedia("(pointer: fine)").matches) paste.focus({ preventScroll: true });
  desk.classList.add("kb-work--on");

  /** Show what an address names. */
  async function resume() {
    const { card } = state;
    const texts = await textsOf(card);
    if (!texts || candidates.length) return;
    const other = { text: "", light: "", tags: [], action: "" };
    candidates = [{ answer: card, title: texts.title, path: `c/${card}/`, ...other }];
    show(SILENT);
  }
}
