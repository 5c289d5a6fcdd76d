/**
 * Which links of the page belong to a finding. The page has them in a template, for it knows the cards:
 * `<a data-fits="kind" data-when="…" data-kinds="…">`, the circumstance in which the link is the one to read,
 * and the kinds of trade it speaks of, divided by blanks.
 */

import { findAll } from "../page/dom.js";

/**
 * @param {import("./causes.js").Finding} finding
 * @param {ParentNode} links
 * @returns {HTMLAnchorElement[]} where the kinds are known, the links that speak of them, or else of no kind
 */
export function linksOf({ fits, kinds }, links) {
  return fits.flatMap((fit) => {
    const fitting = findAll(links, `[data-fits="${fit}"]`, HTMLAnchorElement);
    if (!kinds) return fitting;
    const named = fitting.filter(({ dataset }) =>
      dataset.kinds?.split(" ").some((name) => kinds.some((kind) => kind.includes(name))),
    );
    return named.length ? named : fitting.filter(({ dataset }) => !dataset.kinds);
  });
}
