import { Codes } from "./codes.js";
import { VERSION, BrokenIndex, layoutOf, readJson, readRows, readShard, shardOf } from "./decode.js";
import { hasUnknown, isDoubtful, reread } from "./doubt.js";
import { Facts, withFacts } from "./facts.js";
import { chances, isTelling, judge, ranking } from "./learnt.js";
import { MAX_QUERY, normalise, traditionalTable } from "./normalise.js";
import { Lexicon } from "./pinyin.js";
import { coverage, rank, scores, withWhole } from "./rank.js";
import { Phrases, grams, name, queryTerms, telling, wholeTerms } from "./segment.js";

/** @typedef {import("./decode.js").Posting} Posting */
/** @typedef {import("./decode.js").Row} Row */
/** @typedef {import("./facts.js").Known} Known */
/** @typedef {import("./facts.js").Question} Question */
/** @typedef {import("./learnt.js").Judgement} Judgement */
/** @typedef {import("./rank.js").Hit} Hit */

/**
 * What every query needs, written into the script by the build (FORMAT.md).
 * @typedef {import("./rank.js").Meta & {version: number, build: string, common: string, shards: number,
 *   width: number, rows: number, outlines: [string, string][][], same: string[][],
 *   spellings: [string, string][], learnt: import("./learnt.js").Learnt | null}} Meta
 */

/**
 * A query as understood, and as it was typed, in normal form. `taught`, `texts`: postings of its terms in what asks taught and in the texts;
 * `whole`: the pairs and words of a short one; `asked`: terms that were looked up.
 * @typedef {{text: string, typed: string, terms: string[], asked: string[], taught: Map<string, Posting>,
 *   texts: Map<string, Posting>, whole: string[], failed: boolean}} Match
 */

/**
 * One answer. `id` names what is shown: a card, else `CODE:…`, `PAGE:…`; `cause` and `remedy` are the documents of
 * a need that has both; `hit`: where its texts have the query, if they do.
 * @typedef {{id: string, document: number, cause: number | null, remedy: number | null, chance: number, row: Row,
 *   hit: Hit | null}} Need
 */

/**
 * What is said to words and facts. `exact`: the query is this one's name or code; `light`: whether to scan again,
 * as the first need says; `question`: what would tell most, where nothing is sure; `none`: nothing here fits;
 * `elsewhere`: it is answered elsewhere, and where.
 * @typedef {{exact: Need | null, light: string, needs: Need[], question: Question | null, none: boolean,
 *   elsewhere: Row | null, failed: boolean}} Answer
 */

const NEEDS = 5;
/** Results on a site without asks, and those shown while the others are on their way: HTTP/1.1 has six connections. */
const RESULTS = 10;
const FIRST = 6;
/** Share of what letters were heard as that one record must have: any six letters are initials of something. */
const HEARD = 0.6;
/** Share of a query's pairs and words that one need must have, lest it be looked at for slips. */
const COVERED = 0.5;
/** Terms of a query up to which a large site looks up its pairs and words alone. */
const MAX_BARE = 5;
/** Different Han characters of a query that are looked up in texts, and in what asks taught. */
const MAX_CHARACTERS = 14;
const MAX_TAUGHT = 24;
const MAX_COMPLETIONS = 8;
/** Chance of the first need under which a question is worth asking. */
const SURE = 0.6;

/**
 * Answers queries from the files of one build.
 * `failed` is set when a file of the index could not be had even at the second attempt.
 */
