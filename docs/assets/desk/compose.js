/** The texts that the desk makes of what the files and the agent give. */

import { isCard } from "./candidates.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./replies.js").Texts} Texts */
/** @typedef {import("./replies.js").Tone} Tone */

/**
 * A reply, and what the agent should know about it; `hasMore`: its steps and the whole answer may follow.
 * @typedef {{text: string, note: string, hasMore: boolean}} Written
 */

const FOR_OTHERS = "没有写给顾客的话，只能这样回：要回商户，换“对商户”";
/** The light of what must stop at once. */
const STOP = "red";
const NOT_OURS = "这件事我们答不了。";
const AT_TILL = "照店里当面说的话改写：发之前看一眼，对不对得上他说的";

/**
 * @param {Candidate} candidate
 * @param {Texts | null} texts none for a code, a page, or while there is no network
 * @param {Tone} tone
 * @param {(path: string) => string} link
 * @returns {Written}
 */
export function inTone(candidate, texts, tone, link) {
  if (!texts) return { ...withoutFile(candidate, tone, link), hasMore: false };
  if (tone === "ticket") return { text: texts.ticket, note: "", hasMore: false };
  if (tone === "merchant" || texts.other) return { text: texts.short, note: "", hasMore: true };
  if (texts.say) return { text: texts.say, note: AT_TILL, hasMore: false };
  return { ...forOthers(texts.link), hasMore: false };
}

/** @param {string} text @param {string} line @returns {string} with a line below the first */
export const withLine = (text, line) => (line ? text.replace("\n", `\n${line}\n`) : text);

/** @param {string} question @param {string} line @returns {string} with a line that answers before it asks */
export const behindLine = (question, line) =>
  line ? question.replace(/^您好，/, `您好，${line}\n`) : question;

/** What the pages say to their reader, as one writes it to a customer. @param {string} text */
export const polite = (text) => text.replace(/你(?!们)/g, "您");

/** One text of several, which greets once. @param {string[]} texts */
export const together = ([first = "", ...others]) =>
  [first, ...others.map((text) => text.replace(/^您好，/, "另外，"))].join("\n\n");

/** What a customer is told of a page that says nothing to him. @param {string} address */
const forOthers = (address) => ({
  text: `您好，这件事我们只有写给店家的说明，没有写给顾客的。您可以把这一页给店家看：${address}`,
  note: FOR_OTHERS,
});

/**
 * What is known of an answer without a file of its own. What is answered elsewhere speaks to whoever asks.
 * @param {Candidate} candidate
 * @param {Tone} tone
 * @param {(path: string) => string} link
 * @returns {{text: string, note: string}}
 */
function withoutFile({ answer, title, text, light, path }, tone, link) {
  const isUrgent = light === STOP; // what to do at once comes before whose matter it is
  const isElsewhere = answer.startsWith("ELSEWHERE:");
  if (tone === "customer" && !isElsewhere) return forOthers(link(path));
  const says = isElsewhere ? (isUrgent ? "" : NOT_OURS) + text : [title, text].filter(Boolean).join("：");
  const lines = [tone === "ticket" ? `${title}\n${text}` : `您好，${polite(says)}`];
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
