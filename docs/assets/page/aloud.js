/**
 * A button that reads the numbered steps out, where the device has a Mandarin voice of its own. A voice that
 * is not on the device would send the text away: then there is no button.
 */

import { find, findAll, makeButton } from "./dom.js";

const MANDARIN = /^(?:zh|cmn)(?![-_](?:hant[-_])?(?:hk|mo))/i;

const ownVoice = () =>
  speechSynthesis.getVoices().find((voice) => voice.localService && MANDARIN.test(voice.lang));

/** What a step says: without the numbers of its footnotes. */
function wordsOf(/** @type {HTMLElement} */ step) {
  const copy = /** @type {HTMLElement} */ (step.cloneNode(true));
  for (const note of findAll(copy, "sup", HTMLElement)) note.remove();
  return copy.textContent.trim();
}

/** @param {HTMLElement} root the element marked `data-aloud` */
export function enhance(root) {
  if (!("speechSynthesis" in self)) return;
  const button = makeButton(
    "念出来",
    () => (speechSynthesis.speaking ? stop() : read()),
    "kb-button kb-aloud",
  );

  function stop() {
    speechSynthesis.cancel();
    button.textContent = "念出来";
  }

  function read() {
    const voice = ownVoice();
    if (!voice) return;
    for (const [index, step] of findAll(root, ":scope > ol > li", HTMLElement).entries()) {
      const words = new SpeechSynthesisUtterance(`第 ${index + 1} 步。${wordsOf(step)}`);
      words.voice = voice;
      words.lang = voice.lang;
      words.onend = () => speechSynthesis.pending || stop();
      speechSynthesis.speak(words);
    }
    button.textContent = "停下";
  }

  /** Voices may arrive late; the button lies beside the heading, so that nothing moves. */
  function offer() {
    if (!button.isConnected && ownVoice()) find(root, "h2", HTMLElement).after(button);
  }

  speechSynthesis.onvoiceschanged = offer; // no addEventListener there before Safari 16
  addEventListener("pagehide", stop);
  offer();
}
