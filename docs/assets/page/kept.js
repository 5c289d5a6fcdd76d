/**
 * Answers that outlive a change. There is a page for some sets of answers only: what the page of a changed answer
 * leaves out stands beside it in the address (`?kept=question.option`), is not asked again, and is listed with the
 * rest. From a disk, where nothing can be fetched, the address carries it all the same.
 */

import { tell } from "./blanks.js";
import { find, findAll, make, onReturn } from "./dom.js";
import { askedFor, nearest } from "./states.js";

/** @typedef {Map<string, string>} Answers question → option */

/**
 * What `questions.json` of a tree has by question: `options`, words and line of the ticket; `only_if`: the answers
 * after which it is asked.
 * @typedef {{title: string, options: Record<string, [label: string, report: string]>,
 *   only_if: Record<string, string[]>}} Question
 */

const KEPT = "kept";

/** @returns {Answers} what the address keeps beside its page */
export function keptHere() {
  const facts = new URLSearchParams(location.search).getAll(KEPT);
  return new Map(
    facts.map((fact) => /** @type {[string, string]} */ (fact.split("."))).filter(([, option]) => option),
  );
}

/** @param {string} path address of a page, with or without its file @returns {Answers} of a page of a tree */
export function answersIn(path) {
  return (
    askedFor(path.slice(path.lastIndexOf("/ask/") + 1).replace(/index\.html$/, ""))?.answers ?? new Map()
  );
}

/**
 * Part answers into those that are still asked for and those that no longer are.
 * @param {Answers} own of the page
 * @param {Answers} kept
 * @param {Record<string, Question>} questions
 * @returns {{open: Answers, closed: Answers}}
 */
export function parted(own, kept, questions) {
  const open = new Map([...kept].filter(([slug]) => questions[slug] && !own.has(slug)));
  const isMet = (/** @type {string} */ slug) =>
    Object.entries(questions[slug].only_if).every(([other, options]) =>
      options.includes(own.get(other) ?? open.get(other) ?? ""),
    );
  let before = -1;
  while (before !== open.size) {
    before = open.size;
    for (const slug of [...open.keys()]) if (!isMet(slug)) open.delete(slug);
  }
  return {
    open,
    closed: new Map([...kept].filter(([slug]) => questions[slug] && !open.has(slug) && !own.has(slug))),
  };
}

/**
 * The furthest page that has all answers of another, and others only that were given.
 * @param {string[]} states addresses of all pages of the tree
 * @param {Answers} least
 * @param {Answers} given
 * @returns {string}
 */
export function furthest(states, least, given) {
  const parts = [...least].map(([slug, option]) => `${slug}.${option}/`);
  const having = states.filter((state) => parts.every((part) => `/${state}`.includes(`/${part}`)));
  return nearest(having, new Map([...given, ...least]));
}

/** @param {HTMLElement} section the answers of a page of a tree, marked `data-given` with what they fill in a case */
export async function enhance(section) {
  const say = () => tell(JSON.parse(section.dataset.given || "[]"));
  say();
  onReturn(say);
  const own = answersIn(location.pathname);
  const kept = keptHere();
  const links = [
    ...findAll(document, ".kb-options a", HTMLAnchorElement),
    ...findAll(section, ".kb-answers__change a", HTMLAnchorElement),
  ];
  for (const link of links) carry(link, new Map([...kept, ...own]));
  for (const back of findAll(document, ".kb-back a", HTMLAnchorElement)) carry(back, kept);
  if (!kept.size || location.protocol === "file:") return;

  const root = new URL(find(section, ".kb-restart", HTMLAnchorElement).href);
  const read = async (/** @type {string} */ name) => (await fetch(new URL(name, root))).json();
  const files = await Promise.all([read("states.json"), read("questions.json")]).catch(() => null);
  if (!files) return lost(kept.size);
  const [states, questions] = files;
  for (const link of links) {
    const least = answersIn(link.pathname);
    const all = new Map([...kept, ...own, ...least]);
    const { open } = parted(least, all, questions);
    link.href = new URL(furthest(states, least, open), root).href;
    carry(link, all);
  }
  show(section, parted(own, kept, questions), questions);
}

/** Say that what is kept could not be read. @param {number} count */
function lost(count) {
  const note = make(
    "p",
    { className: "kb-note" },
    `没连上网，先前另外 ${count} 个回答没有列出来；链接里还带着。`,
  );
  note.setAttribute("role", "status");
  find(document, "h1", HTMLElement).before(note);
}

/**
 * Let a link take along what its page leaves out.
 * @param {HTMLAnchorElement} link
 * @param {Answers} known
 */
function carry(link, known) {
  const there = answersIn(link.pathname);
  const rest = [...known].filter(([slug]) => !there.has(slug)).map((fact) => [KEPT, fact.join(".")]);
  link.search = new URLSearchParams(rest).toString();
}

/**
 * @param {HTMLElement} section
 * @param {{open: Answers, closed: Answers}} answers
 * @param {Record<string, Question>} questions
 */
function show(section, { open, closed }, questions) {
  const labelled = (/** @type {[string, string]} */ [slug, option]) =>
    questions[slug].options[option]?.[0] ?? "不清楚";
  const named = (/** @type {Answers} */ answers) =>
    [...answers].map((fact) => `“${questions[fact[0]].title}：${labelled(fact)}”`).join("、");
  const isResult = !document.querySelector(".kb-options");
  const note = make("p", { className: "kb-note" });
  note.setAttribute("role", "status");
  if (open.size) {
    note.append(
      isResult
        ? `这一页没算进你先前答的${named(open)}。`
        : `先前另外 ${open.size} 个回答还算数，不会再问，列在“你的回答”里。`,
    );
  }
  if (closed.size) note.append(`照现在的回答，${named(closed)}不用问了，没有算。`);
  const [line] = findAll(section, "[data-facts]", HTMLElement);
  if (open.size && isResult && line) {
    const { href } = find(line, "a", HTMLAnchorElement);
    note.append(make("a", { href }, "连它一起看"));
  }
  find(document, "h1", HTMLElement).before(note);

  const list = find(section, ".kb-answers", HTMLElement);
  for (const fact of open) {
    const question = make("span", { className: "kb-answers__question" }, questions[fact[0]].title);
    list.append(make("li", {}, question, make("span", { className: "kb-answers__answer" }, labelled(fact))));
  }
  const summary = document.querySelector("[data-case-summary]");
  if (!(summary instanceof HTMLElement)) return;
  summary.dataset.caseSummary = [...open]
    .map(([slug, option]) => questions[slug].options[option]?.[1] ?? `${questions[slug].title}：不清楚`)
    .join("\n");
  document.dispatchEvent(new CustomEvent("kb-case"));
}
