/** What is asked back as long as it is not sure which answer fits. */

import { polite } from "./compose.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("../box/questions.js").Question} Question */

/** Options that the question names. */
const NAMED = 3;
/** Answers among which it is not sure. */
const DOUBTED = 3;
/** A title that names its answers itself. */
const EITHER = /，还是/;
/** An option for all that is not named. */
const OTHER = /^别的/;

/** A question as one would write it, with its likeliest answers, one a line. @param {Question} question */
function written({ title, options, likely }) {
  const asks = `您好，请问${polite(title)}？`;
  if (EITHER.test(title)) return asks;
  const first = options.filter(([id]) => likely.includes(id)).concat(options);
  const labels = [...new Set(first.map(([, label]) => label))].filter((label) => !OTHER.test(label));
  const named = labels.slice(0, NAMED);
  const lines = named.map((label, place) => `${place + 1}. ${polite(label)}`);
  return [asks, ...lines, "都不像，或者不清楚，也告诉我。"].join("\n");
}

/**
 * What is sent to ask back.
 * @param {Question} question
 * @param {Candidate[]} candidates best first
 * @param {string} until what not to do until it is known, where each of them says whether to try again
 */
export function asked(question, candidates, until) {
  const holds = candidates.slice(0, DOUBTED).every(({ light }) => light);
  return [written(question), ...(holds && until ? [until] : [])].join("\n");
}
