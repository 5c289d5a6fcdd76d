const CHUNK = /[0-9a-z㐀-鿿]+/g;
const RUN = /[0-9a-z]+|[㐀-鿿]+/g;
/** Characters of a name that are compared. */
const MAX_NAME = 40;

/** @param {string} character @returns {boolean} whether it is Han */
export function isHan(character) {
  return character >= "㐀" && character <= "鿿";
}

/** @param {string} term @returns {boolean} whether it is two Han characters */
export function isBigram(term) {
  return term.length === 2 && isHan(term);
}

/** Finds phrases in a text, left to right, the longest first. */
export class Phrases {
  /** @param {Iterable<[string, string]>} meanings phrase → what it stands for */
  constructor(meanings) {
    this.meanings = new Map(meanings);
    /** @type {Map<string, number>} */
    this.longest = new Map();
    for (const phrase of this.meanings.keys()) {
      this.longest.set(phrase[0], Math.max(this.longest.get(phrase[0]) ?? 0, phrase.length));
    }
  }

  /**
   * @param {string} chunk
   * @returns {Generator<[number, number, string]>} start, end, meaning; never splits a run of letters
   */
  *scan(chunk) {
    for (let start = 0; start < chunk.length; start++) {
      const longest = Math.min(this.longest.get(chunk[start]) ?? 0, chunk.length - start);
      for (let length = longest; length > 0; length--) {
        const end = start + length;
        const meaning = this.meanings.get(chunk.slice(start, end));
        if (meaning !== undefined && !splits(chunk, start) && !splits(chunk, end)) {
          yield [start, end, meaning];
          start = end - 1;
          break;
        }
      }
    }
  }

  /** @param {string} text @returns {string} the text with every phrase replaced by its meaning */
  replace(text) {
    return text.replace(CHUNK, (chunk) => {
      let out = "";
      let done = 0;
      for (const [start, end, meaning] of this.scan(chunk)) {
        out += chunk.slice(done, start) + meaning;
        done = end;
      }
      return out + chunk.slice(done);
    });
  }
}

/**
 * @param {string} chunk
 * @param {number} at
 */
function splits(chunk, at) {
  return at > 0 && at < chunk.length && !isHan(chunk[at - 1]) && !isHan(chunk[at]);
}

/**
 * Han unigrams and bigrams, and runs of letters and digits, of a normalised text.
 * @param {string} text
 * @returns {string[]}
 */
export function grams(text) {
  const out = [];
  for (const [run] of text.matchAll(RUN)) {
    if (!isHan(run)) {
      out.push(run);
      continue;
    }
    out.push(...run);
    for (let at = 0; at + 1 < run.length; at++) out.push(run.slice(at, at + 2));
  }
  return out;
}

/**
 * `~meaning` for every phrase of the vocabulary in a normalised text.
 * @param {string} text
 * @param {Phrases} phrases
 * @returns {string[]}
 */
export function concepts(text, phrases) {
  const out = [];
  for (const [chunk] of text.matchAll(CHUNK)) {
    for (const [, , meaning] of phrases.scan(chunk)) out.push(`~${meaning}`);
  }
  return out;
}

/**
 * `=` and a digest of the letters, digits and Han of a normalised text; empty if there are none.
 * @param {string} text
 * @returns {string}
 */
export function name(text) {
  const bare = (text.match(CHUNK) ?? []).join("").slice(0, MAX_NAME);
  return bare && `=${bare.slice(0, 2)}${(fnv1a(bare) & 0xfffff).toString(16)}`;
}

/**
 * 32 bits for a text (FNV-1a over UTF-16 units).
 * @param {string} text
 * @returns {number}
 */
export function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Terms up to which a query is short: eight characters in a row, or a code of seven words. */
const MAX_WHOLE = 7;

/**
 * All terms of a normalised query, each once, in order of appearance.
 * @param {string} text
 * @param {Phrases} phrases
 * @returns {string[]}
 */
export function queryTerms(text, phrases) {
  return [...new Set([...grams(text), ...concepts(text, phrases), name(text)])].filter(Boolean);
}

/**
 * The terms of a long query that tell most: without its commonest characters and the pairs that they begin.
 * @param {string[]} terms
 * @param {string} common the site's commonest characters, most first
 * @param {number} limit how many different Han characters stay
 * @returns {string[]}
 */
export function telling(terms, common, limit) {
  const rareness = (/** @type {string} */ character) => common.indexOf(character) + 1 || common.length + 1;
  const characters = terms.filter((term) => term.length === 1 && isHan(term));
  const dropped = new Set(characters.sort((a, b) => rareness(b) - rareness(a)).slice(limit));
  return terms.filter((term) => !dropped.has(term[0]));
}

/**
 * The pairs and words that make up a short query; empty if it is long or a single character.
 * @param {string} text normalised
 * @returns {string[]}
 */
export function wholeTerms(text) {
  const terms = [...new Set(grams(text))].filter((term) => isBigram(term) || !isHan(term));
  return terms.length <= MAX_WHOLE ? terms : [];
}
