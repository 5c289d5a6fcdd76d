/** The way from a page of the diagnosis to the box, which knows its answers and takes others in any order. */

import { find } from "../page/dom.js";
import { askedFor } from "../page/not-found.js";
import { addressOf, NOBODY } from "./case.js";

/** @param {HTMLElement} line the element marked `data-facts`, with a link to the page itself */
export function enhance(line) {
  const { pathname } = location;
  const asked = askedFor(pathname.slice(pathname.indexOf("/ask/") + 1).replace(/index\.html$/, ""));
  if (!asked?.answers.size) return;
  const known = { answers: Object.fromEntries(asked.answers), tried: [] };
  find(line, "a", HTMLAnchorElement).href = addressOf({ ...NOBODY, known }, location.href);
  line.hidden = false;
}
