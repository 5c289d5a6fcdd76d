/**
 * Buttons for words to be said, each `<q>` or `<blockquote>` in the element marked `data-quote`, whose value is the
 * name of what is copied: one that copies them, and for a sentence one that shows it to whoever stands opposite.
 */

import { SELECTED, copyText, flash, makeReport } from "./copy.js";
import { make, makeButton } from "./dom.js";

/** @param {HTMLElement} element */
export function enhance(element) {
  const name = element.dataset.quote ?? "";
  const isSentence = element.matches("p");
  for (const quote of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("q, blockquote"))) {
    const { status, field } = makeReport();
    status.className = "kb-hidden";
    const button = makeButton(isSentence ? "复制" : `复制${name}`, async () => {
      const copied = await copyText(quote.textContent.trim(), field);
      status.textContent = ""; // or the second copy would not be announced
      status.textContent = copied ? `已复制${name}` : SELECTED;
      status.className = copied ? "kb-hidden" : "kb-copybar__status";
      if (copied) flash(button);
    });
    button.setAttribute("aria-label", `复制${name}`);
    if (isSentence)
      element.append(make("span", { className: "kb-say__ways" }, button, ...large(quote)), field, status);
    else quote.after(button, field, status);
  }
}

/** @param {HTMLElement} quote @returns {HTMLButtonElement[]} the button that shows it, where a page can */
const large = (quote) =>
  "HTMLDialogElement" in self ? [makeButton("给顾客看", () => show(quote.textContent.trim()))] : [];

/** Show a sentence on the whole screen until it is tapped, or the reader goes back. @param {string} text */
function show(text) {
  const dialog = make("dialog", { className: "kb-shown" }, make("p", {}, text));
  dialog.setAttribute("aria-label", "给顾客看");
  dialog.append(makeButton("点一下关掉", () => {}));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (history.state?.shown) history.back();
  });
  addEventListener("popstate", () => dialog.close(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
  history.pushState({ ...history.state, shown: true }, "");
}
