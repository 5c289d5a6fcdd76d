/** How people write down a code that was read to them: what is taken for each other, numerals in words. */

/** @type {Record<string, number>} */
const DIGITS = {
  零: 0,
  幺: 1,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const NUMERAL = `[${Object.keys(DIGITS).join("")}]`;
/** Numerals one after another, no number in words: 一二, not 十二 or 二百. The end of such a number is passed over. */
const READ_OUT = new RegExp(`[十百千万分之第]${NUMERAL}|(${NUMERAL}{2,})(?![十百千万个几点])`, "g");

/** @param {string} text @returns {string} of the same length, numerals that were read out as digits */
export function digits(text) {
  return text.replace(READ_OUT, (found, run) => (run ? [...run].map((one) => DIGITS[one]).join("") : found));
}

/** @param {string} code in lower case @returns {string} with what is taken for each other made one */
export const alike = (code) => code.replace(/o/g, "0").replace(/[il]/g, "1");
