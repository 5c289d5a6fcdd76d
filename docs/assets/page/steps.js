/**
 * Turns the numbered list below the heading `#steps` into steps that can be ticked, and says how many are done.
 *
 * The ticks live in the page only: the next customer's case starts afresh.
 */

import { make, makeStatus } from "./dom.js";

/**
 * The first numbered list before the next heading.
 *
 * @param {Element} heading
 */
function listBelow(heading) {
  let node = heading.nextElementSibling;
  while (node && !node.matches("ol, h2")) node = node.nextElementSibling;
  return node?.matches("ol") ? node : null;
}

/**
 * Move what the item says into the label of a checkbox: the whole step can be tapped, links in it still open.
 *
 * @param {Element} item
 * @param {number} index
 */
function addTick(item, index) {
  const id = `step-${index + 1}`;
  const box = make("input", { type: "checkbox", id });
  item.append(box, make("label", { htmlFor: id }, ...item.childNodes));
  return box;
}

/** @param {HTMLElement} root the element marked `data-steps` */
export function enhance(root) {
  const heading = root.querySelector("#steps");
  const list = heading && listBelow(heading);
  if (!list) return;
  const boxes = [...list.children].map(addTick);
  const status = makeStatus("kb-steps__status");
  list.classList.add("kb-steps");
  list.after(status);
  list.addEventListener("change", () => {
    const done = boxes.filter((box) => box.checked).length;
    status.textContent =
      done === boxes.length ? "全部做完了，看看下面怎样算好了" : `做完 ${done} 步，共 ${boxes.length} 步`;
  });
}
