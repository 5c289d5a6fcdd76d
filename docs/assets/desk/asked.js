/** What is asked back as long as it is not sure which answer fits. */

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("../box/questions.js").Question} Question */

/** Options that a spoken question names. */
const SPOKEN = 3;
/** Answers among which it is not sure. */
const DOUBTED = 3;
/** A title that names its answers itself. */
const EITHER = /，还是/;
/** An option for all that is not named. */
const OTHER = /^别的/;

/** A question as one would say it, with its likeliest answers. @param {Question} question */
function spoken({ title, options, likely }) {
  const asks = `您好，请问${title.replace(/你/g, "您")}？`;
  if (EITHER.test(title)) return asks;
  const first = options.filter(([id]) => likely.includes(id)).concat(options);
  const named = [...new Set(first.map(([, label]) => label))].filter((label) => !OTHER.test(label));
  const said = named.slice(0, SPOKEN).map((label) => (/[、，]/.test(label) ? `“${label}”` : label));
  const last = options.length > said.length ? "还是别的" : `还是${said.pop()}`;
  return `${asks}是${said.join("、")}，${last}？`;
}

/**
 * What is sent to ask back.
 * @param {Question} question
 * @param {Candidate[]} candidates best first
 * @param {string} until what not to do until it is known, where each of them says whether to try again
 */
export function asked(question, candidates, until) {
  const holds = candidates.slice(0, DOUBTED).every(({ light }) => light);
  return [spoken(question), ...(holds && until ? [until] : [])].join("\n");
}
