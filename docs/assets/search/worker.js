/* global META, defined by the build (hooks/kb/search/engine.py) above these modules */
import { Engine } from "../answer/engine.js";
import { normalise } from "../answer/normalise.js";
import { Presenter } from "./present.js";

/**
 * Answer the dialog's message `{type: 2, data: query}` with `{type: 3, data: {items, none, elsewhere, failed}}`,
 * perhaps after one with the first `items` and `more`. The dialog sends the next query after the answer.
 * @param {Engine} engine
 * @param {(message: object) => void} post
 * @returns {(message: object) => Promise<void>}
 */
export function answer(engine, post) {
  return async ({ data: query }) => {
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

/** Fetch over http, beside this script, whose folder names the build. */
function remote() {
  const here = new URL(self.location);
  return new Engine(META, async (name, again) => {
    const response = await fetch(new URL(name, here), { cache: again ? "reload" : "default" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  });
}

/** Read from `self.kbFiles`, base64 by name, which `offline.js` defines for pages opened from a disk. */
function local() {
  return new Engine(META, async (name) => {
    return Uint8Array.from(atob(self.kbFiles[name]), (character) => character.charCodeAt(0)).buffer;
  });
}

if (typeof document === "undefined") {
  const reply = answer(remote(), (message) => self.postMessage(message));
  self.onmessage = (event) => reply(event.data);
} else {
  self.kbAnswer = (post) => answer(local(), post);
}
