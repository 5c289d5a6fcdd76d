/**
 * Buttons that copy a text as the page shows it: plain text, line breaks kept.
 *
 * `<div data-copy-toolbar="copy-short copy-link" hidden>` gets a button for each field named by its id;
 * the field's `<label>` says what the button copies.
 */

import { find, make, makeButton, makeStatus } from "./dom.js";

export const SELECTED = "已选中，请长按复制";

/**
 * Put `text` on the clipboard. Where the browser refuses (WeChat, plain http), leave it selected in `field`.
 *
 * To be called while a tap is answered, not after something was fetched: Safari refuses it later.
 *
 * @param {string} text
 * @param {HTMLTextAreaElement} field may be hidden; it is shown when the reader has to copy by hand
 * @returns {Promise<boolean>} whether the clipboard has it
 */
export async function copyText(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, field);
  }
}

/**
 * The old way, which copies what is selected; the reader's focus stays where it was if it works.
 *
 * @param {string} text
 * @param {HTMLTextAreaElement} field
 */
function copySelected(text, field) {
  const { activeElement: focused } = document;
  const { hidden } = field;
  field.value = text;
  field.hidden = false;
  field.focus();
  field.select();
  const copied = document.execCommand("copy");
  if (copied) {
    field.hidden = hidden;
    if (focused instanceof HTMLElement) focused.focus();
  }
  return copied;
}

/**
 * Make the pair that reports a copy: a live region, and the field that shows the text when copying fails.
 *
 * @returns {{status: HTMLElement, field: HTMLTextAreaElement}}
 */
export function makeReport() {
  const field = make("textarea", { readOnly: true, hidden: true, rows: 6 });
  field.setAttribute("aria-label", "要复制的文字");
  return { status: makeStatus("kb-copybar__status"), field };
}

/** Milliseconds for which a button says that it has copied. */
const SHOWN = 2000;
const COPIED = "已复制";

/** Say on a button that it has copied: nothing else on the page moves. @param {HTMLButtonElement} button */
export function flash(button) {
  const { textContent: label } = button;
  if (label === COPIED) return;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = COPIED;
  setTimeout(() => (button.textContent = label), SHOWN);
}

/** @param {HTMLElement} toolbar */
export function enhance(toolbar) {
  const { status, field } = makeReport();
  for (const id of toolbar.dataset.copyToolbar?.split(" ") ?? []) {
    const name = find(document, `label[for="${id}"]`, HTMLElement).textContent;
    const copy = async () => {
      const { value } = /** @type {HTMLInputElement} */ (document.getElementById(id));
      field.hidden = true;
      status.textContent = ""; // or the second copy would not be announced
      const copied = await copyText(value, field);
      status.className = copied ? "kb-hidden" : "kb-copybar__status";
      status.textContent = copied ? `已复制${name}` : SELECTED;
      if (copied) flash(button);
    };
    const button = makeButton(`复制${name}`, copy);
    toolbar.append(button);
  }
  toolbar.append(status, field);
  toolbar.hidden = false;
}
