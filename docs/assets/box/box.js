/**
 * The box for words, codes and amounts, on the page or in the header: answers while the reader types. The case is in
 * the address, so that it can be sent on, and so that back and forward lead through it.
 */

import { fill, find } from "../page/dom.js";
import { addressOf, isEmpty, NOBODY, readCase, without, withAnswer, withQuery, withTried } from "./case.js";
import { inHeader, onPage } from "./frame.js";
import { addKeys } from "./keys.js";
import { Port } from "./port.js";
import { loadView, lost } from "./view.js";

/** @typedef {import("./answers.js").Reply} Reply */
/** @typedef {import("./case.js").Case} Case */

/** Milliseconds after which a search says that it is going on. */
const SOON = 300;
/** Milliseconds that the dialog takes to slide in. */
const SLIDING = 400;
/** Characters of the words that are repeated where nothing is found. */
const MOST_REPEATED = 20;

/** @param {HTMLElement} form the element marked `data-box`, whose value is `page` or `header` */
export function enhance(form) {
  const input = find(form, "input", HTMLInputElement);
  const clear = find(form, "[type=reset]", HTMLButtonElement);
  const found = find(document, "#found", HTMLElement);
  const status = find(document, "#found-status", HTMLElement);
  const empty = document.getElementById("found-empty");
  const site = new URL(form.dataset.site || ".", location.href);
  const isHeader = form.dataset.box === "header";
  const frame = isHeader ? inHeader(form, input, opened) : onPage(form);
  const port = new Port(site, (one, reply) => receive(one, reply).catch(broken));

  let current = readCase(location.search);
  let composing = false;
  /** Which row to open once it is there. @type {"" | "first" | "exact"} */
  let follow = "";
  /** How far the list was scrolled, to be shown there again; pixels. */
  let scroll = history.state?.scroll ?? 0;
  let timer = 0;
  /** Whether the way back is on its way, to where nothing was said. */
  let isClearing = false;

  /** @type {import("./answers.js").Acts} */
  const acts = {
    answer: (slug, option) => change(withAnswer(current, slug, option), true),
    tried: (id) => change(withTried(current, id), true),
    forget: (key) => change(without(current, key), true),
    retry: update,
    link,
  };

  /** The address of a page; on a disk nothing completes that of a folder. */
  function link(/** @type {string} */ path) {
    const url = new URL(path, site);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  }

  /**
   * Take over what the reader says now. `state.box` counts the entries of the history that are the box's: words that
   * are being typed are one, each fact is one, so that the way back leads through them.
   * @param {Case} next
   * @param {boolean} [isStep]
   */
  function change(next, isStep = false) {
    current = next;
    scroll = 0;
    const address = addressOf(current, location.href);
    const steps = history.state?.box ?? 0;
    if (isEmpty(current) || (steps && !isStep)) history.replaceState(history.state, "", address);
    else history.pushState({ box: steps + 1 }, "", address);
    update();
  }

  /** Fetch what every case needs, while the reader types. */
  function wake() {
    port.start().catch(() => {});
  }

  /** The reader has opened or closed the dialog. */
  function opened(/** @type {boolean} */ open) {
    if (open) {
      const isNarrow = matchMedia("(max-width: 59.9844em)").matches;
      if (isNarrow && !history.state?.box) history.pushState({ box: 1 }, "", location.href);
      wake();
      loadView().catch(() => {});
      update();
    } else if (history.state?.box) {
      history.go(-history.state.box);
    } else {
      current = NOBODY;
      history.replaceState(null, "", addressOf(current, location.href));
      update();
    }
  }

  /** Show the case at hand. */
  function update() {
    const isNothing = isEmpty(current);
    if (input.value !== current.query) {
      input.value = current.query;
      input.dispatchEvent(new Event("change"));
    }
    clear.hidden = isNothing;
    if (empty) empty.hidden = !isNothing;
    frame.show(frame.isOpen() || !isNothing);
    clearTimeout(timer);
    if (isNothing) {
      show([], "");
      return;
    }
    timer = setTimeout(() => {
      status.textContent = "正在找…";
    }, SOON);
    port.ask(current);
  }

  /**
   * @param {Case} one
   * @param {Reply | null} reply null if the engine cannot be had
   */
  async function receive(one, reply) {
    const view = await loadView().catch(() => null);
    if (one !== current || isEmpty(current)) return;
    clearTimeout(timer);
    if (!reply || reply.failed) {
      show([lost(acts)], "");
      return;
    }
    showReply(reply, /** @type {import("./view.js").View} */ (view));
  }

  /** A script has not arrived, or not whole. @param {unknown} error */
  function broken(error) {
    console.error(error);
    clearTimeout(timer);
    dispatchEvent(new Event("kb-incomplete")); // first: what shows may be what is damaged
    show([], "");
  }

  /** @param {Reply} reply @param {import("./view.js").View} view */
  function showReply(reply, view) {
    const { sumOf, calculation, shown, ways } = view;
    const sum = sumOf(current.query);
    const [answer, path] = form.dataset.sum?.split(" ") ?? [];
    const first = sum && path ? [calculation(sum, { answer, path }, acts)] : [];
    const here = { about: notHere(), codes: form.dataset.codes ?? "" };
    const nodes = shown({ ...reply, needs: first.length ? [] : reply.needs }, here, first, acts);
    const count = nodes.reduce((sum, node) => sum + node.querySelectorAll(".kb-hit").length, 0);
    show([...nodes, ways(reply, current.known.answers, acts)], count ? `最像的 ${count} 条` : "");
    if (!reply.more) go();
  }

  function notHere() {
    const words = current.query.trim();
    const about = words.length > MOST_REPEATED ? `${words.slice(0, MOST_REPEATED)}…` : words;
    return `${form.dataset.scope ? `这里只讲${form.dataset.scope}，` : ""}没有找到“${about}”。`;
  }

  /**
   * @param {Node[]} nodes
   * @param {string} says
   */
  function show(nodes, says) {
    const hadFocus = found.contains(document.activeElement);
    fill(found, ...nodes);
    status.textContent = says;
    if (hadFocus) found.focus({ preventScroll: true });
    if (!scroll || !nodes.length) return;
    const { scroller } = frame;
    const goBack = () => {
      scroller.scrollTop = scroll;
    };
    goBack();
    if (scroller.scrollTop < Math.floor(scroll)) setTimeout(goBack, SLIDING); // it has no height yet
  }

  /** Open the row that Enter asked for, if it is there. */
  function go() {
    const wanted = { "": null, exact: ".kb-hit--exact a", first: ".kb-hit a" }[follow];
    follow = "";
    /** @type {HTMLElement | null} */ (wanted && found.querySelector(wanted))?.click();
  }

  input.addEventListener("focus", wake);
  input.addEventListener("compositionstart", () => {
    composing = true;
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    change(withQuery(current, input.value));
  });
  input.addEventListener("input", () => {
    follow = "";
    if (!composing && input.value !== current.query) change(withQuery(current, input.value));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const isTouch = matchMedia("(pointer: coarse)").matches;
    if (isTouch) input.blur();
    follow = isTouch ? "exact" : "first";
    if (!port.busy) go();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) input.blur();
    else input.focus();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    input.focus();
    isClearing = !isHeader && Boolean(history.state?.box);
    if (isClearing) history.go(-history.state.box);
    else change(NOBODY);
  });
  found.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element && target.closest("a"))) return;
    history.replaceState({ ...history.state, scroll: frame.scroller.scrollTop }, "");
  });
  addEventListener("popstate", () => {
    if (isClearing) {
      isClearing = false;
      change(NOBODY);
      return;
    }
    current = readCase(location.search);
    scroll = history.state?.scroll ?? 0;
    frame.show(isHeader && Boolean(history.state?.box));
    update();
  });
  addKeys(input, isHeader ? find(document, "[role=dialog]", HTMLElement) : document.body);
  port.startWhenIdle();
  if (!isHeader) loadView().catch(() => {});
  if (document.activeElement === input) wake(); // before this arrived

  const typed = input.value.trim();
  if (typed && typed !== current.query)
    change(withQuery(current, input.value)); // before this arrived
  else if (!isEmpty(current) || (isHeader && history.state?.box)) {
    frame.show(true);
    update();
  } else if (frame.isOpen() || (isHeader && document.activeElement === input)) {
    frame.show(true);
    input.focus({ preventScroll: true });
    opened(true);
  }
}
