import { SILENT } from "../answer/asking.js";
import { Engine } from "../answer/engine.js";
import { isGiven, isTold, UNKNOWN } from "../answer/facts.js";
import { normalise } from "../answer/normalise.js";
import { EMPTY } from "../answer/nothing.js";
import { apart } from "./apart.js";
import { gist, within } from "./gist.js";
import { Presenter } from "./present.js";

/** @typedef {import("../answer/engine.js").Answer} Answer */
/** @typedef {import("../answer/engine.js").Need} Need */
/** @typedef {import("../answer/facts.js").Known} Known */
/** @typedef {import("../box/answers.js").Chip} Chip */
/** @typedef {import("../box/answers.js").Reply} Reply */
/** @typedef {import("../box/answers.js").Shown} Shown */
/** @typedef {import("../box/answers.js").Says} Says */
/** @typedef {import("../box/port.js").Page} Page */

/** @typedef {(reply: Reply) => void} Post */
/** @typedef {(one: import("../box/case.js").Case) => Promise<void>} Ask */

/** Chance of a need from which it is shown below what the query names. */
const LIKELY = 0.15;
/** Characters of the words on a screen that are enough to offer them. */
const MIN_PART = 5;
/** Characters of words on a screen that a text does not have by chance. */
const MIN_WHOLE = 3;

/** @type {Reply} */
const NOTHING = {
  needs: [],
  exact: false,
  says: null,
  reader: "",
  asking: SILENT,
  none: false,
  unlisted: "",
  elsewhere: null,
  also: [],
  chips: [],
  failed: false,
  more: false,
};

/**
 * Answer a case, perhaps first with a few of the results. The page asks again after the answer.
 * @param {Engine} engine
 * @param {Post} post
 * @returns {Ask}
 */
export function answer(engine, post) {
  return async ({ query, parts, known: told }) => {
    try {
      const { known, chips } = await factsOf(engine, told);
      const show = (
        /** @type {Answer} */ found,
        /** @type {Shown[]} */ also,
        /** @type {boolean} */ more,
      ) => {
        const { needs, exact, named, likely: _, ...rest } = found;
        const isNamed = (/** @type {Need} */ { cause, document }) => named.includes(cause ?? document);
        const { traditional } = engine.matcher;
        const text = normalise(query, traditional);
        const presenter = new Presenter(text, traditional);
        const told = exact
          ? needs.filter((need) => need === exact || isNamed(need) || need.chance > LIKELY)
          : needs;
        const shown = told.map((need) => presenter.result(need, isNamed(need)));
        const { says, whole } = messageOf(engine.meta.says, text);
        post({ ...NOTHING, ...rest, needs: shown, exact: whole || exact !== null, says, also, chips, more });
      };
      const said = answersIn(engine.meta.says, normalise(query, engine.matcher.traditional));
      const first = (/** @type {Answer} */ some) => show(some, [], true);
      const matter = parts ? await gist(engine, query) : query;
      const isIdle = query !== "" && !matter && !isTold(known);
      const found = isIdle
        ? { ...EMPTY, none: true }
        : await engine.answer(matter || query, { known, said, ask: true, show: first });
      const others = (parts ?? []).map((part) => within(part, matter)).filter(Boolean);
      show(found, await apart(engine, others, known, found), false);
    } catch {
      post({ ...NOTHING, failed: true });
    }
  };
}

/** @param {string} text normalised @returns {string} letters, digits and Han alone */
const bare = (text) => text.replace(/[^0-9a-z㐀-鿿]/g, "");

/**
 * The words on a screen that a text is, or of which it is so much that it can be no other's.
 * @param {Says[]} messages
 * @param {string} text normalised
 * @returns {{says: Says | null, whole: boolean}}
 */
function messageOf(messages, text) {
  const own = bare(text);
  const having = (/** @type {(written: string) => boolean} */ fits) =>
    messages.filter(([, , , , , , names]) => names.some((name) => fits(bare(normalise(name, new Map())))));
  const [whole] = own ? having((written) => written === own) : [];
  const part = own.length < MIN_PART ? [] : having((written) => written.includes(own));
  return { says: whole ?? (part.length === 1 ? part[0] : null), whole: whole !== undefined };
}

/**
 * What a text answers that has words on a screen among others.
 * @param {Says[]} messages
 * @param {string} text normalised
 * @returns {Known["answers"]}
 */
function answersIn(messages, text) {
  const own = bare(text);
  const having = messages.filter(([, , , , , , names]) =>
    names.some((name) => name.length >= MIN_WHOLE && own.includes(bare(normalise(name, new Map())))),
  );
  return Object.fromEntries(having.map((message) => message[7].split(".")));
}

/**
 * The facts of a case that there are, and how they are said; an address may name others.
 * @param {Engine} engine
 * @param {Known} told
 * @returns {Promise<{known: Known, chips: Chip[]}>}
 */
async function factsOf(engine, told) {
  if (!isGiven(told) || !engine.meta.learnt) return { known: { answers: {}, tried: [] }, chips: [] };
  const questions = (await engine.facts(told)).flatMap(({ table }) => table.questions);
  const chips = [];
  /** @type {Known} */
  const known = { answers: {}, tried: [], heard: told.heard };
  for (const [slug, option] of Object.entries(told.answers)) {
    const question = questions.find((one) => one.slug === slug);
    const label = option === UNKNOWN ? "不清楚" : question?.options.find(([id]) => id === option)?.[1];
    if (!question || !label) continue;
    known.answers[slug] = option;
    chips.push({ key: `${slug}.${option}`, says: `${question.title}：${label}` });
  }
  for (const id of told.tried) {
    const row = await engine.row(id);
    if (!row) continue;
    known.tried.push(id);
    chips.push({ key: id, says: `试过没好：${row.title}` });
  }
  return { known, chips };
}

/** @type {import("../answer/engine.js").Meta} */
// @ts-expect-error: the build writes META above these modules (hooks/kb/search/script.py)
const BUILT = META;
/** Files that nearly every query wants: text of those of JSON, the others as base64. @type {Record<string, string>} */
// @ts-expect-error: so does KEPT
const BROUGHT = KEPT;
const page = /** @type {Page} */ (/** @type {unknown} */ (self));

/** Fetch over http, beside this script, whose folder names the build. */
function remote() {
  return new Engine(BUILT, async (name, again) => {
    if (BROUGHT[name] && !again) return name.endsWith(".json") ? utf8(BROUGHT[name]) : bytes(BROUGHT[name]);
    const response = await fetch(new URL(name, self.location.href), { cache: again ? "reload" : "default" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.arrayBuffer();
  });
}

/** Read from what `offline.js` defines. */
function local() {
  return new Engine(BUILT, async (name) => bytes(page.kbFiles[name]));
}

/** @param {string} base64 */
const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text).buffer;

if (typeof document === "undefined") {
  const reply = answer(remote(), (message) => self.postMessage(message));
  self.onmessage = (event) => reply(event.data);
} else {
  page.kbAnswer = (post) => answer(local(), post);
}
