/** What is asked in a text beside what all of it asks. */

import { SURE } from "../answer/asking.js";

/** @typedef {import("../answer/engine.js").Answer} Answer */
/** @typedef {import("../answer/engine.js").Engine} Engine */
/** @typedef {import("../answer/facts.js").Known} Known */
/** @typedef {import("../box/answers.js").Shown} Shown */

/** Chance of what is answered elsewhere, of which words that stand beside the point speak easily. */
const CLEAR = 0.6;
/** What asks. */
const ASKS = /[吗么呢嘛?？]|怎|咋|如何|什么|啥|哪|多少|几|为何|凭|能不能|可以不|帮我|给我|替我|我[想要]/;

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
  const isAsked = (/** @type {Answer} */ { likely, elsewhere }, /** @type {number} */ at) =>
    likely >= SURE && (!elsewhere || (likely >= CLEAR && ASKS.test(parts[at])));
  const rows = answers.filter(isAsked).map(firstOf);
  const first = firstOf(whole)?.answer;
  const others = new Map(rows.flatMap((row) => (row && row.answer !== first ? [[row.answer, row]] : [])));
  return [...others.values()].map(({ answer, url, title, summary, light, tags, action }) => {
    return { answer, url, title: [title], text: [summary], light, tags, action, named: false, place: null };
  });
}

/** @param {Answer} answer */
const firstOf = ({ elsewhere, needs }) => elsewhere ?? needs[0]?.row;
