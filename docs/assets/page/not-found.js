/**
 * The page for addresses that do not exist: an id leads to its card at once, what else can be guessed from the
 * address is offered as a link.
 * A static host answers every unknown address with this one page.
 */

import { decoded, make } from "./dom.js";
import { askedFor, nearest } from "./states.js";

/** @param {HTMLElement} root the element marked `data-not-found`; `data-base` is the address of the site */
export async function enhance(root) {
  const base = new URL(root.dataset.base || "/", location.href);
  const path = decoded(location.pathname).replace(base.pathname, "").replace(/^\//, "");
  const card = /^(?:c\/)?([a-z][0-9]{2,5})\/?$/i.exec(path);
  const asked = askedFor(path);
  try {
    if (card) await suggestCard(root, card[1].toUpperCase(), base);
    if (asked) await suggestState(root, asked, base);
  } catch {
    suggest(root, new URL(location.href), "再试一次", "没有连上网，连上以后");
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} id
 * @param {URL} base
 */
async function suggestCard(root, id, base) {
  const address = new URL(`c/${id}/`, base);
  const { ok } = await fetch(address, { method: "HEAD" });
  if (ok) location.replace(address);
  else root.append(make("p", {}, `没有编号是 ${id} 的卡片，编号可能抄错了。`));
}

/**
 * @param {HTMLElement} root
 * @param {import("./states.js").Asked} asked
 * @param {URL} base
 */
async function suggestState(root, asked, base) {
  const answer = await fetch(new URL(`ask/${encodeURIComponent(asked.topic)}/states.json`, base));
  if (!answer.ok) return; // no such topic: the page's own links lead on
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
  const link = make("a", { href: address.href, className: "kb-action kb-action--primary" }, name);
  root.append(make("div", { className: "kb-actions" }, link));
}
