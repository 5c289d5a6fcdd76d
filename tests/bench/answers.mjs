// Puts queries to the engine as shipped, each to a fresh one, and prints what it answers and what it fetched until then.
// Usage: node --experimental-default-type=module answers.mjs <folder of the index> < cases.json
// A case is {query, ideal}: names of right answers. Where there are any, `question` says how likely the first
// answer is right once the question that tells most is answered as the table of causes has it.
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { asking } from "../../docs/assets/answer/asking.js";
import { Engine } from "../../docs/assets/answer/engine.js";
import { UNKNOWN } from "../../docs/assets/answer/facts.js";
import { chances, judge } from "../../docs/assets/answer/learnt.js";

const folder = process.argv[2];
const meta = JSON.parse(readFileSync(`${folder}/meta.json`, "utf-8"));
const { passed, cases } = JSON.parse(readFileSync(0, "utf-8"));
const open = (fetched) =>
  new Engine(meta, async (name) => {
    fetched.add(name);
    const file = await readFile(`${folder}/${name}`);
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
  });
const first = ({ elsewhere, needs }) =>
  elsewhere ? elsewhere.answer : needs.find(({ id }) => !passed.includes(id))?.id;

const warm = open(new Set());
const topics = await warm.topics.read([...meta.topics.keys()]);

/** Chance of each document as far as words tell. */
async function told(query) {
  const { terms, taught } = await warm.matcher.match(query);
  return chances(judge(terms, taught, meta.learnt, meta.weights), meta.learnt);
}

/** Chance that the first answer is right after the question that tells most, null if there is none. */
async function after(query, answer, ideal, words) {
  const { topic, question } = asking(answer.needs, 0, topics, { answers: {}, tried: [] }, words, words, []);
  if (!question) return null;
  const { table, likelihood, prior } = topics.find((facts) => facts.table.topic === topic);
  const own = table.causes.map((id) => Number(ideal.includes(id)));
  const causes = own.some(Boolean) ? own : prior;
  const total = causes.reduce((sum, weight) => sum + weight, 0);
  let right = 0;
  for (const option of [...question.options.map(([id]) => id), UNKNOWN]) {
    const shares = likelihood.get(question.slug).get(option);
    const known = { answers: { [question.slug]: option }, tried: [] };
    if (!ideal.includes(first(await warm.answer(query, { known })))) continue;
    const said = shares?.reduce((sum, share, cause) => sum + (share * causes[cause]) / total, 0) ?? 0;
    right += option === UNKNOWN ? table.unknown : said * (1 - table.unknown);
  }
  return right;
}

const answers = [];
for (const { query, ideal } of cases) {
  const fetched = new Set();
  let early = null;
  const show = () => {
    early ??= [...fetched];
  };
  const answer = await open(fetched).answer(query, { ask: true, show });
  const { needs, none, elsewhere, exact } = answer;
  const words = await told(query);
  answers.push({
    needs: needs.map(({ id }) => id),
    elsewhere: elsewhere?.answer ?? null,
    none,
    exact: exact !== null,
    chance: elsewhere ? Math.max(...words) : (needs[0]?.chance ?? 0),
    asked: answer.asking.question !== null,
    right: ideal.includes(first(answer)),
    question: ideal.length && !exact && !none ? await after(query, answer, ideal, words) : null,
    fetched: early ?? [...fetched],
  });
}
console.log(JSON.stringify(answers));
