/**
 * A question of the decision trees by keyboard: a digit chooses an option while one of them has the focus, so
 * that nobody who dictates or types is surprised (WCAG 2.1.4). Nothing is remembered: the answers are in the
 * address.
 */

import { findAll } from "./dom.js";

/** @param {HTMLElement} list the element marked `data-ask` */
export function enhance(list) {
  const options = findAll(list, "a", HTMLAnchorElement).slice(0, 9);
  options.forEach((option, index) => {
    option.setAttribute("aria-keyshortcuts", String(index + 1));
  });
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-9]$/.test(event.key)) options[Number(event.key) - 1]?.click();
  });
}
