/**
 * Keys of the desk. In the field for what is pasted: Enter copies the reply, Shift+Enter the whole answer, arrows
 * choose, Escape clears; Alt with a digit copies that answer at once, Alt+0 begins a correction, wherever one is.
 */

/**
 * @typedef {{copy: () => void, full: () => void, next: () => void, previous: () => void,
 *   copyAt: (place: number) => void, flag: () => void, clear: () => void}} Acts
 */

/**
 * @param {HTMLElement} desk
 * @param {HTMLTextAreaElement} paste
 * @param {Acts} acts
 */
export function addKeys(desk, paste, acts) {
  /** @type {Record<string, () => void>} */
  const keys = { Enter: acts.copy, ArrowDown: acts.next, ArrowUp: acts.previous, Escape: acts.clear };

  /** @param {KeyboardEvent} event @returns {(() => void) | "" | undefined} */
  function actOf({ key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing, target }) {
    if (isComposing || ctrlKey || metaKey) return undefined;
    const digit = /^Digit(\d)$/.exec(code)?.[1];
    if (altKey) return digit && (digit === "0" ? acts.flag : () => acts.copyAt(Number(digit) - 1));
    if (target !== paste) return undefined;
    return key === "Enter" && shiftKey ? acts.full : keys[key];
  }

  desk.addEventListener("keydown", (event) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
