/** Buttons of the header that tick a box of the theme, which opens the menu or the search. */

import { find } from "./dom.js";

/** @param {HTMLElement} button the element marked `data-press`, whose value is the id of the box */
export function enhance(button) {
  const box = find(document, `#${button.dataset.press}`, HTMLInputElement);
  const label = find(document, `.md-header [for="${box.id}"]`, HTMLElement);
  const show = () => button.setAttribute("aria-expanded", String(box.checked));
  button.addEventListener("click", () => label.click()); // the label's click moves the focus into the search
  box.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.checked || box.id === "__search") return;
    box.click();
    button.focus();
  });
  show();
}
