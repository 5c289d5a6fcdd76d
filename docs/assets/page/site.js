/**
 * The one entry module: loads what the page at hand has a marker for. Every page is complete without it.
 * A module exports `enhance(element)`, called for each element with its marker.
 */

const MODULES = {
  "[data-ask]": "./ask.js",
  "[data-calculator]": "../fee/calculator.js",
  "[data-copy-toolbar]": "./copy.js",
  "[data-desk]": "./desk.js",
  "[data-filter]": "./filter.js",
  "[data-not-found]": "./not-found.js",
  "[data-offline]": "./offline.js",
  "[data-print]": "./print.js",
  "#steps": "./steps.js",
};

import("./dom.js"); // which the modules need: fetched beside them, not after

for (const [marker, path] of Object.entries(MODULES)) {
  const elements = document.querySelectorAll(marker);
  if (elements.length) {
    import(path).then(({ enhance }) => {
      for (const element of elements) enhance(element);
    });
  }
}
