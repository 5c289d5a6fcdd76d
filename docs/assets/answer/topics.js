import { readJson } from "./decode.js";
import { Facts } from "./facts.js";

/**
 * Of each topic, the slugs of its questions, and the documents of its causes and of their remedies, each less the one
 * before.
 * @typedef {[slugs: string[], causes: number[], remedies: number[]][]} Listed
 */

/** The tables of the topics, each in a file of its own, which is read only if a case belongs to it. */
export class Topics {
  /**
   * @param {Listed} listed
   * @param {import("./files.js").Files} files
   */
  constructor(listed, files) {
    this.files = files;
    this.topics = listed.map(([slugs, causes, remedies], number) => {
      return { number, slugs, causes: summed(causes), remedies: summed(remedies) };
    });
  }

  /**
   * @param {string[]} slugs
   * @param {(number | undefined)[]} tried documents
   * @returns {number[]} the topics of some questions and remedies
   */
  known(slugs, tried) {
    const own = this.topics.filter(
      (topic) =>
        topic.slugs.some((slug) => slugs.includes(slug)) ||
        topic.remedies.some((remedy) => tried.includes(remedy)),
    );
    return own.map(({ number }) => number);
  }

  /**
   * @param {number[]} documents
   * @returns {number[]} the topic of each that is a cause, in their order
   */
  of(documents) {
    return documents.flatMap((document) =>
      this.topics.flatMap(({ number, causes }) => (causes.includes(document) ? [number] : [])),
    );
  }

  /**
   * @param {number[]} wanted topics
   * @returns {Promise<Facts[]>} the tables of these, in the order of all, each once
   */
  read(wanted) {
    const own = this.topics.filter(({ number }) => wanted.includes(number));
    return Promise.all(own.map(({ number }) => this.files.read(`f${number}.json`, readFacts)));
  }
}

/** @param {number[]} gaps @returns {number[]} */
function summed(gaps) {
  let at = 0;
  return gaps.map((gap) => (at += gap));
}

/**
 * @param {ArrayBuffer} file
 * @param {import("./files.js").Build} meta
 */
function readFacts(file, meta) {
  return new Facts(readJson(file, meta));
}
