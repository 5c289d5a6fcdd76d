/**
 * Puts our engine behind Material's search dialog. A classic script, loaded before Material's bundle.
 *
 * Material talks to `new Worker(config.search)` in four messages: 0 SETUP, 1 READY, 2 QUERY, 3 RESULT
 * (https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/search/worker/message/index.ts).
 * It gets a `Port` instead, which starts the real worker, and so fetches the index, only when the reader
 * goes to the search box; over `file:`, where browsers refuse workers, the port runs the engine in the page.
 */
(() => {
  /** @typedef {(message: {type: 2, data: string}) => void} Send */
  /** @typedef {{type: 3, data: Partial<import("./worker.js").Reply> & {items: import("./present.js").Item[][]}}} Result */
  /** @typedef {{type: 0, data: {config: {base: string}}} | {type: 2, data: string}} Request from Material */

  const QUERY = '[data-md-component="search-query"]';
  const config = JSON.parse(document.getElementById("__config")?.textContent ?? "");
  /** What the handbook is about. */
  const scope = document.currentScript?.dataset.scope;
  const site = new URL(config.base.replace(/\/?$/, "/"), location.href);
  /** @returns {node is HTMLInputElement} */
  const isBox = (/** @type {EventTarget | null} */ node) => node instanceof Element && node.matches(QUERY);
  const box = () => /** @type {HTMLInputElement} */ (document.querySelector(QUERY));
  const output = () => document.querySelector('[data-md-component="search-result"]');
  const diagnosis = new URL(location.protocol === "file:" ? "ask/index.html" : "ask/", site).href;
  /** @type {Port | null} */
  let port = null;
  let composing = false;
  let watching = false;
  /** The query that was answered last; whether it found nothing; whether to open the first hit of the next. */
  let answered = "";
  let empty = false;
  let follow = false;

  /** What Material takes for its worker. At most one query is under way and one, the latest, waits. */
  class Port extends EventTarget {
    /** @type {string | null} */
    waiting = null;
    busy = false;
    asked = "";
    /** Folder of the index, once Material has said it. @type {URL | undefined} */
    base;
    /** @type {Promise<Send> | null} */
    started = null;

    /** @param {Request} message */
    postMessage({ type, data }) {
      if (type === 0) {
        this.base = new URL(data.config.base, site);
        queueMicrotask(() => this.#emit({ type: 1 }));
        if (isBox(document.activeElement)) this.warm();
      } else if (type === 2) {
        this.waiting = data.trim() ? data : "";
        this.#next();
      }
    }

    /** Start the engine, which fetches what every query needs. */
    warm() {
      if (!this.base) return;
      output()?.firstElementChild?.setAttribute("role", "status");
      watchBadges();
      this.#engine();
    }

    #next() {
      if (this.busy || this.waiting === null) return;
      const query = this.waiting;
      this.asked = query;
      this.waiting = null;
      if (!query) {
        answered = "";
        this.#emit({ type: 3, data: { items: [] } });
        return;
      }
      this.busy = true;
      this.#engine().then((send) => send({ type: 2, data: query }));
    }

    /** @param {Result} message */
    #receive(message) {
      const { items, elsewhere, failed, more } = message.data;
      this.busy = Boolean(more);
      if (this.waiting !== null) {
        if (!this.busy) this.#next();
        return;
      }
      answered = this.asked;
      empty = !items.length && !failed && !elsewhere;
      this.#emit(message);
      if (this.busy) {
        // the rest follows
      } else if (failed) {
        addRow("搜索数据没有完整读到", "请检查网络，然后点这里重试。", () => this.#retry());
      } else if (elsewhere) {
        addRow(elsewhere.title, elsewhere.summary, null, elsewhere.answer);
      } else if (empty) {
        const about = `${scope ? `这里只讲${scope}，` : ""}没有找到“${shorten(this.asked.trim())}”。`;
        addRow("没有找到？一步步查原因", `${about}回答几个问题，找出是谁的问题、先做哪一步。`, diagnosis);
      }
      if (follow && items.length)
        /** @type {HTMLElement | null} */ (output()?.querySelector("li a"))?.click();
      follow = false;
    }

    #retry() {
      this.started = null;
      this.postMessage({ type: 2, data: box().value });
      box().focus();
    }

    #engine() {
      const open = location.protocol === "file:" ? () => this.#openInPage() : () => this.#openWorker();
      this.started ??= open().catch(() => {
        this.started = null;
        return () => this.#receive({ type: 3, data: { items: [], failed: true } });
      });
      return this.started;
    }

    /** @returns {Promise<Send>} */
    async #openWorker() {
      const worker = new NativeWorker(new URL("engine.js", this.base));
      worker.onmessage = (event) => this.#receive(event.data);
      worker.onerror = () => {
        this.started = null;
        if (this.busy) this.#receive({ type: 3, data: { items: [], failed: true } });
      };
      return (message) => worker.postMessage(message);
    }

    /** @returns {Promise<Send>} */
    async #openInPage() {
      await addScript(new URL("offline.js", this.base));
      await addScript(new URL("engine.js", this.base));
      const toFile = (/** @type {import("./present.js").Item} */ item) => {
        return { ...item, location: item.location.replace(/(^|\/)(#|$)/, "$1index.html$2") };
      };
      const page = /** @type {import("./worker.js").Page} */ (/** @type {unknown} */ (self));
      return page.kbAnswer(({ type, data }) => {
        this.#receive({ type, data: { ...data, items: data.items.map((result) => result.map(toFile)) } });
      });
    }

    #emit(/** @type {Result | {type: 1}} */ data) {
      this.dispatchEvent(new MessageEvent("message", { data }));
    }
  }

  const NativeWorker = window.Worker;
  window.Worker = new Proxy(NativeWorker, {
    construct(native, [url, options]) {
      if (String(url) !== config.search) return new native(url, options);
      port = new Port();
      return port;
    },
  });

  function addScript(/** @type {URL} */ url) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      document.head.append(Object.assign(script, { src: url.href, onload: resolve, onerror: reject }));
    });
  }

  /** Material puts the badges of every result into a `nav`, and so fills the list of landmarks. */
  function watchBadges() {
    const results = output();
    if (watching || !results) return;
    watching = true;
    const demote = () => {
      for (const nav of results.querySelectorAll("nav:not([role])")) nav.setAttribute("role", "presentation");
    };
    new MutationObserver(demote).observe(results, { childList: true, subtree: true });
  }

  const shorten = (/** @type {string} */ text) => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /**
   * Add a row to Material's results: above them what is answered elsewhere, named by `answer`, else below.
   * @param {string} title
   * @param {string} text
   * @param {string | (() => void) | null} action an address, what a click does, or null where there is nowhere to go
   * @param {string} [answer]
   */
  function addRow(title, text, action, answer) {
    const className = "md-search-result__link";
    const href = typeof action === "string" ? action : "#";
    const row = make("li", { className: "md-search-result__item" });
    const link = action ? make("a", { className, href }) : make("div", { className });
    const article = make("article", { className: "md-search-result__article md-typeset" });
    article.append(make("h2", { textContent: title }), make("p", { textContent: text }));
    article.dataset.mdScore = "0";
    link.append(article);
    row.append(link);
    if (answer) row.dataset.answer = answer;
    else if (typeof action === "string") row.dataset.none = "";
    if (typeof action === "function") {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        action();
      });
    }
    output()?.querySelector("ol")?.[answer ? "prepend" : "append"](row);
  }

  /** Tell Material, which listens for keys only, that the query has changed. */
  const changed = (/** @type {EventTarget} */ input) =>
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));

  document.addEventListener("focusin", ({ target }) => {
    if (isBox(target)) port?.warm();
  });
  document.addEventListener("compositionstart", ({ target }) => {
    composing ||= isBox(target);
  });
  document.addEventListener("compositionend", ({ target }) => {
    composing = false;
    if (isBox(target)) changed(target);
  });
  document.addEventListener("input", ({ target }) => {
    if (!isBox(target)) return;
    follow = false;
    if (!composing) changed(target);
  });
  const hide = (/** @type {Event} */ event) => {
    if (composing && isBox(event.target)) event.stopImmediatePropagation();
  };
  document.addEventListener("keyup", hide, true);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !isBox(event.target) || event.isComposing) return;
      const query = event.target.value.trim();
      const pending = query !== answered.trim();
      if (!query || !(pending || empty)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      follow = pending;
    },
    true,
  );
})();
