/**
 * The page for addresses that do not exist: what can be guessed from the address is offered as a link.
 * A static host answers every unknown address with this one page.
 */

import { make } from "./dom.js";

/**
 * @param {string} path address below the site, without a leading slash
 * @returns {{topic: string, answers: Map<string, string>, contradicted: string[]} | undefined}
 */
export function askedFor(path) {
  const [folder, topic, ...parts] = path.split("/").filter(Boolean);
  if (folder !== "ask" || !topic) return undefined;
  const answers = new Map();
  const contradicted = [];
  for (const part of parts) {
    const [question, option] = part.split(".");
    if (!question || !option) continue;
    if (answers.has(question) && answers.get(question) !== option) contradicted.push(question);
    answers.set(question, option);
  }
  for (const question of contradicted) answers.delete(question);
  return { topic, answers, contradicted };
}

/**
 * @param {string[]} states addresses of all pages of the tree, as in `states.json`
 * @param {Map<string, string>} answers
 * @returns {string} the page whose answers are the largest part of `answers`; the first page if none fits
 */
export function nearest(states, answers) {
  const fits = (/** @type {string} */ state) =>
    state
      .split("/")
      .filter(Boolean)
      .every((part) => {
        const [question, option] = part.split(".");
        return answers.get(question) === option;
      });
  const size = (/** @type {string} */ state) => state.split("/").length;
  return states.filter(fits).reduce((best, state) => (size(state) > size(best) ? state : best), "");
}

/** @param {HTMLElement} root the element marked `data-not-found`; `data-base` is the address of the site */
export async function enhance(root) {
  const base = new URL(root.dataset.base || "/", location.href);
  const path = decodeURI(location.pathname).replace(base.pathname, "").replace(/^\//, "");
  const card = /^(?:c\/)?([crq][0-9]{2,3})\/?$/i.exec(path);
  if (card)
    return suggest(root, new URL(`c/${card[1].toUpperCase()}/`, base), `打开 ${card[1].toUpperCase()}`);
  const asked = askedFor(path);
  if (!asked) return;
  const answer = await fetch(new URL(`ask/${encodeURIComponent(asked.topic)}/states.json`, base));
  if (!answer.ok) return;
  const state = nearest(await answer.json(), asked.answers);
  const note = asked.contradicted.length
    ? "这个链接里的回答互相矛盾，已去掉矛盾的那几项。从这里接着答："
    : "这个链接里有认不出的回答。从最接近的地方接着答：";
  suggest(root, new URL(`ask/${asked.topic}/${state}`, base), "接着一步步查", note);
}

/**
 * @param {HTMLElement} root
 * @param {URL} address
 * @param {string} title
 * @param {string} [note]
 */
function suggest(root, address, title, note) {
  if (note) root.append(make("p", {}, note));
  const name = make("span", { className: "kb-action__title" }, title);
  root.append(make("a", { href: address.href, className: "kb-action kb-action--primary" }, name));
}
