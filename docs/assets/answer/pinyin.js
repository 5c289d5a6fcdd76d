import { isHan } from "./segment.js";

const COST = { word: 1, initials: 1.6, unfinished: 1.8, syllable: 2.5 };
const MAX_RUN = 40;
const MAX_WORD = 6;
/** Sounds that many speakers and keyboards confuse. */
/** @type {[RegExp, string][]} */
const CONFUSED = [
  [/([zcs])h/g, "$1"],
  [/([aei])ng/g, "$1n"],
  [/\bl/g, "n"],
  [/ l/g, " n"],
];

/** @typedef {Map<string, {word: string, count: number}>} Table */

/** The site's words by their sound. */
export class Lexicon {
  /**
   * `syllables`: sound → its characters, the site's commonest first; `english`: words → ours.
   * @param {{syllables: {[sound: string]: string}, words: [string, number][], readings: {[word: string]: string},
   *   english: {[word: string]: string}}} data
   */
  constructor({ syllables, words, readings, english }) {
    this.english = new Map(Object.entries(english));
    /** @type {Map<string, string>} */
    this.syllable = new Map();
    /** @type {Table} */
    this.single = new Map();
    for (const [sound, characters] of Object.entries(syllables)) {
      for (const character of characters) this.syllable.set(character, sound);
      this.single.set(sound, { word: characters[0], count: 0 });
    }
    /** @type {Table} */
    this.spelt = new Map();
    /** @type {Table} */
    this.initials = new Map();
    /** @type {Table} */
    this.unfinished = new Map();
    /** @type {Table} */
    this.sounds = new Map();
    for (const [word, count] of words) this.#add(word, count, readings[word]);
  }

  /**
   * @param {string} word
   * @param {number} count
   * @param {string | undefined} reading
   */
  #add(word, count, reading) {
    const keep = (/** @type {Table} */ table, /** @type {string} */ key) => {
      if ((table.get(key)?.count ?? 0) < count) table.set(key, { word, count });
    };
    if (!isHan(word)) {
      keep(this.spelt, word);
      return;
    }
    const sounds = reading ? reading.split(" ") : [...word].map((c) => this.syllable.get(c) ?? c);
    const spelt = sounds.join("");
    keep(this.spelt, spelt);
    keep(this.initials, sounds.map((sound) => sound[0]).join(""));
    for (let length = sounds[0].length + 1; length < spelt.length; length++) {
      keep(this.unfinished, spelt.slice(0, length));
    }
    keep(this.sounds, confuse(sounds.join(" ")));
  }

  /**
   * The words that a run of letters spells in pinyin, in initials or half and half.
   * Fewest and commonest pieces win (shortest path over the run).
   * @param {string} letters a–z
   * @returns {string | null} null if some letters fit nothing
   */
  read(letters) {
    if (letters.length > MAX_RUN) return null;
    /** @type {{cost: number, text: string}[]} */
    const best = [{ cost: 0, text: "" }];
    for (let end = 1; end <= letters.length; end++) {
      for (let start = 0; start < end; start++) {
        if (!best[start]) continue;
        const piece = this.#piece(letters.slice(start, end), end === letters.length);
        if (!piece) continue;
        const cost = best[start].cost + piece.cost;
        if (!best[end] || cost < best[end].cost) best[end] = { cost, text: best[start].text + piece.text };
      }
    }
    return best[letters.length]?.text ?? null;
  }

  /**
   * @param {string} letters
   * @param {boolean} last whether they end the run, so that a word may be unfinished
   * @returns {{cost: number, text: string} | null}
   */
  #piece(letters, last) {
    /** @type {[Table, number][]} */
    const tables = [
      [this.spelt, COST.word],
      [this.initials, COST.initials],
      [last ? this.unfinished : new Map(), COST.unfinished],
      [this.single, COST.syllable],
    ];
    let best = null;
    for (const [table, cost] of tables) {
      const found = table.get(letters);
      if (!found) continue;
      const price = cost + 0.3 / (1 + found.count);
      if (!best || price < best.cost) best = { cost: price, text: found.word };
    }
    return best;
  }

  /**
   * A Han text with words of the site in place of what only sounds like them.
   * @param {string} text normalised
   * @param {(bigram: string) => boolean} known whether the site has two characters side by side
   * @returns {string}
   */
  respell(text, known) {
    let out = text;
    for (let length = MAX_WORD; length > 1; length--) {
      for (let at = 0; at + length <= out.length; at++) {
        const heard = out.slice(at, at + length);
        if (![...heard].every((c) => this.syllable.has(c))) continue;
        if (pairs(heard).every(known)) continue;
        const found = this.sounds.get(confuse([...heard].map((c) => this.syllable.get(c)).join(" ")));
        if (found && found.word.length === length)
          out = out.slice(0, at) + found.word + out.slice(at + length);
      }
    }
    return out;
  }
}

/** @param {string} sounds parted by spaces */
function confuse(sounds) {
  return CONFUSED.reduce((text, [from, to]) => text.replace(from, to), sounds);
}

/** @param {string} word */
function pairs(word) {
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
}
