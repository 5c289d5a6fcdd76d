/** Characters of a query that are read; the rest is ignored, so that a pasted page costs no time. */
export const MAX_QUERY = 200;

/**
 * Normal form of a text: NFKC, A–Z lower, traditional characters replaced.
 * The same as `normalise` in hooks/kb/search/normalise.py.
 * @param {string} text
 * @param {Map<string, string>} traditional character → simplified character
 * @returns {string}
 */
export function normalise(text, traditional) {
  const folded = text.normalize("NFKC").replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
  return folded.replace(/[㐀-鿿]/g, (han) => traditional.get(han) ?? han);
}

/**
 * The pairs of the index's table as a map.
 * @param {string} pairs traditional, simplified, traditional, simplified, …
 * @returns {Map<string, string>}
 */
export function traditionalTable(pairs) {
  const table = new Map();
  for (let at = 0; at < pairs.length; at += 2) table.set(pairs[at], pairs[at + 1]);
  return table;
}
