/**
 * What of a case stands in what was pasted, where it cannot be mistaken: a number behind its name, a sum with its unit,
 * a message in quotation marks. Numbers of phones and cards are none of these.
 */

import { store, values } from "../page/blanks.js";
import { rates } from "./sums.js";

/** @typedef {import("./sums.js").Sums} Sums */

/**
 * How a value is recognised behind the words `after` (hooks/kb/content/handbook.py, Mark).
 * @typedef {{after: string[], digits?: number, alone?: string, units?: string[]}} Mark
 */

/** What may stand between the words and the value. */
const BETWEEN = String.raw`[^\d，。；！？,;!?\n]{0,6}?`;
const QUOTED = String.raw`\s?[：:]?\s?["“]([^"“”\n]{2,40})["”]`;

/** @param {Mark} mark */
function pattern({ after, digits, alone, units }) {
  const words = `(?:${after.join("|")})`;
  if (digits) {
    const named = String.raw`${words}${BETWEEN}(\d{${digits}})(?!\d)`;
    const bare = String.raw`(?:^|[^\dA-Za-z])(${alone}\d{${digits - (alone?.length ?? 0)}})(?!\d)`;
    return new RegExp(alone ? `${named}|${bare}` : named, "g");
  }
  if (!units) return new RegExp(words + QUOTED, "g");
  return new RegExp(String.raw`${words}${BETWEEN}(\d[\d,]*(?:\.\d{1,2})?\s?(?:${units.join("|")}))`, "g");
}

/**
 * @param {string} pasted
 * @param {Record<string, Mark>} marks by the name of the field
 * @returns {Record<string, string>} the fields that have one value in it
 */
export function takenFrom(pasted, marks) {
  const text = pasted.normalize("NFKC");
  const found = Object.entries(marks).map(([name, mark]) => {
    const values = [...text.matchAll(pattern(mark))].map(([, named, bare]) => named ?? bare);
    return /** @type {[string, string[]]} */ ([name, [...new Set(values)]]);
  });
  return Object.fromEntries(
    found.flatMap(([name, values]) => (values.length === 1 ? [[name, values[0]]] : [])),
  );
}

/** @param {HTMLElement | null} bar of the case (overrides/fragments/case.html) */
export const takenOf = (bar) =>
  new Taken(JSON.parse(bar?.dataset.taken ?? "{}"), JSON.parse(bar?.dataset.reckoned ?? "{}"));

export class Taken {
  /** @type {Record<string, string>} */
  #taken = {};

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
    const typed = Object.entries(values()).filter(([name, value]) => this.#taken[name] !== value);
    this.#taken = { ...takenFrom(pasted, this.marks), ...this.#rates(sums) };
    store({ ...this.#taken, ...Object.fromEntries(typed) });
  }
}
