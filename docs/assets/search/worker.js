import { Engine } from "../answer/engine.js";
import { normalise } from "../answer/normalise.js";
import { Presenter } from "./present.js";

/** @typedef {import("../answer/engine.js").Answer} Answer */
/** @typedef {import("./present.js").Item} Item */

/**
 * `more`: the rest follows; `failed`: a file could not be had.
 * @typedef {{items: Item[][], none: boolean, elsewhere: import("../answer/decode.js").Row | null, failed: boolean,
 *   more: boolean}} Reply
 */
/** @typedef {(message: {type: 3, data: Reply}) => void} Post */
/** @typedef {(message: {type: 2, data: string}) => Promise<void>} Ask */

/**
 * What scripts share on a page opened from a disk: the files, base64 by name (`offline.js`), and the engine.
 * @typedef {Window & {kbFiles: Record<string, string>, kbAnswer: (post: Post) => Ask}} Page
 */

/**
 * Answer the dialog's message, perhaps first with a few of the items. The dialog sends the next query after the
 * answer.
 * @param {Engine} engine
 * @param {Post} post
 * @returns {Ask}
 */
export function answer(engine, post) {
  return async ({ data: query }) => {
    /**
     * @param {Pick<Answer, "needs" | "none" | "elsewhere" | "failed">} answer
     * @param {boolean} more
     */
    const show = ({ needs, none, elsewhere, failed }, more) => {
      const { traditional } = engine.matcher;
      const presenter = new Presenter(normalise(query, traditional), traditional);
      const items = needs.map((need, place) => presenter.result(need, place));
      post({ type: 3, data: { items, none, elsewhere, failed, more } });
    };
    try {
      show(await engine.answer(query, { show: (first) => show(first, true) }), false);
    } catch {
      show({ needs: [], none: false, elsewhere: null, failed: true }, false);
    }
  };
}

/** @type {import("../answer/engine.js").Meta} */
// @ts-expect-error: the build writes META above these modules (hooks/kb/search/script.py)
const BUILT = META;
const page = /** @type {Page} */ (/** @type {unknown} */ (self));

/** Fetch over http, beside this script, whose folder names the build. */
function remote() {
  return new Engine(BUILT, async (name, again) => {
    const response = await fetch(new URL(name, self.location.href), { cache: again ? "reload" : "default" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  });
}

/** Read from what `offline.js` defines. */
function local() {
  return new Engine(BUILT, async (name) => {
    return Uint8Array.from(atob(page.kbFiles[name]), (character) => character.charCodeAt(0)).buffer;
  });
}

if (typeof document === "undefined") {
  const reply = answer(remote(), (message) => self.postMessage(message));
  self.onmessage = (event) => reply(event.data);
} else {
  page.kbAnswer = (post) => answer(local(), post);
}
