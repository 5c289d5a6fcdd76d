/** What else is asked beside what is answered, and what of it goes into the same reply. */

import { fill, make, makeButton } from "../page/dom.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */

export class Also {
  /** @type {Candidate[]} */
  #others = [];
  /** Those that go into the reply. @type {Candidate[]} */
  #added = [];
  /** The answer shown. */
  #shown = "";

  /**
   * @param {HTMLElement} place
   * @param {() => void} change is told when one is added or taken out
   */
  constructor(place, change) {
    this.place = place;
    this.change = change;
  }

  /** @param {Candidate[]} others of which codes, which are short, are added at once */
  take(others) {
    this.#others = others;
    this.#added = others.filter(({ answer }) => answer.startsWith("CODE:"));
  }

  /** What goes behind an answer, or behind a question. @param {Candidate | null} shown */
  behind(shown) {
    return this.#added.filter(({ answer }) => answer !== shown?.answer);
  }

  /** Show what may be added to an answer, and the key at the first that is not yet in it. @param {Candidate | null} shown */
  show(shown) {
    this.#shown = shown?.answer ?? "";
    const others = this.#others.filter(({ answer }) => answer !== this.#shown);
    const buttons = others.map((other) => {
      const button = makeButton(`${this.#added.includes(other) ? "去掉" : "加上"}“${other.title}”`, () =>
        this.#turn(other),
      );
      button.dataset.also = other.answer;
      button.setAttribute("aria-pressed", String(this.#added.includes(other)));
      return button;
    });
    this.place.hidden = !others.length;
    const next = buttons.find((button) => button.getAttribute("aria-pressed") === "false");
    next?.setAttribute("aria-keyshortcuts", "Alt+=");
    next?.append(" ", make("kbd", { className: "kb-work__keys", ariaHidden: "true" }, "Alt+="));
    fill(this.place, make("span", {}, "还问了："), ...buttons);
  }

  /** Add the first that is not yet in the reply. */
  addNext() {
    const next = this.#others.find((other) => other.answer !== this.#shown && !this.#added.includes(other));
    if (next) this.#turn(next);
  }

  /** @param {Candidate} other */
  #turn(other) {
    const isIn = this.#added.includes(other);
    this.#added = isIn ? this.#added.filter((one) => one !== other) : [...this.#added, other];
    this.change();
  }
}
