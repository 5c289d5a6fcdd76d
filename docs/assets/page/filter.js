/**
 * Filters the entries of a page while the reader types: no network, no matter how a code is spelled.
 *
 * `<div data-filter="list" hidden>` holds the input and a status, and says in `data-filter-none` that nothing is
 * found; entries are the `[data-entry]` below `#list`; what is `data-filter-idle` is for whoever types nothing. An
 * entry is found by its id, by the keys in `data-entry` (`A|B`), by its text. What fills the input says so by a `change`.
 */

import { find, findAll } from "./dom.js";
import { alike, digits } from "./spelled.js";

/**
 * Reduce a spelling to what counts: `auth code invalid`, `AUTH_CODE_INVALID` and `ＡＵＴＨ。code.invalid` are one, and
 * so are `五八` and `58`, O and 0.
 *
 * @param {string} text
 */
const squash = (text) =>
  alike(digits(text.normalize("NFKC").toLowerCase())).replace(/[\s.·。・/\p{Pc}\p{Pd}]+/gu, "");

/** @typedef {{element: HTMLElement, keys: string[], text: string}} Entry */

/**
 * @param {HTMLElement} element
 * @returns {Entry}
 */
function readEntry(element) {
  const keys = [element.id, ...(element.dataset.entry ?? "").split("|")].map(squash);
  return { element, keys, text: [...keys, squash(element.textContent)].join("\n") };
}

/**
 * Find the entries that are called exactly `query`; if none is, those that contain it, whole or word by word.
 *
 * @param {Entry[]} entries
 * @param {string} query
 */
function matching(entries, query) {
  const whole = squash(query);
  const exact = entries.filter((entry) => entry.keys.includes(whole));
  if (exact.length || isShortNumber(whole)) return exact;
  const words = query.normalize("NFKC").split(" ").map(squash);
  return entries.filter(({ text }) => text.includes(whole) || words.every((word) => text.includes(word)));
}

/** Whether it is one of the codes of two digits, whose neighbours in the list mean something else. */
const isShortNumber = (/** @type {string} */ text) => /^\d{1,2}$/.test(text);

/** @param {HTMLElement} filter */
export function enhance(filter) {
  const list = find(document, `#${filter.dataset.filter}`, HTMLElement);
  const input = find(filter, "input", HTMLInputElement);
  const status = find(filter, "[data-filter-status]", HTMLElement);
  const idle = findAll(document, "[data-filter-idle]", HTMLElement);
  const entries = findAll(list, "[data-entry]", HTMLElement).map(readEntry);

  function show() {
    const query = input.value.trim();
    const found = squash(query) ? matching(entries, query) : entries;
    const shown = new Set(found);
    for (const entry of entries) entry.element.hidden = !shown.has(entry);
    for (const group of list.querySelectorAll("section")) {
      group.hidden = !group.querySelector("[data-entry]:not([hidden])");
    }
    for (const element of idle) element.hidden = Boolean(query);
    const { filterExact, filterNone = "" } = filter.dataset;
    const missing = (isShortNumber(squash(query)) && filterExact) || filterNone;
    status.textContent = found.length ? `${query ? "找到" : "共"} ${found.length} 条` : missing;
  }

  input.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) show();
  });
  input.addEventListener("compositionend", show);
  input.addEventListener("change", show);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    input.value = "";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  show();
  filter.hidden = false;
}
