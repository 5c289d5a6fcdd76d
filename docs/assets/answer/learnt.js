import { isBigram, isHan } from "./segment.js";

/** @typedef {import("./decode.js").Posting} Posting */

/**
 * What asks taught, as far as every query needs it (FORMAT.md). `sizes`: lessons of each document that leads a
 * need, 0 for others; `twins`: cause and own remedy; `signed`: step and zero of the two signed targets.
 * @typedef {{sizes: number[], twins: [number, number][], mass: number, prior: number, grown: number, step: number,
 *   signed: [number, number][], covered: number, doubt: number, sure: number, groups: string[], shards: number,
 *   codes: [string, number][]}} Learnt
 */

/**
 * What the weights say to a query. `score`: of every document that leads a need and shares a term with it, of
 * others -∞; `doubt`: that it fits nothing here; `how`: above 0 if it asks for a remedy; `has`: terms of the
 * query in the lessons of each need; `known`: terms of the query in any.
 * @typedef {{score: Float64Array, doubt: number, how: number, has: Uint16Array, known: number}} Judgement
 */

/**
 * Add up the weights of a query's terms, as hooks/kb/search/learn.py made them.
 * @param {string[]} terms characters, pairs and runs of letters, each once
 * @param {Map<string, Posting>} postings
 * @param {Learnt} learnt
 * @param {number[]} weights of documents
 * @returns {Judgement}
 */
export function judge(terms, postings, learnt, weights) {
  const score = new Float64Array(weights.length);
  const has = new Uint16Array(weights.length);
  const signed = [0, 0];
  let known = 0;
  let telling = 0;
  let knownTelling = 0;
  for (const term of terms) {
    const posting = postings.get(term);
    let here = false;
    posting?.records.forEach((record, at) => {
      const level = posting.nibbles[at];
      if (record < weights.length) {
        score[record] += learnt.step * level;
        has[record] += 1;
        here = true;
      } else {
        const [step, zero] = learnt.signed[record - weights.length];
        signed[record - weights.length] += step * (level - zero);
      }
    });
    known += Number(here);
    if (!isTelling(term)) continue;
    telling += 1;
    knownTelling += Number(here);
  }
  for (let document = 0; document < score.length; document++) {
    const size = learnt.sizes[document];
    const absent = known * Math.log(learnt.mass / (learnt.mass + size));
    const often = learnt.prior * Math.log(weights[document]) + learnt.grown * Math.log(size);
    score[document] += has[document] && size ? absent + often : -Infinity;
  }
  const covered = telling ? knownTelling / telling : Number(known > 0);
  const doubt = known ? signed[0] / terms.length - learnt.covered * covered : Infinity;
  return { score, doubt, how: signed[1], has, known };
}

/** @param {string} term @returns {boolean} whether it is a pair or a word, not a lone character */
export function isTelling(term) {
  return isBigram(term) || !isHan(term);
}

/**
 * Documents by score, the best first, equal ones in their order.
 * @param {Float64Array} score
 * @returns {number[]} those that have one
 */
export function ranking(score) {
  const found = [...score.keys()].filter((document) => score[document] > -Infinity);
  return found.sort((a, b) => score[b] - score[a] || a - b);
}

/**
 * Chance of each need, given the query. Terms of one sentence say much of the same twice, so their sum is
 * divided by the root of their number.
 * @param {Judgement} judgement
 * @param {Learnt} learnt
 * @returns {Float64Array} sums to 1, or is 0 all over
 */
export function chances({ score, known }, { sure }) {
  const best = score.reduce((most, value) => Math.max(most, value), -Infinity);
  if (best === -Infinity) return new Float64Array(score.length);
  const odds = score.map((value) => Math.exp(((value - best) * sure) / Math.sqrt(known)));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / total);
}
