/**
 * What speaks to a reader who says that he is another than most.
 * @param {import("./facts.js").Known} known
 * @param {Record<string, number[]>} readers option of a question → documents that speak to whoever gives it
 * @returns {number[] | null} documents, the only ones that tell him what to do; null for most
 */
export function spokenTo({ answers }, readers) {
  const reader = Object.values(answers).find((option) => Object.hasOwn(readers, option));
  return reader === undefined ? null : readers[reader];
}
