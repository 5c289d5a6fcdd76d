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
/** A clause that wants something done, or an answer to something that was done. */
const WANTS =
  /凭[什啥]|(?:怎么|怎样|如何|咋|哪里|能不能|可不可以|[给帮替]我|请你?们?|我要|不想|不要)[^，]{0,6}(?:关|开通?|停|取消|退|收|用|花呗)|(?:退|关|停)[掉了]?给我|([退还扣关开])[^，]?不\1/;
/** A clause that says what stands on a screen, or what one was told of it. */
const READS = /(?:[说显示提写着弹跳报]|["“])[^，]{0,8}(?:不支持|不符合|受限|风险|已?过期|已?关闭)/;
/** How many times as much as a fact such a clause weighs. */
const STRESS = 4;
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
 * How much a clause tells: how surely it is about something here, and about which; more if it wants something.
 * @param {Engine} engine
 * @param {string} clause
 * @returns {Promise<number>}
 */
async function weigh({ matcher, meta }, clause) {
  const learnt = /** @type {import("../answer/learnt.js").Learnt} */ (meta.learnt);
  const { terms, taught } = await matcher.match(clause);
  const judgement = judge(terms, taught, learnt, meta.weights);
  const told = Math.max(learnt.doubt - judgement.doubt - IDLE, 0);
  const stress = WANTS.test(clause) || READS.test(clause) ? STRESS : 1;
  return told && stress * told * Math.sqrt(terms.length * Math.max(...chances(judgement, learnt)));
}
