import { alike, digits } from "../page/spelled.js";

const WRITTEN = /[0-9a-z]+/g;
/** What may stand between the parts of one code. */
const BETWEEN = /^[\s._\-·。・/]{0,3}$/;
/** Runs of letters and digits of a query that are looked at, and that one code may be written in. */
const MAX_RUNS = 40;
const MAX_PARTS = 8;
/** Letters from which a piece of a code stands for the whole, and how many codes it may stand for. */
const MIN_PIECE = 8;
const MAX_PIECES = 3;
/** Two digits are a code if they stand alone, or where somebody speaks of codes and names no amount. */
const SPEAKS = /[码错报示]|返回/;
const AMOUNT = /^[\s]*(?:[块元角分毛%％万千百个月年天日期号点时秒岁笔次折厘]|rmb|\.\d)/;

/** Two digits that nobody takes for a number: they stand alone, or right behind a word for a code. */
const TWO_DIGITS = /(^|(?:[码错报示]|返回)[\s:：是为“"]{0,3})(\d{2})(?![\d.])/;
/** Characters beside such a code up to which a query asks for nothing else. */
const FEW = 4;

/** @param {string} text normalised @returns {boolean} whether a code may stand in it */
export const mayHaveCode = (text) => /[0-9a-z]/.test(digits(text));

/** The ids and codes of a site, found anywhere in a query. */
export class Codes {
  /** @param {[string, number][]} codes letters and digits of each, and its document */
  constructor(codes) {
    this.codes = codes;
    /** @type {Map<string, number>} */
    this.exact = new Map();
    /** @type {Map<string, number>} */
    this.alike = new Map();
    for (const [code, document] of codes) {
      if (!this.exact.has(code)) this.exact.set(code, document);
      if (!this.alike.has(alike(code))) this.alike.set(alike(code), document);
    }
  }

  /**
   * Documents whose id or code stands in a query, whole or in a piece that can mean few others.
   * @param {string} query normalised
   * @returns {number[]} in the order of the text, each once
   */
  find(query) {
    const text = digits(query);
    const runs = [...text.matchAll(WRITTEN)]
      .slice(0, MAX_RUNS)
      .map((run) => ({ text: run[0], at: run.index ?? 0 }));
    /** @type {Set<number>} */
    const found = new Set();
    for (let first = 0; first < runs.length; ) {
      let joined = "";
      let end = first;
      let past = first + 1;
      for (; end < runs.length && end < first + MAX_PARTS; end++) {
        const { text: part, at } = runs[end];
        const gap = end > first ? text.slice(runs[end - 1].at + runs[end - 1].text.length, at) : "";
        if (!BETWEEN.test(gap)) break;
        joined += part;
        const document = this.#whole(joined, text, at + part.length);
        if (document === undefined) continue;
        found.add(document);
        past = end + 1;
      }
      if (past === first + 1 && !this.exact.has(joined) && joined.length >= MIN_PIECE) {
        const pieces = this.codes.filter(([code]) => code.includes(joined));
        if (pieces.length <= MAX_PIECES) for (const [, document] of pieces) found.add(document);
        past = end;
      }
      first = Math.max(past, first + 1);
    }
    return [...found];
  }

  /**
   * The code of two digits that a query names and that is not here, where others are: any other is another matter.
   * @param {string} query normalised
   * @returns {{code: string, isAll: boolean} | null} `isAll`: the query asks for nothing else
   */
  unlisted(query) {
    const text = digits(query).trim();
    const [whole, before, code] = TWO_DIGITS.exec(text) ?? [];
    if (!whole || this.exact.has(code) || !this.codes.some(([one]) => /^\d{2}$/.test(one))) return null;
    const end = text.indexOf(whole) + whole.length;
    if (before ? AMOUNT.test(text.slice(end)) : text.length > end) return null;
    return { code, isAll: text.replace(/[\s\p{P}]/gu, "").length <= code.length + FEW };
  }

  /**
   * @param {string} code
   * @param {string} text the whole query
   * @param {number} end where the code ends in it
   * @returns {number | undefined}
   */
  #whole(code, text, end) {
    const hasDigit = /\d/.test(code);
    const document = this.exact.get(code) ?? (hasDigit ? this.alike.get(alike(code)) : undefined);
    if (document === undefined || code.length > 2) return document;
    const alone = text.trim().length <= code.length + 1;
    return alone || (SPEAKS.test(text) && !AMOUNT.test(text.slice(end))) ? document : undefined;
  }
}
