// Opens an engine in the browser: `open[name](base)` gives a function query → URLs of pages, best first;
// asked to be `early`, it gives the first that an engine shows.
const json = async (url) => (await fetch(url)).json();
/** The address of a document: codes are rows of one page, everything else is a page. */
const page = (location) => (location.startsWith("codes/") ? location : location.replace(/#.*$/, ""));

/** Characters, pairs of neighbouring Han and runs of letters. */
function cut(text) {
  const runs = text.toLowerCase().match(/[0-9a-z]+|[㐀-鿿]+/g) ?? [];
  return runs.flatMap((run) => (run < "㐀" ? [run] : [...run, ...[...run].slice(1).map((c, at) => run[at] + c)]));
}

function asking(worker, first, query, pick) {
  const ask = (message, type, early) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => data.type === type && (early || !data.data?.more) && resolve(data.data);
      worker.postMessage(message);
    });
  const ready = first ? ask(first, 1) : Promise.resolve();
  return async (text, early) => pick(await ready.then(() => ask(query(text), 3, early)));
}

/** What a page view has fetched before the reader goes to the search box: for us where the index is. */
export const view = { ours: (base) => json(`${base}search/place.json`) };

export const open = {
  async ours(base, place) {
    const worker = new Worker(`${base}${place.base}engine.js`);
    return (query, early) =>
      new Promise((resolve) => {
        worker.onmessage = ({ data }) => {
          if (early || !data.more) resolve(data.needs.map(({ url }) => page(url)));
        };
        worker.postMessage({ query, known: { answers: {}, tried: [] } });
      });
  },
  async material(base) {
    const data = await json(`${base}search_index.json`);
    const worker = new Worker(`${base}worker.js`);
    const urls = ({ items }) => items.slice(0, 10).map((result) => page(result[0].location));
    const setup = { type: 0, data: { ...data, options: { suggest: false } } };
    return asking(worker, setup, (text) => ({ type: 2, data: text }), urls);
  },
  async grams(base) {
    const rows = await json(`${base}entries.json`);
    const lists = new Map();
    const lengths = rows.map(({ title, text }, row) => {
      const terms = cut(`${title}\n${text}`);
      const counts = new Map();
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const [term, count] of counts) lists.set(term, lists.get(term) ?? []).get(term).push([row, count]);
      return terms.length;
    });
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    return async (text) => {
      const total = new Map();
      for (const term of new Set(cut(text))) {
        const list = lists.get(term) ?? [];
        const idf = Math.log(1 + (rows.length - list.length + 0.5) / (list.length + 0.5));
        for (const [row, count] of list) {
          const score = (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * lengths[row]) / mean));
          total.set(row, (total.get(row) ?? 0) + score);
        }
      }
      const best = [...total].sort((a, b) => b[1] - a[1]).map(([row]) => page(rows[row].location));
      return [...new Set(best)].slice(0, 10);
    };
  },
  async minisearch(base) {
    const { MiniSearch, options } = await import(`${base}options.mjs`);
    const index = MiniSearch.loadJS(await json(`${base}index.json`), options);
    return async (text) => [...new Set(index.search(text).map((hit) => page(hit.location)))].slice(0, 10);
  },
  async pagefind(base) {
    const pagefind = await import(`${base}pagefind/pagefind.js`);
    await pagefind.options({ baseUrl: "/" });
    return async (text) => {
      const { results } = await pagefind.search(text);
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return shown.map(({ raw_url, url }) => (raw_url ?? url).replace(/^\//, ""));
    };
  },
};
