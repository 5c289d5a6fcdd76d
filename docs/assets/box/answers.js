/** The elements that show a reply. Every answer is named by `data-answer`, its way on by `data-action`. */

import { make, makeButton } from "../page/dom.js";
import { facts, questions } from "./questions.js";

/**
 * What is shown of a result. Title and text are plain, matched, plain, …; `action`: id, address and title of what to
 * do first, no title for the result itself, or nothing; `named`: the query has its name or code; `place`: address and
 * title of the section that was found.
 * @typedef {{answer: string, url: string, title: string[], text: string[], light: string, tags: string[],
 *   action: string[], named: boolean, place: [string, string] | null}} Shown
 */

/**
 * Words on a screen that have a page, all ways to write them, and the answer that they give, `question.option`.
 * @typedef {[id: string, url: string, text: string, light: string, advice: string, action: string[],
 *   names: string[], fact: string]} Says
 */

/** @typedef {import("./questions.js").Acts} Acts */
/** @typedef {import("./questions.js").Asking} Asking */
/** @typedef {import("./questions.js").Chip} Chip */

/**
 * `exact`: the query names what is shown first; `says`: it is these words on a screen, or much of them; `elsewhere`:
 * it is answered there; `reader`: to whom to speak, if not to most; `asking`: what would tell most in a topic, and
 * what else could be told; `none`: nothing here fits; `unlisted`: a code of two digits that the words name and that
 * is not here, or empty; `also`: what else parts of it ask; `more`: the rest follows; `failed`: a file could not be had.
 * @typedef {{needs: Shown[], exact: boolean, says: Says | null, none: boolean, unlisted: string,
 *   reader: string, asking: Asking, also: Shown[],
 *   elsewhere: {answer: string, title: string, summary: string, light: string, tags: string[],
 *   action: string[]} | null,
 *   chips: Chip[],
 *   failed: boolean, more: boolean}} Reply
 */

/** @param {string[]} parts plain, matched, plain, … */
const marked = (parts) => parts.map((part, at) => (at % 2 ? make("mark", {}, part) : part));

/**
 * @param {string} name `data-answer`
 * @param {string} light `red`, `amber`, `green` or empty
 * @param {...(Node | string)} content
 */
function row(name, light, ...content) {
  const item = make("li", { className: "kb-hit" }, ...content);
  item.dataset.answer = name;
  if (light) item.dataset.light = light;
  return item;
}

/**
 * @param {Node} title
 * @param {(Node | string)[]} text
 */
function body(title, text) {
  const words = make("p", { className: "kb-hit__text" }, ...text);
  return [make("div", { className: "kb-hit__body" }, title, words)];
}

/** @param {string} href @param {...(Node | string)} content */
function link(href, ...content) {
  return make("a", { className: "kb-hit__title", href }, ...content);
}

/**
 * The line that says in words what the light says, and what goes on from here.
 * @param {string[]} says
 * @param {...Node} ways
 */
function foot(says, ...ways) {
  const line = make("p", { className: "kb-hit__says" }, says.join(" · "));
  const on = make("div", { className: "kb-hit__ways" }, ...ways);
  return make(
    "div",
    { className: "kb-hit__foot" },
    ...(says.length ? [line] : []),
    ...(ways.length ? [on] : []),
  );
}

/**
 * @param {string[]} action id, address and title; none to do
 * @param {Acts} acts
 */
function action([id, path, title], acts) {
  if (!id) return [];
  const way = make("a", { className: "kb-hit__action", href: acts.link(path) }, title || "看步骤");
  way.dataset.action = id;
  return [way];
}

/**
 * @param {Shown} shown
 * @param {Acts} acts
 */
function need(shown, acts) {
  const title = link(acts.link(shown.url), ...marked(shown.title));
  /** @type {HTMLElement[]} */
  const ways = action(shown.action, acts);
  if (shown.action[2]) {
    const tried = makeButton("试过了", () => acts.tried(shown.action[0]), "kb-hit__tried");
    tried.setAttribute("aria-label", `试过了，没好：${shown.action[2]}`);
    ways.push(tried);
  }
  const { place } = shown;
  const where = place
    ? [make("a", { href: acts.link(place[0]) }, place[1]), "：", ...marked(shown.text)]
    : null;
  return row(
    shown.answer,
    shown.light,
    ...body(title, where ?? marked(shown.text)),
    foot(shown.light ? shown.tags.slice(1) : shown.tags, ...ways),
  );
}

/**
 * @param {Says} says
 * @param {Acts} acts
 */
