/** What is known of the case and what to ask back: the right pane of the desk. */

import { facts, questions } from "../box/questions.js";
import { makeButton } from "../page/dom.js";

/** @typedef {import("../box/questions.js").Acts} Acts */
/** @typedef {import("../box/answers.js").Reply} Reply */

/**
 * @param {Pick<Reply, "chips" | "asking">} reply
 * @param {Acts} acts
 * @param {string} says the question as it is sent, if there is one
 * @param {(text: string) => void} copy
 * @returns {Node[]}
 */
export function askBack({ chips, asking }, acts, says, copy) {
  const { question, others } = asking;
  const open = question || others.length ? questions(asking, acts) : [];
  if (!says) return [...facts(chips, acts), ...open];
  const button = makeButton("复制这个追问", () => copy(says));
  return [...facts(chips, acts), ...open, button];
}
