/** The elements of the desk, as overrides/agents.html promises them. */

import { find, findAll } from "../page/dom.js";

/** @param {HTMLElement} desk */
export function partsOf(desk) {
  return {
    paste: find(desk, "[data-desk-paste]", HTMLTextAreaElement),
    found: find(desk, "[data-desk-status]", HTMLElement),
    list: find(desk, "[data-desk-found]", HTMLElement),
    tones: findAll(desk, "[name=tone]", HTMLInputElement),
    buttons: find(desk, "[data-desk-copy]", HTMLElement),
    count: find(desk, "[data-desk-left]", HTMLElement),
    open: find(desk, "[data-desk-open]", HTMLAnchorElement),
    text: find(desk, "[data-desk-reply]", HTMLTextAreaElement),
    back: find(desk, "[data-desk-back]", HTMLElement),
  };
}
