/**
 * The one entry module: loads what the page at hand has a marker for. Every page is complete without it.
 * A module exports `enhance(element)`, called for each element with its marker; it does not touch another.
 */

const MODULES = {
  "[data-aloud]": "./aloud.js",
  "[data-ask]": "./ask.js",
  "[data-box]": "../box/box.js",
  "[data-calculator]": "../fee/calculator.js",
  "[data-copy-toolbar]": "./copy.js",
  "[data-case]": "./case.js",
  "[data-desk]": "../desk/desk.js",
  "[data-facts]": "../box/facts.js",
  "[data-filter]": "./filter.js",
  "[data-given]": "./kept.js",
  "[data-not-found]": "./not-found.js",
  "[data-offline]": "./offline.js",
  "[data-press]": "./press.js",
  "[data-print]": "./print.js",
  "[data-quote]": "./quote.js",
  "[data-review]": "./review.js",
  "[data-rows]": "./rows.js",
  "[data-steps]": "./steps.js",
  "[data-switch]": "./switch.js",
  "[data-tags]": "./tags.js",
  "[data-tell]": "./tell.js",
  "[download]": "./wechat.js",
  details: "./reveal.js",
};

/** Modules whose absence takes something from what the page shows. */
const NEEDED = /box\/box|calculator|copy|desk|filter|not-found|print|quote|rows|switch/;

/**
 * Path of a module → its SHA-256 in base64, and the paths of those it imports at once. Written in when it is sent.
 * @type {{[path: string]: string[]}}
 */
const FILES = {};

/** Path → that it has come whole. @type {Map<string, Promise<unknown>>} */
const asked = new Map();

/**
 * Load a module as it was written or not at all: a byte damaged on the way would change what a page says.
 * Browsers that cannot compare load it all the same.
 * @param {string} address of a module as seen from this one
 * @returns {Promise<any>} what it exports
 */
export async function load(address) {
  /** @type {HTMLScriptElement | null} none in a page on a disk, whose modules are one script */
  const entry = document.querySelector("script[type=module]");
  if (entry) {
    const paths = needed(new URL(address, entry.src).pathname);
    await Promise.all([...paths].map((path) => fetched(path, entry.src)));
  }
  return import(address);
}

/** @returns {Set<string>} paths of a module and of all it imports */
function needed(/** @type {string} */ pathname) {
  const paths = new Set([pathname.split("/").slice(-2).join("/")]);
  for (const path of paths) {
    for (const other of FILES[path]?.slice(1) ?? []) paths.add(other);
  }
  paths.delete("page/site.js"); // which is here
  return paths;
}

/** @param {string} path @param {string} src of the entry */
function fetched(path, src) {
  const link = document.createElement("link");
  if (asked.has(path) || !FILES[path] || !link.relList.supports("modulepreload")) return asked.get(path);
  const come = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`${path} has not come whole`));
  });
  asked.set(path, come);
  come.catch(() => asked.delete(path)); // the next tap asks again
  Object.assign(link, {
    rel: "modulepreload",
    href: new URL(`../${path}`, src),
    integrity: `sha256-${FILES[path][0]}`,
  });
  document.head.append(link);
  return come;
}

/** @typedef {{kbHold: (click: MouseEvent) => void}} Holding what the head defines */

/** The markers whose module has not come yet. @type {Set<string>} */
const awaited = new Set();

/**
 * @param {string} marker
 * @param {string} path of a module
 * @param {NodeListOf<Element>} elements
 */
async function start(marker, path, elements) {
  try {
    const { enhance } = await load(path);
    await rest(); // those that came together do not work in one go
    await Promise.all([...elements].map(enhance));
  } catch (error) {
    console.error(error);
    if (NEEDED.test(path)) offerReload();
  }
  awaited.delete(marker);
  release();
}

/**
 * Let a tap or a frame come first: a slow phone answers none while a task lasts. What a finger is on stays as it is
 * until it is let go, two seconds at most: a press whose element is moved is no click.
 */
async function rest() {
  const start = performance.now();
  do await new Promise((go) => setTimeout(go));
  while (document.documentElement.matches(":active") && performance.now() - start < 2000);
}

/** @param {Element} tapped @returns {boolean} whether what acts on it has not come; links of a diagnosis wait for one */
function isAwaited(tapped) {
  if (tapped.closest("a")) return awaited.has("[data-given]");
  return [...awaited].some((marker) => tapped.closest(marker));
}

/** Tap again what was tapped before what acts on it came. */
function release() {
  for (const tapped of document.querySelectorAll("[aria-busy]")) {
    if (!(tapped instanceof HTMLElement) || isAwaited(tapped)) continue;
    tapped.removeAttribute("aria-busy");
    tapped.click();
  }
}

/** Say, once on a page, that something is missing: a module that failed to load is not asked for again. */
function offerReload() {
  if (document.querySelector("[data-reload]")) return;
  document.querySelector("h1")?.after(makeNote());
  document.getElementById("found")?.before(makeNote()); // in the dialog, which covers the page
}

function makeNote() {
  const note = document.createElement("p");
  note.className = "kb-banner";
  note.dataset.reload = "";
  note.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = "";
  link.textContent = "再载入一次";
  link.addEventListener("click", reload);
  note.append("网络断了一下，这一页的按钮没有全部载入。", link);
  return note;
}

/** Load the page again, its scripts past the browser's store: what that has may be damaged. */
async function reload(/** @type {Event} */ event) {
  event.preventDefault();
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"));
  await Promise.allSettled(scripts.map(({ name }) => fetch(name, { cache: "reload" })));
  location.reload();
}

addEventListener("kb-incomplete", offerReload);
addEventListener("error", ({ filename }) => {
  if (filename?.startsWith(location.origin) && filename.endsWith(".js")) offerReload(); // one of ours came damaged
});

// a page without a bar for the case keeps it all the same
if (location.hash.startsWith("#case=")) load("./blanks.js").then(({ takeOver }) => takeOver());
// whoever comes home begins another case, unless he loads it again or goes back: what answers told is over
else if (document.querySelector(".kb-home") && cameAnew()) forgetTold();

/** As `tell([])` of blanks.js, which a first view need not fetch for it. */
function forgetTold() {
  try {
    sessionStorage.removeItem("kb-told");
  } catch {
    // no storage in this window: nothing was kept
  }
}

/** @returns {boolean} whether the page was gone to, rather than loaded again or gone back to */
export function cameAnew() {
  const [way] = performance.getEntriesByType("navigation");
  return !way || /** @type {PerformanceNavigationTiming} */ (way).type === "navigate";
}

/** Load what the page has a marker for. Until now the head has held what was tapped. */
async function begin() {
  const { kbHold } = /** @type {typeof self & Holding} */ (self);
  removeEventListener("click", kbHold, true);
  addEventListener(
    "click",
    (click) => {
      if (click.target instanceof Element && isAwaited(click.target)) kbHold(click);
    },
    true,
  );
  const marked = Object.entries(MODULES).filter(([marker]) => document.querySelector(marker));
  for (const [marker] of marked) awaited.add(marker);
  release();
  for (const [marker, path] of marked) {
    start(marker, path, document.querySelectorAll(marker));
    await rest();
  }
}

// `/` leads to the box, which takes what is typed before its module has come
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.activeElement?.matches("input, textarea, select")) return;
  event.preventDefault();
  /** @type {HTMLElement | null} */ (document.querySelector("[data-box] input"))?.focus();
});

requestAnimationFrame(() => setTimeout(begin)); // after the first paint, which the modules would put off
