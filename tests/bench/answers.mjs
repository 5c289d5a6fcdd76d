// Puts queries to the engine as shipped, each to a fresh one, and prints what it answers and what it fetched.
// Usage: node --experimental-default-type=module answers.mjs <folder of the index> < queries.json
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { Engine } from "../../docs/assets/answer/engine.js";

const folder = process.argv[2];
const meta = JSON.parse(readFileSync(`${folder}/meta.json`, "utf-8"));
const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf-8"))) {
  const fetched = new Set();
  const engine = new Engine(meta, async (name) => {
    fetched.add(name);
    const file = await readFile(`${folder}/${name}`);
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
  });
  const { needs, none, elsewhere } = await engine.answer(query);
  const shown = needs.map(({ id, chance }) => [id, chance]);
  answers.push({ needs: shown, elsewhere: elsewhere?.answer ?? null, none, fetched: [...fetched] });
}
console.log(JSON.stringify(answers));
