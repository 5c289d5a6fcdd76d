/** The way from a page of the diagnosis to the box, which knows its answers and takes others in any order. */

import { find } from "../page/dom.js";
import { answersIn, keptHere } from "../page/kept.js";
import { addressOf, NOBODY } from "./case.js";

/** @param {HTMLElement} line the element marked `data-facts`, with a link to the page itself */
export function enhance(line) {
  const answers = Object.fromEntries([...keptHere(), ...answersIn(location.pathname)]);
  if (!Object.keys(answers).length) return;
  const here = new URL(location.pathname, location.href);
  find(line, "a", HTMLAnchorElement).href = addressOf(
    { ...NOBODY, known: { answers, tried: [] } },
    here.href,
  );
  line.hidden = false;
}
