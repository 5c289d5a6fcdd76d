/** What the words of a customer answer by themselves: a mark on a ticket, or what he says in so many words. */

/** @typedef {import("../box/case.js").Case["known"]} Known */

/**
 * An answer, and how it is said (hooks/kb/content/topics.py, Heard).
 * @typedef {{question: string, option: string, marks: string[], words: string[]}} Mark
 */

const SIGNS = /[\\^$.*+?()[\]{}|]/g;
const NOTHING = /(?!)/g;
/** Signs between clauses as words are normalised and as expressions have them. */
const CLAUSES = new Map(Object.entries({ ",": "，", "!": "！", "?": "？", ";": "；", " ": "，" }));

/** The marks with what may stand around them. @param {string[]} marks */
function patternOf(marks) {
  if (!marks.length) return NOTHING;
  const any = marks.map((mark) => mark.replace(SIGNS, "\\$&")).join("|");
  return new RegExp(`[【\\[(]?(?:${any})[】\\])]?[：:]?`, "g");
}

export class Heard {
  /** @param {Mark[]} marks */
  constructor(marks) {
    this.marks = marks;
    this.all = patternOf(marks.flatMap((mark) => mark.marks));
  }

  /** @param {string} pasted @returns {string} what was said, without marks, which are of no customer's words */
  unmarked(pasted) {
    return pasted.replace(this.all, "");
  }

  /**
   * Have what is said among what is known, but for what the agent has answered. A mark outweighs words.
   * @param {string} pasted
   * @param {string} words what the customer says in it
   * @param {Known} known
   * @returns {Known}
   */
  in(pasted, words, known) {
    const told = Object.entries(known.answers).filter(([slug]) => !known.heard?.includes(slug));
    const marked = this.#answers((mark) => pasted.search(patternOf(mark.marks)) >= 0);
    const written = words.replace(/[,!?; ]/g, (sign) => CLAUSES.get(sign) ?? sign);
    const said = this.#answers((mark) => mark.words.some((word) => new RegExp(word).test(written)));
    const answers = { ...said, ...marked, ...Object.fromEntries(told) };
    const heard = Object.keys(answers).filter((slug) => !told.some(([one]) => one === slug));
    return { ...known, answers, heard };
  }

  /** @param {(mark: Mark) => boolean} isSaid @returns {Known["answers"]} those of questions that have one answer */
  #answers(isSaid) {
    const said = this.marks.filter(isSaid);
    const one = said.filter(({ question }) => said.filter((mark) => mark.question === question).length === 1);
    return Object.fromEntries(one.map(({ question, option }) => [question, option]));
  }
}
