import { layoutOf, readJson } from "./decode.js";
import { hasUnknown, isDoubtful, reread } from "./doubt.js";
import { isTelling } from "./learnt.js";
import { MAX_QUERY, normalise, traditionalTable } from "./normalise.js";
import { Lexicon } from "./pinyin.js";
import { coverage } from "./rank.js";
import { grams, name, Phrases, queryTerms, telling, wholeTerms } from "./segment.js";

/** @typedef {import("./decode.js").Posting} Posting */
/** @typedef {import("./files.js").Build} Build */

/**
 * A query as understood, and as it was typed, in normal form. `taught`, `texts`: postings of its terms in what asks
 * taught and in the texts; `whole`: the pairs and words of a short one; `asked`: terms that were looked up; `named`:
 * documents of which all of it is a name; `vague`: topics that ask about it before all else, and which of their lists of questions does.
 * @typedef {{text: string, typed: string, terms: string[], asked: string[], taught: Map<string, Posting>,
 *   texts: Map<string, Posting>, whole: string[], named: number[], vague: [topic: number, list: number][], failed: boolean}} Match
 */

/** Share of what letters were heard as that one record must have: any six letters are initials of something. */
const HEARD = 0.6;
/** Share of a query's pairs and words that one need must have, lest it be looked at for slips. */
const COVERED = 0.5;
/** Terms of a query up to which a large site looks up its pairs and words alone. */
const MAX_BARE = 5;
/** Different Han characters of a query that are looked up in texts, and in what asks taught. */
const MAX_CHARACTERS = 14;
const MAX_TAUGHT = 24;
/** Records of what asks taught that are neither documents nor topics (FORMAT.md). */
const TARGETS = 2;

/** @type {Match} */
const UNMATCHED = {
  text: "",
  typed: "",
  terms: [],
  asked: [],
  taught: new Map(),
  texts: new Map(),
  whole: [],
  named: [],
  vague: [],
  failed: false,
};

/** Finds what the index has of a query. */
export class Matcher {
  /**
   * @param {import("./engine.js").Meta} meta
   * @param {import("./files.js").Files} files
   */
  constructor(meta, files) {
    this.meta = meta;
    this.files = files;
    this.rewrite = new Phrases(meta.spellings);
    /** @type {[string, string][]} */
    const same = meta.same.flatMap((group) =>
      group.map((phrase) => /** @type {[string, string]} */ ([phrase, group[0]])),
    );
    this.phrases = new Phrases(same);
    this.texts = layoutOf(meta.width === 1 ? meta.common : [], meta.shards, meta.width);
    this.taught = meta.learnt && layoutOf(meta.learnt.groups, meta.learnt.shards, 1);
    /** @type {Map<string, string>} */
    this.traditional = new Map();
  }

  /**
   * The postings of a query's terms. What fits nothing is read again: as traditional characters, then as
   * English, pinyin or homophones; the tables for that are fetched only then.
   * @param {string} query
   * @returns {Promise<Match>}
   */
  async match(query) {
    const given = query.slice(0, MAX_QUERY);
    let look = await this.#look(given);
    if (!look.failed && !this.traditional.size && hasUnknown(look.text, known(look), look.asked)) {
      const table = (/** @type {ArrayBuffer} */ file, /** @type {Build} */ meta) =>
        traditionalTable(readJson(file, meta));
      this.traditional = await this.files.read("traditional.json", table);
      look = await this.#look(given);
    }
    const { text, failed } = look;
    if (failed || this.#isCovered(look) || !isDoubtful(text, known(look))) return look;
    const lexicon = await this.files.read("lexicon.json", (file, meta) => new Lexicon(readJson(file, meta)));
    const heard = reread(text, known(look), lexicon);
    if (heard === text) return look;
    const found = await this.#look(heard);
    const letters = /^[a-z' ]+$/.test(text);
    if (letters && this.#share(found) < HEARD) return look;
    if (this.meta.learnt) return { ...found, typed: text };
    const terms = [...new Set([...look.terms, ...found.terms])];
    return { ...found, terms, texts: new Map([...look.texts, ...found.texts]), text: `${heard} ${text}` };
  }

  /**
   * On a site with asks the texts are for short queries that no need has all of.
   * @param {string} given
   * @returns {Promise<Match>}
   */
  async #look(given) {
    const text = this.rewrite.replace(normalise(given, this.traditional));
    const whole = wholeTerms(text);
    if (!this.taught) return this.#lookInTexts(text, whole);
    const terms = telling([...new Set(grams(text))], this.meta.common, MAX_TAUGHT);
    const asked = [...terms, name(text)].filter(Boolean);
    const { postings: taught, failed } = await this.files.postings(asked, "l", this.taught);
    const documents = this.meta.weights.length;
    const records = [...(taught.get(name(text))?.records ?? [])];
    const named = records.filter((record) => record < documents);
    const vague = records.filter((record) => record >= documents).map((record) => this.#vague(record));
    const look = { ...UNMATCHED, text, typed: text, terms, asked, whole, named, vague, taught, failed };
    const isWhole = named.length > 0 || coverage(taught, whole, documents) === 1;
    if (!whole.length || isWhole) return look;
    const texts = await this.files.postings(whole, "t", this.texts);
    return { ...look, texts: texts.postings, failed: failed || texts.failed };
  }

  /** @param {number} record @returns {[number, number]} */
  #vague(record) {
    const { topics, weights } = this.meta;
    const number = record - weights.length - TARGETS;
    return [number % topics.length, Math.floor(number / topics.length)];
  }

  /**
   * On a large site a short query does without single characters, if every pair of it occurs.
   * @param {string} text
   * @param {string[]} whole
   * @returns {Promise<Match>}
   */
  async #lookInTexts(text, whole) {
    const terms = telling(queryTerms(text, this.phrases), this.meta.common, MAX_CHARACTERS);
    const look = { ...UNMATCHED, text, typed: text, terms, whole };
    if (this.meta.width > 1 && whole.length && whole.length <= MAX_BARE) {
      const asked = terms.filter((term) => term.length > 1);
      const { postings: texts, failed } = await this.files.postings(asked, "t", this.texts);
      if (whole.every((term) => texts.has(term))) return { ...look, asked, texts, failed };
    }
    const { postings: texts, failed } = await this.files.postings(terms, "t", this.texts);
    return { ...look, asked: terms, texts, failed };
  }

  /**
   * Whether some need has much of the query as it stands.
   * @param {Match} match
   */
  #isCovered(match) {
    return this.meta.learnt && !/[a-z]/.test(match.text) ? this.#share(match) >= COVERED : false;
  }

  /**
   * How much of a query's pairs and words the need or record has that has most of it.
   * @param {Match} match
   */
  #share({ terms, taught, texts }) {
    const counted = terms.filter(isTelling);
    const most = this.meta.learnt ? coverage(taught, counted, this.meta.weights.length) : 0;
    return Math.max(most, coverage(texts, counted, Infinity));
  }
}

/**
 * @param {Match} match
 * @returns {import("./doubt.js").Known}
 */
function known({ taught, texts }) {
  return { has: (term) => taught.has(term) || texts.has(term) };
}
