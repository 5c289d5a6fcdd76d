/**
 * Buttons of the header that tick a box of the theme, which opens the menu or the search. While a search that
 * has such a button is closed, its field is no stop of the keyboard.
 */

import { find } from "./dom.js";

/** @param {HTMLElement} button the element marked `data-press`, whose value is the id of the box */
export function enhance(button) {
  const box = find(document, `#${button.dataset.press}`, HTMLInputElement);
  const label = find(document, `.md-header [for="${box.id}"]`, HTMLElement);
  const field = box.id === "__search" ? document.querySelector('[data-md-component="search-query"]') : null;
  const show = () => {
    button.setAttribute("aria-expanded", String(box.checked));
    if (field instanceof HTMLElement)
      field.tabIndex = box.checked || !button.getClientRects().length ? 0 : -1;
  };
  button.addEventListener("click", () => {
    box.click();
    if (box.checked && field instanceof HTMLElement) field.focus({ preventScroll: true });
  });
  box.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.checked || field) return;
    box.click();
    button.focus();
  });
  const menu = field ? null : document.querySelector(".kb-menu");
  menu?.addEventListener("click", ({ target }) => {
    if (box.checked && target instanceof Element && target.closest("a")) box.click();
  });
  button.append(...label.children);
  label.hidden = true;
  button.hidden = false;
  show();
}
