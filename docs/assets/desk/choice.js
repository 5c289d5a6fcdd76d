/** Which answer is shown; before all of them, while it is not sure which fits, the question to ask back. */

import { asked } from "./asked.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("../box/questions.js").Asking} Asking */

/** Place of the question. */
const QUESTION = -1;
/** Lights of what may be tried again. */
const GO = new Set(["amber", "green"]);

export class Choice {
  /** Best first. @type {Candidate[]} */
  candidates = [];
  /** The question to ask back as it is sent; empty without one. */
  question = "";
  #at = 0;

  /**
   * @param {string} until what not to do until it is answered
   * @param {string} hold the answers, `question.option`, after which nobody pays again, by blanks
   * @param {() => boolean} mayAsk whether it may go before the answers
   */
  constructor(until, hold, mayAsk) {
    this.until = until;
    this.cautions = hold.split(" ");
    this.mayAsk = mayAsk;
  }

  /** @param {Candidate[]} candidates @param {Asking} asking @param {string} card that had been chosen, if any */
  take(candidates, { question }, card) {
    this.candidates = candidates;
    this.question = question && candidates.length ? asked(question, candidates, this.until) : "";
    const place = candidates.findIndex(({ answer }) => answer === card);
    this.#at = place < 0 && this.question ? QUESTION : Math.max(0, place);
  }

  /** Whether the question goes before the answers. */
  get isUnsure() {
    return this.question !== "" && this.mayAsk();
  }

  get place() {
    return this.isUnsure ? this.#at : Math.max(0, this.#at);
  }

  /** Whether the question is shown. */
  get asks() {
    return this.place === QUESTION;
  }

  /** What is shown; null if it is no answer. */
  get candidate() {
    return this.candidates[this.place] ?? null;
  }

  /**
   * What not to do although the answer lets one try again, for something else is known.
   * @param {import("../answer/facts.js").Known} known
   */
  hold({ answers }) {
    const isHeld = Object.entries(answers).some(([slug, option]) =>
      this.cautions.includes(`${slug}.${option}`),
    );
    return isHeld && GO.has(this.candidate?.light ?? "") ? this.until : "";
  }

  /** @param {number} wished counts on from the last to the first, and back */
  turn(wished) {
    const first = this.isUnsure ? QUESTION : 0;
    const count = this.candidates.length - first;
    this.#at = first + ((wished - first + count) % count);
  }
}
