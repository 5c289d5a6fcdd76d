import { make, makeButton } from "../page/dom.js";
import { load } from "../page/site.js";

/** @typedef {typeof import("./answers.js") & typeof import("./questions.js") & typeof import("./sum.js")} View */

/** What shows answers: a page that is asked nothing does without it. @returns {Promise<View>} */
export async function loadView() {
  const parts = ["../box/answers.js", "../box/questions.js", "../box/sum.js"];
  return Object.assign({}, ...(await Promise.all(parts.map(load))));
}

/** What is shown when the network is lost: this and nothing else. */
export function lost(/** @type {import("./questions.js").Acts} */ acts) {
  const text = make("p", {}, "网络断了，没有查到。");
  const again = makeButton("再试一次", acts.retry, "kb-asked__option");
  const ask = make("a", { href: acts.link("ask/") }, "一步步查");
  const found = make("div", { className: "kb-lost" }, text, again, ask);
  found.setAttribute("role", "alert");
  return found;
}
