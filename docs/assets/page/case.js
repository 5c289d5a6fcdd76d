/**
 * The bar of the case: fields that are filled in once and stand in every text of this tab from then on.
 *
 * `<details data-case="field|field" data-blanks="blank|blank" hidden>`. On a page whose texts for others have
 * blanks it goes above the first of them, above the summary of a case (`data-case-summary`), which it adds to; on the
 * desk it is shown as it stands, says what is filled, and has a field more for each other blank of the reply shown
 * (event `kb-blanks`).
 */

import {
  filled,
  forget,
  handOver,
  has,
  keep,
  known,
  left,
  only,
  takeOver,
  values,
  withCase,
} from "./blanks.js";
import { find, findAll, make, makeButton } from "./dom.js";

/** @typedef {import("./blanks.js").Values} Values */

const TEXTS = ".md-typeset blockquote";
/** What is copied as it stands. */
const COPIES = ".kb-copy textarea[readonly]";

/** @param {HTMLElement} bar */
export function enhance(bar) {
  const names = bar.dataset.case?.split("|") ?? [];
  const blanks = bar.dataset.blanks?.split("|") ?? [];
  const onDesk = bar.dataset.caseDesk !== undefined;
  takeOver();
  only(blanks);
  const texts = findAll(document, TEXTS, HTMLElement).filter(
    (text) => left(text.textContent, blanks, {}).length,
  );
  const summary = document.querySelector("textarea[data-case-summary]");
  const place = onDesk ? null : (texts[0] ?? summary?.parentElement);
  if (!onDesk && !place) return;
  const status = find(bar, "[data-case-left]", HTMLElement);
  const fields = find(bar, "[data-case-fields]", HTMLElement);
  const spans = texts.flatMap(markBlanks);
  const copies = findAll(document, COPIES, HTMLTextAreaElement).map((field) => ({
    field,
    text: field.value,
  }));
  const about = summary instanceof HTMLElement ? summary.dataset.caseBlanks?.split("|") : [];
  /** What is known that a summary on this page is about: no fee in a case of payments. @param {Values} given */
  const inCase = (given) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => about?.includes(name)));
  /** @type {Map<string, HTMLInputElement>} */
  const inputs = new Map();
  const clear = makeButton("清空", () => {
    forget();
    inputs.get(names[0])?.focus();
  });
  fields.append(clear);

  /** @param {string} name */
  function add(name) {
    const input = make("input", { value: values()[name] ?? "", autocomplete: "off", maxLength: 60 });
    input.setAttribute("enterkeyhint", "next");
    input.addEventListener("input", () => keep(name, input.value));
    clear.before(make("label", {}, name, input));
    inputs.set(name, input);
  }

  /** Have a field for each of these first, then for the usual ones and for what is filled. @param {string[]} others */
  function offer(others) {
    const wanted = [...new Set([...others, ...names, ...Object.keys(values())])];
    for (const [name, input] of inputs) {
      if (wanted.includes(name)) continue;
      input.parentElement?.remove();
      inputs.delete(name);
    }
    for (const name of wanted) if (!inputs.has(name)) add(name);
    if (fields.contains(document.activeElement)) return; // whoever types there goes on
    for (const name of wanted) clear.before(inputs.get(name)?.parentElement ?? "");
  }

  function show() {
    const given = known();
    for (const [name, input] of inputs) {
      if (input !== document.activeElement) input.value = values()[name] ?? "";
    }
    for (const span of spans) {
      span.textContent = filled(`【${span.dataset.blank}】`, given);
      span.classList.toggle("kb-blank--filled", has(given, span.dataset.blank ?? ""));
    }
    const open = left(texts.map((text) => text.textContent).join("\n"), blanks, given);
    const full = Object.keys(values());
    if (onDesk) status.textContent = full.length ? `已填：${full.join("、")}` : "";
    else status.textContent = texts.length ? countOf(open) : "";
    for (const { field, text } of copies) {
      const kept = field.dataset.caseSummary?.split("\n").filter(Boolean);
      field.value = field === summary ? withCase(text, kept, [], inCase(values())) : filled(text, given);
    }
  }

  offer([]);
  document.addEventListener("kb-case", show);
  addEventListener("pageshow", show); // also from the browser's memory, where the fields are as they were
  document.addEventListener("kb-blanks", (event) => {
    offer(/** @type {CustomEvent<string[]>} */ (event).detail);
  });
  document.addEventListener("click", carry, { capture: true });
  show();
  place?.before(bar);
  bar.hidden = false;
}

/**
 * Open the bar at the first field that is empty, or close it.
 * @param {HTMLElement | null} bar
 * @param {HTMLElement} back what has the focus when the bar is closed
 */
export function openCase(bar, back) {
  if (!(bar instanceof HTMLDetailsElement)) return;
  bar.open = !bar.open;
  const inputs = findAll(bar, "input", HTMLInputElement);
  const [first = back] = bar.open ? [inputs.find(({ value }) => !value) ?? inputs[0]] : [];
  first.focus();
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
