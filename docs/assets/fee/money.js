/**
 * Amounts and rates as people write them. An amount is a whole number of 分 and a rate a whole number
 * of millionths, both BigInt, so that no binary fraction ever touches money.
 */

/** What one reader wrote cannot be read; the message is Chinese and says what is wrong. */
export class Problem extends Error {}

/** One hundred percent. */
export const WHOLE = 1_000_000n;

/** 0.01 %, the finest step in which rates are agreed. */
export const RATE_STEP = 100n;

const MAX_DIGITS = 12;

/**
 * What is written, in the characters of a number: full width folded, blanks gone, 。 typed for a point.
 * @param {string} text
 */
const folded = (text) => text.normalize("NFKC").replace(/\s/g, "").replace(/。/g, ".");

/**
 * Read a decimal number as a whole number of its last place.
 * @param {string} plain folded text without unit
 * @param {number} places decimal places of the result
 * @returns {bigint}
 */
function decimal(plain, places) {
  if (!plain) throw new Problem("是空的");
  if (/^[-−–]/.test(plain)) throw new Problem("不能是负数");
  if (!/^[\d.,]*\d[\d.,]*$/.test(plain)) throw new Problem("只能填数字");
  const [whole, fraction = "", ...more] = plain.split(".");
  if (more.length) throw new Problem("多了一个小数点");
  if (!/^(\d*|\d{1,3}(,\d{3})+)$/.test(whole) || fraction.includes(",")) throw new Problem("逗号的位置不对");
  const digits = whole.replace(/,/g, "");
  if (digits.length > MAX_DIGITS) throw new Problem(`数太大，小数点前最多 ${MAX_DIGITS} 位`);
  if (fraction.length > places) throw new Problem(`小数点后最多 ${places} 位`);
  return BigInt(digits + fraction.padEnd(places, "0"));
}

/**
 * Read an amount in 元: `30,580.00`, `¥30580`, `３０５８０元`.
 * @param {string} text
 * @returns {bigint} 分
 */
export function readYuan(text) {
  return decimal(
    folded(text)
      .replace(/^(¥|RMB|CNY|人民币)/i, "")
      .replace(/(元|块)$/, ""),
    2,
  );
}

/**
 * Read an amount that its column's head says is in 分.
 * @param {string} text
 * @returns {bigint} 分
 */
export function readFen(text) {
  return decimal(folded(text), 0);
}

/** Rates said as so many of a hundred, a thousand, ten thousand: the decimal places that are left. */
const PLACES = new Map([
  ["百", 4],
  ["千", 3],
  ["万", 2],
]);

/** @type {Record<string, number>} */
const SAID = { 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** A number that is said one by one: `六`, `零点六`, `六点三`. */
const inDigits = (/** @type {string} */ text) =>
  [...text.replace("点", ".")].map((one) => SAID[one] ?? one).join("");

/**
 * Read a rate below 100 %: `0.63`, `0.63%`, `6.3‰`, `万63`, `千分之6`, `百分之零点六`.
 * @param {string} text
 * @returns {bigint} millionths
 */
export function readRate(text) {
  const plain = folded(text);
  const said = /^([百千万])(?:分之?)?(.*)$/.exec(plain);
  const unit = said?.[1] ?? (plain.endsWith("‰") ? "千" : "百");
  const rate = decimal(said ? inDigits(said[2]) : plain.replace(/[%‰]$/, ""), PLACES.get(unit) ?? 0);
  if (rate >= WHOLE) throw new Problem("要小于 100%");
  return rate;
}

/**
 * @param {bigint} value
 * @param {number} places
 */
function written(value, places) {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0n ? "-" : ""}${whole}.${digits.slice(-places)}`;
}

/**
 * @param {bigint} fen
 * @returns {string} `30,580.00`
 */
export const yuan = (fen) => written(fen, 2);

/**
 * @param {bigint} fen
 * @returns {string} `3`, `0.50`: no decimals where there are none
 */
export const shortYuan = (fen) => yuan(fen).replace(/\.00$/, "");

/**
 * @param {bigint} rate millionths
 * @returns {string} `0.63%`
 */
export const percent = (rate) => `${written(rate, 4).replace(/\.?0+$/, "")}%`;
