/**
 * A button that copies words to be said: the `<q>` or `<blockquote>` in the element marked `data-quote`, whose
 * value is the name of what is copied.
 */

import { SELECTED, copyText, makeReport } from "./copy.js";
import { find, makeButton } from "./dom.js";

const SHOWN = 2000; // milliseconds for which the button says that it has copied

/** @param {HTMLElement} element */
export function enhance(element) {
  const quote = find(element, "q, blockquote", HTMLElement);
  const name = element.dataset.quote ?? "";
  const { status, field } = makeReport();
  status.className = "kb-hidden";
  const button = makeButton(element.matches("p") ? "复制" : `复制${name}`, async () => {
    const { textContent: label } = button;
    const copied = await copyText(quote.textContent.trim(), field);
    status.textContent = ""; // or the second copy would not be announced
    status.textContent = copied ? `已复制${name}` : SELECTED;
    if (!copied || label === "已复制") return;
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = label), SHOWN);
  });
  button.setAttribute("aria-label", `复制${name}`);
  element.append(button, field, status);
}
