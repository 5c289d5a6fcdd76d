/** What is said beside the matter: a threat tells nothing about what is the matter. */

/** Han characters that a text has at least without its asides, or they are what it is about. */
const ENOUGH = 8;

const STOP = ",.!?;。，！？；、\\s";
/** One character of a clause that asks nothing. */
const TOLD = `[^${STOP}哪谁怎吗么]`;
const END = `(?=$|[${STOP}])`;
const SELF = "我们?";

/**
 * @param {string[]} words of threats
 * @returns {RegExp | null} what is an aside: a consequence, a condition with it, a clause of nothing else; null
 *   without words
 */
export function asidesOf(words) {
  if (!words.length) return null;
  const threat = `(?:${words.join("|")})`;
  const then = "(?:就|否则|不然|要不|只能|只好|肯定|一定|信不信|等着|准备|打算)";
  const consequence = `(?:${SELF})?${then}${TOLD}{0,8}?${threat}${TOLD}{0,8}${END}`;
  const condition = `(?:再|不${TOLD}{1,6}?(?:我|直接))${TOLD}{1,8}?${threat}${TOLD}{0,6}${END}`;
  const alone = `(?<before>^|[${STOP}])${SELF}(?:真的?|现在|必须)?要?[去打向找到上]?${threat}+(?:你们?|他们)?${END}`;
  return new RegExp([consequence, condition, alone].join("|"), "g");
}

/**
 * @param {string} query
 * @param {RegExp | null} asides
 * @returns {string} empty if there are none, or little else
 */
export function withoutAsides(query, asides) {
  const rest = asides ? query.replace(asides, "$<before>") : query;
  const han = rest.match(/[㐀-鿿]/g)?.length ?? 0;
  return rest === query || han < ENOUGH ? "" : rest;
}
