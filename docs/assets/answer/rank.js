import { isBigram, isHan } from "./segment.js";

/** @typedef {import("./decode.js").Posting} Posting */

/** What a match is worth. Tuned on public questions and our own; see tests/bench/README.md. */
export const WEIGHT = {
  character: 1,
  inside: 0.4,
  across: 0.2,
  concept: 0.6,
  letters: 2,
  name: 5,
  whole: 2,
  row: 2,
};

/** Terms of a query up to which it is worth something to have all of them, even strewn over a record. */
const MAX_STREWN = 5;
/** Stands for a document without sections in `Meta.sections`, the next character for one, and so on. */
const NONE = "#";
/** All four remainders. */
const ANYWHERE = 15;

/**
 * One term's contribution to a record, without the inverse document frequency.
 * A bigram inside a jieba word counts more than one across two words.
 * @param {string} term
 * @param {number} nibble see FORMAT.md
 * @param {{single: number[], pair: number[]}} meta impact of every level
 * @returns {number}
 */
export function contribution(term, nibble, meta) {
  if (isBigram(term)) return meta.pair[nibble >> 1] * (nibble & 1 ? WEIGHT.inside : WEIGHT.across);
  return meta.single[nibble] * weightOf(term);
}

/** @param {string} term */
function weightOf(term) {
  if (term[0] === "~") return WEIGHT.concept;
  if (term[0] === "=") return WEIGHT.name;
  return isHan(term) ? WEIGHT.character : WEIGHT.letters;
}

/**
 * Inverse document frequency as in BM25 of Lucene: never negative.
 * @param {number} frequency records with the term
 * @param {number} records all records
 * @returns {number}
 */
export function rarity(frequency, records) {
  return Math.log(1 + (records - frequency + 0.5) / (frequency + 0.5));
}

/**
 * Score of every record: the sum over the terms that are there. Nothing is required, so a question of
 * twenty words is answered by what it shares with a record. Only a short query, which is a name or a phrase
 * rather than a question, puts the records that have the whole of it before all others.
 * @param {Map<string, Posting>} postings of the query's terms
 * @param {{records: number, single: number[], pair: number[]}} meta
 * @param {string[]} whole terms that make up a short query, each to be there; empty for a long one
 * @returns {Float64Array}
 */
export function scores(postings, meta, whole) {
  const total = new Float64Array(meta.records);
  for (const [term, posting] of postings) {
    const idf = rarity(posting.frequency, meta.records);
    const worth = Array.from({ length: 16 }, (_, nibble) => idf * contribution(term, nibble, meta));
    for (let i = 0; i < posting.records.length; i++) {
      total[posting.records[i]] += worth[posting.nibbles[i]];
    }
  }
  if (whole.length && whole.every((term) => postings.has(term))) addWhole(total, postings, meta, whole);
  return total;
}

/** @typedef {{records: number, single: number[], pair: number[], sections: string, weights: number[]}} Meta */

/**
 * Add for the records that have all of `whole`, and again if it may stand there in a row.
 * @param {Float64Array} total
 * @param {Map<string, Posting>} postings
 * @param {{records: number}} meta
 * @param {string[]} whole
 */
function addWhole(total, postings, meta, whole) {
  const { complete, row } = arrangement(postings, meta, whole);
  const worth = new Float64Array(meta.records);
  for (const term of whole) {
    const { records, frequency } = /** @type {Posting} */ (postings.get(term));
    const rare = rarity(frequency, meta.records);
    for (const record of records) worth[record] += rare;
  }
  const strewn = whole.length <= MAX_STREWN ? WEIGHT.whole : 0;
  for (const record of complete)
    total[record] += worth[record] * (row[record] ? WEIGHT.whole + WEIGHT.row : strewn);
}

/**
 * The records that have all of some terms; and by record, not 0 if they may stand there in a row.
 * Bigrams that follow each other begin at places whose remainders by 4 do so too (FORMAT.md). Of a term so
 * common that not all of its records are kept, a record may have it all the same.
 * @param {Map<string, Posting>} postings of all of `whole`
 * @param {{records: number}} meta
 * @param {string[]} whole not empty
 * @returns {{complete: number[], row: Uint8Array}}
 */
function arrangement(postings, meta, whole) {
  const of = (/** @type {string} */ term) => /** @type {Posting} */ (postings.get(term));
  const isComplete = (/** @type {string} */ term) => of(term).records.length === of(term).frequency;
  const required = whole.some(isComplete) ? whole.filter(isComplete) : whole;
  const missing = new Uint8Array(meta.records).fill(required.length);
  const row = new Uint8Array(meta.records).fill(isRow(whole) ? ANYWHERE : 0);
  whole.forEach((term, place) => {
    const { records, residues } = of(term);
    const counts = Number(required.includes(term));
    records.forEach((record, at) => {
      missing[record] -= counts;
      row[record] &= shifted(residues ? residues[at] : ANYWHERE, place);
    });
  });
  return { complete: [...of(required[0]).records].filter((record) => !missing[record]), row };
}

/**
 * Records that have all of a short query in a row, or all of it if it is nothing but letters and digits.
 * @param {Map<string, Posting>} postings
 * @param {{records: number}} meta
 * @param {string[]} whole
 * @returns {number[]}
 */
export function withWhole(postings, meta, whole) {
  if (!whole.length || !whole.every((term) => postings.has(term))) return [];
  const { complete, row } = arrangement(postings, meta, whole);
  return whole.some(isHan) ? complete.filter((record) => row[record]) : complete;
}

/**
 * Whether terms are bigrams of which each goes on where the one before it began.
 * @param {string[]} terms
 */
function isRow(terms) {
  return terms.every((term, at) => isBigram(term) && (at === 0 || term[0] === terms[at - 1][1]));
}

/**
 * The remainders at which a row begins whose bigram number `place` begins at `residues`.
 * @param {number} residues
 * @param {number} place
 */
function shifted(residues, place) {
  return ((residues | (residues << 4)) >> (place & 3)) & ANYWHERE;
}

/**
 * How much of a query the record has that has most of it.
 * @param {Map<string, Posting>} postings
 * @param {string[]} terms pairs and words of the query
 * @param {number} limit records from this number on do not count
 * @returns {number} share of them
 */
export function coverage(postings, terms, limit) {
  /** @type {Map<number, number>} */
  const present = new Map();
  for (const term of terms) {
    for (const record of postings.get(term)?.records ?? []) {
      if (record < limit) present.set(record, (present.get(record) ?? 0) + 1);
    }
  }
  let most = 0;
  for (const count of present.values()) most = Math.max(most, count);
  return most / (terms.length || 1);
}

/**
 * A document that matches. `record` is the best of its records, `first` the number of its first section.
 * @typedef {{document: number, record: number, first: number, score: number}} Hit
 */

/**
 * The best documents: the best record of each, times its weight.
 * @param {Float64Array} total score of every record
 * @param {{sections: string, weights: number[]}} meta a character for every document: records after its head
 * @param {number} limit
 * @returns {Hit[]} best first; equal scores in the order of the documents
 */
export function rank(total, { sections, weights }, limit) {
  /** @type {Hit[]} */
  const hits = [];
  let head = 0;
  for (let document = 0; document < sections.length; document++) {
    const count = sections.charCodeAt(document) - NONE.charCodeAt(0);
    let record = head;
    for (let at = head + 1; at <= head + count; at++) if (total[at] > total[record]) record = at;
    if (total[record] > 0)
      hits.push({ document, record, first: head + 1, score: total[record] * weights[document] });
    head += 1 + count;
  }
  return hits.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, limit);
}
