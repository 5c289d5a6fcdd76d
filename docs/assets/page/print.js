/** A button that prints the page, where there are scripts; without them the browser's menu does it. */

import { makeButton } from "./dom.js";

/** @param {HTMLElement} element gets the button */
export function enhance(element) {
  element.append(makeButton("打印这一页", () => window.print()));
  element.hidden = false;
}
