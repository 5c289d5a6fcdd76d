/**
 * The agents' sheet by keyboard: `/` to the filter, arrows or `j` `k` between rows, `c` copies a row, Enter opens it.
 *
 * The letters act only while a row has the focus, so that nobody who dictates or types is surprised (WCAG 2.1.4).
 */

import { SELECTED, copyText, makeReport } from "./copy.js";

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
    const { macros } = location.protocol === "file:" ? await fromDisk(address) : await (await fetch(address)).json();
    return new Map(macros.map((macro) => [macro.id, macro.content]));
  }

  return async (/** @type {HTMLElement} */ row) => {
    const id = row.id.toUpperCase();
    field.hidden = true;
    status.textContent = "";
    try {
      const text = (await (texts ??= load())).get(id);
      status.textContent = (await copyText(text, field)) ? `已复制 ${id}` : SELECTED;
    } catch {
      texts = null;
      status.textContent = "没有取到文字，请检查网络再试";
    }
  };
}

/** The macros of a page opened from a disk, where browsers refuse to fetch: a script beside the file has them. */
function fromDisk(/** @type {string} */ address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address.replace(/json$/, "js");
    script.onload = () => resolve(self.kbMacros);
    script.onerror = reject;
    document.head.append(script);
  });
}

/** @param {HTMLElement} row */
function makeButton(row) {
  const button = document.createElement("button");
  button.className = "kb-button";
  button.type = "button";
  button.textContent = "复制";
  button.setAttribute("aria-label", `复制 ${row.id.toUpperCase()}`);
  return button;
}

/** @param {HTMLElement} desk */
export function enhance(desk) {
  const input = /** @type {HTMLInputElement} */ (document.querySelector("[data-filter] input"));
  const report = makeReport();
  const copyRow = makeCopier(desk.dataset.desk, report);
  const focusedRow = () => /** @type {HTMLElement | null} */ (desk.querySelector("li:focus-within"));

  /** Focus the row `step` further than the focused one; above the first row is the filter. */
  function move(/** @type {1 | -1} */ step) {
    const rows = [...desk.querySelectorAll("li:not([hidden])")];
    const index = rows.indexOf(focusedRow()) + step;
    if (index < 0) input.focus();
    else rows[index]?.querySelector("a").focus();
  }

  const down = () => move(1);
  const up = () => move(-1);
  const rowKeys = {
    ArrowDown: down,
    ArrowUp: up,
    j: down,
    k: up,
    c: () => copyRow(focusedRow()),
    Escape: () => input.focus(),
  };
  const inputKeys = {
    ArrowDown: down,
    Enter: () => input.value.trim() && desk.querySelector("li:not([hidden]) a")?.click(),
  };

  function actionOf(/** @type {KeyboardEvent} */ event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.target === input) return inputKeys[event.key];
    if (event.target.matches("input, textarea")) return undefined;
    if (event.key === "/") return () => input.focus();
    return focusedRow() ? rowKeys[event.key] : undefined;
  }

  const box = document.createElement("div");
  box.className = "kb-desk__report";
  box.append(report.status, report.field);
  desk.after(box);
  for (const row of desk.querySelectorAll("li")) {
    const button = makeButton(row);
    button.addEventListener("click", () => copyRow(row));
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
