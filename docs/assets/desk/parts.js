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
    also: find(desk, "[data-desk-also]", HTMLElement),
    note: find(desk, "[data-desk-note]", HTMLElement),
    open: find(desk, "[data-desk-open]", HTMLAnchorElement),
    text: find(desk, "[data-desk-reply]", HTMLTextAreaElement),
    steps: find(desk, "[data-desk-steps]", HTMLDetailsElement),
    back: find(desk, "[data-desk-back]", HTMLElement),
    flag: find(desk, "[data-desk-flag]", HTMLElement),
    undo: find(desk, "[data-desk-undo]", HTMLElement),
    preview: find(desk, "[data-desk-preview]", HTMLElement),
  };
}

/** Have the caret where one pastes, but for a finger, to which it would bring up the keyboard. @param {HTMLElement} paste */
export const goOn = (paste) => matchMedia("(pointer: fine)").matches && paste.focus({ preventScroll: true });
