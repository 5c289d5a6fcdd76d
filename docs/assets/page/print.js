/** A button that prints the page, where there are scripts; without them the browser's menu does it. */

/** @param {HTMLElement} element gets the button */
export function enhance(element) {
  const button = document.createElement("button");
  button.className = "kb-button";
  button.type = "button";
  button.textContent = "打印这一页";
  button.addEventListener("click", () => window.print());
  element.append(button);
  element.hidden = false;
}
