/**
 * Where a box shows its answers: on the page, in the place of what else there is, or in the dialog of the header,
 * which the theme's style opens where its check box is ticked.
 */

import { find } from "../page/dom.js";

/**
 * `scroller`: what scrolls; `isOpen`: whether the reader has opened it; `show` opens and closes it.
 * @typedef {{scroller: Element, isOpen: () => boolean, show: (open: boolean) => void}} Frame
 */

/** @param {HTMLElement} form @returns {Frame} on the page that has the box */
export function onPage(form) {
  const page = form.closest("[data-box-page]") ?? form;
  const scroller = /** @type {Element} */ (document.scrollingElement);
  return {
    scroller,
    isOpen: () => false,
    show: (open) => page.toggleAttribute("data-asked", open),
  };
}

/**
 * @param {HTMLElement} form
 * @param {HTMLInputElement} input
 * @param {(open: boolean) => void} changed is called when the reader opens or closes it
 * @returns {Frame} in the header
 */
export function inHeader(form, input, changed) {
  const toggle = find(document, "#__search", HTMLInputElement);
  const dialog = /** @type {HTMLElement} */ (form.closest("[role=dialog]"));
  let own = false;

  const show = (/** @type {boolean} */ open) => {
    if (toggle.checked === open) return;
    own = true;
    toggle.click();
    own = false;
  };
  toggle.addEventListener("change", () => {
    if (own) return;
    if (toggle.checked)
      input.focus({ preventScroll: true }); // or what slides in would be scrolled
    else input.blur();
    changed(toggle.checked);
  });
  input.addEventListener("focus", () => toggle.checked || toggle.click());
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    const isOutside = relatedTarget instanceof Node && !dialog.contains(relatedTarget);
    if (toggle.checked && isOutside) toggle.click();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !toggle.checked) return;
    toggle.click();
    /** @type {HTMLElement | null} */ (document.querySelector("[data-press=__search]"))?.focus();
  });
  return { scroller: find(dialog, "[data-scroll]", HTMLElement), isOpen: () => toggle.checked, show };
}
