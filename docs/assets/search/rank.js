import { isBigram, isHan } from "./segment.js";

/** What a match is worth. Tuned on public questions and our own; see tests/bench/README.md. */
export const WEIGHT = {
  character: 1,
  inside: 0.4,
  across: 0.2,
  concept: 0.6,
  letters: 2,
  name: 5,
  next: 0.6,
  head: 0.1,
  whole: 2,
  row: 2,
};

/** Terms of a query up to which it is worth something to have all of them, even strewn over a record. */
const MAX_STREWN = 5;
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
 * @param {Map<string, import("./decode.js").Posting>} postings of the query's terms
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

/**
 * Add for the records that have all of `whole`, and again if it may stand there in a row.
 * Bigrams that follow each other begin at places whose remainders by 4 do so too (FORMAT.md). Of a term so
 * common that not all of its records are kept, a record may have it all the same, and gets nothing for it.
 */
function addWhole(total, postings, meta, whole) {
  const isComplete = (term) => postings.get(term).records.length === postings.get(term).frequency;
  const required = whole.some(isComplete) ? whole.filter(isComplete) : whole;
  const missing = new Uint8Array(meta.records).fill(required.length);
  const row = new Uint8Array(meta.records).fill(isRow(whole) ? ANYWHERE : 0);
  const worth = new Float64Array(meta.records);
  whole.forEach((term, place) => {
    const posting = postings.get(term);
    const residues = residuesOf(posting);
    const rare = rarity(posting.frequency, meta.records);
    const counts = required.includes(term);
    for (let i = 0; i < residues.length; i++) {
      const record = posting.records[i];
      missing[record] -= counts;
      row[record] &= shifted(residues[i], place);
      worth[record] += rare;
    }
  });
  const strewn = whole.length <= MAX_STREWN ? WEIGHT.whole : 0;
  for (const record of postings.get(required[0]).records) {
    if (!missing[record]) total[record] += worth[record] * (row[record] ? WEIGHT.whole + WEIGHT.row : strewn);
  }
}

/** Residues of a posting; those of short records are not kept, and count as any. */
export function residuesOf(posting) {
  return posting.residues ?? new Uint8Array(posting.records.length).fill(ANYWHERE);
}

/** Whether terms are bigrams of which each goes on where the one before it began. */
function isRow(terms) {
  return terms.every((term, at) => isBigram(term) && (at === 0 || term[0] === terms[at - 1][1]));
}

/** The remainders at which a row begins whose bigram number `place` begins at `residues`. */
function shifted(residues, place) {
  return ((residues | (residues << 4)) >> (place & 3)) & ANYWHERE;
}

/**
 * How much of a query the record has that has most of it.
 * @param {Map<string, import("./decode.js").Posting>} postings
 * @param {string[]} terms of the query
 * @param {number} records
 * @returns {number} share of the pairs and words
 */
export function coverage(postings, terms, records) {
  const counted = terms.filter((term) => isBigram(term) || /^[0-9a-z]/.test(term));
  const present = new Uint8Array(records);
  for (const term of counted) postings.get(term)?.records.forEach((record) => present[record]++);
  return present.reduce((most, count) => Math.max(most, count), 0) / (counted.length || 1);
}

/**
 * A document that matches. `record` is the best of its records, `first` the number of its first section.
 * @typedef {{document: number, record: number, first: number, score: number}} Hit
 */

/**
 * The best documents: the best record of each, a share of the next best (a card of which two asks fit is
 * surer than one of which one does), and a share of the head's if that is neither; times its weight.
 * @param {Float64Array} total score of every record
 * @param {{asks: number[], sections: number[], weights: number[]}} meta records of every document after its head
 * @param {number} limit
 * @returns {Hit[]} best first; equal scores in the order of the documents
 */
export function rank(total, meta, limit) {
  const hits = [];
  let offset = 0;
  for (let document = 0; document < meta.asks.length; document++) {
    const end = offset + 1 + meta.asks[document] + meta.sections[document];
    let record = offset;
    let next = -1;
    for (let at = offset + 1; at < end; at++) {
      if (total[at] > total[record]) [next, record] = [record, at];
      else if (next < 0 || total[at] > total[next]) next = at;
    }
    if (total[record] > 0) {
      const second = next < 0 ? 0 : WEIGHT.next * total[next];
      const head = record === offset || next === offset ? 0 : WEIGHT.head * total[offset];
      const first = end - meta.sections[document];
      hits.push({ document, record, first, score: (total[record] + second + head) * meta.weights[document] });
    }
    offset = end;
  }
  return hits.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, limit);
}
