/** The texts that the desk makes of what the files and the agent give. */

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./replies.js").Texts} Texts */
/** @typedef {import("./replies.js").Tone} Tone */

/**
 * @param {Candidate} candidate
 * @param {Texts | null} texts none for a code, a page, or while there is no network
 * @param {Tone} tone
 * @param {(path: string) => string} link
 * @returns {string}
 */
export function inTone({ title, text, path }, texts, tone, link) {
  if (texts) return texts[tone];
  return [title, text, ...(path ? [link(path)] : [])].filter(Boolean).join("\n");
}

/**
 * A correction, but for what is wrong.
 * @param {Candidate} candidate
 * @param {Texts | null} texts
 * @param {string} sentence that the agent has marked, if any
 * @param {(path: string) => string} link
 * @returns {string}
 */
export function correction({ answer, title, path }, texts, sentence, link) {
  return [
    `要改：${answer} ${title}${texts ? `（核实于 ${texts.verified}）` : ""}`,
    `这一句：${sentence || "（没有选，请抄在这里）"}`,
    `地址：${texts?.link ?? (path ? link(path) : "")}`,
    "应该是什么、凭什么：",
    "哪里不对：",
  ].join("\n");
}
