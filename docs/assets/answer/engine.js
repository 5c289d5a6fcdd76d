import { asidesOf, withoutAsides } from "./asides.js";
import { asking, SILENT, SURE } from "./asking.js";
import { Codes, mayHaveCode } from "./codes.js";
import { BrokenIndex, readJson, VERSION } from "./decode.js";
import { isGiven, isTold } from "./facts.js";
import { Files } from "./files.js";
import { chances, judge, ranking } from "./learnt.js";
import { Matcher } from "./match.js";
import { EMPTY, NO_FACTS } from "./nothing.js";
import { rank, scores, withWhole } from "./rank.js";
import { askerOf, ownOf, ownTo, readerOf, withFacts } from "./reader.js";
import { Topics } from "./topics.js";

/** @typedef {import("./decode.js").Row} Row */
/** @typedef {import("./facts.js").Known} Known */
/** @typedef {import("./asking.js").Asking} Asking */
/** @typedef {import("./match.js").Match} Match */
/** @typedef {import("./rank.js").Hit} Hit */

/**
 * What every query needs, written into the script by the build (FORMAT.md).
 * @typedef {import("./rank.js").Meta & {version: number, build: string, common: string, shards: number,
 *   width: number, rows: number[] | null, outlines: [string, string][][], same: string[][],
 *   says: import("../box/answers.js").Says[], readers: import("./reader.js").Readers,
 *   topics: import("./topics.js").Listed, spellings: [string, string][], asides: string[],
 *   learnt: import("./learnt.js").Learnt | null}} Meta
 */

/**
 * One answer. `id` names what is shown: a card, else `CODE:…`, `PAGE:…`; `cause` and `remedy` are the documents of
 * a need that has both; `hit`: where its texts have the query, if they do.
 * @typedef {{id: string, document: number, cause: number | null, remedy: number | null, chance: number, row: Row,
 *   hit: Hit | null}} Need
 */

/**
 * What is said to words and facts. `exact`: the query is this one's name or code; `light`: whether to scan again,
 * as the first need says; `reader`: to whom to speak (reader.js); `asking`: what would tell more; `none`: nothing
 * here fits; `unlisted`: a code of two digits that is named and not here, or empty; `elsewhere`: it is answered
 * elsewhere, and where; `named`: documents of the needs whose name or code the query has; `likely`: chance of what
 * is first.
 * @typedef {{exact: Need | null, light: string, reader: string, needs: Need[], asking: Asking, none: boolean,
 *   unlisted: string, elsewhere: Row | null, named: number[], likely: number, failed: boolean}} Answer
 */

/**
 * `known`: facts of the case; `said`: answers that the words give, which nobody is asked for; `ask`: whether to look
 * for the question that tells most, which costs a file of each topic found; `show` takes what is there before the
 * rest: the first few on a site without asks, else answers that no question is likely to change.
 * @typedef {{known?: Known, said?: Known["answers"], ask?: boolean, show?: (answer: Answer) => void}} Options
 */

