const LETTERS = /[a-z]+(?:[ ']+[a-z]+)*/g;
const HAN_RUN = /[㐀-鿿]+/g;
/** Han characters up to which slips are looked for: a longer question has enough that is right. */
const MAX_CHECKED = 10;
/** Share of English words that are known, lest letters be taken for pinyin. */
const ENGLISH = 0.6;

/** @typedef {{has: (term: string) => boolean}} Known what the site has */

/**
 * Whether the query has a Han character that was looked up and the site has not: perhaps a traditional form.
 * @param {string} text
 * @param {Known} known
 * @param {string[]} asked
 */
export function hasUnknown(text, known, asked) {
  const isUnknown = (/** @type {string} */ character) => asked.includes(character) && !known.has(character);
  return (text.match(HAN_RUN) ?? []).some((run) => hasStranger(run, known) && [...run].some(isUnknown));
}

/**
 * Whether letters fit nothing on the site, or in a short query a character its neighbours.
 * @param {string} text
 * @param {Known} known
 */
export function isDoubtful(text, known) {
  const runs = text.match(HAN_RUN) ?? [];
  const odd = runs.join("").length <= MAX_CHECKED && runs.some((run) => hasStranger(run, known));
  return odd || (text.match(LETTERS) ?? []).some((run) => isStray(run, known));
}

/**
 * The query with stray letters read as English or pinyin, and with the site's words for what sounds like them.
 * @param {string} text
 * @param {Known} known
 * @param {import("./pinyin.js").Lexicon} lexicon
 */
export function reread(text, known, lexicon) {
  const words = text.match(/[a-z]+/g) ?? [];
  const meant = words.map((word) => lexicon.english.get(word));
  const share = meant.filter((word) => word !== undefined).length / words.length;
  if (!text.match(HAN_RUN) && share >= ENGLISH) return meant.join("");
  const read = text.replace(LETTERS, (run) => {
    return isStray(run, known) ? (lexicon.read(run.replace(/[ ']/g, "")) ?? run) : run;
  });
  const has = (/** @type {string} */ pair) => known.has(pair);
  return read.replace(HAN_RUN, (run) => (hasStranger(run, known) ? lexicon.respell(run, has) : run));
}

/**
 * @param {string} run
 * @param {Known} known
 */
function isStray(run, known) {
  return run.split(/[^a-z]+/).some((letters) => letters && !known.has(letters));
}

/**
 * Whether a character stands beside none of its neighbours anywhere on the site: likely a slip.
 * @param {string} run
 * @param {Known} known
 */
function hasStranger(run, known) {
  if (run.length === 1) return !known.has(run);
  for (let at = 0; at < run.length; at++) {
    const left = at > 0 && known.has(run.slice(at - 1, at + 1));
    const right = at + 1 < run.length && known.has(run.slice(at, at + 2));
    if (!left && !right) return true;
  }
  return false;
}
