/**
 * Which cause fits the differences. Each rule tries one change of the terms and keeps it if the changed
 * terms give what was really deducted.
 */

import { ROUNDING, effectiveRate, expectedFee, roundingOf, share, totals } from "./fee.js";
import { RATE_STEP, percent, shortYuan, yuan } from "./money.js";

/** @typedef {import("./fee.js").Row} Row */
/** @typedef {import("./fee.js").Terms} Terms */

/**
 * What a finding fits; the page has links for each (links.js). `none`: nothing was taken too much. One that fits
 * nothing in particular advises the reader, and is not claimed.
 * @typedef {"cap" | "floor" | "extra" | "extra-and-rate" | "raised" | "kind" | "none"} Fit
 */

/**
 * `kinds`: how the statement calls the trades that cost too much, where only those do.
 * @typedef {{reason: string, fits: Fit[], kinds?: string[]}} Finding
 */

/** Whole amounts that are added to each trade, in 分; the first stands for none. */
const EXTRAS = [0n, 100n, 200n, 300n, 500n];

/** A rate is recognised only where 0.01 % more would cost this much more: below, nearly any fee fits some rate. */
const TELLING_STEP = 50n;

/** Up to this amount a floor may take more than half; above, that is most likely the sum paid out. */
const TINY = 1_000n;

/** What one trade can suggest, in 分: floors are small, extras reach a few 元. */
const MAX_FLOOR = 200n;
const MAX_EXTRA = 1_000n;

/** @param {bigint} fen */
const isRound = (fen) => fen % (fen < 100n ? 10n : 50n) === 0n;

/** @param {Row[]} rows */
const severalAmounts = (rows) => rows.some((row) => row.amount !== rows[0].amount);

/**
 * @param {Row[]} rows
 * @param {Terms} terms
 */
function fits(rows, terms) {
  const slack = severalAmounts(rows) ? ROUNDING : 0n;
  return rows.every((row) => {
    const gap = row.deducted - expectedFee(row.amount, terms);
    return gap <= slack && gap >= -slack;
  });
}

/** @type {((over: Row[], rows: Row[], terms: Terms) => Finding | null)[]} */
const CHANGES = [
  function capLeftOut(_over, rows, terms) {
    if (terms.cap === null || !fits(rows, { ...terms, cap: null })) return null;
    return { reason: "没有按封顶算：不封顶的话正好是实扣的数。", fits: ["cap"] };
  },
  function floor(over, rows, terms) {
    const lowest = over[0].deducted - terms.extra;
    if (!severalAmounts(over) && !(lowest <= MAX_FLOOR && isRound(lowest))) return null;
    if (lowest <= terms.floor || !fits(rows, { ...terms, floor: lowest })) return null;
    return { reason: `像是每笔最低收 ${yuan(lowest)} 元（推论）。`, fits: ["floor"] };
  },
  function constantExtra(over, rows, terms) {
    const more = over[0].difference;
    if (!severalAmounts(over) && !(more <= MAX_EXTRA && isRound(more))) return null;
    if (!fits(rows, { ...terms, extra: terms.extra + more })) return null;
    if (over.length > 1)
      return { reason: `多出的正好是每笔 ${yuan(more)} 元，像是固定的附加（推论）。`, fits: ["extra"] };
    const reason = `多出 ${yuan(more)} 元：也许是固定的附加，也许是费率高（推论）。`;
    return { reason, fits: ["extra", "raised"] };
  },
];

/**
 * Rates of two decimals, alone or with a whole extra, that explain every trade.
 * @param {Row[]} over
 * @param {Terms} terms
 * @returns {Finding[]}
 */
function roundRates(over, terms) {
  const largest = over.reduce((a, b) => (b.amount > a.amount ? b : a));
  if (share(largest.amount, RATE_STEP) < TELLING_STEP) return [];
  const equals = over.length > 1 ? "恰好对得上多扣的每一笔" : `恰好等于 ${yuan(largest.deducted)}`;
  return EXTRAS.flatMap((more) => {
    const rest = largest.deducted - terms.extra - more;
    if (rest < 0n) return [];
    const near = effectiveRate(largest.amount, rest);
    const rate = ((near + RATE_STEP / 2n) / RATE_STEP) * RATE_STEP;
    if (rate <= terms.rate || !fits(over, { ...terms, rate, extra: terms.extra + more })) return [];
    if (!more) return [{ reason: `${percent(rate)} ${equals}（推论）`, fits: [] }];
    const reason = `${percent(rate)} + ${shortYuan(more)} 元/笔 也${equals}（推论）`;
    return [{ reason, fits: ["extra-and-rate"] }];
  });
}

