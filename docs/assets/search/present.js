const EXCERPT = 80;
const BEFORE = 20;
const MAX_MARKED = 40;

/**
 * Lower-case half-width simplified form with one character for each of the text's.
 * @param {string} text
 * @param {Map<string, string>} traditional
 */
function fold(text, traditional) {
  const narrow = text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const lower = narrow.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
  return traditional.size ? lower.replace(/[㐀-鿿]/g, (han) => traditional.get(han) ?? han) : lower;
}

/**
 * The longest pieces of the query that occur in a text: two characters and more, or the whole of a run.
 * @param {string[]} runs runs of Han or letters of the normalised query
 * @param {string} folded
 * @returns {string[]} longest first
 */
export function matched(runs, folded) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const run of runs) {
    const text = run.slice(0, MAX_MARKED);
    for (let start = 0; start < text.length; start++) {
      let end = start;
      while (end < text.length && folded.includes(text.slice(start, end + 1))) end++;
      if (end - start > (text < "㐀" ? 2 : 1) || end - start === text.length)
        found.add(text.slice(start, end));
      if (end > start + 1) start = end - 2;
    }
  }
  return [...found].sort((a, b) => b.length - a.length);
}

/**
 * A text with the matched pieces apart.
 * @param {string} text
 * @param {string} folded the same length
 * @param {string[]} pieces
 * @returns {string[]} plain, matched, plain, …
 */
export function mark(text, folded, pieces) {
  if (!pieces.length) return [text];
  const pattern = new RegExp(pieces.map((p) => p.replace(/[^\w㐀-鿿]/g, "\\$&")).join("|"), "g");
  const parts = [];
  let done = 0;
  for (const { 0: piece, index } of folded.matchAll(pattern)) {
    parts.push(text.slice(done, index), text.slice(index, index + piece.length));
    done = index + piece.length;
  }
  return [...parts, text.slice(done)];
}

/** @typedef {import("../box/answers.js").Shown} Shown */

/** Chooses what is shown of the results of one query. */
export class Presenter {
  /**
   * @param {string} text the normalised query
   * @param {Map<string, string>} traditional
   */
  constructor(text, traditional) {
    this.runs = text.match(/[0-9a-z]+|[㐀-鿿]+/g) ?? [];
    this.traditional = traditional;
  }

  /**
   * What fits by all that its asks taught shows its summary; what has the words, where it has them.
   * @param {import("../answer/engine.js").Need} need
   * @param {boolean} [named] whether the query has its name or code
   * @returns {Shown}
   */
  result({ row, hit }, named = false) {
    const { answer, url, light, tags, action, summary, begin, sections, texts } = row;
    const shown = { answer, url, light, tags, action, named, place: null };
    if (!hit) return { ...shown, title: [row.title], text: [summary] };
    const at = hit.record - hit.first - begin;
    const [anchor, title] = sections[at] ?? [];
    const text = at < 0 || !texts[at] ? summary || (texts[0] ?? "") : texts[at];
    return {
      ...shown,
      title: this.#marked(row.title),
      text: this.#excerpt(text),
      place: anchor ? [`${url}#${anchor}`, title] : null,
    };
  }

  /** @param {string} text */
  #marked(text) {
    const folded = fold(text, this.traditional);
    return mark(text, folded, matched(this.runs, folded));
  }

  /**
   * The part of a text around the longest piece.
   * @param {string} text
   * @returns {string[]}
   */
  #excerpt(text) {
    const folded = fold(text, this.traditional);
    const pieces = matched(this.runs, folded);
    const from = pieces.length ? Math.max(0, folded.indexOf(pieces[0]) - BEFORE) : 0;
    const start = from + EXCERPT > text.length ? Math.max(0, text.length - EXCERPT) : from;
    const end = start + EXCERPT;
    const [first, ...rest] = mark(text.slice(start, end), folded.slice(start, end), pieces);
    const parts = [start ? `…${first}` : first, ...rest];
    if (end < text.length) parts[parts.length - 1] += "…";
    return parts;
  }
}
