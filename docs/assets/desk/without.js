/** The reply to nothing. @type {Pick<import("../box/answers.js").Reply, "chips" | "asking" | "reader" | "also" | "needs">} */
export const SILENT = {
  chips: [],
  reader: "",
  also: [],
  needs: [],
  asking: { topic: "", question: null, isFirst: false, others: [] },
};

/** What stands above the list of answers, and what can be sent where there is none. */

import { make } from "../page/dom.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */

/** `says`: to the agent, `isNone`: that nothing here fits; `sentence`: to send. @typedef {{says: string, sentence: string, isNone: boolean}} Without */

/** @type {Without} */
export const SILENCE = { says: "", sentence: "", isNone: false };

/**
 * @param {DOMStringMap} words of the desk (overrides/agents.html)
 * @returns {{greeted: Without, none: Without}} for words that ask nothing yet, and for those that nothing here fits
 */
export function withoutOf({ deskGreet = "", deskNone = "", deskAgain = "" }) {
  return {
    greeted: { says: "还没有说是什么事。", sentence: deskGreet, isNone: false },
    none: { says: deskNone, sentence: deskAgain, isNone: true },
  };
}

/**
 * @param {Candidate[]} candidates
 * @param {boolean} isUnsure whether a question would tell more
 * @param {Without} without
 * @returns {(Node | string)[]}
 */
export function headOf([first, ...others], isUnsure, { says, isNone }) {
  if (!first && !isNone) return [says];
  const isElsewhere = first?.answer.startsWith("ELSEWHERE:");
  const count = `最像的 ${others.length + 1} 条${isUnsure ? "，拿不准：先追问一句" : ""}`;
  if (first && !isElsewhere) return [count];
  const none = make("p", {}, isElsewhere ? "这件事不在这里答，回一句该去哪里问。" : says);
  none.dataset.none = "";
  return [none];
}
