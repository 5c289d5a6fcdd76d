/** Finding and making elements. */

/**
 * Find an element that the template promises.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 * @throws {Error} when there is none, or one of another type
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`no ${type.name} ${selector}`);
  return found;
}

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T[]} in the order of the page
 */
export function findAll(root, selector, type) {
  return [...root.querySelectorAll(selector)].filter(
    /** @returns {element is T} */ (element) => element instanceof type,
  );
}

/** The text of a part of an address; one that is no UTF-8 stays as it is. @param {string} part */
export function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Act when the page comes back from the browser's memory, as it was left. @param {() => void} act */
export function onReturn(act) {
  addEventListener("pageshow", ({ persisted }) => persisted && act());
}

/**
 * Have this in an element and nothing else.
 * @param {Element} element
 * @param {...(Node | string)} content
 */
export function fill(element, ...content) {
  element.textContent = "";
  element.append(...content);
}

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} content
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties, ...content) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

/**
 * Make a button that submits nothing.
 * @param {string} text
 * @param {() => void} act
 * @param {string} [className]
 */
export function makeButton(text, act, className = "kb-button") {
  const button = make("button", { type: "button", className }, text);
  button.addEventListener("click", act);
  return button;
}

/** Make a paragraph whose changes are read out. */
export function makeStatus(/** @type {string} */ className) {
  const status = make("p", { className });
  status.setAttribute("role", "status");
  return status;
}
