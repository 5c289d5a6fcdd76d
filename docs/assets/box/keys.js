/** The box by keyboard: arrows lead through what it shows. */

import { findAll } from "../page/dom.js";

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} root what holds the input and what it shows
 */
export function addKeys(input, root) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const links = findAll(root, ".kb-hit__title, #found-empty a", HTMLAnchorElement);
    /** @type {HTMLElement[]} */
    const stops = [input, ...links.filter((link) => link.getClientRects().length)];
    const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });
}