export class Engine {
  /**
   * @param {Meta} meta
   * @param {(name: string, again: boolean) => Promise<ArrayBuffer>} load fetches a file
   */
  constructor(meta, load) {
    if (meta.version !== VERSION) throw new BrokenIndex("version");
    this.meta = meta;
    this.load = load;
    this.rewrite = new Phrases(meta.spellings);
    /** @type {[string, string][]} */
    const same = meta.same.flatMap((group) => group.map((phrase) => /** @type {[string, string]} */ ([phrase, group[0]])));
    this.phrases = new Phrases(same);
    this.texts = layoutOf(meta.width === 1 ? meta.common : [], meta.shards, meta.width);
    this.taught = meta.learnt && layoutOf(meta.learnt.groups, meta.learnt.shards, 1);
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Map<string, string>} */
    this.traditional = new Map();
  }

  /**
   * @param {string} query as typed
   * @param {{known?: Known, ask?: boolean, show?: (answer: Answer) => void}} [options] `known`: facts of the
   *   case; `ask`: whether to look for the question that tells most, which costs one file more; `show` takes
   *   the first few before the rest, on a site without asks
   * @returns {Promise<Answer>}
   */
  async answer(query, { known = { answers: {}, tried: [] }, ask = false, show = () => {} } = {}) {
    const match = await this.match(query);
    return this.meta.learnt ? this.#fromNeeds(match, known, ask) : this.#fromTexts(match, show);
  }

  /**
   * @param {Match} match
   * @param {(answer: Answer) => void} show
   * @returns {Promise<Answer>}
   */
  async #fromTexts({ texts, whole, failed }, show) {
    const hits = rank(scores(texts, this.meta, whole), this.meta, RESULTS);
    const answer = async (/** @type {Hit[]} */ some) => {
      const needs = await this.#shown(some.map((hit) => ({ document: hit.document, hit, chance: 0 })));
      const none = !some.length;
      return { ...EMPTY, needs, none, failed: failed || needs.length < some.length };
    };
    if (hits.length > FIRST) show(await answer(hits.slice(0, FIRST)));
    return answer(hits);
  }

  /**
   * @param {Match} match
   * @param {Known} known
   * @param {boolean} ask
   * @returns {Promise<Answer>}
   */
  async #fromNeeds(match, known, ask) {
    const learnt = /** @type {import("./learnt.js").Learnt} */ (this.meta.learnt);
    const judgement = judge(match.terms, match.taught, learnt, this.meta.weights);
    const given = Object.keys(known.answers).length + known.tried.length > 0;
    /** @type {Facts[]} */
    const topics = given || ask ? await this.#file("facts.json", readFacts) : [];
    const words = chances(judgement, learnt);
    const chance = given ? withFacts(topics, known, words) : words;
    const pinned = await this.#pinned(match);
    const hits = this.#wholes(match);
    const none = !pinned.length && !hits.length && !given && judgement.doubt > learnt.doubt;
    if (none) return { ...EMPTY, none, failed: match.failed };
    const lead = new Map(learnt.twins.map(([cause, remedy]) => [remedy, cause]));
    const remedies = new Map(learnt.twins);
    const asked = new Set([...pinned, ...hits.map(({ document }) => document)]);
    const score = given ? chance.map((value) => value || -Infinity) : judgement.score;
    const order = [...asked, ...ranking(score)].map((document) => lead.get(document) ?? document);
    const shown = [...new Set(order)].slice(0, NEEDS + 1).map((need) => {
      const remedy = remedies.get(need);
      const isRemedy = remedy !== undefined && (asked.has(remedy) || (!asked.has(need) && judgement.how > 0));
      const hit = hits.find(({ document }) => (lead.get(document) ?? document) === need) ?? null;
      const twin = remedy === undefined ? {} : { cause: need, remedy };
      return { document: isRemedy ? remedy : need, ...twin, hit, chance: chance[need] };
    });
    const found = await this.#shown(shown);
    const isElsewhere = (/** @type {Need | undefined} */ need) => Boolean(need?.row.url.startsWith("elsewhere:"));
    const needs = found.filter((need) => !isElsewhere(need)).slice(0, NEEDS);
    return {
      exact: pinned.length && needs.length ? needs[0] : null,
      light: needs[0]?.row.light ?? "",
      needs,
      question: ask && !pinned.length ? question(needs, topics, known, words) : null,
      none: !found.length,
      elsewhere: isElsewhere(found[0]) ? found[0].row : null,
      failed: match.failed || found.length < shown.length,
    };
  }

  /**
   * Documents that the query names: a code or id anywhere in it, or all of it.
   * @param {Match} match
   * @returns {Promise<number[]>}
   */
  async #pinned({ text, typed, taught }) {
    const named = taught.get(name(text))?.records ?? [];
    if (!/[0-9a-z]/.test(typed)) return [...named];
    const codes = await this.#file("codes.json", (file, meta) => new Codes(readJson(file, meta)));
    return [...new Set([...codes.find(typed), ...named])];
  }

  /**
   * Where texts have a short query that no need has all of.
   * @param {Match} match
   * @returns {Hit[]}
   */
  #wholes({ texts, whole }) {
    if (!texts.size) return [];
    const having = new Set(withWhole(texts, this.meta, whole));
    const total = scores(texts, this.meta, whole).map((score, record) => (having.has(record) ? score : 0));
    return rank(total, this.meta, NEEDS);
  }

  /**
   * @param {{document: number, cause?: number, remedy?: number, hit: Hit | null, chance: number}[]} some
   * @returns {Promise<Need[]>} those whose rows could be had
   */
  async #shown(some) {
    const { rows } = this.meta;
    const shown = await Promise.allSettled(
      some.map(async ({ document, cause = null, remedy = null, hit, chance }) => {
        const [file, texts] = await Promise.all([
          this.#file(`d${Math.floor(document / rows)}.json`, readRows),
          rows > 1 && hit && hit.record >= hit.first ? this.#file(`x${document}.json`, readJson) : null,
        ]);
        const row = texts ? { ...file[document % rows], texts } : file[document % rows];
        return { id: row.answer, document, cause, remedy, hit, chance, row };
      }),
    );
    return shown.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
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
      const table = (/** @type {ArrayBuffer} */ file, /** @type {Meta} */ meta) => traditionalTable(readJson(file, meta));
      this.traditional = await this.#file("traditional.json", table);
      look = await this.#look(given);
    }
    const { text, failed } = look;
    if (failed || this.#isCovered(look) || !isDoubtful(text, known(look))) return look;
    const lexicon = await this.#file("lexicon.json", (file, meta) => new Lexicon(readJson(file, meta)));
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
    const taught = await this.#postings(asked, "l", this.taught);
    const look = { text, typed: text, terms, asked, whole, taught: taught.postings, texts: new Map(), failed: taught.failed };
    if (!whole.length || taught.postings.has(name(text)) || coverage(taught.postings, whole, this.meta.weights.length) === 1) return look;
    const texts = await this.#postings(whole, "t", this.texts);
    return { ...look, texts: texts.postings, failed: taught.failed || texts.failed };
  }

  /**
   * On a large site a short query does without single characters, if every pair of it occurs.
   * @param {string} text
   * @param {string[]} whole
   * @returns {Promise<Match>}
   */
  async #lookInTexts(text, whole) {
    const terms = telling(queryTerms(text, this.phrases), this.meta.common, MAX_CHARACTERS);
    const bare = terms.filter((term) => term.length > 1);
    const taught = new Map();
    if (this.meta.width > 1 && whole.length && whole.length <= MAX_BARE) {
      const found = await this.#postings(bare, "t", this.texts);
      const all = whole.every((term) => found.postings.has(term));
      if (all) return { text, typed: text, terms, asked: bare, whole, taught, texts: found.postings, failed: found.failed };
    }
    const { postings, failed } = await this.#postings(terms, "t", this.texts);
    return { text, typed: text, terms, asked: terms, whole, taught, texts: postings, failed };
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

  /**
   * Postings of terms, and of what letters begin.
   * @param {string[]} wanted
   * @param {"l" | "t"} kind
   * @param {import("./decode.js").Layout} layout
   * @returns {Promise<{postings: Map<string, Posting>, failed: boolean}>}
   */
  async #postings(wanted, kind, layout) {
    const numbers = [...new Set(wanted.map((term) => shardOf(term, layout)))];
    const read = (/** @type {ArrayBuffer} */ file, /** @type {Meta} */ meta) => readShard(file, meta, kind === "t");
    const loaded = await Promise.allSettled(numbers.map((number) => this.#file(`${kind}${number}.bin`, read)));
    /** @type {Map<number, Map<string, Posting>>} */
    const shards = new Map();
    loaded.forEach((result, at) => shards.set(numbers[at], result.status === "fulfilled" ? result.value : new Map()));
    const postings = new Map();
    for (const term of wanted) {
      const shard = /** @type {Map<string, Posting>} */ (shards.get(shardOf(term, layout)));
      for (const key of shard.has(term) ? [term] : completions(term, shard)) postings.set(key, shard.get(key));
    }
    return { postings, failed: loaded.some((result) => result.status === "rejected") };
  }

  /**
   * A file, read once; a failure is tried once more, past the browser's cache, and then forgotten.
   * @template T
   * @param {string} name
   * @param {(file: ArrayBuffer, meta: Meta) => T} read
   * @returns {Promise<T>}
   */
  #file(name, read) {
    const attempt = async (/** @type {boolean} */ again) => read(await this.load(name, again), this.meta);
    if (!this.files.has(name)) {
      const file = attempt(false).catch(() => attempt(true));
      file.catch(() => this.files.delete(name));
      this.files.set(name, file);
    }
    return /** @type {Promise<T>} */ (this.files.get(name));
  }
}

/** @type {Answer} */
const EMPTY = { exact: null, light: "", needs: [], question: null, none: false, elsewhere: null, failed: false };

/**
 * @param {ArrayBuffer} file
 * @param {Meta} meta
 * @returns {Facts[]} of each topic
 */
function readFacts(file, meta) {
  return readJson(file, meta).map((/** @type {import("./facts.js").Table} */ table) => new Facts(table));
}

/**
 * The question that tells most among the causes of the first need's topic, unless that need is likely enough.
 * @param {Need[]} needs
 * @param {Facts[]} topics
 * @param {Known} known
 * @param {Float64Array} words
 */
function question([first], topics, known, words) {
  if (!first || first.chance >= SURE) return null;
  const lead = first.cause ?? first.document;
  const facts = topics.find(({ table }) => table.documents.includes(lead));
  return facts?.next(known, facts.blend(words)) ?? null;
}

/**
 * @param {Match} match
 * @returns {import("./doubt.js").Known}
 */
function known({ taught, texts }) {
  return { has: (term) => taught.has(term) || texts.has(term) };
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
