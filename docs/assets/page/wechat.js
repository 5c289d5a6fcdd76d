/** WeChat's browser drops downloads without a word: say, once on a page, where they work. */

import { make } from "./dom.js";

/** @param {HTMLElement} link marked `download` */
export function enhance(link) {
  if (!/MicroMessenger/i.test(navigator.userAgent) || document.querySelector("[data-wechat]")) return;
  const note = make("p", { className: "kb-note" }, "微信里下载不了：点右上角“…”，选“在浏览器打开”。");
  note.dataset.wechat = "";
  (link.closest("table, ul, p") ?? link).after(note);
}
