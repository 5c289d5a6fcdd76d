import { make, makeButton } from "../page/dom.js";

/** What shows answers: a page that is asked nothing does without it. */
export const loadView = () =>
  Promise.all([import("./answers.js"), import("./questions.js"), import("./sum.js")]).then(
    ([answers, questions, sum]) => ({ ...answers, ...questions, ...sum }),
  );

/** @typedef {Awaited<ReturnType<typeof loadView>>} View */

/** What is shown when the network is lost: this and nothing else. */
export function lost(/** @type {import("./questions.js").Acts} */ acts) {
  const text = make("p", {}, "网络断了，没有查到。");
  const again = makeButton("再试一次", acts.retry, "kb-asked__option");
  const ask = make("a", { href: acts.link("ask/") }, "一步步查");
  const found = make("div", { className: "kb-lost" }, text, again, ask);
  found.setAttribute("role", "alert");
  return found;
}
