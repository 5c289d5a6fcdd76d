/**
 * The bar of the case: fields that are filled in once and stand in every text of this tab from then on.
 *
 * `<details data-case="field|field" data-blanks="blank|blank" hidden>`. On a page whose texts for others have
 * blanks it goes above the first of them, above the summary of a case (`data-case-summary`), which it adds to; on the
 * desk it is shown as it stands.
 */

import { filled, forget, handOver, keep, left, only, takeOver, values, withCase } from "./blanks.js";
import { find, findAll, make, makeButton } from "./dom.js";

const TEXTS = ".md-typeset blockquote";
/** What is copied as it stands. */
const COPIES = ".kb-copy textarea[readonly]";

/** @param {HTMLElement} bar */
export function enhance(bar) {
  const names = bar.dataset.case?.split("|") ?? [];
  const blanks = bar.dataset.blanks?.split("|") ?? [];
  const onDesk = bar.dataset.caseDesk !== undefined;
  takeOver();
  only(names);
  const texts = findAll(document, TEXTS, HTMLElement).filter(
    (text) => left(text.textContent, blanks, {}).length,
  );
  const summary = document.querySelector("textarea[data-case-summary]");
  const place = onDesk ? null : (texts[0] ?? summary?.parentElement);
  if (!onDesk && !place) return;
  const status = find(bar, "[data-case-left]", HTMLElement);
  const spans = texts.flatMap(markBlanks);
  const copies = findAll(document, COPIES, HTMLTextAreaElement).map((field) => ({
    field,
    text: field.value,
  }));

  const inputs = names.map((name) => {
    const input = make("input", { value: values()[name] ?? "", autocomplete: "off", maxLength: 60 });
    input.setAttribute("enterkeyhint", "next");
    input.addEventListener("input", () => keep(name, input.value));
    find(bar, "[data-case-fields]", HTMLElement).append(make("label", {}, name, input));
    return input;
  });
  const clear = makeButton("清空", () => {
    forget();
    for (const input of inputs) input.value = "";
    inputs[0]?.focus();
  });
  find(bar, "[data-case-fields]", HTMLElement).append(clear);

  function show() {
    const known = values();
    for (const span of spans) {
      span.textContent = filled(`【${span.dataset.blank}】`, known);
      span.classList.toggle("kb-blank--filled", Object.hasOwn(known, span.dataset.blank ?? ""));
    }
    const open = left(texts.map((text) => text.textContent).join("\n"), blanks, known);
    status.textContent = texts.length ? countOf(open) : "";
    for (const { field, text } of copies) {
      const kept = field.dataset.caseSummary?.split("\n").filter(Boolean);
      field.value = field === summary ? withCase(text, kept, known) : filled(text, known);
    }
  }

  document.addEventListener("kb-case", show);
  document.addEventListener("click", carry, { capture: true });
  show();
  place?.before(bar);
  bar.hidden = false;
}

/** @param {string[]} open @returns {string} how many blanks are left, and which */
export function countOf(open) {
  return open.length ? `还有 ${open.length} 处没填：${open.join("、")}` : "都填好了";
}

/**
 * Put each blank of a text into an element of its own.
 * @param {HTMLElement} text
 */
function markBlanks(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes.flatMap((node) => {
    const parts = node.data.split(/(【[^【】\n]{1,40}】)/);
    if (parts.length < 2) return [];
    const made = parts.map((part, at) => (at % 2 ? blank(part) : part));
    node.replaceWith(...made);
    return made.filter((part) => part instanceof HTMLElement);
  });
}

function blank(/** @type {string} */ written) {
  const span = make("span", { className: "kb-blank" }, written);
  span.dataset.blank = written.slice(1, -1);
  return span;
}

/** A link that opens in another tab takes the case along. @param {MouseEvent} event */
function carry({ target }) {
  const link = target instanceof Element ? target.closest("a[target]") : null;
  if (link instanceof HTMLAnchorElement && link.origin === location.origin) link.hash = handOver();
}
