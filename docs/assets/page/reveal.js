/** Folded parts of a page open for the link that leads into them, and for the printer. */

import { decoded } from "./dom.js";

/** @param {HTMLDetailsElement} details */
export function enhance(details) {
  const reveal = () => {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    if (details.open || !target || !details.contains(target)) return;
    details.open = true;
    target.scrollIntoView();
  };
  let wasOpen = details.open;
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    wasOpen = details.open;
    details.open = true;
  });
  addEventListener("afterprint", () => {
    details.open = wasOpen;
  });
  reveal();
}
