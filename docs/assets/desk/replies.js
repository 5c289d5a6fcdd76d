/** The ready replies: a file a card (hooks/kb/exports/spoken.py), fetched when it is first wanted. */

import { make } from "../page/dom.js";

/**
 * `short`: the reply; `parts`: the same with its steps, piece by piece; `further`: sections that may follow, title and
 * text; `other`: it speaks to a customer; `say`: what is said to the customer who is waiting, if it is known; `ticket`;
 * `full`: all that is pasted; `link`: the short address.
 * @typedef {{title: string, verified: string, link: string, short: string, parts: string[],
 *   further: [string, string][], other: boolean, say: string, ticket: string, full: string}} Texts
 */

/** @typedef {"merchant" | "customer" | "ticket"} Tone */

/** @typedef {Window & {kbReplies?: Record<string, Texts>}} Page what scripts of a page on a disk share */

/**
 * What makes the address of a page; on a disk nothing completes that of a folder.
 * @param {URL} site
 * @returns {(path: string) => string}
 */
export function linkIn(site) {
  return (path) => {
    const url = new URL(path, site);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };
}

/** Whether what replies link to is not what is open here. @param {URL} home */
export function isPreview({ origin, hostname }) {
  const isLocal = hostname === "localhost" || hostname === "127.0.0.1";
  return location.protocol !== "file:" && (isLocal || origin !== location.origin);
}

export class Replies {
  /** @type {Map<string, Promise<Texts>>} */
  #known = new Map();

  /** @param {URL} site */
  constructor(site) {
    this.site = site;
  }

  /**
   * @param {string} id of a card
   * @returns {Promise<Texts>}
   */
  of(id) {
    const known = this.#known.get(id);
    if (known) return known;
    const texts = location.protocol === "file:" ? this.#fromDisk(id) : this.#fetched(id);
    this.#known.set(id, texts);
    texts.catch(() => this.#known.delete(id));
    return texts;
  }

  /** @param {string} id */
  async #fetched(id) {
    const response = await fetch(new URL(`replies/${id}.json`, this.site));
    if (!response.ok) throw new Error(`${id}: ${response.status}`);
    return response.json();
  }

  /**
   * @param {string} id
   * @returns {Promise<Texts>}
   */
  #fromDisk(id) {
    return new Promise((resolve, reject) => {
      const src = new URL(`replies/${id}.js`, this.site).href;
      const onload = () => {
        const texts = /** @type {Page} */ (/** @type {unknown} */ (self)).kbReplies?.[id];
        if (texts) resolve(texts);
        else reject(new Error(id));
      };
      document.head.append(make("script", { src, onload, onerror: reject }));
    });
  }
}
