/** An amount and what was deducted from it, as people type them: `30580 917.34`, `收30580扣了917.34元`. */

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;
/** What may stand around the two numbers. */
const AROUND =
  /^[\s¥￥,，、。.;；:：/]*(?:(?:收款?|刷了?|金额|交易|扣了?|被扣|实扣|手续费|是|元|块钱?|的)[\s¥￥,，、。.;；:：/]*)*$/;

/**
 * @param {string} text
 * @returns {{amount: string, deducted: string} | null} null if it is anything else
 */
export function sumOf(text) {
  const plain = text.normalize("NFKC");
  const numbers = (plain.match(NUMBER) ?? []).map((number) => number.replaceAll(",", ""));
  if (numbers.length !== 2) return null;
  if (!plain.split(NUMBER).every((words) => AROUND.test(words))) return null;
  const [amount, deducted] = numbers;
  return Number(deducted) > 0 && Number(deducted) < Number(amount) ? { amount, deducted } : null;
}
