/**
 * The agents' desk: paste what a customer wrote, choose among the answers, copy the reply; by keyboard alone.
 * What is pasted stays in this page; what is chosen stands in the fragment of the address.
 */

import { NOBODY, withAnswer, without, withQuery, withTried } from "../box/case.js";
import { Port } from "../box/port.js";
import { makeButton } from "../page/dom.js";
import { askBack } from "./back.js";
import { candidatesOf, named, onlyPages, rows } from "./candidates.js";
import { flagPanel } from "./flag.js";
import { Heard } from "./heard.js";
import { addKeys } from "./keys.js";
import { Pane } from "./pane.js";
import { partsOf } from "./parts.js";
import { isPreview, linkIn, Replies } from "./replies.js";
import { Served } from "./served.js";
import { fragmentOf, readState, TONES } from "./state.js";
import { Taken } from "./taken.js";
import { toneChoice } from "./tones.js";
import { Undo } from "./undo.js";
import { headOf, SILENCE, withoutOf } from "./without.js";

/** @typedef {import("../box/answers.js").Reply} Reply */

if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";

/** Makes a question of what is the name of a page. */
const HOW = " 怎么办";

/** @type {Pick<Reply, "chips" | "asking" | "reader">} */
const SILENT = { chips: [], reader: "", asking: { topic: "", question: null, isFirst: false, others: [] } };

