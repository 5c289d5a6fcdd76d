/** Facts in any order: what is known, and what could be told, each question answered in place. */

import { copyText, makeReport, SELECTED } from "../page/copy.js";
import { fill, make, makeButton } from "../page/dom.js";
import { load } from "../page/site.js";

/**
 * `likely`: the options that are shown at once, the others when asked for.
 * @typedef {{slug: string, title: string, options: [id: string, label: string][], likely: string[]}} Question
 */

/** @typedef {{key: string, says: string}} Chip a fact, by its name in the address, and in words */

/** @typedef {{topic: string, question: Question | null, isFirst?: boolean, others: Question[]}} Asking */

/**
 * What the reader can do with what is shown.
 * @typedef {{answer: (slug: string, option: string) => void, tried: (id: string) => void,
 *   forget: (key: string) => void, retry: () => void, link: (path: string) => string}} Acts
 */

const UNKNOWN = "x";

/**
 * The question that decides, answered in place.
 * @param {Question} question
 * @param {Acts} acts
 */
function asked({ slug, title, options, likely }, acts) {
  const heading = make("h2", { id: "found-ask", className: "kb-asked__title", tabIndex: -1 }, `${title}？`);
  const button = (/** @type {[string, string]} */ [id, label]) =>
    makeButton(label, () => acts.answer(slug, id), "kb-asked__option");
  const rest = options.filter(([id]) => !likely.includes(id)).map(button);
  const unknown = button([UNKNOWN, "不清楚 / 没法试"]);
  unknown.classList.add("kb-asked__option--unknown");
  const more = makeButton(
    `再看 ${rest.length} 个`,
    () => {
      more.replaceWith(...rest);
      rest[0].focus();
    },
    "kb-asked__option kb-asked__option--more",
  );
  const shown = options.filter(([id]) => likely.includes(id)).map(button);
  const section = make("section", { className: "kb-asked" }, heading, ...shown);
  section.append(...(rest.length ? [more] : []), unknown);
  section.dataset.answer = "ASK";
  section.setAttribute("aria-labelledby", heading.id);
  return section;
}

/**
 * Questions in any order: the one that is chosen takes the place of the one that is asked.
 * @param {Asking} asking
 * @param {Acts} acts
 */
export function questions({ question, others }, acts) {
  const place = make("div", {}, ...(question ? [asked(question, acts)] : []));
  const choices = others.map((other) =>
    makeButton(
      `${other.title}？`,
      () => {
        fill(place, asked(other, acts));
        rest.open = false;
        /** @type {HTMLElement} */ (place.querySelector("h2")).focus();
      },
      "kb-asked__option",
    ),
  );
  const summary = make("summary", {}, question ? "先答别的" : "补一个回答");
  const rest = make("details", { className: "kb-others" }, summary, ...choices);
  return [place, ...(choices.length ? [rest] : [])];
}

/**
 * @param {Chip[]} chips
 * @param {Acts} acts
 */
export function facts(chips, acts) {
  const items = chips.map(({ key, says }) => {
    const away = makeButton("×", () => acts.forget(key), "kb-fact__away");
    away.setAttribute("aria-label", `去掉“${says}”`);
    return make("li", { className: "kb-fact" }, make("span", {}, says), away);
  });
  const list = make("ul", { className: "kb-facts" }, ...items);
  list.setAttribute("aria-label", "已知");
  return items.length ? [list] : [];
}

/**
 * The page of the diagnosis that has just these answers.
 * @param {string} topic
 * @param {{[slug: string]: string}} answers
 * @param {(path: string) => string} link
 * @returns {Promise<string>} its address; empty if there is none, or none can be looked for
 */
async function pageWith(topic, answers, link) {
  const given = new Map(Object.entries(answers));
  if (!topic || !given.size || location.protocol === "file:") return "";
  try {
    const { nearest } = await load("../page/states.js");
    const states = await (await fetch(link(`ask/${topic}/states.json`))).json();
    const state = nearest(states, given);
    return state.split("/").filter(Boolean).length === given.size ? link(`ask/${topic}/${state}`) : "";
  } catch {
    return ""; // the case is answered here all the same
  }
}

/**
 * What leads on below the answers.
 * @param {{none: boolean, asking: Asking}} reply
 * @param {{[slug: string]: string}} answers
 * @param {Acts} acts
 */
export function ways({ none, asking: { topic } }, answers, { link }) {
  const { status, field } = makeReport();
  const act = async () => {
    status.textContent = (await copyText(location.href, field)) ? "已复制链接" : SELECTED;
  };
  const copy = makeButton("复制这次搜索的链接", act, "kb-asked__option");
  const steps = make("a", { href: link("ask/") }, "都不像？一步步查");
  pageWith(topic, answers, link).then((address) => {
    if (!address) return;
    steps.href = address;
    steps.textContent = "按这些回答，接着一步步查";
  });
  return make("div", { className: "kb-found__ways" }, ...(none ? [] : [steps]), copy, status, field);
}
