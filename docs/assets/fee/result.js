/** What the fee calculator shows: totals, what fits them, the rows, and the text to send. */

import { SELECTED, copyText } from "../page/copy.js";
import { fill, find, make } from "../page/dom.js";
import { load } from "../page/site.js";
import { explain } from "./causes.js";
import { totals } from "./fee.js";
import { linksOf } from "./links.js";
import { percent, yuan } from "./money.js";
import { headline, isOver, report, sum } from "./report.js";

/** @typedef {import("./fee.js").Row} Row */
/** @typedef {import("./fee.js").Terms} Terms */

const SHOWN_ROWS = 20;

/** @param {Row} row */
function tableRow({ line, amount, deducted, difference }) {
  const texts = [String(line), yuan(amount), yuan(deducted), yuan(difference)];
  return make("tr", {}, ...texts.map((text) => make("td", {}, text)));
}

export class Result {
  /** @param {HTMLElement} root the element marked `data-calculator` */
  constructor(root) {
    this.root = root;
    this.text = find(root, "[data-report]", HTMLTextAreaElement);
    this.links = find(root, "template", HTMLTemplateElement).content;
    this.part("copy-report").addEventListener("click", async () => {
      this.say("copied", ""); // or the second copy would not be announced
      this.say("copied", (await copyText(this.text.value, this.text)) ? "已复制" : SELECTED);
    });
  }

  /** @param {string} name */
  part(name) {
    return find(this.root, `[data-${name}]`, HTMLElement);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  say(name, text) {
    this.part(name).textContent = text;
  }

  /** A number that no longer belongs to what the fields say must not stay. */
  clear() {
    this.say("headline", "");
    this.say("copied", "");
    this.part("result").hidden = true;
    this.part("skipped").hidden = true;
    this.part("claim").hidden = true;
  }

  /** @param {{line: number, problem: string}[]} problems */
  showSkipped(problems) {
    const shown = problems
      .slice(0, SHOWN_ROWS)
      .map(({ line, problem }) => make("li", {}, `第 ${line} 行：${problem}`));
    const more = problems.length - SHOWN_ROWS;
    if (more > 0) shown.push(make("li", {}, `还有 ${more} 行`));
    fill(this.part("skipped-rows"), ...shown);
    this.part("skipped").hidden = !problems.length;
  }

  /** @param {import("./causes.js").Finding} finding */
  findingItem(finding) {
    const ways = linksOf(finding, this.links).map((link) =>
      make("li", {}, `${link.dataset.when}：`, link.cloneNode(true)),
    );
    return make("li", {}, finding.reason, ...(ways.length ? [make("ul", {}, ...ways)] : []));
  }

  /**
   * @param {Row[]} rows
   * @param {Terms} terms
   */
  show(rows, terms) {
    const all = totals(rows);
    const over = rows.filter(isOver);
    const findings = explain(rows, terms);
    const many = rows.length > 1;
    this.say("headline", headline(rows));
    this.say("expected", `${yuan(all.expected)} 元`);
    this.say("deducted", `${yuan(all.deducted)} 元`);
    this.say("difference", `${yuan(all.difference)} 元`);
    this.say("effective", percent(all.effective));
    this.say("sum", many ? `${rows.length} 笔，金额共 ${yuan(all.amount)} 元` : sum(rows[0], terms));
    fill(this.part("findings"), ...findings.map((finding) => this.findingItem(finding)));
    this.part("claim").hidden = !over.length;
    this.part("one-trade").hidden = many || !over.length || Boolean(rows[0].isTotal);
    this.part("as-month").hidden = many || Boolean(rows[0].isTotal);
    this.part("rows").hidden = !many || !over.length;
    const largest = [...over].sort((a, b) => (a.difference < b.difference ? 1 : -1)).slice(0, SHOWN_ROWS);
    fill(this.part("rows-body"), ...largest.map(tableRow));
    // what is guessed from one trade alone is not claimed
    const claimed = findings.filter(({ reason, fits }) => fits.length && (many || !reason.includes("推论")));
    const reasons = claimed.map(({ reason }) => reason);
    this.text.value = report(rows, terms, reasons);
    this.part("result").hidden = false;
    this.part("headline").scrollIntoView({ block: "nearest" });
  }

  /**
   * What was taken, where nobody has said what was agreed: that tells nothing of whether it was too much.
   * @param {Row[]} rows
   */
  showEffective(rows) {
    const { effective } = totals(rows);
    this.say("headline", `实际扣了 ${percent(effective)}。多没多扣还不知道：翻协议找到约定费率，填上再算。`);
    this.part("headline").scrollIntoView({ block: "nearest" });
  }

  /**
   * Fill in what was found wherever a text of this tab asks for it. Which blank takes which number is the page's to
   * say, which knows the texts. The amount is in none: other texts ask for that of another payment.
   * @param {Row[]} rows
   * @param {Terms} terms
   */
  async keep(rows, terms) {
    /** @type {typeof import("../page/blanks.js") | null} */
    const blanksOfTab = await load("../page/blanks.js").catch(() => null); // few compute anything
    if (!blanksOfTab) return;
    const { expected, deducted, difference, effective } = totals(rows);
    /** @type {Record<string, string>} */
    const found = {
      rate: percent(terms.rate),
      effective: percent(effective),
      expected: yuan(expected),
      deducted: yuan(deducted),
      difference: yuan(difference),
    };
    /** @type {Record<string, string>} */
    const blanks = JSON.parse(this.root.dataset.fills ?? "{}");
    for (const [name, value] of Object.entries(found)) {
      if (blanks[name]) blanksOfTab.keep(blanks[name], value);
    }
    this.text.value = blanksOfTab.filled(this.text.value);
  }
}
