/**
 * Pages of the decision trees: a digit chooses an option. Nothing is remembered: the answers
 * are in the address.
 */

import { findAll } from "./dom.js";

/** @param {HTMLElement} root the element marked `data-ask` */
export function enhance(root) {
  const options = findAll(root, ".kb-option", HTMLElement);
  options.forEach((option, index) => {
    if (index < 9) option.setAttribute("aria-keyshortcuts", String(index + 1));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
    const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
    option?.click();
  });
}
