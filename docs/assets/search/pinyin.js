import { isHan } from "./segment.js";

const COST = { word: 1, initials: 1.6, unfinished: 1.8, syllable: 2.5 };
const MAX_RUN = 40;
const MAX_WORD = 6;
/** Sounds that many speakers and keyboards confuse. */
const CONFUSED = [[/([zcs])h/g, "$1"], [/([aei])ng/g, "$1n"], [/\bl/g, "n"], [/ l/g, " n"]];

/** The site's words by their sound. */
export class Lexicon {
  /** @param {{syllables: Object<string, string>, words: [string, number][], readings: Object}} data */
  constructor({ syllables, words, readings }) {
    this.syllable = new Map();
    for (const [sound, characters] of Object.entries(syllables)) {
      for (const character of characters) this.syllable.set(character, sound);
    }
    this.spelt = new Map();
    this.initials = new Map();
    this.unfinished = new Map();
    this.sounds = new Map();
    this.single = new Map();
    for (const [word, count] of words) this.#add(word, count, readings[word]);
  }

  #add(word, count, reading) {
    const keep = (table, key) => table.get(key)?.count >= count || table.set(key, { word, count });
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
    [...word].forEach((character, at) => keep(this.single, sounds[at]) && character);
  }

  /**
   * The words that a run of letters spells in pinyin, in initials or half and half.
   * Fewest and commonest pieces win (shortest path over the run).
   * @param {string} letters a–z
   * @returns {string | null} null if some letters fit nothing
   */
  read(letters) {
    if (letters.length > MAX_RUN) return null;
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

  #piece(letters, last) {
    const tables = [
      [this.spelt, COST.word],
      [this.initials, COST.initials],
      [last ? this.unfinished : new Map(), COST.unfinished],
    ];
    let best = null;
    for (const [table, cost] of tables) {
      const found = table.get(letters);
      const price = found && cost + 0.3 / (1 + found.count);
      if (found && (!best || price < best.cost)) best = { cost: price, text: found.word };
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
        if (found && found.word.length === length) out = out.slice(0, at) + found.word + out.slice(at + length);
      }
    }
    return out;
  }
}

function confuse(sounds) {
  return CONFUSED.reduce((text, [from, to]) => text.replace(from, to), sounds);
}

function pairs(word) {
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
}
