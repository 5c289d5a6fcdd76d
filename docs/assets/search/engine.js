import { FINE_PRINT, VERSION, BrokenIndex, readFragment, readJson, readShard, shardOf } from "./decode.js";
import { hasUnknown, isDoubtful, reread } from "./doubt.js";
import { MAX_QUERY, normalise, traditionalTable } from "./normalise.js";
import { Lexicon } from "./pinyin.js";
import { Presenter } from "./present.js";
import { coverage, rank, residuesOf, scores } from "./rank.js";
import { Phrases, queryTerms, telling, wholeTerms } from "./segment.js";

const RESULTS = 10;
/** Share of a long query's pairs that one record must have, lest the fine print be searched too. */
const COVERED = 0.4;
/** Share of what letters were heard as that one record must have: any six letters are initials of something. */
const HEARD = 0.6;
/** Terms of a query up to which a large site looks up its pairs and words alone. */
const MAX_BARE = 5;
/** Different Han characters of a query that are looked up, and of those in the fine print if it is long. */
const MAX_CHARACTERS = 14;
const MAX_FINE = 10;
/** Results shown while the others are on their way: a browser has six connections to a server of HTTP/1.1. */
const FIRST = 6;
const MAX_COMPLETIONS = 8;

/**
 * Answers queries from the files of one build.
 * `failed` is set when a file of the index could not be had even at the second attempt.
 */
export class Engine {
  /**
   * @param {object} meta what every query needs, written into this script by the build; see FORMAT.md
   * @param {(name: string, again: boolean) => Promise<ArrayBuffer>} load fetches a file
   */
  constructor(meta, load) {
    if (meta.version !== VERSION) throw new BrokenIndex("version");
    this.meta = meta;
    this.rewrite = new Phrases(meta.spellings);
    this.phrases = new Phrases(meta.same.flatMap((group) => group.map((phrase) => [phrase, group[0]])));
    this.load = load;
    this.files = new Map();
    this.traditional = new Map();
  }

  /**
   * Search.
   * @param {string} query as typed
   * @param {(answer: {items: object[][], more: true}) => void} show takes the first few before the rest
   * @returns {Promise<{items: object[][], failed: boolean}>} Material's result items, at most ten
   */
  async search(query, show = () => {}) {
    const { postings, text, whole, failed } = await this.match(query);
    const total = scores(postings, this.meta, whole);
    const hits = rank(total, this.meta, RESULTS);
    const presenter = new Presenter(text.match(/[0-9a-z]+|[㐀-鿿]+/g) ?? [], this.traditional);
    const one = async (hit) => {
      const fine = this.meta.asks[hit.document] && hit.record >= hit.first;
      const [fragment, texts] = await Promise.all([
        this.#file(`d${hit.document}.json`, readFragment),
        fine && this.#file(`x${hit.document}.json`, readJson),
      ]);
      return presenter.result(hit, fragment, texts || fragment.texts, total);
    };
    const present = async (some) => {
      const shown = await Promise.allSettled(some.map(one));
      return shown.flatMap(({ value }) => (value ? [value] : []));
    };
    if (hits.length > FIRST) show({ items: await present(hits.slice(0, FIRST)), more: true });
    const items = await present(hits);
    return { items, failed: failed || items.length < hits.length };
  }

