/** Chance of the first answer from which no question is worth asking: it would hardly ever put another first. */
export const SURE = 0.5;
/** Chance of all causes of a topic from which its questions decide anything: they tell only causes apart. */
const CONCERNED = 0.5;
/** Options of a question that are shown at once. */
const OPTIONS = 3;

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Known} Known */
/** @typedef {import("./facts.js").Question & {likely: string[]}} Asked a question and its likeliest options */

/**
 * What could be asked among the causes of one topic: `question`, what tells most, unless the first answer is likely
 * enough; `isFirst`: it comes before all answers, as the words say too little; `others`: all else that is open.
 * @typedef {{topic: string, question: Asked | null, isFirst?: boolean, others: Asked[]}} Asking
 */

/** @type {Asking} */
export const SILENT = { topic: "", question: null, others: [] };

/**
 * What could be asked about the topic that asks about these words before all else, or of the first need that has one.
 * @param {import("./engine.js").Need[]} needs
 * @param {number} first chance of what is shown first, 1 if that is answered elsewhere
 * @param {Facts[]} topics
 * @param {Known} known
 * @param {Float64Array} words chance of each document as far as words tell
 * @param {Float64Array} chance of each document
 * @param {import("./match.js").Match["vague"]} vague
 * @returns {Asking}
 */
export function asking(needs, first, topics, known, words, chance, vague) {
  const firsts = topics.map((facts) => askedFirst(facts, known, vague));
  const wanted = firsts.find(Boolean) ?? null;
  const asker = wanted && topics[firsts.indexOf(wanted)];
  for (const { cause, document } of needs) {
    const facts = asker ?? topics.find(({ table }) => table.documents.includes(cause ?? document));
    if (!facts) continue;
    const prior = facts.blend(words);
    const own = facts.table.documents.reduce((total, document) => total + chance[document], 0);
    const best = wanted ?? (first < SURE && own >= CONCERNED ? facts.next(known, prior) : null);
    const weights = facts.weigh(known, prior);
    const asked = facts.open(known).map((question) => {
      return { ...question, likely: facts.likely(question, weights, OPTIONS) };
    });
    const question = asked.find(({ slug }) => slug === best?.slug) ?? null;
    const others = asked.filter((one) => one !== question);
    return { topic: facts.table.topic, question, isFirst: wanted !== null, others };
  }
  return SILENT;
}

/**
 * @param {Facts} facts
 * @param {Known} known
 * @param {import("./match.js").Match["vague"]} vague
 * @returns {import("./facts.js").Question | null} what is to be asked before all else, as the words say too little
 */
function askedFirst(facts, known, vague) {
  const { table } = facts;
  const slugs = vague.flatMap(([topic, list]) => (topic === table.number ? table.vague[list] : []));
  const open = facts.open(known);
  return slugs.flatMap((slug) => open.filter((question) => question.slug === slug))[0] ?? null;
}
