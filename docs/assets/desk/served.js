/** Whom the agent serves: what was pasted of him, until the next one. */

import { NOBODY } from "../box/case.js";
import { forget, store, take, taken, values } from "../page/blanks.js";
import { cameAnew } from "../page/site.js";
import { sumsOf } from "./sums.js";
import { partsOf, question } from "./words.js";

/** @typedef {import("../box/case.js").Case} Case */
/** @typedef {import("./replies.js").Tone} Tone */
/** @typedef {import("../page/blanks.js").Values} Values */

/**
 * What is kept of one beside his words: his case, the tone and the answer that were chosen for him, and the reply if
 * it was changed by hand; `isSame`: he has said more.
 * @typedef {{current: Case, tone: Tone | null, card: string, edited: string | null, isSame?: boolean}} Kept
 */

/** Whether the desk was opened by itself, not from another page of ours: what is in the case is of somebody else. */
const isOpened = () => !location.hash && !document.referrer.startsWith(location.origin) && cameAnew();

/** What has been done for nobody. */
const UNTOUCHED = { card: "", edited: null };

export class Served {
  /** What was in the field. */
  #text = "";
  /** The sums in it, if there are any. @type {import("./sums.js").Sums | null} */
  sums = null;
  /** Whether a reply to it has been copied: then what is pasted is another's. */
  #isAnswered = false;
  /** What has just been pasted behind what was there. */
  #added = "";
  /** Whether the next thing to come into the field is what began with the next one. */
  #isBegun = false;

  /**
   * @param {HTMLTextAreaElement} paste
   * @param {{undo: import("./undo.js").Undo, taken: import("./taken.js").Taken,
   *   heard: import("./heard.js").Heard}} tools
   * @param {{kept: () => Kept, serve: (kept: Kept) => void}} desk `serve` asks for him
   */
  constructor(paste, tools, desk) {
    this.paste = paste;
    this.tools = tools;
    this.desk = desk;
    if (!paste.value && isOpened()) forget();
    paste.addEventListener("input", () => this.read());
    paste.addEventListener("paste", ({ clipboardData }) => {
      const text = clipboardData?.getData("text") ?? "";
      if (!this.#text || (this.#isWhole && text.startsWith(this.#text))) return; // his chat, copied anew
      if (this.#isAnswered || this.#isWhole) this.#replace();
      else this.#added = text;
    });
    paste.addEventListener("beforeinput", ({ inputType, data }) => {
      if (!this.#text || !this.#isWhole || inputType !== "insertText") return;
      if (!data?.startsWith(this.#text)) this.#replace();
    });
  }

  /** Whether all that was pasted is about to be replaced. */
  get #isWhole() {
    const { selectionStart, selectionEnd, value } = this.paste;
    return selectionStart === 0 && selectionEnd === value.length;
  }

  /** What comes now is the next one's. */
  #replace() {
    this.next(true);
    this.#isBegun = true;
  }

  /** @param {string} text */
  #hold(text) {
    this.#text = text;
    this.sums = sumsOf(text);
    this.#isAnswered = false;
  }

  answered() {
    this.#isAnswered = true;
  }

  /** Take in what is in the field. */
  read() {
    const { value } = this.paste;
    if (!value && this.#text) return this.next();
    const { undo, taken, heard } = this.tools;
    if (!this.#isBegun) undo.withdraw();
    if (this.#added) undo.offerToPart(this.#parting(this.#added));
    this.#added = "";
    this.#isBegun = false;
    const isSame = this.#text !== "" && value.startsWith(this.#text);
    this.#hold(value);
    taken.from(value, this.sums);
    const { current, tone } = this.desk.kept();
    const query = question(heard.unmarked(value));
    const known = heard.in(value, query, current.known);
    this.desk.serve({ current: { query, parts: partsOf(query), known }, tone, ...UNTOUCHED, isSame });
  }

  /** @param {string} added what is the next one's @returns {() => void} begins with it */
  #parting(added) {
    return () => {
      this.next();
      this.#isBegun = true;
      this.paste.value = added;
      this.read();
      this.paste.focus();
    };
  }

  /** Begin with the next customer: nothing of this one stays. @param {boolean} isPasted his words come right now */
  next(isPasted = false) {
    const [text, given, found, kept] = [this.#text, values(), taken(), this.desk.kept()];
    const names = Object.keys(given);
    const isNothing = !text && !names.length && !Object.keys(kept.current.known.answers).length;
    this.#start("", {}, {}, { current: NOBODY, tone: null, ...UNTOUCHED });
    if (isNothing) return;
    const restore = () => {
      this.#start(text, given, found, kept);
      this.paste.focus();
    };
    const join = () => {
      const { value } = this.paste;
      restore();
      this.paste.value = `${text}\n${value}`;
      this.read();
    };
    this.tools.undo.offer(names, restore, isPasted ? join : null);
  }

  /**
   * @param {string} text
   * @param {Values} given in the case
   * @param {Values} found what of it stands in the text
   * @param {Kept} kept
   */
  #start(text, given, found, kept) {
    this.paste.value = text;
    this.#hold(text);
    take(found);
    store(given);
    this.desk.serve(kept);
  }
}
