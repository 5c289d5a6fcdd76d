/** The result of a check in words: the headline, the sum of one trade, and the text to send to the acquirer. */

import { roundingOf, share, totals } from "./fee.js";
import { percent, yuan } from "./money.js";

/** @typedef {import("./fee.js").Row} Row */
/** @typedef {import("./fee.js").Terms} Terms */

/** @param {Row} row */
export const isOver = (row) => row.difference > roundingOf(row);

/**
 * @param {Row[]} rows at least one
 * @returns {string}
 */
export function headline(rows) {
  const { difference } = totals(rows);
  const count = rows.filter(isOver).length;
  if (rows.length > 1) {
    return count
      ? `${rows.length} 笔里有 ${count} 笔多扣，差额共 ${yuan(difference)} 元。`
      : `${rows.length} 笔都没有多扣。`;
  }
  if (count && rows[0].isTotal) return `合计比按费率算的多 ${yuan(difference)} 元。`; // what else was agreed is unknown
  if (count) return `多扣了 ${yuan(difference)} 元。`;
  return difference < -roundingOf(rows[0]) ? `没有多扣，少扣 ${yuan(-difference)} 元。` : "没有多扣。";
}

/**
 * @param {Row} row
 * @param {Terms} terms
 * @returns {string} `5.00 × 0.6% = 0.03，不到保底，按 0.10，应扣 0.10 元`
 */
export function sum({ amount, expected }, { rate, floor, cap, extra }) {
  const fee = share(amount, rate);
  const steps = [`${yuan(amount)} × ${percent(rate)} = ${yuan(fee)}`];
  if (fee < floor) steps.push(`不到保底，按 ${yuan(floor)}`);
  if (cap !== null && fee > cap) steps.push(`超过封顶，按 ${yuan(cap)}`);
  if (extra) steps.push(`再加 ${yuan(extra)}`);
  return steps.length > 1 ? `${steps.join("，")}，应扣 ${yuan(expected)} 元` : `${steps[0]} 元`;
}

/** @param {Terms} terms */
function agreed({ rate, floor, cap, extra }) {
  const parts = [`费率 ${percent(rate)}`];
  if (floor) parts.push(`保底 ${yuan(floor)} 元`);
  if (cap !== null) parts.push(`封顶 ${yuan(cap)} 元`);
  if (extra) parts.push(`每笔附加 ${yuan(extra)} 元`);
  return parts.join("，");
}

/** @param {Row} row */
function item({ line, date, amount, deducted, expected, difference }) {
  const numbers = `金额 ${yuan(amount)}，应扣 ${yuan(expected)}，实扣 ${yuan(deducted)}，多扣 ${yuan(difference)}`;
  return [`第 ${line} 行`, date, numbers].filter(Boolean).join(" ");
}

/**
 * Plain text with line breaks, to paste into a chat or a ticket.
 * @param {Row[]} rows at least one
 * @param {Terms} terms
 * @param {string[]} reasons
 * @returns {string}
 */
export function report(rows, terms, reasons) {
  const all = totals(rows);
  const over = rows.filter(isOver);
  const many = rows.length > 1;
  const one = rows[0].isTotal
    ? `交易：【起始日】到【截止日】合计，金额共 ${yuan(all.amount)} 元`
    : `收款金额：${yuan(all.amount)} 元，交易时间【时间】`;
  return [
    "手续费核对",
    "商户号：【商户号】",
    many ? `交易：${rows.length} 笔，金额共 ${yuan(all.amount)} 元` : one,
    `约定：${agreed(terms)}`,
    many ? `应扣：共 ${yuan(all.expected)} 元` : `应扣：${sum(rows[0], terms)}`,
    `实扣：${yuan(all.deducted)} 元`,
    `差额：${yuan(all.difference)} 元`,
    `等效费率：${percent(all.effective)}`,
    ...reasons,
    ...(many && over.length ? ["", `多扣的 ${over.length} 笔（单位：元）：`, ...over.map(item)] : []),
    ...(over.length
      ? ["", "请说明：按哪一项标准扣、在哪里公示过、我哪天同意的。拿不出依据，请退还多扣的钱。"]
      : []),
  ].join("\n");
}
