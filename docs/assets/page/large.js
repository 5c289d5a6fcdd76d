/** The switch for large text, remembered on this device like the theme; the head of each page applies it. */

/** @typedef {{__md_set: (key: string, value: unknown) => void}} Remembering what Material puts on window */

/** @param {HTMLElement} button the element marked `data-enlarge` */
export function enhance(button) {
  const { dataset } = document.documentElement;
  const show = () => {
    button.textContent = "large" in dataset ? "平常字" : "大字";
  };
  button.addEventListener("click", () => {
    if ("large" in dataset) delete dataset.large;
    else dataset.large = "";
    /** @type {typeof self & Remembering} */ (self).__md_set("__large", "large" in dataset);
    show();
  });
  show();
}
