/** A page of words on a screen: whoever opens it has seen these very words. */

import { tell } from "./blanks.js";
import { onReturn } from "./dom.js";

/** @param {HTMLElement} heading the element marked `data-tell` with what they fill in a case */
export function enhance(heading) {
  const say = () => {
    tell([]); // words of the same answer that are less exact
    tell(JSON.parse(heading.dataset.tell || "[]"));
  };
  say();
  onReturn(say);
}
