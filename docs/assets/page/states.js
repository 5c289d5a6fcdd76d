/** The pages of a tree by the answers in their addresses: `ask/topic/question.option/…`. */

/** @typedef {{topic: string, answers: Map<string, string>, contradicted: string[]}} Asked */

/**
 * @param {string} path address below the site, without a leading slash
 * @returns {Asked | undefined} undefined for what is no page of a tree
 */
export function askedFor(path) {
  const [folder, topic, ...parts] = path.split("/").filter(Boolean);
  if (folder !== "ask" || !topic) return undefined;
  const answers = new Map();
  const contradicted = [];
  for (const part of parts) {
    const [question, option] = part.split(".");
    if (!question || !option) continue;
    if (answers.has(question) && answers.get(question) !== option) contradicted.push(question);
    answers.set(question, option);
  }
  for (const question of contradicted) answers.delete(question);
  return { topic, answers, contradicted };
}

/**
 * @param {string[]} states addresses of all pages of the tree, as in `states.json`
 * @param {Map<string, string>} answers
 * @returns {string} the page whose answers are the largest part of `answers`; the first page if none fits
 */
export function nearest(states, answers) {
  const fits = (/** @type {string} */ state) =>
    state
      .split("/")
      .filter(Boolean)
      .every((part) => {
        const [question, option] = part.split(".");
        return answers.get(question) === option;
      });
  const size = (/** @type {string} */ state) => state.split("/").length;
  return states.filter(fits).reduce((best, state) => (size(state) > size(best) ? state : best), "");
}
