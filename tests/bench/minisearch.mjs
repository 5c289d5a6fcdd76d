// MiniSearch with Intl.Segmenter, the same options in Node (which writes the index) and in the browser.
import MiniSearch from "./minisearch.mjs";

const words = new Intl.Segmenter("zh", { granularity: "word" });
export const options = {
  fields: ["title", "text"],
  storeFields: ["location"],
  tokenize: (text) => [...words.segment(text)].filter((word) => word.isWordLike).map((word) => word.segment),
  searchOptions: { boost: { title: 3 }, prefix: true },
};
export { MiniSearch };

if (typeof process !== "undefined") {
  const fs = await import("node:fs");
  const folder = process.argv[2];
  const entries = JSON.parse(fs.readFileSync(`${folder}/entries.json`, "utf-8"));
  const index = new MiniSearch(options);
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  fs.writeFileSync(`${folder}/index.json`, JSON.stringify(index));
}
