import { readJson, readRows, readShard, rowPlaces, shardOf } from "./decode.js";

/** @typedef {import("./decode.js").Posting} Posting */
/** @typedef {import("./decode.js").Row} Row */
/**
 * What its files are read by.
 * @typedef {{build: string, outlines: [string, string][][], rows: number[] | null}} Build
 */

const MAX_COMPLETIONS = 8;
/** Sections in one file on a site without asks (hooks/kb/search/fragments.py). */
const GROUP = 3;

/** The files of one build, each read once. */
export class Files {
  /**
   * @param {Build} meta
   * @param {(name: string, again: boolean) => Promise<ArrayBuffer>} load fetches a file
   */
  constructor(meta, load) {
    this.meta = meta;
    this.load = load;
    this.places = meta.rows && rowPlaces(meta.rows);
    /** @type {Map<string, Promise<any>>} */
    this.opened = new Map();
  }

  /**
   * Postings of terms, and of what letters begin.
   * @param {string[]} wanted
   * @param {"l" | "t"} kind
   * @param {import("./decode.js").Layout} layout
   * @returns {Promise<{postings: Map<string, Posting>, failed: boolean}>}
   */
  async postings(wanted, kind, layout) {
    const numbers = [...new Set(wanted.map((term) => shardOf(term, layout)))];
    const parse = (/** @type {ArrayBuffer} */ file, /** @type {Build} */ meta) =>
      readShard(file, meta, kind === "t");
    const loaded = await Promise.allSettled(
      numbers.map((number) => this.read(`${kind}${number}.bin`, parse)),
    );
    /** @type {Map<number, Map<string, Posting>>} */
    const shards = new Map();
    for (const [at, result] of loaded.entries()) {
      shards.set(numbers[at], result.status === "fulfilled" ? result.value : new Map());
    }
    const postings = new Map();
    for (const term of wanted) {
      const shard = /** @type {Map<string, Posting>} */ (shards.get(shardOf(term, layout)));
      for (const key of shard.has(term) ? [term] : completions(term, shard))
        postings.set(key, shard.get(key));
    }
    return { postings, failed: loaded.some((result) => result.status === "rejected") };
  }

  /**
   * What is shown of a document.
   * @param {number} document
   * @param {number} section what was found of it, below 0 if not a section
   * @returns {Promise<Row>} with texts, if a section was found
   */
  async row(document, section) {
    if (!this.places) {
      const group = Math.floor(Math.max(section, 0) / GROUP);
      const [row] = await this.read(`d${document}-${group}.json`, readRows);
      return { ...row, begin: group * GROUP };
    }
    const [file, place] = this.places[document];
    const [rows, texts] = await Promise.all([
      this.read(`d${file}.json`, readRows),
      section < 0 ? [] : this.read(`x${document}.json`, readJson),
    ]);
    return { ...rows[place], texts };
  }

  /**
   * A file, read once; a failure is tried once more, past the browser's cache, and then forgotten.
   * @template T
   * @param {string} name
   * @param {(file: ArrayBuffer, meta: Build) => T} parse
   * @returns {Promise<T>}
   */
  read(name, parse) {
    const attempt = async (/** @type {boolean} */ again) => parse(await this.load(name, again), this.meta);
    if (!this.opened.has(name)) {
      const file = attempt(false).catch(() => attempt(true));
      file.catch(() => this.opened.delete(name));
      this.opened.set(name, file);
    }
    return /** @type {Promise<T>} */ (this.opened.get(name));
  }
}

/**
 * Terms that begin with letters which are no term themselves: half of a code.
 * @param {string} term
 * @param {Map<string, Posting>} shard
 */
function completions(term, shard) {
  if (!/^[0-9a-z]{3}/.test(term)) return [];
  return [...shard.keys()].filter((key) => key.startsWith(term)).slice(0, MAX_COMPLETIONS);
}
