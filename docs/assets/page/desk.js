/**
 * The agents' sheet by keyboard: `/` to the filter, arrows or `j` `k` between rows, `c` copies a row, Enter opens it.
 *
 * The letters act only while a row has the focus, so that nobody who dictates or types is surprised (WCAG 2.1.4).
 */

import { SELECTED, copyText, makeReport } from "./copy.js";
import { find, findAll, make, makeButton } from "./dom.js";

/** @typedef {{macros: {id: string, content: string}[]}} Macros what macros.json holds */
/** @typedef {Record<string, (() => unknown) | undefined>} Keys what each key does */

/**
 * Return what copies a row. The texts of all rows are one file, fetched when the first is wanted.
 *
 * @param {string} address of the macros
 * @param {ReturnType<typeof makeReport>} report
 */
function makeCopier(address, { status, field }) {
  /** @type {Promise<Map<string, string>> | null} content by id of the macro */
  let texts = null;

  async function load() {
    /** @type {Macros} */
    const { macros } =
      location.protocol === "file:" ? await fromDisk(address) : await (await fetch(address)).json();
    return new Map(macros.map((macro) => [macro.id, macro.content]));
  }

  return async (/** @type {Element} */ row) => {
    const id = row.id.toUpperCase();
    field.hidden = true;
    status.textContent = "";
    try {
      texts ??= load();
      const text = texts.then((all) => all.get(id) ?? "");
      status.textContent = (await copyText(text, field)) ? `已复制 ${id}` : SELECTED;
    } catch {
      texts = null;
      status.textContent = "没有取到文字，请检查网络再试";
    }
  };
}

/**
 * The macros of a page opened from a disk, where browsers refuse to fetch: a script beside the file has them.
 *
 * @param {string} address
 * @returns {Promise<Macros>}
 */
function fromDisk(address) {
  return new Promise((resolve, reject) => {
    const onload = () => resolve(/** @type {typeof self & {kbMacros: Macros}} */ (self).kbMacros);
    document.head.append(make("script", { src: address.replace(/json$/, "js"), onload, onerror: reject }));
  });
}

/** @param {HTMLElement} desk */
export function enhance(desk) {
  const input = find(document, "[data-filter] input", HTMLInputElement);
  const report = makeReport();
  const copyRow = makeCopier(desk.dataset.desk ?? "", report);
  const focusedRow = () => desk.querySelector("li:focus-within");

  /** Focus the row `step` further than the focused one; above the first row is the filter. */
  function move(/** @type {1 | -1} */ step) {
    const rows = [...desk.querySelectorAll("li:not([hidden])")];
    const index = rows.indexOf(/** @type {Element} */ (focusedRow())) + step;
    if (index < 0) input.focus();
    else rows[index]?.querySelector("a")?.focus();
  }

  const down = () => move(1);
  const up = () => move(-1);
  /** @type {Keys} */
  const rowKeys = {
    ArrowDown: down,
    ArrowUp: up,
    j: down,
    k: up,
    c: () => copyRow(/** @type {Element} */ (focusedRow())),
    Escape: () => input.focus(),
  };
  /** @type {Keys} */
  const inputKeys = {
    ArrowDown: down,
    Enter: () => {
      if (input.value.trim()) findAll(desk, "li:not([hidden]) a", HTMLAnchorElement)[0]?.click();
    },
  };

  function actionOf(/** @type {KeyboardEvent} */ event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.target === input) return inputKeys[event.key];
    if (event.target instanceof Element && event.target.matches("input, textarea")) return undefined;
    if (event.key === "/") return () => input.focus();
    return focusedRow() ? rowKeys[event.key] : undefined;
  }

  desk.after(make("div", { className: "kb-desk__report" }, report.status, report.field));
  for (const row of desk.querySelectorAll("li")) {
    const button = makeButton("复制", () => copyRow(row));
    button.setAttribute("aria-label", `复制 ${row.id.toUpperCase()}`);
    row.append(button);
  }
  // On window and before others: Material opens its own search at `/`.
  window.addEventListener(
    "keydown",
    (event) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      action();
    },
    { capture: true },
  );
}
