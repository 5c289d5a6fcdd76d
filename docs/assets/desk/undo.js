/** What was cleared last can be brought back, once. */

import { fill, makeButton } from "../page/dom.js";

export class Undo {
  /** @type {(() => void) | null} */
  #restore = null;

  /** @param {HTMLElement} place where it is said */
  constructor(place) {
    this.place = place;
  }

  /**
   * @param {string[]} names of the fields of the case that went as well
   * @param {() => void} restore
   * @param {(() => void) | null} join has what has come since behind it, if anything has
   */
  offer(names, restore, join) {
    this.#restore = restore;
    const what = names.length ? `上一位已清空，连同案卡：${names.join("、")}` : "上一位已清空";
    const back = makeButton("撤销", () => this.take()?.());
    fill(this.place, what, back, ...(join ? [makeButton("还是那一位，接上", join)] : []));
  }

  /** What was pasted went to what was there: say how to part them. @param {() => void} part */
  offerToPart(part) {
    fill(this.place, "接在前面的话后面了。", makeButton("是另一位，另起", part));
  }

  /** It can no more be brought back. */
  withdraw() {
    this.#restore = null;
    fill(this.place);
  }

  /** Hand over what brings it back; there is none after that. */
  take() {
    const restore = this.#restore;
    this.withdraw();
    return restore ?? undefined;
  }
}
