/**
 * Trades out of what a bank or acquirer exports. A row that cannot be read is named by its line and left
 * out, never guessed.
 */

import { records } from "./csv.js";
import { Problem, readFen, readYuan } from "./money.js";

/** @typedef {import("./fee.js").Trade} Trade */
/** @typedef {import("./csv.js").Line} Line */

/** How columns are called, the surest name first. */
const COLUMNS = {
  amount: [/^(交易|收款|订单|支付|消费)(总)?金额$/, /^(交易|消费)?(金额|本金)$/, /^(交易额|总金额)$/],
  fee: [/^(实扣|实收|商户|交易|扣除)?手续费(金额|支出)?$/, /手续费/, /^(服务费|扣费|费用)$/],
  paid: [/^(实际)?(到账|结算|入账|清算|划款)(净)?(金|余)?额$/, /^(净额|(实际)?到账)$/],
  date: [/^(交易|支付|收款|订单|付款)(日期|时间)$/, /^(日期|时间)$/],
  kind: [/^(支付|付款|交易)(方式|渠道)$/, /^(交易|支付|卡)类型$/, /^(类型|渠道)$/],
};

/** Columns that name a fee and are not what was taken: rates, what was given back, what would be due. */
const NOT_TAKEN = /[率%‰退返原]|优惠|减免|补贴|折扣|奖励|标准|应[收扣付]/;

/** Columns that say what a row is, and the words there by which it is no sale. */
const NATURE = /类型|类别|种类|状态|业务|方式|渠道|摘要|交易名称/;
const NO_SALE = /(^|[^未无])(退款|退货|退单|撤销|冲正|冲销)/;

/** Exports begin with a few lines of title; a head further down is no head. */
const HEAD_WITHIN = 30;

/**
 * Take off what exports put around a value so that spreadsheets keep it as text: `30580, '30580, ="30580".
 * @param {string} cell
 */
