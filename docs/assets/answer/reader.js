/** What is likely once facts are known, of which who asks is one. */

import { givenOf, sum, UNKNOWN } from "./facts.js";

/** What speaks to whoever asks stands before what tells others what to do, unless that is so much likelier. */
const OWN = 10;

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Known} Known */

/**
 * Option of the question who asks → documents that speak to whoever gives it; all others speak to most.
 * @typedef {{[option: string]: number[]}} Readers
 */

/**
 * Who asks, as far as facts tell.
 * @param {Known} known
 * @param {Facts[]} topics
 * @returns {string | null} the option that says so; null if nobody knows
 */
export function askerOf({ answers }, topics) {
  const given = topics.map(({ table }) => answers[table.asker ?? ""]);
  return given.find((option) => option !== undefined && option !== UNKNOWN) ?? null;
}

/**
 * What speaks to whoever asks, as far as it is to stand first.
 * @param {number[] | undefined} theirs documents
 * @param {number[]} ranked documents, best first
 * @param {Float64Array} chance of each document
 */
export function ownOf(theirs, ranked, chance) {
  const most = Math.max(...chance);
  return ranked.filter((document) => theirs?.includes(document) && chance[document] * OWN >= most);
}

/**
 * Whether a document speaks to nobody else than whoever asks, if he said himself who he is: words err.
 * @param {Known} known
 * @param {Facts[]} topics
 * @param {Readers} readers
 * @returns {(document: number) => boolean}
 */
export function ownTo(known, topics, readers) {
  const asker = askerOf({ answers: Object.fromEntries(givenOf(known)), tried: [] }, topics);
  const others = Object.keys(readers).filter((reader) => asker !== null && reader !== asker);
  return (document) => !others.some((reader) => readers[reader].includes(document));
}

/**
 * To whom to speak: to whoever asks, else to whom the first answer speaks.
 * @param {string | null} asker
 * @param {import("./engine.js").Need | null | undefined} first
 * @param {Readers} readers
 * @returns {string} empty: to most
 */
export function readerOf(asker, first, readers) {
  if (asker !== null) return Object.keys(readers).find((reader) => reader === asker) ?? "";
  return Object.keys(readers).find((reader) => first && readers[reader].includes(first.document)) ?? "";
}

/**
 * Chances of needs, first told by words, once facts are known. What is no cause of a topic is as likely to show
 * its facts as the average of its causes, but for who asks. Without words there are only the causes of the facts'
 * topics.
 * @param {Facts[]} topics
 * @param {Known} known
 * @param {Float64Array} words chance of each document as far as words tell; all 0 without words
 * @param {Readers} readers
 * @returns {Float64Array}
 */
export function withFacts(topics, known, words, readers) {
  const told = sum([...words]) > 0;
  const own = topics.map((facts) => facts.weigh(known, facts.blend(words)));
  const average = topics.map((facts) => sum(facts.weigh(known)));
  const all = average.reduce((product, value) => product * value, 1);
  const chance = words.map((value) => value * all);
  for (const [reader, documents] of Object.entries(readers)) {
    const told = topics.reduce((product, facts) => product * facts.spoken(reader, known), 1);
    for (const document of documents) chance[document] *= told;
  }
  topics.forEach(({ table }, topic) => {
    const speaks = told || average[topic] < 1;
    table.documents.forEach((document, cause) => {
      chance[document] = speaks ? (own[topic][cause] * all) / average[topic] : 0;
    });
  });
  const total = sum([...chance]);
  return total ? chance.map((value) => value / total) : chance;
}
