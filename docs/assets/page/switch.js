/**
 * The switches of the header, for large text and for dark pages. Both are remembered on this device; the head of
 * each page applies them.
 */

import { onReturn } from "./dom.js";

/** @typedef {{kbKept: (key: string, value?: string) => string | null | undefined}} Keeping what the head defines */

const { kbKept } = /** @type {typeof self & Keeping} */ (self);
const { dataset } = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** @type {Record<string, {isOn: () => boolean, turn: (on: boolean) => void}>} */
const SWITCHES = {
  large: {
    isOn: () => "large" in dataset,
    turn(on) {
      if (on) dataset.large = "";
      else delete dataset.large;
      kbKept("large", on ? "1" : "");
    },
  },
  dark: {
    isOn: () => dataset.mdColorScheme === "slate",
    turn(on) {
      dataset.mdColorScheme = on ? "slate" : "default";
      // who chooses what the system has goes along with it from then on
      kbKept("scheme", on === system.matches ? "" : dataset.mdColorScheme);
    },
  },
};

/** Have a page that comes from the browser's memory as the head would make it. */
function apply() {
  if (kbKept("large")) dataset.large = "";
  else delete dataset.large;
  dataset.mdColorScheme = kbKept("scheme") || (system.matches ? "slate" : "default");
}

/** @param {HTMLElement} button the element marked `data-switch`, whose value names the switch; `data-back`: its name while on */
export function enhance(button) {
  const { isOn, turn } = SWITCHES[button.dataset.switch ?? ""];
  const { back } = button.dataset;
  const name = button.textContent;
  const show = () => {
    if (back) button.textContent = isOn() ? back : name;
    else button.setAttribute("aria-pressed", String(isOn()));
  };
  button.addEventListener("click", () => {
    turn(!isOn());
    show();
  });
  onReturn(() => {
    apply();
    show();
  });
  if (button.dataset.switch === "dark") {
    system.addEventListener("change", () => {
      if (!kbKept("scheme")) turn(system.matches);
      show();
    });
  }
  show();
}
