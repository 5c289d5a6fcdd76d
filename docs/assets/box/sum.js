/**
 * An amount, what was deducted from it, perhaps the agreed rate, as people type them: `30580 917.34`,
 * `收30580扣了917.34元，说好千分之六`, `上个月收了3万，扣1200元手续费`.
 */

/** `rate` as typed or empty; `period`: `month` for a sum of many trades. */
/** @typedef {{amount: string, deducted: string, rate: string, period: string}} Sum */

const RATE = /(?:[百千万]分之?[\d.九八七点六五四两三二一零十]+)|\d+(?:\.\d+)?\s*[%‰]/;
const NUMBER = /\d[\d,]*(?:\.\d+)?(?:万(?!分))?/g;
const MONTH = /月|合计|总共|一共/;
/** What may stand around the numbers. */
const WORDS =
  "[收刷扣被却是的了只按签写共]|款|金额|交易|流水|实扣|手续费|费率|元|块钱?|约定|说好|说|讲好|协议|合同|应该|这个|[上一每]个|本?月|一共|总共|合计";
const AROUND = new RegExp(`^[\\s¥￥,，、。.;；:：/?？!！]*(?:(?:${WORDS})[\\s¥￥,，、。.;；:：/?？!！]*)*$`);

/**
 * @param {string} text
 * @returns {Sum | null} null if it is anything else
 */
export function sumOf(text) {
  const plain = text.normalize("NFKC");
  const [rate = ""] = RATE.exec(plain) ?? [];
  const rest = plain.replace(rate, "");
  const numbers = (rest.match(NUMBER) ?? []).map(digits);
  if (numbers.length !== 2) return null;
  if (!rest.split(NUMBER).every((words) => AROUND.test(words))) return null;
  const [amount, deducted] = numbers;
  if (!(Number(deducted) > 0 && Number(deducted) < Number(amount))) return null;
  return { amount, deducted, rate: rate.replace(/\s/g, ""), period: MONTH.test(rest) ? "month" : "" };
}

/** @param {string} number as written, perhaps so many ten thousands */
function digits(number) {
  const plain = number.replace(/,/g, "");
  return plain.endsWith("万") ? String(Math.round(Number.parseFloat(plain) * 1e6) / 100) : plain;
}
