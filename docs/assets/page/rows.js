/**
 * Rows of the codes: the heading of each becomes the link to it, for people who send it on, and each gets a button
 * that copies it.
 */

import { SELECTED, copyText, makeReport } from "./copy.js";
import { fill, find, findAll, make, makeButton } from "./dom.js";

/** @param {HTMLElement} list the element marked `data-rows` */
export function enhance(list) {
  const { status, field } = makeReport();
  list.after(make("div", { className: "kb-desk__report" }, status, field));
  for (const row of findAll(list, "article", HTMLElement)) {
    const heading = find(row, "h3", HTMLElement);
    const code = heading.textContent;
    const parts = [...row.querySelectorAll("b, p")].map((part) => part.textContent);
    const address = new URL(`#${row.id}`, location.href);
    address.search = "";
    const copy = async () => {
      field.hidden = true;
      status.textContent = ""; // or the second copy would not be announced
      const copied = await copyText([code, ...parts, address.href].join("\n"), field);
      status.textContent = copied ? `已复制 ${code}` : SELECTED;
    };
    fill(heading, make("a", { href: `#${row.id}` }, code));
    const button = makeButton("复制", copy);
    button.setAttribute("aria-label", `复制 ${code}`);
    row.append(button);
  }
}
