/** The reply: its text, what is left to fill in it, copying, and what copying says. */

import { filled, has, known, left, values, withCase } from "../page/blanks.js";
import { countOf } from "../page/case.js";
import { copyText, makeReport, SELECTED } from "../page/copy.js";
import { isCard } from "./candidates.js";
import { behindLine, inTone, together, withLine } from "./compose.js";
import { Steps } from "./steps.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./replies.js").Texts} Texts */
/** @typedef {import("./replies.js").Tone} Tone */

/**
 * What is shown: an answer, or none and a `sentence` to send all the same, which `asks` back or not; `told`: facts of
 * the case in words; `also`: answers that go behind it; `edited`: what the agent had made of the reply, if anything.
 * `hold`: what not to do, or empty.
 * @typedef {{candidate: Candidate | null, tone: Tone, told: string[], sentence: string, asks: boolean,
 *   also: Candidate[], hold: string, edited: string | null}} Shown
 */

/** @type {Shown} */
const NOTHING = {
  candidate: null,
  tone: "merchant",
  told: [],
  sentence: "",
  asks: false,
  also: [],
  hold: "",
  edited: null,
};

const SENTENCE = "可以先发这一句";
const ASKS = "拿不准是哪一条，先问清这一句";

/** @param {Candidate} candidate */
const nameOf = ({ answer, title }) => (isCard(answer) ? answer : `“${title}”`);

export class Pane {
  /** @type {Shown} */
  #shown = NOTHING;
  /** @type {Texts | null} */
  #texts = null;
  /** The same, if its steps may follow what is shown. @type {Texts | null} */
  #more = null;
  /** The text with its blanks, and as it was written into the field. */
  #raw = "";
  #written = "";
  /** Answer and tone of what is in the field. */
  #place = "";
  /** What the agent has made of the replies to this customer, by their place. @type {Map<string, string>} */
  #edits = new Map();
  /** When what was asked to be shown is there. */
  settled = Promise.resolve();

