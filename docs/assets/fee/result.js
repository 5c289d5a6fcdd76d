/** What the fee calculator shows: totals, what fits them, the rows, and the text to send. */

import { SELECTED, copyText } from "../page/copy.js";
import { explain } from "./causes.js";
import { headline, isOver, report, sum } from "./report.js";
import { totals } from "./fee.js";
import { percent, yuan } from "./money.js";

const SHOWN_ROWS = 20;

const root = /** @type {HTMLElement} */ (document.querySelector("[data-calculator]"));
const part = (/** @type {string} */ name) =>
  /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
const text = /** @type {HTMLTextAreaElement} */ (part("report"));
const links = /** @type {HTMLTemplateElement} */ (root.querySelector("template"));

/**
 * @param {string} tag
 * @param {...(Node | string)} content
 */
function element(tag, ...content) {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

/** A number that no longer belongs to what the fields say must not stay. */
export function clear() {
  part("headline").textContent = "";
  part("result").hidden = true;
  part("skipped").hidden = true;
  part("copied").textContent = "";
}

/** @param {{line: number, problem: string}[]} problems */
export function showSkipped(problems) {
  const shown = problems
    .slice(0, SHOWN_ROWS)
    .map(({ line, problem }) => element("li", `第 ${line} 行：${problem}`));
  if (problems.length > SHOWN_ROWS) shown.push(element("li", `还有 ${problems.length - SHOWN_ROWS} 行`));
  part("skipped-rows").replaceChildren(...shown);
  part("skipped").hidden = !problems.length;
}

/** @param {import("./causes.js").Finding} finding */
function findingItem({ reason, cards }) {
  const ways = cards.map(([when, id]) => {
    const link = /** @type {Node} */ (links.content.querySelector(`[data-card="${id}"]`));
    return element("li", `${when}：`, link.cloneNode(true));
  });
  return element("li", reason, ...(ways.length ? [element("ul", ...ways)] : []));
}

/**
 * @param {import("./fee.js").Row[]} rows
 * @param {import("./fee.js").Terms} terms
 */
export function showResult(rows, terms) {
  const all = totals(rows);
  const over = rows.filter(isOver);
  const findings = explain(rows, terms);
  part("headline").textContent = headline(rows);
  part("expected").textContent = `${yuan(all.expected)} 元`;
  part("deducted").textContent = `${yuan(all.deducted)} 元`;
  part("difference").textContent = `${yuan(all.difference)} 元`;
  part("effective").textContent = percent(all.effective);
  part("sum").textContent =
    rows.length > 1 ? `${rows.length} 笔，金额共 ${yuan(all.amount)} 元` : sum(rows[0], terms);
  part("findings").replaceChildren(...findings.map(findingItem));
  part("one-trade").hidden = rows.length > 1 || !over.length;
  part("rows").hidden = rows.length === 1 || !over.length;
  const largest = [...over].sort((a, b) => (a.difference < b.difference ? 1 : -1)).slice(0, SHOWN_ROWS);
  part("rows-body").replaceChildren(
    ...largest.map(({ line, amount, deducted, difference }) =>
      element(
        "tr",
        ...[String(line), yuan(amount), yuan(deducted), yuan(difference)].map((text) => element("td", text)),
      ),
    ),
  );
  text.value = report(
    rows,
    terms,
    findings.map((finding) => finding.reason),
  );
  part("result").hidden = false;
  part("headline").scrollIntoView({ block: "nearest" });
}

part("copy-report").addEventListener("click", async () => {
  part("copied").textContent = (await copyText(text.value, text)) ? "已复制" : SELECTED;
});
