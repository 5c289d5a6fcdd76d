/**
 * The tags as filters: each name becomes a switch, several narrow down together, the count on each says how many
 * cards it would leave. The choice is in the address (`?tag=A&tag=B`), so that coming back from a card keeps it.
 */

import { decoded, fill, find, findAll, make, makeButton } from "./dom.js";

/** @typedef {{id: string, button: HTMLButtonElement, count: Element, cards: Set<string>}} Tag */

/** @param {HTMLElement} root the element marked `data-tags` */
export function enhance(root) {
  /** @type {Map<string, Node>} row of each card by its address */
  const rows = new Map();
  const tags = findAll(root, "details", HTMLDetailsElement).map(readTag);
  const status = find(root, "[data-tags-status]", HTMLElement);
  const list = find(root, "[data-tags-found]", HTMLElement);
  const foot = find(root, ".kb-found", HTMLElement);
  const asked = new URLSearchParams(location.search).getAll("tag");
  const chosen = new Set(asked.length ? asked : [decoded(location.hash.slice(1))]);

  /** @param {HTMLDetailsElement} details */
  function readTag(details) {
    const cards = new Set();
    for (const link of findAll(details, "li a", HTMLAnchorElement)) {
      cards.add(link.href);
      rows.set(link.href, /** @type {Element} */ (link.parentElement).cloneNode(true));
    }
    const { id } = find(details, "ul", HTMLElement);
    const button = makeButton("", () => toggle(id), "kb-tag");
    button.append(...find(details, "summary", HTMLElement).childNodes);
    button.id = id;
    details.replaceWith(button);
    return { id, button, count: find(button, "span", HTMLElement), cards };
  }

  function toggle(/** @type {string} */ id) {
    if (!chosen.delete(id)) chosen.add(id);
    const query = new URLSearchParams([...chosen].map((tag) => ["tag", tag]));
    history.replaceState(history.state, "", chosen.size ? `?${query}` : location.pathname);
    show();
  }

  function show() {
    const wanted = tags.filter((tag) => chosen.has(tag.id));
    const found = [...rows.keys()].filter((card) => wanted.every((tag) => tag.cards.has(card)));
    for (const { id, button, count, cards } of tags) {
      const left = found.filter((card) => cards.has(card)).length;
      button.setAttribute("aria-pressed", String(chosen.has(id)));
      button.disabled = left === 0;
      count.textContent = `${left} 张`;
    }
    const names = wanted.map(({ button, count }) => button.textContent.replace(count.textContent, "").trim());
    status.textContent = wanted.length ? `${names.join("，")}：${found.length} 张` : "";
    fill(list, ...(wanted.length ? found : []).map((card) => /** @type {Node} */ (rows.get(card))));
    clear.hidden = jump.hidden = wanted.length === 0;
    foot.classList.toggle("kb-found--none", wanted.length === 0);
  }

  const clear = makeButton("清空", () => {
    chosen.clear();
    history.replaceState(history.state, "", location.pathname);
    show();
    tags[0].button.focus(); // this one is gone
  });
  const jump = make("a", { className: "kb-button", href: "#tags-found" }, "看这些");
  foot.append(jump, clear);
  for (const id of chosen) if (!tags.some((tag) => tag.id === id)) chosen.delete(id);
  show();
}
