/**
 * Service worker: the handbook without a network. Rendered by the build (hooks/kb/offline.py says what is
 * kept and why), at the root of the site; it serves addresses below its own folder only.
 *
 * Kill switch: with `extra: {offline: false}` in mkdocs.yml the build writes a worker that deletes
 * everything kept and removes itself. Browsers ask for this file past their caches on every visit, so
 * each reader is rid of it on the next one. Leave the file in place; a missing one removes nothing.
 */
"use strict";

const BASE = self.registration.scope;
/** Beginning of the names of our caches; other sites may live on the same host. */
const OURS = `kb ${BASE} `;

/** Delete our caches but for `names`. */
async function forget(...names) {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && !names.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}
{% if not offline %}
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.registration.unregister())));
{% else %}
const SITE = {{ offline | tojson }};
const BUNDLES = Object.values(SITE.bundles);

/** Pages, and files whose names do not tell their version; a new version starts afresh. */
const NAMED = OURS + SITE.version;
/** Files with a hash in their names: what has not changed is never fetched again. */
const HASHED = `${OURS}hashed`;

/** How long a page waits for the network if there is a copy. */
const PATIENCE = 2500;
/** How long after such a wait the copies come at once, so that a page's files do not wait one after another. */
const GRUDGE = 30000;
let impatientUntil = 0;

const isHashed = (path) => /^(?:assets|search|offline)\/.*\b[0-9a-f]{8}\b/.test(path);
const open = (path) => caches.open(isHashed(path) ? HASHED : NAMED);

/** The path below the site, without query; undefined for addresses elsewhere. */
function pathOf(address) {
  const { href } = Object.assign(new URL(address), { search: "", hash: "" });
  return href.startsWith(BASE) ? href.slice(BASE.length).replace(/(^|\/)index\.html$/, "$1") : undefined;
}

/** Whether a response may be kept: whole, ours, and from the address that was asked for. */
const isSound = (response) => response.status === 200 && response.type === "basic" && !response.redirected;

/** Fetch a file of the current version and keep it. */
async function keep(path) {
  const cache = await open(path);
  if (isHashed(path) && (await cache.match(BASE + path))) return;
  const response = await fetch(BASE + path, { cache: isHashed(path) ? "default" : "no-cache" });
  if (!isSound(response)) throw new Error(`${path}: ${response.status}`);
  await cache.put(BASE + path, response);
}

/** Fetch the bundles one by one; what fails is left for the next visit. Old browsers cannot unpack them. */
let filling = null;
async function fill() {
  if (!self.DecompressionStream) return;
  for (const path of BUNDLES) await keep(path);
}

const opened = new Map();
/** Content of a bundle that has been kept, read once in the life of this worker. */
function bundle(path) {
  if (!opened.has(path)) {
    opened.set(path, read(path));
    opened.get(path).catch(() => opened.delete(path));
  }
  return opened.get(path);
}

async function read(path) {
  const file = await (await open(path)).match(BASE + path);
  const content = await new Response(file.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const end = new Uint8Array(content).indexOf(10);
  return { ...JSON.parse(new TextDecoder().decode(content.slice(0, end))), bytes: content.slice(end + 1) };
}

/** A page or a file of the index out of its bundle; undefined if the bundle is not here (yet). */
async function unpacked(path) {
  const content = await bundle(SITE.bundles[path.split("/")[0]]).catch(() => undefined);
  const page = content?.pages[path]?.map((number) => content.chunks[number]).join("");
  const body = page ?? (content?.spans[path] && content.bytes.slice(...content.spans[path]));
  const type = page ? "text/html; charset=utf-8" : path.endsWith(".js") ? "text/javascript" : "";
  return body && new Response(body, { headers: { "Content-Type": type } });
}

const kept = async (path) => (await (await open(path)).match(BASE + path)) ?? (await unpacked(path));

async function fromNetwork(event, path) {
  const response = (await event.preloadResponse) || (await fetch(event.request));
  if (isSound(response)) {
    const copy = response.clone();
    event.waitUntil(open(path).then((cache) => cache.put(BASE + path, copy)).catch(() => {}));
  }
  return response;
}

async function cacheFirst(event, path) {
  const copy = event.request.cache === "reload" ? undefined : await kept(path);
  return copy ?? fromNetwork(event, path);
}

async function networkFirst(event, path) {
  const network = fromNetwork(event, path);
  event.waitUntil(network.catch(() => {}));
  const wait = Date.now() < impatientUntil ? 0 : PATIENCE;
  const late = new Promise((resolve) => setTimeout(resolve, wait));
  const response = await Promise.race([network, late]).catch(() => undefined);
  if (response) return response;
  if (wait) impatientUntil = Date.now() + GRUDGE;
  return (await kept(path)) ?? network.catch(() => (event.request.mode === "navigate" ? sorry() : Response.error()));
}

const sorry = () => new Response(
  `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <meta name="color-scheme" content="light dark"><title>没有网络</title><h1>没有网络</h1>
  <p>这一页还没有存下来，连上网再看。<p><a href="${BASE}">回首页</a>`,
  { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
);

self.addEventListener("install", (event) => event.waitUntil(Promise.all(SITE.core.map(keep))));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await self.registration.navigationPreload?.enable();
  await forget(NAMED, HASHED);
  const hashed = await caches.open(HASHED);
  const stale = (await hashed.keys()).filter(({ url }) => ![...SITE.core, ...BUNDLES].includes(pathOf(url)));
  await Promise.all(stale.map((request) => hashed.delete(request)));
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
  if (event.data === "fill") event.waitUntil((filling ??= fill().catch(() => {}).finally(() => (filling = null))));
});

self.addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request.url) : undefined;
  if (path === undefined || event.request.headers.has("range")) return;
  event.respondWith(isHashed(path) ? cacheFirst(event, path) : networkFirst(event, path));
});
{% endif %}
