/**
 * The search of the home page: the first thing typed goes on in the dialog of the header, which has the results.
 */

import { find } from "./dom.js";

/** @param {HTMLElement} form the element marked `data-box`; without scripts it leads to all messages */
export function enhance(form) {
  const own = find(form, "input", HTMLInputElement);

  function handOver() {
    const toggle = find(document, "#__search", HTMLInputElement);
    const query = find(document, '[data-md-component="search-query"]', HTMLInputElement);
    if (!toggle.checked) toggle.click();
    query.value = own.value;
    own.value = "";
    query.focus();
    query.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  own.addEventListener("input", (event) => {
    const { isComposing } = /** @type {InputEvent} */ (event);
    if (!isComposing && own.value) handOver();
  });
  own.addEventListener("compositionend", () => own.value && handOver());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (own.value) handOver();
    else own.focus();
  });
  if (own.value) handOver(); // typed before this arrived
}
