/**
 * The engine: a worker, started at the first need of it. Over `file:`, where browsers refuse workers, it runs in
 * the page. At most one case is under way and one, the latest, waits.
 */

import { make } from "../page/dom.js";

/** @typedef {import("./answers.js").Reply} Reply */
/** @typedef {import("./case.js").Case} Case */

/**
 * What scripts share on a page opened from a disk: where the index is (`place.js`), its files, base64 by name
 * (`offline.js`), and the engine.
 * @typedef {Window & {kbPlace: {base: string}, kbFiles: Record<string, string>,
 *   kbAnswer: (post: (reply: Reply) => void) => (one: Case) => Promise<void>}} Page
 */

/** Connections on which nothing is fetched before it is wanted. */
const SLOW = ["slow-2g", "2g", "3g"];

/** Milliseconds without a reply after which the engine counts as lost. */
const PATIENCE = 15000;

export class Port {
  /** @type {Promise<(one: Case) => unknown> | null} */
  #started = null;
  /** @type {Worker | null} */
  #worker = null;
  #timer = 0;
  /** Whether to ask the server again for what the browser has. */
  #again = false;
  /** Where the engine is, once it is asked for. @type {Promise<{base: string, engine: string}> | null} */
  #place = null;
  /** @type {Case | null} */
  #asked = null;
  /** The reply that more was to follow. @type {Reply | null} */
  #early = null;
  /** @type {Case | null} */
  #waiting = null;

  /**
   * @param {URL} site
   * @param {(one: Case, reply: Reply | null) => void} receive takes the reply to the latest case; null if the
   *   engine cannot be had
   */
  constructor(site, receive) {
    this.site = site;
    this.receive = receive;
  }

  /** Whether a case is under way. */
  get busy() {
    return this.#asked !== null;
  }

  /** @param {Case} one */
  ask(one) {
    this.#waiting = one;
    if (!this.#asked) this.#next();
  }

  /** Fetch what every case needs. */
  start() {
    const open = location.protocol === "file:" ? () => this.#inPage() : () => this.#inWorker();
    if (!this.#started) this.#started = open();
    this.#started.catch(() => this.#forget());
    return this.#started;
  }

  /** Fetch it when there is nothing else to do; where bytes cost time, no more than where it is. */
  startWhenIdle() {
    const { connection } = /** @type {{connection?: {saveData: boolean, effectiveType: string}}} */ (
      navigator
    );
    if (location.protocol === "file:" || connection?.saveData) return;
    if (navigator.serviceWorker?.controller) return; // which has it on the device
    const isSlow = connection && SLOW.includes(connection.effectiveType);
    const fetchIt = () => (isSlow ? this.#where() : this.start()).catch(() => {});
    const start = () => self.requestIdleCallback?.(fetchIt, { timeout: 5000 });
    if (document.readyState === "complete") start();
    else addEventListener("load", start, { once: true });
  }

  #next() {
    const one = this.#waiting;
    this.#asked = one;
    this.#waiting = null;
    this.#early = null;
    if (!one) return;
    this.#timer = setTimeout(() => this.#lose(), PATIENCE);
    this.start().then(
      (post) => post(one),
      () => this.#receive(null),
    );
  }

  /** @param {Reply | null} reply */
  #receive(reply) {
    const one = this.#asked;
    clearTimeout(this.#timer);
    if (reply?.more) {
      this.#early = reply;
      this.#timer = setTimeout(() => this.#lose(), PATIENCE);
    } else {
      this.#asked = null;
    }
    if (this.#waiting) {
      if (!this.#asked) this.#next();
    } else if (one) {
      this.receive(one, reply);
    }
  }

  #lose() {
    this.#forget();
    this.#receive(this.#early && { ...this.#early, more: false }); // what has come stays
  }

  #forget() {
    this.#worker?.terminate();
    this.#started = null;
    this.#place = null;
    this.#again = true;
  }

  /** @returns {Promise<{base: string, engine: string}>} */
  #where() {
    if (this.#place) return this.#place;
    const cache = this.#again ? "reload" : "default";
    this.#place = fetch(new URL("search/place.json", this.site), { cache }).then((answer) => answer.json());
    this.#place.catch(() => {
      this.#place = null;
    });
    return this.#place;
  }

  async #inWorker() {
    const cache = this.#again ? "reload" : "default";
    const { base, engine } = await this.#where();
    const address = new URL(`${base}engine.js`, this.site);
    await fetch(address, { cache, integrity: engine }); // fails unless it is whole; the worker has it from there
    const worker = new Worker(address);
    this.#worker = worker;
    worker.onmessage = (event) => this.#receive(event.data);
    worker.onerror = () => this.#lose();
    return (/** @type {Case} */ one) => worker.postMessage(one);
  }

  async #inPage() {
    const page = /** @type {Page} */ (/** @type {unknown} */ (self));
    await this.#addScript("search/place.js");
    const { base } = page.kbPlace;
    await this.#addScript(`${base}offline.js`);
    await this.#addScript(`${base}engine.js`);
    return page.kbAnswer((reply) => this.#receive(reply));
  }

  /** @param {string} path */
  #addScript(path) {
    return new Promise((onload, onerror) => {
      document.head.append(make("script", { src: new URL(path, this.site).href, onload, onerror }));
    });
  }
}
