const EXCERPT = 80;
const BEFORE = 20;
const MAX_MARKED = 40;
/** Pieces of the query that the page found marks. */
const MAX_TERMS = 5;
/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text @returns {string} the text as HTML */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

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
 * HTML of a text with the matched pieces in `<mark>`.
 * @param {string} text
 * @param {string} folded the same length
 * @param {string[]} pieces
 * @returns {string}
 */
export function mark(text, folded, pieces) {
  if (!pieces.length) return escapeHtml(text);
  const pattern = new RegExp(pieces.map((p) => p.replace(/[^\w㐀-鿿]/g, "\\$&")).join("|"), "g");
  let out = "";
  let done = 0;
  for (const { 0: piece, index } of folded.matchAll(pattern)) {
    out += `${escapeHtml(text.slice(done, index))}<mark>${escapeHtml(text.slice(index, index + piece.length))}</mark>`;
    done = index + piece.length;
  }
  return out + escapeHtml(text.slice(done));
}

/**
 * A search item of Material: `title` and `text` are HTML; `terms`: what the page found marks.
 * @typedef {{location: string, title: string, text: string, score: number, terms: Record<string, true>,
 *   tags?: string[]}} Item
 */
/** @typedef {{folded: string, pieces: string[]}} Found a text's folded form and the pieces of the query in it */

/** Shows answers to one query in the form that Material's dialog takes. */
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
   * One result: a list of Material's search items, the best first, the page's own always among them.
   * @param {import("../answer/engine.js").Need} need
   * @param {number} place among the results
   * @returns {Item[]}
   */
  result({ row, hit, cause }, place) {
    const { url, title, tags, summary, sections, texts } = row;
    const score = 100 - place;
    const at = hit ? hit.record - hit.first : -1;
    const page = this.#item(url, title, summary || (texts[at] ?? texts[0] ?? ""), score, tags);
    const best = sections[at];
    const items = best?.[0] ? [this.#item(`${url}#${best[0]}`, best[1], texts[at] ?? "", score)] : [];
    if (items.length && !summary) return [...items, page];
    const [, address, name] = cause === null ? [] : row.action;
    if (address) items.push(this.#item(address, `先做：${name}`, "", score - 0.5));
    return [page, ...items];
  }

  /**
   * @param {string} location
   * @param {string} title
   * @param {string} text
   * @param {number} score
   * @param {string[]} [tags]
   * @returns {Item}
   */
  #item(location, title, text, score, tags) {
    const heading = this.#found(title);
    const body = this.#found(text);
    const pieces = [...new Set([...heading.pieces, ...body.pieces])].sort((a, b) => b.length - a.length);
    const item = {
      location,
      title: mark(title, heading.folded, heading.pieces),
      text: excerpt(text, body),
      score,
      terms: Object.fromEntries(
        pieces.slice(0, MAX_TERMS).map((piece) => [piece, /** @type {const} */ (true)]),
      ),
    };
    return tags?.length ? { ...item, tags: tags.map(escapeHtml) } : item;
  }

  /**
   * @param {string} text
   * @returns {Found}
   */
  #found(text) {
    const folded = fold(text, this.traditional);
    return { folded, pieces: matched(this.runs, folded) };
  }
}

/**
 * The part of a text around the longest piece, as HTML.
 * @param {string} text
 * @param {Found} found
 */
function excerpt(text, { folded, pieces }) {
  const from = pieces.length ? Math.max(0, folded.indexOf(pieces[0]) - BEFORE) : 0;
  const start = from + EXCERPT > text.length ? Math.max(0, text.length - EXCERPT) : from;
  const end = start + EXCERPT;
  const shown = mark(text.slice(start, end), folded.slice(start, end), pieces);
  return `<p>${start ? "…" : ""}${shown}${end < text.length ? "…" : ""}</p>`;
}
