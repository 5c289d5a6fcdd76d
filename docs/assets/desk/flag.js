/** The panel in which an agent writes what is wrong with an answer; it leaves the reply alone. */

import { copyText, makeReport, SELECTED } from "../page/copy.js";
import { find, makeButton } from "../page/dom.js";
import { correction } from "./compose.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./replies.js").Texts} Texts */

/**
 * @param {HTMLElement} panel `data-desk-flag`
 * @param {(path: string) => string} link
 * @param {() => void} done gives the focus back
 * @returns {{open: (card: Candidate, texts: Texts | null, sentence: string) => void, close: () => void}}
 */
export function flagPanel(panel, link, done) {
  const name = find(panel, "[data-flag-name]", HTMLElement);
  const wrong = find(panel, "[data-flag-wrong]", HTMLTextAreaElement);
  const right = find(panel, "[data-flag-right]", HTMLTextAreaElement);
  const { status, field } = makeReport();
  /** @type {{card: Candidate, texts: Texts | null, sentence: string} | null} */
  let about = null;

  async function copy() {
    if (!about) return;
    const written = correction({ ...about, wrong: wrong.value.trim(), right: right.value.trim() }, link);
    status.textContent = ""; // or the second copy would not be announced
    status.textContent = (await copyText(written, field)) ? "已复制改错，发给维护的人" : SELECTED;
  }

  function close() {
    panel.hidden = true;
    about = null;
  }

  function leave() {
    close();
    done();
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    if (event.key === "Escape") leave();
    else copy();
  });
  panel.append(
    makeButton("复制改错", copy, "kb-button kb-button--primary"),
    makeButton("收起", leave),
    status,
    field,
  );
  return {
    close,
    open(card, texts, sentence) {
      about = { card, texts, sentence };
      name.textContent = `${card.answer} ${card.title}`;
      wrong.value = "";
      right.value = "";
      status.textContent = "";
      field.hidden = true;
      panel.hidden = false;
      wrong.focus();
    },
  };
}
