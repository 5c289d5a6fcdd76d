const LETTERS = /[a-z]+(?:[ ']+[a-z]+)*/g;
const HAN = /[㐀-鿿]+/g;
/** Han characters up to which slips are looked for: a longer question has enough that is right. */
const MAX_CHECKED = 10;

/** Whether the query has a Han character that was looked up and the site has not: perhaps a traditional form. */
export function hasUnknown({ text, postings, asked }) {
  const unknown = (character) => asked.includes(character) && !postings.has(character);
  return (text.match(HAN) ?? []).some((run) => hasStranger(run, postings) && [...run].some(unknown));
}

/** Whether letters fit nothing on the site, or in a short query a character its neighbours. */
export function isDoubtful({ text, postings }) {
  const runs = text.match(HAN) ?? [];
  const odd = runs.join("").length <= MAX_CHECKED && runs.some((run) => hasStranger(run, postings));
  return odd || (text.match(LETTERS) ?? []).some((run) => isStray(run, postings));
}

/** The query with stray letters read as pinyin, and with the site's words for what sounds like them. */
export function reread(text, postings, lexicon) {
  const read = text.replace(LETTERS, (run) => {
    return isStray(run, postings) ? (lexicon.read(run.replace(/[ ']/g, "")) ?? run) : run;
  });
  const known = (pair) => postings.has(pair);
  return read.replace(HAN, (run) => (hasStranger(run, postings) ? lexicon.respell(run, known) : run));
}

function isStray(run, postings) {
  return run.split(/[^a-z]+/).every((letters) => !postings.has(letters));
}

/** Whether a character stands beside none of its neighbours anywhere on the site: likely a slip. */
function hasStranger(run, postings) {
  if (run.length === 1) return !postings.has(run);
  for (let at = 0; at < run.length; at++) {
    const left = at > 0 && postings.has(run.slice(at - 1, at + 1));
    const right = at + 1 < run.length && postings.has(run.slice(at, at + 2));
    if (!left && !right) return true;
  }
  return false;
}
