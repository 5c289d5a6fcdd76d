/** What a trade should have cost: exact arithmetic in 分. */

import { WHOLE } from "./money.js";

/**
 * What was agreed: millionths, 分, 分 or none, 分 on each trade.
 * @typedef {{rate: bigint, floor: bigint, cap: bigint | null, extra: bigint}} Terms
 */

/**
 * One trade as the statement has it; `line`, `date` (YYYY-MM-DD) and `kind` where it says so. `isTotal`: it is the
 * sum of nobody knows how many.
 * @typedef {{amount: bigint, deducted: bigint, line?: number, date?: string, kind?: string, isTotal?: boolean}} Trade
 */

/** @typedef {Trade & {expected: bigint, difference: bigint}} Row */

/** @typedef {{amount: bigint, deducted: bigint, expected: bigint, difference: bigint, effective: bigint}} Totals */

/** A difference that rounding alone makes. */
export const ROUNDING = 1n;
/** The same for a month of trades: up to half a 分 each, two hundred of them. */
const ROUNDINGS = 100n;

/** @param {Trade} trade */
export const roundingOf = ({ isTotal }) => (isTotal ? ROUNDINGS : ROUNDING);

/**
 * Divide two numbers that are not negative, half up.
 * @param {bigint} dividend
 * @param {bigint} divisor
 */
const rounded = (dividend, divisor) => (2n * dividend + divisor) / (2n * divisor);

/**
 * @param {bigint} amount
 * @param {bigint} rate
 * @returns {bigint} amount × rate to the 分, half up
 */
export const share = (amount, rate) => rounded(amount * rate, WHOLE);

/**
 * @param {bigint} amount
 * @param {bigint} fee
 * @returns {bigint} the fee as millionths of the amount, half up
 */
export const effectiveRate = (amount, fee) => rounded(fee * WHOLE, amount);

/**
 * @param {bigint} amount
 * @param {Terms} terms
 * @returns {bigint} amount × rate, at least the floor, at most the cap, then the extra
 */
export function expectedFee(amount, { rate, floor, cap, extra }) {
  let fee = share(amount, rate);
  if (fee < floor) fee = floor;
  if (cap !== null && fee > cap) fee = cap;
  return fee + extra;
}

/**
 * Compare every trade with the terms.
 * @param {Trade[]} trades
 * @param {Terms} terms
 * @returns {Row[]}
 */
export function compare(trades, terms) {
  return trades.map((trade) => {
    const expected = expectedFee(trade.amount, terms);
    return { ...trade, expected, difference: trade.deducted - expected };
  });
}

/**
 * @param {Row[]} rows at least one
 * @returns {Totals}
 */
export function totals(rows) {
  const sum = (/** @type {"amount" | "deducted" | "expected" | "difference"} */ key) =>
    rows.reduce((total, row) => total + row[key], 0n);
  const amount = sum("amount");
  const deducted = sum("deducted");
  return {
    amount,
    deducted,
    expected: sum("expected"),
    difference: sum("difference"),
    effective: effectiveRate(amount, deducted),
  };
}
