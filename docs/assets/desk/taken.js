/**
 * What of a case stands in what was pasted, where it cannot be mistaken: a number behind its name, a sum with its unit,
 * a message in quotation marks or behind what announces one. Numbers of phones and cards are none of these.
 */

import { store, take, taken, values } from "../page/blanks.js";
import { rates } from "./sums.js";

/** @typedef {import("./sums.js").Sums} Sums */

/**
 * How a value is recognised (hooks/kb/content/handbook.py, Mark).
 * @typedef {{after: string[], digits?: number, alone?: string, units?: string[], unless?: string[],
 *   until?: string[]}} Mark
 */

/** What may stand between the words and the value. */
const BETWEEN = String.raw`[^\d，。；！？,;!?\n]{0,6}?`;
const CLAUSE_ENDS = /[，。；！？;!?\n]+|,(?!\d{3})/;
const SIGNS = String.raw`，。！？；,!?;\s“”"`;

/** @param {Mark} mark @returns {RegExp[]} the surest first */
function patterns({ after, digits, alone, units, until = [] }) {
  const words = `(?:${after.join("|")})`;
  if (digits) {
    const named = String.raw`${words}${BETWEEN}(\d{${digits}})(?!\d)`;
    const bare = String.raw`(?:^|[^\dA-Za-z])(${alone}\d{${digits - (alone?.length ?? 0)}})(?!\d)`;
    return [new RegExp(alone ? `${named}|${bare}` : named, "g")];
  }
  if (units) {
    const sum = String.raw`(\d[\d,]*(?:\.\d{1,2})?\s?(?:${units.join("|")}))`;
    const bare = String.raw`(\d{3,6}(?:\.\d{1,2})?)(?=$|[${SIGNS}的了])`;
    return [words + BETWEEN + sum, sum, words + BETWEEN + bare].map((one) => new RegExp(one, "g"));
  }
  const quoted = String.raw`${words}[^${SIGNS}]{0,4}\s?["“]([^"“”\n]{2,40})["”]`;
  const end = ["$", `[${SIGNS}]`, ...until].join("|");
  const plain = `${words}[：:的是]{0,2}((?:(?!${end})[^${SIGNS}]){3,14})(?=${end})`;
  return [new RegExp(quoted, "g"), new RegExp(plain, "g")];
}

/** @param {string} text @param {Mark} mark @returns {string[]} what the surest way that finds anything finds */
function found(text, mark) {
  const clauses = text
    .split(CLAUSE_ENDS)
    .filter((clause) => !mark.unless?.some((word) => clause.includes(word)));
  const places = mark.units ? clauses : [text];
  for (const pattern of patterns(mark)) {
    const all = places.flatMap((place) =>
      [...place.matchAll(pattern)].map(([, named, bare]) => named ?? bare),
    );
    if (all.length) return [...new Set(all)];
  }
  return [];
}

/**
 * @param {string} pasted
 * @param {Record<string, Mark>} marks by the name of the field
 * @returns {Record<string, string>} the fields that have one value in it
 */
export function takenFrom(pasted, marks) {
  const text = pasted.normalize("NFKC");
  const fields = Object.entries(marks).map(([name, mark]) => [name, found(text, mark)]);
  return Object.fromEntries(
    fields.flatMap(([name, values]) => (values.length === 1 ? [[name, values[0]]] : [])),
  );
}

/** @param {HTMLElement | null} bar of the case (overrides/fragments/case.html) */
export const takenOf = (bar) =>
  new Taken(JSON.parse(bar?.dataset.taken ?? "{}"), JSON.parse(bar?.dataset.reckoned ?? "{}"));

export class Taken {
  /** @param {Record<string, Mark>} marks @param {Record<string, string>} reckoned the field of each rate */
  constructor(marks, reckoned) {
    this.marks = marks;
    this.reckoned = reckoned;
  }

  /** The rates that sums come to. @param {Sums | null} sums @returns {Record<string, string>} */
  #rates(sums) {
    const found = Object.entries(sums ? rates(sums) : {});
    return Object.fromEntries(
      found.flatMap(([name, rate]) => (this.reckoned[name] ? [[this.reckoned[name], rate]] : [])),
    );
  }

  /**
   * Have what stands in the words in the case, but for what the agent has typed there.
   * @param {string} pasted
   * @param {Sums | null} sums in it
   */
  from(pasted, sums) {
    const before = taken();
    const typed = Object.entries(values()).filter(([name, value]) => before[name] !== value);
    const now = { ...takenFrom(pasted, this.marks), ...this.#rates(sums) };
    take(now);
    store({ ...now, ...Object.fromEntries(typed) });
  }
}
