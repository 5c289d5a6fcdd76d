/** Chance of the first answer from which no question is worth asking: it would hardly ever put another first. */
export const SURE = 0.5;
/** Options of a question that are shown at once. */
const OPTIONS = 3;

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Known} Known */
/** @typedef {import("./facts.js").Question & {likely: string[]}} Asked a question and its likeliest options */

/**
 * What could be asked among the causes of one topic: `question`, what tells most, unless the first answer is likely
 * enough; `others`: all else that is open.
 * @typedef {{topic: string, question: Asked | null, others: Asked[]}} Asking
 */

/** @type {Asking} */
export const SILENT = { topic: "", question: null, others: [] };

/**
 * What could be asked about the topic of the first need that has one.
 * @param {import("./engine.js").Need[]} needs
 * @param {number} chance of what is shown first, 1 if that is answered elsewhere
 * @param {Facts[]} topics
 * @param {Known} known
 * @param {Float64Array} words chance of each document as far as words tell
 * @returns {Asking}
 */
export function asking(needs, chance, topics, known, words) {
  for (const { cause, document } of needs) {
    const facts = topics.find(({ table }) => table.documents.includes(cause ?? document));
    if (!facts) continue;
    const prior = facts.blend(words);
    const best = chance < SURE ? facts.next(known, prior) : null;
    const asked = facts.open(known).map((question) => {
      return { ...question, likely: facts.likely(question, known, prior, OPTIONS) };
    });
    const question = asked.find(({ slug }) => slug === best?.slug) ?? null;
    return { topic: facts.table.topic, question, others: asked.filter((one) => one !== question) };
  }
  return SILENT;
}
