/** Sums and rates that stand among other words, and what they come to. */

import { sumOf } from "../box/sum.js";
import { effectiveRate, ROUNDING, share } from "../fee/fee.js";
import { Problem, percent, readRate, readYuan, shortYuan } from "../fee/money.js";
import { named } from "./candidates.js";

/**
 * What a customer says of one trade or month, as far as it is said, as he writes it; `paid`: the rate that he pays.
 * @typedef {{amount: string, deducted: string, rate: string, paid: string, period: string}} Sums
 */

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
/** What a fee depends on has been paid by nobody: 收满 10 万。 */
const WITHIN = String.raw`[^\d，。；,;满]{0,8}?`;
/** No count, no date and no rate. */
const MONEY = String.raw`(?![\d.]|万分|\s*[%‰笔单号月日天次年分折位个点]|\s*[元块]?(?:流量|服务费|年费|会费|押金))(万)?`;
const SAID = String.raw`[\d九八七六点五四三两二一]`;
const RATE = String.raw`([百千万]分之?(?:${SAID}|[零点.])+|千${SAID}{1,2}|\d+(?:\.\d+)?[%‰]|[0零][.点]${SAID}+(?!\s*[元块毛]))`;
const AGREED = String.raw`(?:签|约定|说费率|说好|讲好|谈好|合同|协议|承诺|装机)[^\d，。；,;扣收涨]{0,8}?`;

const PAID_IN = new RegExp(`(?:收了?|刷了?|流水|交易|卖了?|一笔)${WITHIN}${NUMBER}${MONEY}`, "g");
const ARRIVED = new RegExp(`(?:到账|到手|实到|结算|入账|到卡)${WITHIN}${NUMBER}${MONEY}`, "g");
const DEDUCTED = new RegExp(`(?:扣|手续费)${WITHIN}${NUMBER}${MONEY}`, "g");
const AGREED_RATE = new RegExp(`${AGREED}${RATE}|${RATE}\\s*(?:签的|的合同|的协议)`, "g");
const PAID_RATE = new RegExp(`(?:扣|收|变成|涨到)${WITHIN}${RATE}`, "g");
/** Parts of the amount: outside them nothing is a fee. */
const LEAST = 0.001;
const MOST = 0.1;
const MONTH = /月|合计|总共|一共/;

/** The one value that a pattern finds; empty if there are several. @param {string} text @param {RegExp} pattern */
function one(text, pattern) {
  const found = [...text.matchAll(pattern)].map(([, ...groups]) => groups.find(Boolean) ?? "");
  return new Set(found).size === 1 ? found[0] : "";
}

/** The same for money, in 元. @param {string} text @param {RegExp} pattern */
function money(text, pattern) {
  const found = [...text.matchAll(pattern)].map(([, number, tens]) => Number(number) * (tens ? 1e4 : 1));
  return new Set(found).size === 1 ? found[0] : 0;
}

/** `千三八` is 3.8 of a thousand. @param {string} rate @returns {string} as it can be read */
function plainly(rate) {
  const thousand = /^千([^分])(.)?$/.exec(rate);
  if (thousand) return `千${thousand[1]}点${thousand[2] ?? "零"}`;
  return rate.startsWith("零") ? `百${rate}` : rate;
}

/** @param {string} pasted @returns {Sums | null} null if nothing can be reckoned of it */
export function sumsOf(pasted) {
  try {
    const sums = found(pasted);
    return sums && rates(sums) && sums;
  } catch (problem) {
    if (problem instanceof Problem) return null; // no number that anybody pays
    throw problem;
  }
}

/** @param {string} pasted @returns {Sums | null} */
function found(pasted) {
  const text = pasted.normalize("NFKC").replace(/(\d),(?=\d{3})/g, "$1");
  const alone = sumOf(text);
  if (alone) return { ...alone, paid: "" };
  const rate = plainly(one(text, AGREED_RATE));
  const amount = money(text, PAID_IN);
  const arrived = money(text, ARRIVED);
  const fee = arrived ? Math.round((amount - arrived) * 100) / 100 : money(text, DEDUCTED);
  const period = MONTH.test(text) ? "month" : "";
  if (amount && fee >= amount * LEAST && fee <= amount * MOST) {
    return { amount: String(amount), deducted: String(fee), rate, paid: "", period };
  }
  const paid = plainly(one(text, PAID_RATE));
  return rate && paid && rate !== paid ? { amount: "", deducted: "", rate, paid, period: "" } : null;
}

/** @param {Sums} sums @returns {string} what they come to */
export function says({ amount, deducted, rate, paid, period }) {
  const agreed = rate ? readRate(rate) : null;
  if (!amount) {
    const least = share(1_000_000n, readRate(paid)) - share(1_000_000n, agreed ?? 0n);
    const more = least > 0n ? `，每收 10,000 元多扣 ${shortYuan(least)} 元` : "";
    return `按您说的，签 ${percent(agreed ?? 0n)}，扣 ${percent(readRate(paid))}${more}。`;
  }
  const [whole, fee] = [readYuan(amount), readYuan(deducted)];
  const told = `按您说的数，${period ? "一共" : ""}收 ${shortYuan(whole)} 元，扣 ${shortYuan(fee)} 元，合 ${percent(effectiveRate(whole, fee))}`;
  if (agreed === null) return `${told}。`;
  const due = share(whole, agreed);
  const over = fee - due;
  const isEqual = over <= ROUNDING && over >= -ROUNDING;
  const ends = over > 0n ? `多 ${shortYuan(over)} 元` : `少 ${shortYuan(-over)} 元`;
  return `${told}；按 ${percent(agreed)} 该扣 ${shortYuan(due)} 元，${isEqual ? "对得上" : ends}（没算保底、封顶和优惠）。`;
}

/** The rates of it, which fill blanks. @param {Sums} sums @returns {{agreed?: string, effective?: string}} */
export function rates({ amount, deducted, rate, paid }) {
  const agreed = rate ? { agreed: percent(readRate(rate)) } : {};
  const effective = amount ? effectiveRate(readYuan(amount), readYuan(deducted)) : readRate(paid);
  return { ...agreed, effective: percent(effective) };
}

/**
 * What is reckoned for a reply.
 * @param {string} calculator id, address and title of its card, by blanks; empty without one
 * @param {(path: string) => string} link
 */
export function reckoner(calculator, link) {
  const [id, path, title] = calculator.split(" ");
  return {
    /** The card for sums. @param {Sums | null} sums */
    card: (sums) => (id && sums?.amount ? named(id, title) : null),
    /** What they come to, with the calculator filled as far as it can be. @param {Sums | null} sums */
    line(sums) {
      if (!id || !sums) return "";
      const { amount, deducted, period } = sums;
      const given = { amount, deducted, rate: rates(sums).agreed?.slice(0, -1) ?? "", period };
      const params = new URLSearchParams(Object.entries(given).filter(([, value]) => value));
      return `${says(sums)}照这些数再算：${link(path)}${amount ? `?${params}` : ""}#calculator`;
    },
  };
}
