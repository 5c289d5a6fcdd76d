/** The texts that the desk makes of what the files and the agent give. */

import { isCard } from "./candidates.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./replies.js").Texts} Texts */
/** @typedef {import("./replies.js").Tone} Tone */

/**
 * A reply, and what the agent should know about it; `isWhole`: it is all that a shop is told.
 * @typedef {{text: string, note: string, isWhole: boolean}} Written
 */

const NONE = "没有写给顾客的话：换“对商户”，或换一条";
const NOT_OURS = "这件事我们答不了。";
const FOR_SHOPS = "没有写给顾客的话，这是写给商户的：发之前改一改";
const AT_TILL = "这一句照当面的情形写：发之前看一眼，对不对得上他说的";

/**
 * @param {Candidate} candidate
 * @param {Texts | null} texts none for a code, a page, or while there is no network
 * @param {{tone: Tone, isChosen: boolean}} tone a chosen one is kept to, even if there is nothing to say in it
 * @param {(path: string) => string} link
 * @returns {Written}
 */
export function inTone(candidate, texts, { tone, isChosen }, link) {
  if (!texts) return { ...withoutFile(candidate, tone, link), isWhole: false };
  if (tone === "ticket") return { text: texts.ticket, note: "", isWhole: false };
  const whole = { text: texts.parts.join("\n"), note: "", isWhole: true };
  if (tone === "merchant" || texts.other) return whole;
  if (texts.say) return { text: texts.say, note: AT_TILL, isWhole: false };
  return isChosen ? { text: "", note: NONE, isWhole: false } : { ...whole, note: FOR_SHOPS };
}

/**
 * What is known of an answer without a file of its own. What is answered elsewhere speaks to whoever asks.
 * @param {Candidate} candidate
 * @param {Tone} tone
 * @param {(path: string) => string} link
 * @returns {{text: string, note: string}}
 */
function withoutFile({ answer, title, text, path }, tone, link) {
  const isElsewhere = answer.startsWith("ELSEWHERE:");
  if (tone === "customer" && !isElsewhere) return { text: "", note: NONE };
  const says = isElsewhere ? NOT_OURS + text : [title, text].filter(Boolean).join("：");
  const lines = [tone === "ticket" ? `${title}\n${text}` : `您好，${says}`];
  if (path) lines.push(tone === "ticket" ? link(path) : `详细的看 ${link(path)}`);
  const note = isCard(answer) ? "没有取到全文，先用这一句" : "";
  return { text: lines.join("\n"), note };
}

/**
 * A correction.
 * @param {{card: Candidate, texts: Texts | null, sentence: string, wrong: string, right: string}} found `sentence`
 *   that the agent has marked, if any
 * @param {(path: string) => string} link
 * @returns {string}
 */
export function correction({ card: { answer, title, path }, texts, sentence, wrong, right }, link) {
  return [
    `要改：${answer} ${title}${texts ? `（核实于 ${texts.verified}）` : ""}`,
    ...(sentence ? [`这一句：${sentence}`] : []),
    `哪里不对：${wrong}`,
    `应该是什么、凭什么：${right}`,
    `地址：${texts?.link ?? (path ? link(path) : "")}`,
  ].join("\n");
}
