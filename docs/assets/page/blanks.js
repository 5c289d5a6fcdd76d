/**
 * What the reader knows of his case: the fields that stand in texts as 【…】. It is kept in this tab alone, and
 * goes to another page of it in the fragment of the address, which no server sees.
 */

import { decoded } from "./dom.js";

const STORE = "kb-case";
/** What the diagnosis told, until somebody writes something else there. */
const TOLD = "kb-told";
/** What the desk found in the words of a customer, and nobody typed. */
const TAKEN = "kb-taken";
/** What this page has where a window has no storage. @type {Record<string, object>} */
const HERE = {};
const FRAGMENT = "#case=";
const BLANK = /【([^【】\n]{1,40})】/g;
/** Characters of a value. */
const LONGEST = 60;

/** @typedef {Record<string, string>} Values by the name of the field */

/** What an answer fills: the blank, its words, and the answer. @typedef {[blank: string, text: string, fact: string]} Told */

/** @returns {Values} what was filled in */
export function values() {
  const told = /** @type {Told[]} */ (read(TOLD, []));
  return { ...Object.fromEntries(told), ...typed() };
}

const typed = () => /** @type {Values} */ (read(STORE, {}));

/** @param {string} key @param {unknown} without */
function read(key, without) {
  if (HERE[key]) return HERE[key];
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "") ?? without;
  } catch {
    return without; // nothing, or no storage in this window
  }
}

/**
 * Take over what answers tell; words that were told before stay with the answer that they give, as they are more exact.
 * @param {Told[]} told
 */
export function tell(told) {
  const before = /** @type {Told[]} */ (read(TOLD, []));
  write(
    TOLD,
    told.map((one) => before.find(([blank, , fact]) => blank === one[0] && fact === one[2]) ?? one),
  );
}

/** What blanks are filled with: the fields, and what the page's bar says is the same. @returns {Values} */
export function known() {
  const given = values();
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-same]"));
  const same = Object.entries(JSON.parse(bar?.dataset.same ?? "{}"));
  const also = same.flatMap(([name, names]) =>
    has(given, name) ? names.map((/** @type {string} */ other) => [other, given[name]]) : [],
  );
  return { ...Object.fromEntries(also), ...given };
}

/** Whether a field is filled. @param {Values} given @param {string} name */
export const has = (given, name) => Object.keys(given).includes(name);

/** Keep a value; an empty one is forgotten. @param {string} name @param {string} value */
export function keep(name, value) {
  const { [name]: _, ...others } = typed();
  write(STORE, value.trim() ? { ...others, [name]: value.trim().slice(0, LONGEST) } : others);
}

export function forget() {
  write(TOLD, []);
  write(TAKEN, {});
  write(STORE, {});
}

/** Keep these and nothing else. @param {Values} kept */
export const store = (kept) => write(STORE, kept);

/** What was found in words last; it goes with them, also when the page is loaded again. */
export const taken = () => /** @type {Values} */ (read(TAKEN, {}));

/** @param {Values} found in words */
export const take = (found) => write(TAKEN, found);

/** @param {string} key @param {object} kept */
function write(key, kept) {
  delete HERE[key];
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    HERE[key] = kept; // no storage in this window: the fields hold for this page
  }
  document.dispatchEvent(new CustomEvent("kb-case"));
}

/**
 * @param {string} text
 * @param {Values} [given]
 * @returns {string} with the values in the places of their blanks
 */
export function filled(text, given = known()) {
  return text.replace(BLANK, (blank, name) => (has(given, name) ? given[name] : blank));
}

/**
 * The blanks that are left of those in the list, each once.
 * @param {string} text
 * @param {string[]} names all that may be blank
 * @param {Values} [given]
 * @returns {string[]}
 */
export function left(text, names, given = known()) {
  const found = [...filled(text, given).matchAll(BLANK)].map(([, name]) => name);
  return [...new Set(found)].filter((name) => names.includes(name));
}

/**
 * A summary of a case with what is known of it below its first line, as the diagnosis gives it.
 * @param {string} summary
 * @param {string[]} [facts]
 * @param {string[]} [asked] fields that stand there also when they are empty
 * @param {Values} [given]
 * @returns {string}
 */
export function withCase(summary, facts = [], asked = [], given = values()) {
  const [first, ...rest] = summary.split("\n");
  const names = [...new Set([...asked, ...Object.keys(given)])];
  const told = [...names.map((name) => `${name}：${given[name] ?? `【${name}】`}`), ...facts];
  return [first, ...told.map((line) => `· ${line}`), ...rest].join("\n");
}

/** The fragment that hands the case over; empty without one. */
export function handOver() {
  const params = new URLSearchParams(values()).toString();
  return params && FRAGMENT + encodeURIComponent(params);
}

/** Take over what another page of ours handed on, and take it out of the address. */
export function takeOver() {
  if (!location.hash.startsWith(FRAGMENT)) return;
  const params = new URLSearchParams(decoded(location.hash.slice(FRAGMENT.length)));
  history.replaceState(history.state, "", location.pathname + location.search);
  write(STORE, {
    ...typed(),
    ...Object.fromEntries([...params].map(([name, value]) => [name, value.slice(0, LONGEST)])),
  });
}

/** Forget what is none of the fields: anybody can write an address. @param {string[]} names */
export function only(names) {
  const known = Object.entries(typed());
  if (known.some(([name]) => !names.includes(name))) {
    write(STORE, Object.fromEntries(known.filter(([name]) => names.includes(name))));
  }
}
