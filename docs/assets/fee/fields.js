/** The fields of the fee calculator: reading them, and saying beside each what is wrong with it. */

import { find, findAll } from "../page/dom.js";
import { Problem } from "./money.js";

export class Fields {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
  }

  /**
   * @param {string} name
   * @returns {HTMLInputElement} or the text area, which has all we use of one
   */
  get(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  /**
   * @param {string} name
   * @param {string} message
   */
  mark(name, message) {
    const input = this.get(name);
    find(this.form, `#${input.id}-problem`, HTMLElement).textContent = message;
    input.setAttribute("aria-invalid", "true");
  }

  unmark() {
    for (const problem of findAll(this.form, ".kb-field__problem", HTMLElement)) problem.textContent = "";
    for (const input of findAll(this.form, "[aria-invalid]", HTMLElement))
      input.removeAttribute("aria-invalid");
  }

  /** Focus the first field that is marked. Tell whether one is. */
  focusMarked() {
    const [wrong] = findAll(this.form, "[aria-invalid]", HTMLElement);
    wrong?.focus();
    return Boolean(wrong);
  }

  /**
   * Run a reader for one field; what it finds wrong is shown beside it.
   * @template T, A
   * @param {string} name
   * @param {(text: string) => T} read
   * @param {A} [absent] the value of an empty field; without it the field must be filled
   * @returns {T | A | undefined} undefined where the field is wrong
   */
  take(name, read, absent) {
    const input = this.get(name);
    if (absent !== undefined && !input.value.trim()) return absent;
    try {
      if (!input.value.trim()) throw new Problem(input.dataset.missing ?? "是空的");
      return read(input.value);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.mark(name, problem.message);
      return undefined;
    }
  }
}