const NEEDS = 5;
/** Results on a site without asks, and those shown while the others are on their way: HTTP/1.1 has six connections. */
const RESULTS = 10;
const FIRST = 6;

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
    this.files = new Files(meta, load);
    this.matcher = new Matcher(meta, this.files);
    this.topics = new Topics(meta.topics, this.files);
    this.asides = asidesOf(meta.asides);
  }

  /**
   * @param {string} query as typed
   * @param {Options} [options]
   * @returns {Promise<Answer>}
   */
  async answer(query, options = {}) {
    const rest = withoutAsides(query, this.asides);
    const answer = rest && (await this.#answer(rest, options));
    return !answer || answer.none ? this.#answer(query, options) : answer;
  }

  /**
   * @param {string} query
   * @param {Options} options
   * @returns {Promise<Answer>}
   */
  async #answer(query, { known = NO_FACTS, said = {}, ask = false, show = () => {} }) {
    if (this.meta.learnt) this.facts(known).catch(() => {}); // on their way beside the terms, looked at below
    const match = await this.matcher.match(query);
    if (!this.meta.learnt) return this.#fromTexts(match, show);
    return this.#fromNeeds(match, known, said, ask ? show : null);
  }

  /** The tables of these topics, and of those that facts belong to. @param {Known} known @param {number[]} [topics] */
  async facts({ answers, tried }, topics = []) {
    const remedies = await Promise.all(tried.map((id) => this.#document(id)));
    return this.topics.read([...topics, ...this.topics.known(Object.keys(answers), remedies)]);
  }

  /** @param {string} id of a card @returns {Promise<Row | null>} */
  async row(id) {
    const document = await this.#document(id);
    if (document === undefined) return null;
    const [need] = await this.#shown([{ document, hit: null, chance: 0 }]);
    return need?.row ?? null;
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
   * @param {Known["answers"]} said
   * @param {((answer: Answer) => void) | null} show null if nothing is to be asked
   * @returns {Promise<Answer>}
   */
  async #fromNeeds(match, known, said, show) {
    const learnt = /** @type {import("./learnt.js").Learnt} */ (this.meta.learnt);
    const judgement = judge(match.terms, match.taught, learnt, this.meta.weights);
    const given = isGiven(known);
    const words = chances(judgement, learnt);
    const likely = this.topics.of(ranking(judgement.score).slice(0, NEEDS));
    const topics = given ? await this.facts(known, likely) : [];
    const chance = given ? withFacts(topics, known, words, this.meta.readers) : words;
    const { pinned, unlisted } = await this.#pinned(match);
    const named = unlisted?.code ?? "";
    if (unlisted?.isAll && !given) return { ...EMPTY, unlisted: named, failed: match.failed };
    const hits = this.#wholes(match);
    const none = !pinned.length && !hits.length && !isTold(known) && judgement.doubt > learnt.doubt;
    if (none) return { ...EMPTY, none, unlisted: named, failed: match.failed };
    const lead = new Map(learnt.twins.map(([cause, remedy]) => [remedy, cause]));
    const needOf = (/** @type {number} */ document) => lead.get(document) ?? document;
    const remedies = new Map(learnt.twins);
    if (given) pinned.sort((a, b) => (chance[b] ?? 1) - (chance[a] ?? 1)); // a code has none
    const asked = new Set(given ? pinned : [...pinned, ...hits.map(({ document }) => document)]);
    const score = given ? chance.map((value) => value || -Infinity) : judgement.score;
    const asker = askerOf(known, topics);
    const theirs = this.meta.readers[asker ?? ""];
    const ranked = ranking(score).filter(ownTo(known, topics, this.meta.readers));
    const order = [...ownOf(theirs, ranked, chance), ...asked, ...ranked].map(needOf);
    const shown = [...new Set(order)].slice(0, NEEDS + 1).map((need) => {
      const remedy = remedies.get(need);
      const isRemedy = remedy !== undefined && (asked.has(remedy) || (!asked.has(need) && judgement.how > 0));
      const hit = hits.find(({ document }) => needOf(document) === need) ?? null;
      const twin = remedy === undefined ? {} : { cause: need, remedy };
      return { document: isRemedy ? remedy : need, ...twin, hit, chance: chance[need] };
    });
    const isFirst = !given && match.vague.length > 0;
    const asks = (!pinned.length || isFirst) && show;
    const causes = shown.map(({ document, cause = document }) => cause);
    const own = [...match.vague.map(([topic]) => topic), ...this.topics.of(causes).slice(0, 1)];
    const facts = () => this.facts(known, own).catch(() => []);
    const isSoon = !pinned.length && (given || Math.max(...chance) < SURE);
    const soon = asks && isSoon ? facts() : null; // on its way beside the rows
    const found = (await this.#shown(shown)).map((need) =>
      theirs && !theirs.includes(need.document) ? { ...need, row: { ...need.row, action: [] } } : need,
    );
    const isElsewhere = (/** @type {Need | undefined} */ need) => !!need?.row.url.startsWith("elsewhere:");
    const here = found.filter((need) => !isElsewhere(need)).slice(0, NEEDS);
    const isLate = (/** @type {Need} */ { row, document, chance }) =>
      row.unproven && !asked.has(document) && chance < SURE;
    const isTried = (/** @type {Need} */ { row }) => known.tried.includes(row.action[0]);
    const late = (/** @type {Need} */ need) => 2 * Number(isTried(need)) + Number(isLate(need));
    const needs = here.sort((a, b) => late(a) - late(b));
    const elsewhere = isElsewhere(found[0]) ? found[0].row : null;
    const first = elsewhere ? 1 : (needs[0]?.chance ?? 0);
    const answer = {
      exact: pinned.length && needs.length ? needs[0] : null,
      light: needs[0]?.row.light ?? "",
      reader: readerOf(asker, elsewhere ? null : needs[0], this.meta.readers),
      needs,
      asking: SILENT,
      none: !found.length,
      unlisted: named,
      elsewhere,
      named: pinned.map(needOf),
      likely: found[0]?.chance ?? 0,
      failed: match.failed || found.length < shown.length,
    };
    if (asks && !soon) show(answer);
    const tables = asks ? await (soon ?? facts()) : [];
    const told = { ...known, answers: { ...said, ...known.answers } };
    const next = asking(needs, first, tables, told, words, chance, match.vague);
    return pinned.length && !next.isFirst ? answer : { ...answer, asking: next };
  }

  /** Documents that the query names: a code or id anywhere in it, or all of it. @param {Match} match */
  async #pinned({ typed, named }) {
    if (!mayHaveCode(typed)) return { pinned: named, unlisted: null };
    const codes = await this.#codes();
    return { pinned: [...new Set([...codes.find(typed), ...named])], unlisted: codes.unlisted(typed) };
  }

  /** @param {string} id of a card @returns {Promise<number | undefined>} */
  async #document(id) {
    return (await this.#codes()).exact.get(id.toLowerCase());
  }

  /** @returns {Promise<Codes>} */
  #codes() {
    return this.files.read("codes.json", (file, meta) => new Codes(readJson(file, meta)));
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
    const shown = await Promise.allSettled(
      some.map(async ({ document, cause = null, remedy = null, hit, chance }) => {
        const row = await this.files.row(document, hit ? hit.record - hit.first : -1);
        return { id: row.answer, document, cause, remedy, hit, chance, row };
      }),
    );
    return shown.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  }
}
