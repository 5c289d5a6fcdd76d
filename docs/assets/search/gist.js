/** What a long text is about, without anger, greetings and what is beside the point. */

import { chances, judge } from "../answer/learnt.js";
import { isHan } from "../answer/segment.js";

/** @typedef {import("../answer/engine.js").Engine} Engine */

const CLAUSE_ENDS = /[,，。!?;！？；]+/;
/** A blank between two Han characters ends one as well. */
const BLANK = /([㐀-鿿])\s+(?=[㐀-鿿])/g;
/** What may be a code, which is about something here however little it says else. */
const CODE = /[a-z_.]{5}|[a-z]\d|(?:^|[^\d.])\d{2}(?![\d.元块分毛月日号点天个岁年期多])/i;
/** Han characters of a text that the engine takes as it is: about as many as it looks up (match.js). */
const SHORT = 27;
/** Doubt, below that from which nothing fits, that a clause without any matter has as well. */
const IDLE = 0.1;
/** Part of the weight of the best clause from which another belongs to the matter. */
const NEAR = 0.4;
/** Weight of the best clause of a text below which it is about nothing here. */
const LEAST = 0.25;

/** @param {string} text @returns {string[]} */
const clausesOf = (text) => text.replace(BLANK, "$1，").split(CLAUSE_ENDS);

/**
 * @param {Engine} engine
 * @param {string} text
 * @returns {Promise<string>} its clauses that are about something here, all of a short text; empty if none is
 */
export async function gist(engine, text) {
  const clauses = clausesOf(text).filter((clause) => clause.trim());
  if (!engine.meta.learnt || clauses.length < 2 || [...text].filter(isHan).length <= SHORT) return text;
  const weights = await Promise.all(clauses.map((clause) => weigh(engine, clause)));
  const best = Math.max(...weights);
  if (best < LEAST && !CODE.test(text)) return "";
  return clauses.filter((clause, at) => weights[at] >= NEAR * best || CODE.test(clause)).join("，");
}

/**
 * @param {string} part of a text
 * @param {string} matter what the text is about, as `gist` gives it
 * @returns {string} what of the part belongs to it
 */
export function within(part, matter) {
  return clausesOf(part)
    .filter((piece) => matter.includes(piece))
    .join("，");
}

/**
 * How much a clause tells: how surely it is about something here, and about which.
 * @param {Engine} engine
 * @param {string} clause
 * @returns {Promise<number>}
 */
async function weigh({ matcher, meta }, clause) {
  const learnt = /** @type {import("../answer/learnt.js").Learnt} */ (meta.learnt);
  const { terms, taught } = await matcher.match(clause);
  const judgement = judge(terms, taught, learnt, meta.weights);
  const told = Math.max(learnt.doubt - judgement.doubt - IDLE, 0);
  return told && told * Math.sqrt(terms.length * Math.max(...chances(judgement, learnt)));
}
