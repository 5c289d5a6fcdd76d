/** The choice of a tone: whoever clicks goes on typing, whoever chooses by keys stays. */

import { withAnswer } from "../box/case.js";

/** @typedef {import("./replies.js").Tone} Tone */
/** @typedef {import("../box/case.js").Case} Case */

/**
 * What a tone that was chosen says of who asks.
 * @param {string} [written] tone → question and option, as JSON
 */
export function askersOf(written = "{}") {
  /** @type {Partial<Record<Tone | "", [question: string, option: string]>>} */
  const askers = JSON.parse(written);
  return {
    /** The case with it. @param {Case} one @param {Tone | null} tone @returns {Case} */
    with(one, tone) {
      const said = askers[tone ?? ""];
      return said ? withAnswer(one, ...said) : one;
    },
    /** @param {Tone | null} tone @param {string} key `question.option` @returns {boolean} whether this is what it says */
    say: (tone, key) => askers[tone ?? ""]?.join(".") === key,
  };
}

/**
 * @param {HTMLInputElement[]} radios
 * @param {(tone: Tone) => void} change
 * @param {() => void} done gives the focus back
 * @returns {(tone: Tone) => void} shows another tone as chosen
 */
export function toneChoice(radios, change, done) {
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      change(/** @type {Tone} */ (radio.value));
      if (!radio.matches(":focus-visible")) done();
    });
  }
  return (tone) => {
    for (const radio of radios) radio.checked = radio.value === tone;
  };
}
