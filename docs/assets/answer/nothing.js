/** What is known and said before anything is. */

import { SILENT } from "./asking.js";

/** @type {import("./facts.js").Known} */
export const NO_FACTS = { answers: {}, tried: [] };

/** @type {import("./engine.js").Answer} */
export const EMPTY = {
  exact: null,
  light: "",
  reader: "",
  needs: [],
  asking: SILENT,
  none: false,
  unlisted: "",
  elsewhere: null,
  named: [],
  likely: 0,
  failed: false,
};