function message([id, path, text, light, advice, first], acts) {
  const title = link(acts.link(path), make("q", {}, text));
  const found = row(`SAYS:${id}`, light, ...body(title, ["屏幕上的这句话：几种原因，先做什么"]));
  found.append(foot(advice ? [advice] : [], ...action(first, acts)));
  return found;
}

/**
 * What is shown above all else for an amount and what was deducted from it.
 * @param {import("./sum.js").Sum} sum
 * @param {{answer: string, path: string}} calculator
 * @param {Acts} acts
 */
export function calculation(sum, { answer, path }, acts) {
  const href = acts.link(`${path}?${new URLSearchParams({ ...sum })}#calculator`);
  const agreed = sum.rate ? `，约定 ${sum.rate}` : "";
  const title = link(
    href,
    `${sum.period ? "一个月" : ""}收 ${sum.amount} 元，扣 ${sum.deducted} 元${agreed}`,
  );
  const way = make("a", { className: "kb-hit__action", href }, "算一算，合不合约定");
  way.dataset.action = answer;
  const found = row(
    answer,
    "",
    ...body(title, [`按这${sum.rate ? "三" : "两"}个数算，已经替你填好`]),
    foot([], way),
  );
  found.classList.add("kb-hit--exact");
  return found;
}

/**
 * What is not here, and the way on.
 * @param {string} about
 * @param {Acts} acts
 */
function none(about, acts) {
  const way = make("a", { className: "kb-hit__action", href: acts.link("ask/") }, "一步步查");
  const text = "收款和扣费的事，可以一步步查：回答几个问题，找出先做哪一步。别的事，这里帮不上。";
  const found = make("div", { className: "kb-none" }, make("p", {}, make("strong", {}, about)));
  found.append(make("p", {}, text), foot([], way));
  found.dataset.none = "";
  return found;
}

/**
 * A code that is not here. One that differs in a digit means something else, so that no other is offered.
 * @param {string} code
 * @param {string} path of the page with all codes
 * @param {Acts} acts
 */
function unlisted(code, path, acts) {
  const href = acts.link(`${path}?${new URLSearchParams({ q: code })}`);
  const way = make("a", { className: "kb-hit__action", href }, "看错误码页");
  const found = make("div", { className: "kb-none" });
  found.append(make("p", {}, make("strong", {}, `没有收录“${code}”这个码。`)));
  found.append(make("p", {}, "码差一个数字，就是另一回事，所以不拿相近的码充数。先看这笔扣没扣。"));
  if (path && !location.href.startsWith(acts.link(path))) found.append(foot([], way));
  found.dataset.none = "";
  return found;
}

/**
 * @param {Reply} reply
 * @param {{about: string, codes: string}} here what to say if nothing is here, and where all codes are
 * @param {HTMLElement[]} first rows above all others
 * @param {Acts} acts
 * @returns {HTMLElement[]} the question that decides stands below the first answer, which is seen without scrolling,
 *   or above it, if the words say too little
 */
export function shown(reply, { about, codes }, first, acts) {
  const { needs, exact, says, asking, elsewhere, chips, none: isNone } = reply;
  /** @type {HTMLElement[]} */
  const rows = [...first];
  if (says) rows.push(message(says, acts));
  if (elsewhere) {
    const title = make("p", { className: "kb-hit__title" }, elsewhere.title);
    const way = foot(elsewhere.tags, ...action(elsewhere.action, acts));
    rows.push(row(elsewhere.answer, elsewhere.light, ...body(title, [elsewhere.summary]), way));
  }
  rows.push(...needs.map((one) => need(one, acts)));
  if (exact) rows[0]?.classList.add("kb-hit--exact");
  const asked = first.length || ((says || elsewhere) && !asking.isFirst) ? [] : questions(asking, acts);
  const isStop = rows[0]?.dataset.light === "red"; // then nothing below says to try again
  const [best, ...others] = rows.filter(({ dataset }) => !isStop || dataset.light !== "green");
  const place = asking.question && asked.length ? [make("li", { className: "kb-ask" }, ...asked)] : [];
  const top = best ? [best] : [];
  const head = asking.isFirst ? [...place, ...top] : [...top, ...place];
  const list = make("ol", { className: "kb-hits" }, ...head, ...others);
  return [
    ...facts(chips, acts),
    ...(reply.unlisted ? [unlisted(reply.unlisted, codes, acts)] : []),
    ...(list.children.length ? [list] : []),
    ...(asking.question ? [] : asked),
    ...(isNone && !rows.length ? [none(about, acts)] : []),
  ];
}
