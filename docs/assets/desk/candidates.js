/** The answers that may fit what was pasted, as a list to choose from. */

import { make, makeButton } from "../page/dom.js";

/** @typedef {import("../box/answers.js").Reply} Reply */

/**
 * One answer to choose: `text` is what it says in short, `path` its page, none for what is answered elsewhere.
 * @typedef {{answer: string, title: string, text: string, light: string, tags: string[], path: string,
 *   action: string}} Candidate
 */

/** @param {import("../box/answers.js").Shown} shown @returns {Candidate} */
function candidate({ answer, title, text, light, tags, url, action }) {
  const plain = { title: title.join(""), text: text.join("") };
  return { answer, ...plain, light, tags, path: isElsewhere(answer) ? "" : url, action: action[0] ?? "" };
}

/** @param {string} answer */
const isElsewhere = (answer) => answer.startsWith("ELSEWHERE:");

/** @param {string} answer */
const isPage = (answer) => answer.startsWith("PAGE:");

/** What else is asked: other codes that are named, and what parts of the words ask. @param {Reply} reply */
export function othersOf({ needs, also }) {
  const codes = needs.filter(({ answer, named }) => named && answer.startsWith("CODE:"));
  return [...codes, ...also].filter(({ answer }) => !isPage(answer)).map(candidate);
}

/** @param {Reply} reply @returns {Candidate[]} best first; pages, which are no replies, only where nothing else fits */
export function candidatesOf({ needs, elsewhere }) {
  const found = needs.map(candidate);
  const replies = found.filter(({ answer }) => !isPage(answer));
  if (!elsewhere) return replies.length ? replies : found;
  const { answer, title, summary, light } = elsewhere;
  const tags = ["", "不在这里答"];
  return [{ answer, title, text: summary, light, tags, path: "", action: "" }, ...replies];
}

/** A card that an address names. @param {string} answer @param {string} title @returns {Candidate} */
export function named(answer, title) {
  return { answer, title, text: "", light: "", tags: [], path: `c/${answer}/`, action: "" };
}

/**
 * With a card first where there is nothing of ours to send.
 * @param {Candidate[]} candidates
 * @param {Candidate | null} card
 */
export function withCard(candidates, card) {
  return card && (!candidates.length || isElsewhere(candidates[0].answer))
    ? [card, ...candidates]
    : candidates;
}

/** Whether all that fits are pages, which are no replies. @param {Reply} reply */
export const onlyPages = ({ needs, elsewhere }) =>
  !elsewhere && needs.length > 0 && needs.every(({ answer }) => isPage(answer));

/**
 * @param {Candidate[]} candidates
 * @param {number} chosen none while a question stands before them
 * @param {(place: number) => void} choose
 */
export function rows(candidates, chosen, choose) {
  return candidates.map(({ answer, title, light, tags, action }, place) => {
    const button = makeButton("", () => choose(place), "kb-work__row");
    const name = make("b", {}, title);
    const meta = make(
      "span",
      {},
      [isCard(answer) ? answer : "", ...tags.slice(1)].filter(Boolean).join(" · "),
    );
    button.append(name, meta);
    if (place === chosen) button.setAttribute("aria-current", "true");
    const item = make("li", {}, button);
    item.dataset.answer = answer;
    if (light) item.dataset.light = light;
    if (action) button.dataset.action = action;
    return item;
  });
}

/** Whether an answer is a card, which has replies of its own. @param {string} answer */
export const isCard = (answer) => /^[A-Z]\d+$/.test(answer);
