/**
 * The agents' desk: paste what a customer wrote, choose among the answers, copy the reply; by keyboard alone.
 * What is pasted stays in this page; what is chosen stands in the fragment of the address.
 */

import { NOBODY, withAnswer, without, withQuery, withTried } from "../box/case.js";
import { Port } from "../box/port.js";
import { openCase } from "../page/case.js";
import { fill, makeButton } from "../page/dom.js";
import { actsOn } from "./acts.js";
import { Also } from "./also.js";
import { askBack } from "./back.js";
import { copyButtons } from "./buttons.js";
import { candidatesOf, named, onlyPages, othersOf, rows, withCard } from "./candidates.js";
import { Choice } from "./choice.js";
import { flagPanel } from "./flag.js";
import { Heard } from "./heard.js";
import { addKeys } from "./keys.js";
import { Pane } from "./pane.js";
import { goOn, partsOf } from "./parts.js";
import { isPreview, linkIn, Replies } from "./replies.js";
import { Served } from "./served.js";
import { readState, TONES, writeState } from "./state.js";
import { reckoner } from "./sums.js";
import { takenOf } from "./taken.js";
import { askersOf, toneChoice } from "./tones.js";
import { Undo } from "./undo.js";
import { headOf, SILENCE, SILENT, withoutOf } from "./without.js";

/** @typedef {import("../box/answers.js").Reply} Reply */

if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";

/** Makes a question of what is the name of a page. */
const HOW = " 怎么办";