/**
 * What sets the trades that cost too much apart from the others: their kind, or the day it began.
 * @param {Row[]} over
 * @param {Row[]} rest the trades that are right
 * @returns {Finding | null}
 */
function apart(over, rest) {
  if (!rest.length) return null;
  const kinds = new Set(over.map((row) => row.kind));
  if (!rest.some((row) => kinds.has(row.kind))) {
    const names = [...kinds].map((kind) => kind ?? "没写类型");
    const quoted = names.map((name) => `“${name}”`).join("、");
    return { reason: `多扣的都是${quoted}，别的交易没有多扣。`, fits: ["kind"], kinds: names };
  }
  const first = over.map((row) => row.date ?? "").sort()[0];
  if (first && rest.every((row) => row.date && row.date < first)) {
    return { reason: `从 ${first} 起才多扣，之前的都对。`, fits: ["raised"] };
  }
  return null;
}

/**
 * @param {Row[]} over
 * @param {Row[]} rest
 * @param {Terms} terms
 * @returns {Finding}
 */
function higherRate(over, rest, terms) {
  if (rest.length) return { reason: "只有一部分多扣，也许都是同一种付款方式。", fits: ["kind"] };
  const rates = `等效费率 ${percent(totals(over).effective)}，约定 ${percent(terms.rate)}`;
  return severalAmounts(over)
    ? { reason: `各笔多扣的数不一样，像是费率高了：${rates}。`, fits: ["raised"] }
    : { reason: `像是费率高了：${rates}。`, fits: ["raised", "kind"] };
}

/**
 * A sum of many trades says how much, not on which and how.
 * @param {Row} row
 * @param {Terms} terms
 * @returns {Finding}
 */
function inTotal({ amount, deducted }, terms) {
  const rates = `等效费率 ${percent(effectiveRate(amount, deducted))}，约定 ${percent(terms.rate)}`;
  const how = "是费率高了、每笔另加了钱，还是有几笔特别贵，合计分不出：挑两笔金额差得远的，各算一次。";
  return { reason: `${rates}。${how}`, fits: [] };
}

/**
 * Say what fits, the simplest first.
 * @param {Row[]} rows at least one
 * @param {Terms} terms
 * @returns {Finding[]}
 */
export function explain(rows, terms) {
  const over = rows.filter((row) => row.difference > roundingOf(row));
  const rest = rows.filter((row) => row.difference <= roundingOf(row));
  if (!over.length) return [notOver(rows)];
  if (over.every((row) => row.amount > TINY && 2n * row.deducted > row.amount)) {
    return [{ reason: "扣掉一半以上不合常理：实扣要填手续费，不是到账金额。", fits: [] }];
  }
  if (rows[0].isTotal) return [inTotal(rows[0], terms)];
  const group = apart(over, rest);
  const found = CHANGES.map((change) => change(over, group ? over : rows, terms));
  const fitting = [...found, group].filter((finding) => finding !== null);
  if (!fitting.length) fitting.push(higherRate(over, rest, terms));
  return [...fitting, ...roundRates(over, terms)];
}

/**
 * @param {Row[]} rows
 * @returns {Finding}
 */
function notOver(rows) {
  if (rows.every((row) => row.difference >= -roundingOf(row))) {
    const small = rows[0].isTotal ? "不到一元的差，是各笔四舍五入" : "差一分是四舍五入";
    return { reason: `实扣和约定对得上，${small}。`, fits: ["none"] };
  }
  const { expected, deducted } = totals(rows);
  return expected > 5n * deducted
    ? { reason: "比约定的少得多，多半是费率填大了：千分之六要填 0.6。", fits: [] }
    : { reason: "没有多扣，有的还比约定的少，可能有优惠减免。", fits: [] };
}