  /**
   * @param {ReturnType<typeof import("./parts.js").partsOf>} parts
   * @param {import("./replies.js").Replies} replies
   * @param {{blanks: string[], fields: string[], link: (path: string) => string, reckoned: () => string,
   *   answered: () => void}} options
   *   `fields` of the case; `reckoned`: what sums come to, or empty; `answered` is told when a reply has been copied
   */
  constructor(parts, replies, { blanks, fields, link, reckoned, answered }) {
    this.parts = parts;
    this.replies = replies;
    this.blanks = blanks;
    this.fields = fields;
    this.link = link;
    this.reckoned = reckoned;
    this.answered = answered;
    this.report = makeReport();
    this.steps = new Steps(parts.steps, (text, name) => this.#copyReply(text, name));
    parts.text.addEventListener("input", () => this.#count());
    document.addEventListener("kb-case", () => this.#refill());
  }

  /** The texts of a card; null for another answer, and where they cannot be had. @param {string} answer */
  textsOf(answer) {
    return isCard(answer) ? this.replies.of(answer).catch(() => null) : Promise.resolve(null);
  }

  /** @param {Partial<Shown>} shown */
  show(shown) {
    if (this.#place && this.edited !== null) this.#edits.set(this.#place, this.edited);
    this.#shown = { ...NOTHING, ...shown };
    this.#say("");
    this.settled = this.#write();
  }

  async #write() {
    const shown = this.#shown;
    const { candidate } = shown;
    const texts = candidate && (await this.textsOf(candidate.answer));
    const others = await Promise.all(shown.also.map((other) => this.#reply(other)));
    if (shown !== this.#shown) return;
    this.#texts = texts;
    const {
      text: own,
      note,
      hasMore,
    } = candidate
      ? inTone(candidate, texts, shown.tone, this.link)
      : { hasMore: false, text: shown.sentence, note: shown.sentence && (shown.asks ? ASKS : SENTENCE) };
    // what has a light is about a payment, not its price
    const isReckoned = shown.asks || (hasMore && !candidate?.light);
    const line = shown.tone === "ticket" ? "" : shown.hold || (isReckoned ? this.reckoned() : "");
    const first = shown.asks ? behindLine(own, line) : withLine(own, line);
    const text = together([first, ...others].filter(Boolean));
    this.#raw =
      shown.tone === "ticket" && text
        ? withCase(text, shown.told, [...this.fields, ...Object.keys(values())], {})
        : text;
    this.parts.note.textContent = note;
    this.#more = hasMore ? texts : null;
    this.steps.show(this.#more);
    const wanted = left(this.#raw + this.#rest, this.blanks, {});
    document.dispatchEvent(new CustomEvent("kb-blanks", { detail: wanted }));
    this.#fill(this.#raw);
    const names = [candidate?.answer ?? shown.sentence, ...shown.also.map(({ answer }) => answer)];
    this.#place = [...names, shown.tone].join(" ");
    const edited = shown.edited ?? this.#edits.get(this.#place);
    if (edited === undefined) return;
    this.parts.text.value = edited;
    this.#count();
  }

  /** The reply of another answer, in the tone of the first. @param {Candidate} candidate */
  async #reply(candidate) {
    const texts = await this.textsOf(candidate.answer);
    return inTone(candidate, texts, this.#shown.tone, this.link).text;
  }

  /** Begin with another customer. */
  forget() {
    this.#place = "";
    this.#edits.clear();
  }

  /** What the agent has made of the reply; null if it is as it was written. */
  get edited() {
    const { value } = this.parts.text;
    return value === this.#written ? null : value;
  }

  /** The case has changed: what the agent has edited stays, but for its blanks. */
  #refill() {
    this.#fill(this.edited ?? this.#raw);
    if (this.#more) this.steps.show(this.#more);
  }

  /** @param {string} raw */
  #fill(raw) {
    this.#written = filled(raw);
    this.parts.text.value = this.#written;
    this.#count();
  }

  /** What may follow the reply. */
  get #rest() {
    return this.#more?.full ?? "";
  }

  /** Say what the case has filled in, so that nobody sends another customer's, and what is left. */
  #count() {
    const given = known();
    const used = left(this.#raw + this.#rest, this.blanks, {}).filter((name) => has(given, name));
    const some = left(this.parts.text.value, this.blanks);
    const rest = left(this.#rest, this.blanks).filter((name) => !some.includes(name));
    const says = [...(used.length ? [`案卡填了：${used.join("、")}`] : [])];
    if (some.length) says.push(countOf(some));
    if (rest.length) says.push(`全文${countOf(rest)}`);
    this.parts.count.textContent = says.join("；");
  }

  /** @param {string} says @param {boolean} [isProblem] whether nothing has been copied */
  #say(says, isProblem = false) {
    const { status, field } = this.report;
    status.textContent = says;
    status.classList.toggle("kb-desk__problem", isProblem);
    field.hidden = true;
  }

  /** Copy and say so. @param {string} text @param {string} name */
  async copyThis(text, name) {
    this.#say(""); // or the second copy would not be announced
    const copied = await copyText(text, this.report.field);
    this.report.status.textContent = copied ? `已复制 ${name}` : SELECTED;
  }

  /** Copy what the customer gets, unless nothing fits and he is asked on. @param {string} text @param {string} name */
  #copyReply(text, name) {
    const { candidate, asks, also } = this.#shown;
    if (candidate || asks || also.length) this.answered();
    return this.copyThis(text, name);
  }

  get #name() {
    const { candidate } = this.#shown;
    if (candidate) return nameOf(candidate);
    return this.#shown.asks ? "追问" : this.#shown.sentence && "这一句";
  }

  async copy() {
    await this.settled;
    const written = filled(this.parts.text.value);
    if (!written.trim()) {
      return this.#say(`没有复制：${this.parts.note.textContent || "先贴上顾客的话"}`, true);
    }
    const names = [this.#name, ...this.#shown.also.map(nameOf)];
    return this.#copyCounted(written, names.filter(Boolean).join("、"));
  }

  /** Copy, and say what is left in it. @param {string} text @param {string} name */
  #copyCounted(text, name) {
    const some = left(text, this.blanks);
    return this.#copyReply(text, some.length ? `${name}，${countOf(some)}` : name);
  }

  async copyFull() {
    await this.settled;
    const isForOthers = this.#shown.tone === "customer" && !this.#more;
    if (!this.#texts || isForOthers) return this.copy();
    return this.#copyCounted(filled(this.#texts.full), `${this.#name} 全文`);
  }

  /** What a correction is about; null if nothing is shown. */
  about() {
    const { candidate: card } = this.#shown;
    const { selectionStart, selectionEnd, value } = this.parts.text;
    return card && { card, texts: this.#texts, sentence: value.slice(selectionStart, selectionEnd) };
  }
}
