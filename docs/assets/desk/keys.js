/**
 * Keys of the desk. In the field for what is pasted: Enter copies the reply, Shift+Enter the whole answer, arrows
 * choose, Ctrl+Z in the empty field brings back. In the case both copy as well. Wherever one is: Ctrl+Enter copies
 * the reply, Escape clears for the next customer, Alt with a digit copies that answer at once, Alt+0 begins a
 * correction, Alt+= adds what else is asked, Alt+C opens the case, Alt+/ goes to the question that is asked back, where
 * a digit answers it, Alt+S copies the next piece, Alt+T changes the tone.
 */

/**
 * `undo` gives what brings back, if there is something to bring back.
 * @typedef {{copy: () => void, full: () => void, piece: () => void, next: () => void, previous: () => void,
 *   copyAt: (place: number) => void, add: () => void, tone: () => void, flag: () => void, fill: () => void,
 *   clear: () => void, undo: () => (() => void) | undefined}} Acts
 */

/** The answers to the question in which an element is. @param {Element | null} element @returns {HTMLElement[]} */
const optionsBeside = (element) => [
  .../** @type {NodeListOf<HTMLElement>} */ (element?.closest(".kb-asked")?.querySelectorAll("button") ?? []),
];

/**
 * @param {HTMLElement} desk
 * @param {HTMLElement[]} fields the field for what is pasted, then those in which Enter copies as well
 * @param {Acts} acts
 */
export function addKeys(desk, [paste, ...others], acts) {
  /** @type {Record<string, () => void>} */
  const keys = { Enter: acts.copy, ArrowDown: acts.next, ArrowUp: acts.previous };
  /** @type {Record<string, () => void>} */
  const alt = {
    Digit0: acts.flag,
    Equal: acts.add,
    KeyC: acts.fill,
    KeyS: acts.piece,
    KeyT: acts.tone,
    Slash: () => optionsBeside(desk.querySelector(".kb-asked__title"))[0]?.focus(),
  };

  function next() {
    acts.clear();
    paste.focus();
  }

  /** @param {KeyboardEvent} event @returns {(() => void) | undefined} */
  function actOf({ key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing, defaultPrevented, target }) {
    if (isComposing || defaultPrevented) return undefined;
    const field = /** @type {HTMLElement} */ (target);
    if ((ctrlKey || metaKey) && code === "KeyZ" && field === paste) return acts.undo();
    if (ctrlKey || metaKey) return key === "Enter" ? acts.copy : undefined;
    const digit = /^Digit([1-9])$/.exec(code)?.[1];
    if (altKey) return digit ? () => acts.copyAt(Number(digit) - 1) : alt[code];
    const option = digit && optionsBeside(field)[Number(digit) - 1];
    if (option) return () => option.click();
    const inCase = field.matches(".kb-case input");
    if (key === "Escape") return next;
    if (key === "Enter" && shiftKey && (inCase || field === paste)) return acts.full;
    if (inCase || others.includes(field)) return key === "Enter" ? acts.copy : undefined;
    return field === paste ? keys[key] : undefined;
  }

  desk.addEventListener("keydown", (event) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
