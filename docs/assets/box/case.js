/**
 * What a reader says in the box, and its form in the address: `?q=words&fact=question.option&tried=card`. Facts
 * stand in the order in which they were given. Other parameters of the page stay.
 */

/**
 * Words as typed, and facts: `answers`, question → option; `tried`, remedies that did not help; `parts` of the words
 * that may ask something else.
 * @typedef {{query: string, parts?: string[], known: import("../answer/facts.js").Known}} Case
 */

const QUERY = "q";
const FACT = "fact";
const TRIED = "tried";
/** Words of a marked text on the page found, as other programs write it into addresses that people copy. */
const MARKED = "h";

/** @type {Case} */
export const NOBODY = { query: "", known: { answers: {}, tried: [] } };

/** @param {string} search of an address @returns {Case} */
export function readCase(search) {
  const params = new URLSearchParams(search);
  const answers = params.getAll(FACT).map((fact) => fact.split("."));
  return {
    query: params.get(QUERY) ?? "",
    known: { answers: Object.fromEntries(answers), tried: params.getAll(TRIED) },
  };
}

/**
 * @param {Case} one
 * @param {string} href the address now
 * @returns {string} the address that has the case
 */
export function addressOf({ query, known }, href) {
  const url = new URL(href);
  for (const name of [QUERY, FACT, TRIED, MARKED]) url.searchParams.delete(name);
  if (query.trim()) url.searchParams.set(QUERY, query);
  for (const [slug, option] of Object.entries(known.answers)) {
    url.searchParams.append(FACT, `${slug}.${option}`);
  }
  for (const id of known.tried) url.searchParams.append(TRIED, id);
  return url.href;
}

/** @param {Case} one @returns {boolean} whether nothing is said */
export function isEmpty({ query, known }) {
  return !query.trim() && !Object.keys(known.answers).length && !known.tried.length;
}

/** @param {Case} one @param {string} query @returns {Case} */
export function withQuery(one, query) {
  return { ...one, query };
}

/** @param {Case} one @param {string} slug @param {string} option @returns {Case} */
export function withAnswer({ known, ...one }, slug, option) {
  const heard = known.heard?.filter((one) => one !== slug);
  return { ...one, known: { ...known, answers: { ...known.answers, [slug]: option }, heard } };
}

/** @param {Case} one @param {string} id of a remedy that did not help @returns {Case} */
export function withTried({ known, ...one }, id) {
  return { ...one, known: { ...known, tried: [...new Set([...known.tried, id])] } };
}

/**
 * @param {Case} one
 * @param {string} key `question.option` or the id of a remedy
 * @returns {Case} without this fact
 */
export function without({ known, ...one }, key) {
  const answers = Object.entries(known.answers).filter(([slug, option]) => `${slug}.${option}` !== key);
  return {
    ...one,
    known: { ...known, answers: Object.fromEntries(answers), tried: known.tried.filter((id) => id !== key) },
  };
}
