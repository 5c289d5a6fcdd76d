/**
 * A button that prints the page, where there are scripts; without them the browser's menu does it. WeChat's browser
 * does nothing when asked to.
 */

import { makeButton } from "./dom.js";

/** @param {HTMLElement} element gets the button, or what to do in its place */
export function enhance(element) {
  if (/MicroMessenger/i.test(navigator.userAgent)) {
    element.append("微信里打印不了：截一张图，或者点右上角“…”，选“在浏览器打开”，到电脑上打印。");
  } else {
    element.append(makeButton("打印这一页", () => window.print()));
  }
  element.hidden = false;
}
