import { fnv1a, isBigram } from "./segment.js";

/** Version of the format that this engine reads. */
export const VERSION = 8;

/** The index on the server is not the one this page belongs to, or has not arrived whole. */
export class BrokenIndex extends Error {}

/**
 * Payload of a shard, its checksum (Adler-32 of the build's name and the payload) compared.
 * @param {ArrayBuffer} file
 * @param {string} build eight ASCII characters
 * @returns {Uint8Array}
 */
export function unseal(file, build) {
  const payload = new Uint8Array(file).subarray(4);
  let low = 1;
  let high = 0;
  const add = (/** @type {number} */ byte) => {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  };
  for (const character of build) add(character.charCodeAt(0));
  payload.forEach(add);
  if (file.byteLength < 4 || new DataView(file).getUint32(0) !== high * 65536 + low)
    throw new BrokenIndex("shard");
  return payload;
}

/**
 * Data of a JSON file, which names its build.
 * @param {ArrayBuffer} file
 * @param {{build: string}} meta
 * @returns {any}
 */
export function readJson(file, { build }) {
  const [name, data] = JSON.parse(new TextDecoder().decode(file));
  if (name !== build) throw new BrokenIndex("foreign");
  return data;
}

/**
 * What is shown of a document. `answer` names it everywhere (its id, `CODE:…`, `ELSEWHERE:…`, `PAGE:…`); `light`:
 * `red`, `amber`, `green` or empty; `action`: id, address and title of what to do first, or nothing; `sections`:
 * anchor and title of each, from number `begin` on; `texts`: what they begin with, or none; `unproven`: there is
 * no evidence for it.
 * @typedef {{answer: string, url: string, title: string, tags: string[], summary: string, light: string,
 *   action: string[], begin: number, sections: [string, string][], texts: string[], unproven: boolean}} Row
 */

/**
 * @param {ArrayBuffer} file
 * @param {{build: string, outlines: [string, string][][]}} meta
 * @returns {Row[]} of the documents of one file
 */
export function readRows(file, meta) {
  return readJson(file, meta).map((/** @type {any[]} */ row) => {
    const [answer, url, title, tags, summary, light, action, outline, texts, unproven] = row;
    const sections = meta.outlines[outline] ?? outline;
    const shown = { answer, url, title, tags, summary, light, action, begin: 0, sections, texts };
    return { ...shown, unproven: Boolean(unproven) };
  });
}

/**
 * @param {number[]} files number of the file with the row of each document
 * @returns {[number, number][]} of each, that number and its place there
 */
export function rowPlaces(files) {
  /** @type {number[]} */
  const counts = [];
  return files.map((file) => {
    counts[file] = (counts[file] ?? 0) + 1;
    return [file, counts[file] - 1];
  });
}

/**
 * Postings of one term. `nibbles[i]` belongs to `records[i]`; `frequency` counts also postings left out.
 * @typedef {{frequency: number, records: Uint32Array, nibbles: Uint8Array, residues?: Uint8Array}} Posting
 */

/**
 * Postings of a shard, by term.
 * @param {ArrayBuffer} file
 * @param {{build: string}} meta
 * @param {boolean} placed whether the bigrams have residues: those of texts do, those that asks taught do not
 * @returns {Map<string, Posting>}
 */
export function readShard(file, { build }, placed) {
  const payload = unseal(file, build);
  const terms = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = payload[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (let term = ""; at < payload.length; ) {
    const head = varint();
    term = term.slice(0, head & 7);
    for (let left = head >> 3; left > 0; left--) {
      const byte = payload[at++];
      term += String.fromCharCode(byte < 128 ? byte : 0x3400 + ((byte & 127) << 8) + payload[at++]);
    }
    const count = varint();
    const frequency = count >> 1;
    const records = new Uint32Array(count & 1 ? varint() : frequency);
    for (let i = 0, record = -1; i < records.length; i++) records[i] = record += varint() + 1;
    const unpack = () => {
      const nibbles = new Uint8Array(records.length);
      for (let i = 0; i < nibbles.length; i++) nibbles[i] = (payload[at + (i >> 1)] >> ((i & 1) * 4)) & 15;
      at += (nibbles.length + 1) >> 1;
      return nibbles;
    };
    terms.set(term, {
      frequency,
      records,
      nibbles: unpack(),
      residues: placed && isBigram(term) ? unpack() : undefined,
    });
  }
  return terms;
}

/**
 * Number of the shard that holds a term; the same as hooks/kb/search/shards.py.
 * @param {string} term
 * @param {Layout} layout
 * @returns {number}
 */
export function shardOf(term, { own, groups, shards, width }) {
  const bare = term.replace(/^=/, "");
  const place = (/** @type {string} */ character) => own.get(character) ?? groups;
  const isSecond = width === 1 && isBigram(term) && place(term[1]) > place(term[0]);
  const first = bare.slice(0, bare < "㐀" ? 2 : width);
  const key = bare[0] === "~" ? bare : isSecond ? term[1] : first;
  return own.get(key) ?? groups + (fnv1a(key) % (shards - groups));
}

/**
 * How terms are spread over files: `own`, the shard of each common character; `groups`, how many those are.
 * @typedef {{own: Map<string, number>, groups: number, shards: number, width: number}} Layout
 */

/**
 * @param {Iterable<string>} groups common characters, those of one group share a shard
 * @param {number} shards all
 * @param {number} width Han characters that choose the shard of others
 * @returns {Layout}
 */
export function layoutOf(groups, shards, width) {
  /** @type {Map<string, number>} */
  const own = new Map();
  const all = [...groups];
  for (const [number, group] of all.entries()) for (const character of group) own.set(character, number);
  return { own, groups: all.length, shards, width };
}