const bare = (cell) => cell.replace(/^[\s`'"=]+|[\s"]+$/g, "");

/** @param {string[]} cells */
const isBlank = (cells) => cells.every((cell) => !bare(cell));

/** @param {string} cell */
const nameOf = (cell) => bare(cell.normalize("NFKC")).replace(/\s/g, "");

/**
 * Find the columns by their names. Of two fees neither is taken for granted: what was paid out decides.
 * @param {string[]} cells
 * @returns {Record<string, number> | null} null unless this is a head: an amount and what was taken or paid out
 */
function columnsOf(cells) {
  const names = cells.map(nameOf);
  const places = Object.entries(COLUMNS).map(([role, patterns]) => {
    const fitting = patterns.map((pattern) =>
      [...names.keys()].filter(
        (at) =>
          pattern.test(names[at].replace(/\(.*?\)/g, "")) && !(role === "fee" && NOT_TAKEN.test(names[at])),
      ),
    );
    return /** @type {const} */ ([role, fitting.find((found) => found.length) ?? []]);
  });
  const columns = Object.fromEntries(places.map(([role, found]) => [role, found[0] ?? -1]));
  const fees = Object.fromEntries(places).fee;
  if (columns.amount < 0 || (columns.fee < 0 && columns.paid < 0)) return null;
  if (fees.length < 2) return columns;
  if (columns.paid >= 0) return { ...columns, fee: -1 };
  const both = fees.map((at) => `“${bare(cells[at])}”`).join("和");
  throw new Problem(`${both}都像手续费，分不清哪一列是实扣的：只留那一列再试`);
}

/**
 * Find the separator under which some line is a head.
 * @param {string} text
 * @returns {{head: Line, rows: Line[], columns: Record<string, number>} | null}
 */
function tableOf(text) {
  for (const separator of ["\t", ",", ";"]) {
    const lines = [...records(text, separator)];
    const at = lines.slice(0, HEAD_WITHIN).findIndex((line) => columnsOf(line.cells));
    if (at >= 0) {
      const columns = /** @type {Record<string, number>} */ (columnsOf(lines[at].cells));
      return { head: lines[at], rows: lines.slice(at + 1), columns };
    }
  }
  return null;
}

/**
 * Two numbers a line, typed by hand: amount and fee.
 * @param {string} text
 */
function pairsOf(text) {
  const rows = text.split("\n").map((row, index) => {
    const plain = row.normalize("NFKC").trim();
    return { line: index + 1, cells: plain.split(/[\s;]/.test(plain) ? /[\s;]+/ : ",") };
  });
  const filled = rows.filter((row) => !isBlank(row.cells));
  if (!filled.some((row) => row.cells.length === 2 && row.cells.every((cell) => /\d/.test(cell)))) {
    throw new Problem(
      "没认出表头：要有“交易金额”一列，和“手续费”或“到账金额”一列。没有表头就每行只写两个数：金额 手续费",
    );
  }
  const head = { line: 0, cells: ["金额", "手续费"] };
  return { head, rows, columns: { amount: 0, fee: 1, paid: -1, date: -1, kind: -1 } };
}

/** Year, month, day, with marks between them or eight digits together. */
const DATE = /^(20\d\d)(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(\d\d)(\d\d))/;

/**
 * @param {string} text
 * @returns {string | undefined} YYYY-MM-DD; undefined for days that the calendar does not have
 */
function dateOf(text) {
  const found = DATE.exec(text.normalize("NFKC"));
  if (!found) return undefined;
  const [year, month, day] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : undefined;
}

/**
 * Tell whether a separator inside a number has made two cells of it; a separator at the end of rows is usual.
 * @param {string[]} cells
 * @param {number} width of the head
 * @param {Record<string, number>} columns
 */
function isTorn(cells, width, { amount, fee, paid }) {
  const [left, right] = [/^\D?\d{1,3}$/, /^\d{3}(\.\d+)?$/];
  const split = (/** @type {number} */ at) =>
    left.test(bare(cells[at] ?? "")) && right.test(bare(cells[at + 1] ?? ""));
  return cells.length > width && (!isBlank(cells.slice(width)) || [amount, fee, paid].some(split));
}

/**
 * The word by which a row is a refund or the like, in the columns that say what it is.
 * @param {string[]} cells
 * @param {Line} head
 */
function noSale(cells, head) {
  return cells.find((cell, at) => NATURE.test(nameOf(head.cells[at] ?? "")) && NO_SALE.test(cell));
}

/** @param {string} text */
const isNegative = (text) => /^[-−–]/.test(text);

/**
 * @param {Line} row
 * @param {{head: Line, columns: Record<string, number>}} table
 * @returns {Trade & {sign: number}} `sign`: of the fee as it is written; 0 where what was paid out confirms it
 */
function tradeOf({ line, cells }, { head, columns }) {
  const cell = (/** @type {string} */ role) => bare(cells[columns[role]] ?? "");
  const money = (/** @type {string} */ role, text = cell(role)) => {
    const name = bare(head.cells[columns[role]]);
    try {
      return (/[(（]分[)）]/.test(name) ? readFen : readYuan)(text);
    } catch (problem) {
      throw new Problem(
        `${name}${text && `“${text.slice(0, 20)}”`}${/** @type {Error} */ (problem).message}`,
      );
    }
  };
  if (cells.some((text) => /^(合计|总计|小计|汇总)/.test(bare(text))))
    throw new Problem("是合计，没有算进去");
  if (isTorn(cells, head.cells.length, columns)) throw new Problem("多了一列：金额里有逗号的要加引号");
  const word = noSale(cells, head);
  if (word) throw new Problem(`是“${bare(word).slice(0, 20)}”，没有算进去`);
  if (isNegative(cell("amount"))) throw new Problem("金额是负数，像是退款，没有算进去");
  const amount = money("amount");
  if (!amount) throw new Problem("金额是 0");
  const byFee = cell("fee") || columns.paid < 0;
  const paid = cell("paid") || !byFee ? money("paid") : null;
  if (paid !== null && paid > amount) throw new Problem("到账比金额还大");
  const deducted = byFee ? money("fee", cell("fee").replace(/^[-−–]/, "")) : amount - (paid ?? 0n);
  if (deducted > amount) throw new Problem("手续费比金额还大");
  const sign = amount - deducted === paid ? 0 : isNegative(cell("fee")) ? -1 : Number(deducted > 0n);
  return { amount, deducted, line, date: dateOf(cell("date")), kind: cell("kind") || undefined, sign };
}

/**
 * Read a pasted or decoded statement.
 * @param {string} text
 * @returns {{trades: Trade[], problems: {line: number, problem: string}[]}}
 */
export function readStatement(text) {
  const plain = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (!plain.trim()) throw new Problem("还没有粘贴内容，也没有选文件");
  const table = tableOf(plain) ?? pairsOf(plain);
  const found = [];
  const problems = [];
  for (const row of table.rows) {
    if (isBlank(row.cells)) continue;
    try {
      found.push(tradeOf(row, table));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      problems.push({ line: row.line, problem: problem.message });
    }
  }
  // An export that counts from the merchant's side writes all fees as negative numbers; among positive ones,
  // a negative one was given back.
  const isMixed = found.some(({ sign }) => sign > 0);
  const trades = [];
  for (const { sign, ...trade } of found) {
    if (sign < 0 && isMixed) {
      problems.push({ line: trade.line ?? 0, problem: "手续费是负数，别的行是正数，像是退款，没有算进去" });
    } else trades.push(trade);
  }
  return { trades, problems: problems.sort((a, b) => a.line - b.line) };
}