/** @param {HTMLElement} desk the element marked `data-desk` */
export function enhance(desk) {
  const { desk: here = ".", deskHome, deskBlanks, deskHeard = "[]" } = desk.dataset;
  const { greeted, none } = withoutOf(desk.dataset);
  const site = new URL(here, location.href);
  const parts = partsOf(desk);
  const { paste, list, open, back, found, tones, text } = parts;
  const undo = new Undo(parts.undo);
  const bar = /** @type {HTMLElement | null} */ (desk.querySelector("[data-case]"));
  const tools = {
    undo,
    taken: new Taken(JSON.parse(bar?.dataset.taken ?? "{}")),
    heard: new Heard(JSON.parse(deskHeard)),
  };
  const home = new URL(deskHome || site, site);
  const [link, published] = [linkIn(site), linkIn(home)];
  const pane = new Pane(parts, new Replies(site), {
    blanks: deskBlanks?.split("|") ?? [],
    fields: bar?.dataset.case?.split("|") ?? [],
    link: published,
    answered: () => served.answered(),
  });
  const kept = () => ({ current, tone: state.tone, card: state.card, edited: pane.edited });
  const served = new Served(paste, tools, { kept, serve });
  const port = new Port(site, receive);
  const flag = flagPanel(parts.flag, published, () => paste.focus());
  const showTone = toneChoice(tones, changeTone, () => paste.focus());

  let state = readState(location.hash);
  /** @type {import("../box/case.js").Case} */
  let current = { query: "", known: state.known };
  /** @type {import("./candidates.js").Candidate[]} */
  let candidates = [];
  let shown = SILENT;
  let chosen = 0;
  /** What the agent made of the reply before it was cleared. @type {string | null} */
  let edited = null;
  /** What to do as soon as there are answers. @type {null | (() => void)} */
  let wanted = null;

  /** @type {import("../box/questions.js").Acts} */
  const acts = {
    answer: (slug, option) => learn(withAnswer(current, slug, option)),
    tried: (id) => learn(withTried(current, id)),
    forget: (key) => learn(without(current, key)),
    retry: () => ask(),
    link,
  };

  function learn(/** @type {import("../box/case.js").Case} */ next) {
    current = next;
    ask();
    paste.focus();
  }

  function serve(/** @type {import("./served.js").Kept} */ { tone, ...one }) {
    current = one.current;
    state = { ...state, tone };
    pane.forget();
    ask(one);
  }

  /** Ask for what is pasted and known; `one`: what had been chosen for him, and made of it. */
  function ask(/** @type {{card: string, edited: string | null}} */ one = { card: "", edited: null }) {
    state = { ...state, card: one.card, known: current.known };
    edited = one.edited;
    chosen = 0;
    candidates = [];
    const isNothing = !current.query && !Object.keys(current.known.answers).length;
    if (isNothing) current = NOBODY;
    if (isNothing) show(SILENT, paste.value.trim() ? greeted : SILENCE);
    else port.ask(current);
    write();
  }

  /** @param {import("../box/case.js").Case} one @param {Reply | null} reply */
  function receive(one, reply) {
    if (one !== current) return;
    if (!reply || reply.failed) {
      wanted = null;
      show(SILENT); // not the reply to the last customer
      found.replaceChildren("没有取到搜索数据。", makeButton("再试一次", acts.retry));
      return;
    }
    if (onlyPages(reply) && !current.query.endsWith(HOW)) {
      current = withQuery(current, current.query + HOW);
      return port.ask(current);
    }
    candidates = candidatesOf(reply);
    const place = candidates.findIndex(({ answer }) => answer === state.card);
    chosen = Math.max(0, place);
    for (const { answer } of candidates.slice(0, 3)) pane.textsOf(answer);
    show(reply, none);
  }

  /** @param {Pick<Reply, "chips" | "asking" | "reader">} reply @param {typeof SILENCE} [instead] if nothing fits */
  function show(reply, instead = SILENCE) {
    shown = reply;
    found.replaceChildren(...headOf(candidates, reply.asking.question !== null, instead));
    back.replaceChildren(...askBack(reply, acts, (says) => pane.copyThis(says, "追问")));
    showChosen(instead.sentence);
    wanted?.();
    wanted = null;
  }

  function showChosen(sentence = "") {
    const candidate = candidates[chosen] ?? null;
    flag.close();
    list.replaceChildren(...rows(candidates, chosen, pick));
    open.hidden = !candidate?.path;
    if (candidate?.path) open.href = link(candidate.path);
    const told = shown.chips.map(({ says }) => says);
    const tone = toneNow();
    showTone(tone);
    pane.show({ candidate, tone, told, sentence: candidate ? "" : sentence, edited });
  }

  function choose(/** @type {number} */ place) {
    if (!candidates.length) return;
    chosen = (place + candidates.length) % candidates.length;
    edited = null;
    state = { ...state, card: candidates[chosen].answer };
    write();
    showChosen();
  }

  /** Choose by hand; the keys go on from where one pastes. */
  const pick = (/** @type {number} */ place) => goOnWith(() => choose(place));

  function goOnWith(/** @type {() => void} */ act) {
    act();
    goOn();
  }

  /** Have the caret where one pastes, but for a finger, to which it would bring up the keyboard. */
  const goOn = () => matchMedia("(pointer: fine)").matches && paste.focus({ preventScroll: true });

  /** Do it now, or as soon as there are answers. @param {() => void} act */
  function soon(act) {
    if (port.busy) wanted = act;
    else act();
  }

  const write = () =>
    history.replaceState(history.state, "", location.pathname + location.search + fragmentOf(state));

  /** The tone that the agent has chosen, else that for whoever asks. */
  const toneNow = () => state.tone ?? (shown.reader ? "customer" : "merchant");

  function changeTone(/** @type {import("./replies.js").Tone} */ tone) {
    state = { ...state, tone };
    edited = null;
    write();
    showChosen(candidates.length ? "" : text.value);
  }

  async function correct() {
    await pane.settled;
    const about = pane.about();
    if (about) flag.open(about.card, about.texts, about.sentence);
  }

  const [copy, copyFull] = [() => soon(() => pane.copy()), () => soon(() => pane.copyFull())];
  addKeys(desk, [paste, ...tones], {
    copy,
    full: copyFull,
    piece: () => soon(() => pane.settled.then(() => pane.steps.copyNext())),
    next: () => choose(chosen + 1),
    previous: () => choose(chosen - 1),
    copyAt: (place) =>
      soon(() => {
        choose(place);
        pane.copy();
      }),
    tone: () => changeTone(TONES[(TONES.indexOf(toneNow()) + 1) % TONES.length]),
    flag: correct,
    clear: () => served.next(),
    undo: () => (paste.value ? undefined : undo.take()),
  });
  parts.buttons.append(
    makeButton("复制回复", () => goOnWith(copy), "kb-button kb-button--primary"),
    makeButton("复制全文", () => goOnWith(copyFull)),
    makeButton("改错", correct),
    pane.report.status,
    pane.report.field,
  );
  parts.preview.hidden = !isPreview(home);
  port.start().catch(() => {});
  showTone(toneNow());
  if (paste.value) served.read();
  else if (state.card) resume();
  else if (Object.keys(current.known.answers).length) ask();
  goOn();
  desk.classList.add("kb-work--on");

  /** Show what an address names. */
  async function resume() {
    const { card } = state;
    const texts = await pane.textsOf(card);
    if (!texts || candidates.length) return;
    candidates = [named(card, texts.title)];
    show(SILENT);
  }
}
