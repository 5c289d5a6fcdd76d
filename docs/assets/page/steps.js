/**
 * Turns the numbered list below the heading `#steps` into steps that can be ticked, and says how many are done.
 *
 * The ticks stay for who follows a link in a step and goes back; who comes to the page anew has the next customer's
 * case, and starts afresh.
 */

import { make, makeButton, makeStatus } from "./dom.js";

const STORE = "kb-steps";

/** @returns {Record<string, string[]>} by the path of the page, the steps that are done, in their words */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
  } catch {
    return {}; // no storage in this window: the ticks hold for this page
  }
}

/** @param {string[]} done */
function keep(done) {
  const { [location.pathname]: _, ...others } = read();
  const kept = done.length ? { ...others, [location.pathname]: done } : others;
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(STORE, JSON.stringify(kept));
    else sessionStorage.removeItem(STORE);
  } catch {
    // the same
  }
}

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
  const words = [...list.children].map((item) => item.textContent.trim());
  const boxes = [...list.children].map(addTick);
  const status = makeStatus("kb-steps__status");
  const again = makeButton("重新勾", () => {
    for (const box of boxes) box.checked = false;
    show();
    boxes[0].focus();
  });
  const isDone = (/** @type {string} */ _, /** @type {number} */ at) => boxes[at].checked;

  function show() {
    const done = words.filter(isDone);
    keep(done);
    again.hidden = !done.length;
    status.textContent = !done.length
      ? ""
      : done.length === boxes.length
        ? "全部做完了，看看下面怎样算好了"
        : `做完 ${done.length} 步，共 ${boxes.length} 步`;
  }

  const [came] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const before = (came?.type !== "navigate" && read()[location.pathname]) || [];
  for (const [at, box] of boxes.entries()) box.checked = before.includes(words[at]);
  list.classList.add("kb-steps");
  list.after(status, again);
  list.addEventListener("change", show);
  show();
}
