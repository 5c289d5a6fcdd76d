/** The choice of a tone: whoever clicks goes on typing, whoever chooses by keys stays. */

/** @typedef {import("./replies.js").Tone} Tone */

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
