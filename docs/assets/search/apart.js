/** What is asked in a text beside what all of it asks. */

import { SURE } from "../answer/asking.js";

/** @typedef {import("../answer/engine.js").Answer} Answer */
/** @typedef {import("../answer/engine.js").Engine} Engine */
/** @typedef {import("../answer/facts.js").Known} Known */
/** @typedef {import("../box/answers.js").Shown} Shown */

/**
 * What parts of a text ask that are surely about something else than all of it.
 * @param {Engine} engine
 * @param {string[]} parts in their order
 * @param {Known} known
 * @param {Answer} whole
 * @returns {Promise<Shown[]>} each once
 */
export async function apart(engine, parts, known, whole) {
  const answers = await Promise.all(parts.map((part) => engine.answer(part, { known })));
  const rows = answers.filter(({ likely }) => likely >= SURE).map(firstOf);
  const first = firstOf(whole)?.answer;
  const others = new Map(rows.flatMap((row) => (row && row.answer !== first ? [[row.answer, row]] : [])));
  return [...others.values()].map(({ answer, url, title, summary, light, tags, action }) => {
    return { answer, url, title: [title], text: [summary], light, tags, action, named: false, place: null };
  });
}

/** @param {Answer} answer */
const firstOf = ({ elsewhere, needs }) => elsewhere ?? needs[0]?.row;