/** @param {HTMLElement} desk the element marked `data-desk` */
export function enhance(desk) {
  const { dataset } = desk;
  const { greeted, none } = withoutOf(dataset);
  const site = new URL(dataset.desk ?? ".", location.href);
  const parts = partsOf(desk);
  const { paste, list, open, back, found, tones } = parts;
  const undo = new Undo(parts.undo);
  const bar = /** @type {HTMLElement | null} */ (desk.querySelector("[data-case]"));
  const tools = { undo, taken: takenOf(bar), heard: new Heard(JSON.parse(dataset.deskHeard ?? "[]")) };
  const home = new URL(dataset.deskHome || site, site);
  const [link, published] = [linkIn(site), linkIn(home)];
  const pane = new Pane(parts, new Replies(site), {
    blanks: dataset.deskBlanks?.split("|") ?? [],
    fields: bar?.dataset.case?.split("|") ?? [],
    link: published,
    reckoned: () => reckon.line(served.sums),
    answered: () => served.answered(),
  });
  const kept = () => ({ current, tone: state.tone, card: state.card, edited: pane.edited });
  const served = new Served(paste, tools, { kept, serve });
  const port = new Port(site, receive);
  const buttons = copyButtons({
    copy: () => goOnWith(copy),
    full: () => goOnWith(copyFull),
    correct: () => correct(),
  });
  const flag = flagPanel(parts.flag, published, () => paste.focus());
  /** What is for a customer claims little, and a ticket goes to nobody who could be asked. */
  const choice = new Choice(dataset.deskUntil ?? "", dataset.deskHold ?? "", () => toneNow() === "merchant");
  const also = new Also(parts.also, () => {
    edited = null;
    goOnWith(showChosen);
  });
  const reckon = reckoner(dataset.deskSum ?? "", published);
  const showTone = toneChoice(tones, changeTone, () => paste.focus());
  const askers = askersOf(dataset.deskAskers);
  let state = readState(location.hash);
  /** @type {import("../box/case.js").Case} */
  let current = { query: "", known: state.known };
  /** The case with what the tone says. */
  let asked = current;
  /** With what can be sent where there is no answer. */
  let shown = { ...SILENT, sentence: "" };
  /** What the agent made of the reply before it was cleared. @type {string | null} */
  let edited = null;
  /** What to do as soon as there are answers. @type {null | (() => void)} */
  let wanted = null;
  /** @type {import("../box/questions.js").Acts} */
  const acts = {
    answer: (slug, option) => learn(withAnswer(current, slug, option)),
    tried: (id) => learn(withTried(current, id)),
    forget: (key) => {
      if (askers.say(state.tone, key)) state = { ...state, tone: null };
      learn({ ...current, known: without(asked, key).known });
    },
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
    if (!one.isSame) pane.forget();
    ask(one);
  }

  /** Ask for what is pasted and known; `one`: what had been chosen for him, and made of it. */
  function ask(/** @type {{card: string, edited: string | null}} */ one = { card: "", edited: null }) {
    state = { ...state, card: one.card, known: current.known };
    edited = one.edited;
    choice.take([], SILENT.asking, "");
    also.take([]);
    const isNothing = !current.query && !Object.keys(current.known.answers).length;
    if (isNothing) current = NOBODY;
    asked = askers.with(current, state.tone);
    if (isNothing) show(SILENT, paste.value.trim() ? greeted : SILENCE);
    else port.ask(asked);
    writeState(state);
  }

  /** @param {import("../box/case.js").Case} one @param {Reply | null} reply */
  function receive(one, reply) {
    if (one !== asked) return;
    if (!reply || reply.failed) {
      wanted = null;
      show(SILENT); // not the reply to the last customer
      fill(found, "没有取到搜索数据。", makeButton("再试一次", acts.retry));
      return;
    }
    if (onlyPages(reply) && !asked.query.endsWith(HOW)) {
      asked = withQuery(asked, asked.query + HOW);
      return port.ask(asked);
    }
    const answers = withCard(candidatesOf(reply), reckon.card(served.sums));
    choice.take(answers, reply.asking, state.card);
    also.take(othersOf(reply));
    for (const { answer } of choice.candidates.slice(0, 3)) pane.textsOf(answer);
    show(reply, none);
  }

  /** @param {typeof SILENT} reply @param {typeof SILENCE} [instead] if nothing fits */
  function show(reply, instead = SILENCE) {
    shown = { ...reply, sentence: instead.sentence };
    fill(found, ...headOf(choice.candidates, choice.isUnsure, instead));
    fill(back, ...askBack(reply, acts, choice.question, (says) => pane.copyThis(says, "追问")));
    showChosen();
    if (port.busy) return; // the rest is on its way, perhaps with a question
    wanted?.();
    wanted = null;
  }

  function showChosen() {
    const { candidate, asks, question } = choice;
    flag.close();
    fill(list, ...rows(choice.candidates, choice.place, choose));
    open.hidden = !candidate?.path;
    if (candidate?.path) open.href = link(candidate.path);
    const told = shown.chips.map(({ says }) => says);
    const [tone, hold] = [toneNow(), choice.hold(asked.known)];
    showTone(tone);
    buttons.name(asks);
    also.show(candidate);
    const behind = also.behind(candidate);
    const instead = candidate ? "" : asks ? question : behind.length ? "" : shown.sentence;
    pane.show({ candidate, also: behind, tone, told, sentence: instead, asks, hold, edited });
  }

  function turn(/** @type {number} */ place) {
    if (!choice.candidates.length) return;
    choice.turn(place);
    edited = null;
    state = { ...state, card: choice.candidate?.answer ?? "" };
    writeState(state);
    showChosen();
  }

  /** Turn to the first answer, if there is a question instead. @returns {boolean} whether there was */
  function answer() {
    const { asks } = choice;
    if (asks) turn(0);
    return asks;
  }

  /** Choose by hand; the keys go on from where one pastes. */
  const choose = (/** @type {number} */ place) => goOnWith(() => turn(place));

  function goOnWith(/** @type {() => void} */ act) {
    act();
    goOn(paste);
  }

  /** Do it now, or as soon as there are answers. @param {() => void} act */
  function soon(act) {
    if (port.busy) wanted = act;
    else act();
  }

  /** The tone that the agent has chosen, else that for whoever asks. */
  const toneNow = () => state.tone ?? (shown.reader ? "customer" : "merchant");

  function changeTone(/** @type {import("./replies.js").Tone} */ tone) {
    state = { ...state, tone };
    if (current.query) return ask({ card: state.card, edited: null });
    edited = null;
    writeState(state);
    showChosen();
  }

  const { copyAt, copyPiece, correct } = actsOn(pane, flag, turn, answer);
  const copy = () => soon(() => pane.copy());
  const copyFull = () => soon(() => (answer() ? pane.copy() : pane.copyFull()));
  addKeys(desk, [paste, ...tones], {
    copy,
    full: copyFull,
    piece: () => soon(copyPiece),
    next: () => turn(choice.place + 1),
    previous: () => turn(choice.place - 1),
    copyAt: (place) => soon(() => place < choice.candidates.length && copyAt(place)),
    add: () => also.addNext(),
    tone: () => changeTone(TONES[(TONES.indexOf(toneNow()) + 1) % TONES.length]),
    flag: correct,
    fill: () => openCase(bar, paste),
    clear: () => {
      bar?.removeAttribute("open");
      served.next();
    },
    undo: () => (paste.value ? undefined : undo.take()),
  });
  parts.buttons.append(...buttons.all, pane.report.status, pane.report.field);
  parts.preview.hidden = !isPreview(home);
  port.start().catch(() => {});
  showTone(toneNow());
  if (paste.value) served.read();
  else if (state.card) resume();
  else if (Object.keys(current.known.answers).length) ask();
  goOn(paste);
  desk.classList.add("kb-work--on");

  /** Show what an address names. */
  async function resume() {
    const { card } = state;
    const texts = await pane.textsOf(card);
    if (!texts || choice.candidates.length) return;
    choice.take([named(card, texts.title)], SILENT.asking, card);
    show(SILENT);
  }
}
