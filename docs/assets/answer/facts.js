/**
 * What is known of a case beside words, in any order: answers to questions, and remedies that did not help.
 * The numbers are those of hooks/kb/tree/model.py, where they are explained.
 */

/**
 * The table of a topic (FORMAT.md). `kinds[q]`: the different rows of shares of question *q*'s options, `cells[q]`:
 * for every cause the number of its row, -1 where its card is silent; `documents`: the numbers of the causes;
 * `remedies[c]`: ids, the first to be tried first; `number`: of the topic; `asker`: the question who asks, if there is
 * one; `vague`: for searches that leave open what is meant, lists of the questions that decide, in order.
 * @typedef {{topic: string, number: number, asker: string | null, vague: string[][], causes: string[],
 *   documents: number[], weights: number[], remedies: string[][], minutes: {[remedy: string]: number},
 *   questions: Question[], kinds: number[][][], cells: number[][], noise: number, decay: number, unknown: number,
 *   click: number, reading: number, page: number, most: number, mostUnknown: number}} Table
 */

/**
 * @typedef {{slug: string, id: string, title: string, minutes: number, options: [id: string, label: string][],
 *   only_if: {[slug: string]: string[]}}} Question
 */

/**
 * `answers`: question → option, `x` for 不清楚; `heard`: those of the questions that words alone answer; `tried`:
 * remedies that did not help.
 * @typedef {{answers: {[slug: string]: string}, tried: string[], heard?: string[]}} Known
 */

/** The answer 不清楚. */
export const UNKNOWN = "x";
/** Share of what words say that is given to the other causes, by how common they are: words err, facts decide. */
const DOUBTED = 0.1;

export class Facts {
  /** @param {Table} table */
  constructor(table) {
    this.table = table;
    const total = sum(table.weights);
    this.prior = table.weights.map((weight) => weight / total);
    /** Question → option → cause → P(option | cause). @type {Map<string, Map<string, number[]>>} */
    this.likelihood = new Map();
    for (const [q, question] of table.questions.entries()) {
      this.likelihood.set(question.slug, this.#columns(question, q));
    }
    /** Remedy → cause → chance that it is the one that helps. @type {Map<string, Map<number, number>>} */
    this.cures = new Map();
    table.remedies.forEach((remedies, cause) => {
      const weights = remedies.map((_, place) => table.decay ** place);
      remedies.forEach((remedy, place) => {
        if (!this.cures.has(remedy)) this.cures.set(remedy, new Map());
        this.cures.get(remedy)?.set(cause, weights[place] / sum(weights));
      });
    });
  }

  /**
   * Chance of each cause as far as words tell, but none quite impossible; without words, how common it is.
   * @param {Float64Array} words chance of each document
   * @returns {number[]}
   */
  blend(words) {
    const own = this.table.documents.map((document) => words[document]);
    if (!words.some(Boolean)) return this.prior;
    const all = sum(own);
    return own.map((chance, cause) => (1 - DOUBTED) * chance + DOUBTED * all * this.prior[cause]);
  }

  /**
   * @param {Question} question
   * @param {number} q
   * @returns {Map<string, number[]>} a silent card answers as the average of all
   */
  #columns({ options }, q) {
    const { noise } = this.table;
    const even = 1 / options.length;
    const rows = this.table.cells[q].map((kind) => (kind < 0 ? null : this.table.kinds[q][kind]));
    const silent = sum(this.prior.filter((_, cause) => !rows[cause]));
    return new Map(
      options.map(([id], option) => {
        const spoken = sum(
          this.prior.flatMap((p, cause) => (rows[cause] ? [p * (rows[cause]?.[option] ?? 0)] : [])),
        );
        const average = silent * even + spoken;
        return [id, rows.map((row) => (1 - noise) * (row ? row[option] : average) + noise * even)];
      }),
    );
  }

  /**
   * Joint chance of each cause and all that is known.
   * @param {Known} known what does not belong to this topic is passed over
   * @param {number[]} [prior] of each cause, from words; else how common they are
   * @returns {number[]}
   */
  weigh({ answers, tried }, prior = this.prior) {
    let weights = prior;
    for (const { slug } of this.table.questions) {
      const option = answers[slug];
      if (option !== undefined) weights = this.#after(weights, slug, option);
    }
    for (const remedy of tried) {
      const cured = this.cures.get(remedy);
      const failed = (/** @type {number} */ cause) => 1 - (1 - this.table.noise) * (cured?.get(cause) ?? 0);
      weights = weights.map((weight, cause) => weight * failed(cause));
    }
    return weights;
  }

