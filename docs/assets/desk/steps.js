/** The reply piece by piece, and what may follow it: each is copied alone, by its button or one after another. */

import { filled } from "../page/blanks.js";
import { fill, find, make, makeButton } from "../page/dom.js";

/** @typedef {import("./replies.js").Texts} Texts */

export class Steps {
  /** @type {{text: string, button: HTMLButtonElement}[]} */
  #pieces = [];
  #next = 0;

  /**
   * @param {HTMLDetailsElement} box with a list in it
   * @param {(text: string, name: string) => void} copy
   */
  constructor(box, copy) {
    this.box = box;
    this.copy = copy;
  }

  /** @param {Texts | null} texts none: there is nothing to send piece by piece */
  show(texts) {
    const further = texts?.further.map(([title, text]) => `${title}：\n${text}`) ?? [];
    this.#pieces = [...(texts?.parts ?? []), ...further].map((text, place) => {
      return { text, button: makeButton(filled(text), () => this.#copy(place), "kb-work__step") };
    });
    this.#next = 0;
    this.box.hidden = !this.#pieces.length;
    if (this.box.hidden) this.box.open = false;
    const items = this.#pieces.map(({ button }) => make("li", {}, button));
    fill(find(this.box, "ol", HTMLOListElement), ...items);
  }

  /** Copy the piece after the last that was copied. */
  copyNext() {
    if (this.#next < this.#pieces.length) this.#copy(this.#next);
  }

  /** @param {number} place */
  #copy(place) {
    const { text, button } = this.#pieces[place];
    this.#next = place + 1;
    button.dataset.done = "";
    this.copy(filled(text), `第 ${place + 1} 段，共 ${this.#pieces.length} 段`);
  }
}
