/** The buttons below the reply, which say what they copy. */

import { makeButton } from "../page/dom.js";

/**
 * @param {{copy: () => void, full: () => void, correct: () => void}} acts
 * @returns {{all: HTMLButtonElement[], name: (asks: boolean) => void}} `name` says whether a question is shown
 */
export function copyButtons({ copy, full, correct }) {
  const first = makeButton("", copy, "kb-button kb-button--primary");
  const second = makeButton("", full);
  const name = (/** @type {boolean} */ asks) => {
    first.textContent = asks ? "复制追问" : "复制回复";
    second.textContent = asks ? "复制第一条答复" : "复制全文";
  };
  name(false);
  return { all: [first, second, makeButton("改错", correct)], name };
}