  /**
   * @param {number[]} weights
   * @param {string} slug
   * @param {string} option
   */
  #after(weights, slug, option) {
    const { unknown } = this.table;
    const shares = this.likelihood.get(slug)?.get(option);
    if (!shares) return weights.map((weight) => weight * unknown);
    return weights.map((weight, cause) => weight * shares[cause] * (1 - unknown));
  }

  /**
   * How much likelier it is of what speaks to a reader than of the average cause that whoever asks is who he is.
   * @param {string} reader option of the question who asks
   * @param {Known} known
   * @returns {number} 1 if he has not said who he is
   */
  spoken(reader, { answers }) {
    const { asker, noise } = this.table;
    const columns = this.likelihood.get(asker ?? "");
    const option = answers[asker ?? ""];
    const shares = columns?.get(option);
    if (!columns || !shares) return 1;
    const own = (1 - noise) * Number(option === reader) + noise / columns.size;
    return own / sum(this.prior.map((p, cause) => p * shares[cause]));
  }

  /**
   * @param {Known} known
   * @returns {Question[]} those not answered whose conditions are met
   */
  open(known) {
    return this.table.questions.filter((one) => !(one.slug in known.answers) && isOpen(one, known));
  }

  /**
   * The likeliest options of a question.
   * @param {Question} question
   * @param {number[]} weights of each cause
   * @param {number} most how many
   * @returns {string[]} ids
   */
  likely({ slug, options }, weights, most) {
    const chance = new Map(options.map(([id]) => [id, sum(this.#after(weights, slug, id))]));
    const ids = [...chance.keys()].sort((a, b) => (chance.get(b) ?? 0) - (chance.get(a) ?? 0));
    return ids.slice(0, most);
  }

  /**
   * Expected minutes if nothing more is asked: reading wrong causes, trying remedies by chance per minute.
   * @param {number[]} weights
   * @returns {number} times the chance of all that is known
   */
  stop(weights) {
    const pairs = [...this.cures].map(([remedy, cured]) => {
      let chance = 0;
      for (const [cause, share] of cured) chance += weights[cause] * share;
      return { chance, minutes: this.table.minutes[remedy] };
    });
    pairs.sort((a, b) => b.chance / b.minutes - a.chance / a.minutes);
    let left = sum(pairs.map(({ chance }) => chance));
    let trying = 0;
    for (const { chance, minutes } of pairs) {
      trying += minutes * left;
      left -= chance;
    }
    const sorted = Float64Array.from(weights).sort().reverse();
    const reading = sorted.reduce((total, weight, place) => total + weight * place, 0);
    return trying + this.table.reading * reading;
  }

  /**
   * The question that saves the most minutes, looking one answer ahead; null if none saves any.
   * @param {Known} known
   * @param {number[]} [prior]
   * @returns {Question | null}
   */
  next(known, prior = this.prior) {
    const given = Object.entries(known.answers).filter(([slug]) => this.likelihood.has(slug));
    const unclear = given.filter(([, option]) => option === UNKNOWN).length;
    if (given.length >= this.table.most || unclear > this.table.mostUnknown) return null;
    const weights = this.weigh(known, prior);
    let least = this.stop(weights);
    let best = null;
    for (const question of this.open(known)) {
      const options = [...question.options.map(([id]) => id), UNKNOWN];
      const after = options.map((option) => this.stop(this.#after(weights, question.slug, option)));
      const asking = (question.minutes + this.table.click) * sum(weights) + this.table.page * options.length;
      const minutes = asking + sum(after);
      if (minutes >= least) continue;
      least = minutes;
      best = question;
    }
    return best;
  }
}

/**
 * @param {Question} question
 * @param {Known} known
 * @returns {boolean} whether all answers that it waits for were given
 */
function isOpen({ only_if: conditions }, { answers }) {
  return Object.entries(conditions).every(([slug, options]) => options.includes(answers[slug]));
}

/** @param {Known} known @returns {boolean} whether anything is */
export function isGiven({ answers, tried }) {
  return Object.keys(answers).length + tried.length > 0;
}

/** @param {Known} known @returns {[slug: string, option: string][]} answers that were given, not heard in words */
export const givenOf = ({ answers, heard = [] }) =>
  Object.entries(answers).filter(([slug]) => !heard.includes(slug));

/** @param {Known} known @returns {boolean} whether anything is, beside what was heard in words that may fit nothing */
export function isTold(known) {
  return givenOf(known).length > 0 || known.tried.length > 0;
}

/** @param {number[]} numbers @returns {number} added up from the first to the last, as Python does */
export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