  /**
   * The postings of a query's terms. What fits nothing is read again: as traditional characters, then as
   * pinyin or homophones; the tables for that are fetched only then.
   * @param {string} query
   * @returns {Promise<{postings: Map, text: string, whole: string[], asked: string[], fine: string[],
   *   failed: boolean}>} `text`: as understood; `asked`: terms that were looked up, `fine`: in the fine print too
   */
  async match(query) {
    const given = query.slice(0, MAX_QUERY);
    let look = await this.#look(given);
    if (!look.failed && !this.traditional.size && hasUnknown(look) && !this.#isCovered(look)) {
      this.traditional = await this.#file("traditional.json", (...file) => traditionalTable(readJson(...file)));
      look = await this.#look(given);
    }
    const { text, postings, failed } = look;
    if (failed || !isDoubtful(look)) return { ...look, whole: wholeTerms(text) };
    const heard = reread(text, postings, await this.#file("lexicon.json", (...file) => new Lexicon(readJson(...file))));
    const whole = wholeTerms(heard);
    if (heard === text) return { ...look, whole };
    const understood = this.#terms(heard);
    const terms = [...new Set([...this.#terms(text), ...understood])];
    const found = await this.#postings(terms, terms);
    const letters = /^[a-z' ]+$/.test(text);
    if (letters && coverage(found.postings, understood, this.meta.records) < HEARD) return { ...look, whole };
    return { ...found, text: `${heard} ${text}`, whole };
  }

  /**
   * A short query is looked for everywhere, a long one in the fine print only if nothing else covers it.
   * On a large site a short query does without single characters, if every pair of it occurs.
   */
  async #look(given) {
    const text = this.rewrite.replace(normalise(given, this.traditional));
    const terms = this.#terms(text);
    const whole = wholeTerms(text);
    if (this.meta.width > 1 && whole.length && whole.length <= MAX_BARE) {
      const found = await this.#postings(terms.filter((term) => term.length > 1), terms);
      if (whole.every((term) => found.postings.has(term))) return { text, ...found };
    }
    const found = await this.#postings(terms, whole.length ? terms : []);
    if (!this.meta.fine || whole.length) return { text, ...found };
    if (this.#isCovered({ text, ...found }) && !isDoubtful({ text, ...found })) return { text, ...found };
    const few = telling(terms, this.meta.common, MAX_FINE);
    return { text, ...(await this.#postings(few, few)) };
  }

  /** Whether some record has much of a long query as it stands. */
  #isCovered({ text, postings }) {
    if (wholeTerms(text).length) return false;
    return coverage(postings, this.#terms(text), this.meta.records) >= COVERED;
  }

  #terms(text) {
    return telling(queryTerms(text, this.phrases), this.meta.common, MAX_CHARACTERS);
  }

  /** Postings of terms and of what they begin, those of the terms `fine` with the fine print. */
  async #postings(terms, fine) {
    const wanted = [...terms, ...(this.meta.fine ? fine.map((term) => FINE_PRINT + term) : [])];
    const numbers = [...new Set(wanted.map((term) => shardOf(term, this.meta)))];
    const loaded = await Promise.allSettled(numbers.map((number) => this.#file(`t${number}.bin`, readShard)));
    const shards = new Map(numbers.map((number, at) => [number, loaded[at].value ?? new Map()]));
    const found = new Map();
    for (const term of wanted) {
      const shard = shards.get(shardOf(term, this.meta));
      for (const key of shard.has(term) ? [term] : completions(term, shard)) found.set(key, shard.get(key));
    }
    const postings = new Map();
    for (const [key, posting] of found) {
      const term = key.replace(FINE_PRINT, "");
      postings.set(term, joined(postings.get(term), posting));
    }
    return { postings, asked: terms, fine, failed: loaded.some((result) => result.status === "rejected") };
  }

  /** A file, read once; a failure is tried once more, past the browser's cache, and then forgotten. */
  #file(name, read) {
    const attempt = async (again) => read(await this.load(name, again), this.meta);
    if (!this.files.has(name)) {
      const file = attempt(false).catch(() => attempt(true));
      file.catch(() => this.files.delete(name));
      this.files.set(name, file);
    }
    return this.files.get(name);
  }
}

/** One posting out of two, of different records. */
function joined(one, other) {
  if (!one) return other;
  return {
    frequency: one.frequency + other.frequency,
    records: both(one.records, other.records),
    nibbles: both(one.nibbles, other.nibbles),
    residues: both(residuesOf(one), residuesOf(other)),
  };
}

/** Two columns of one type, one after the other. */
function both(one, other) {
  const column = new one.constructor(one.length + other.length);
  column.set(one);
  column.set(other, one.length);
  return column;
}

/** Terms that begin with letters which are no term themselves: half of a code. */
function completions(term, shard) {
  if (!/^\.?[0-9a-z]{3}/.test(term)) return [];
  return [...shard.keys()].filter((key) => key.startsWith(term)).slice(0, MAX_COMPLETIONS);
}
