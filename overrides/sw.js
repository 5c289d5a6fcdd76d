/**
 * Service worker: the handbook without a network. Rendered by the build (`precache` in hooks/kb says what is
 * kept and why), at the root of the site; it serves addresses below its own folder only.
 *
 * Kill switch: with `extra: {offline: false}` in mkdocs.yml the build writes a worker that deletes
 * everything kept and removes itself. Browsers ask for this file past their caches on every visit, so
 * each reader is rid of it on the next one. Leave the file in place; a missing one removes nothing.
 */

/**
 * What the build keeps, by addresses below the site.
 * @typedef {Object} Site
 * @property {string} version
 * @property {Record<string, string>} core address → SHA-256 of the file, in hexadecimal
 * @property {Record<string, [string, string, string][]>} bundles folder → its parts in the order of the
 *   addresses: first address in the part, the part's own address, its SHA-256
 */

/** Null switches the worker off. */
const SITE =
  /** @type {Site | null} */
  // biome-ignore lint/complexity/noUselessStringRaw: the build's text has backslashes
  (JSON.parse(String.raw`{{ offline | tojson }}`));
const { version, core, bundles } = SITE ?? { version: "", core: {}, bundles: {} };
const parts = Object.values(bundles).flat();
/** Address → SHA-256 of the files whose content the build has fixed. */
const digests = new Map([
  ...Object.entries(core),
  ...parts.map(([, path, digest]) => /** @type {const} */ ([path, digest])),
]);
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const BASE = worker.registration.scope;
/** Beginning of the names of our caches; other sites may live on the same host. */
const OURS = `kb ${BASE} `;
/** Pages, and files whose names do not tell their version; a new version starts afresh. */
const NAMED = OURS + version;
/** Files with a hash in their names: what has not changed is never fetched again. */
const HASHED = `${OURS}hashed`;

/** How long a page waits for the network if there is a copy. */
const WAIT_MS = 2500;
/** How long after such a wait the copies come at once, so that a page's files do not wait one after another. */
const SKIP_WAIT_MS = 30000;
let skipWaitUntil = 0;

const isHashed = (/** @type {string} */ path) => /^(?:assets|search|offline)\/.*\b[0-9a-f]{8}\b/.test(path);
const cacheOf = (/** @type {string} */ path) => caches.open(isHashed(path) ? HASHED : NAMED);

/**
 * @param {string} address
 * @returns {string | undefined} the path below the site, without query; undefined for addresses elsewhere
 */
function pathOf(address) {
  const { href } = Object.assign(new URL(address), { search: "", hash: "" });
  return href.startsWith(BASE) ? href.slice(BASE.length).replace(/(^|\/)index\.html$/, "$1") : undefined;
}

/** Delete our caches but for `names`. */
async function forget(/** @type {string[]} */ ...names) {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && !names.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

const isPage = (/** @type {string} */ path) => /(?:^|\/|\.html)$/.test(path);
const isHtml = (/** @type {Response} */ response) =>
  /^text\/html\b/.test(response.headers.get("Content-Type") ?? "");

/**
 * Whether a response may be kept: from the address that was asked for, of the right type, and whole. Some
 * hosts answer 200 with a page of theirs for what is missing, and some networks with half of a file.
 * @param {string} path
 * @param {Response} response is read only in copies
 */
async function isSound(path, response) {
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return false;
  if (isHtml(response) !== isPage(path)) return false;
  if (isPage(path)) return (await response.clone().text()).trimEnd().endsWith("</html>");
  const digest = digests.get(path);
  return !digest || digest === (await sha256(response.clone()));
}

/** @param {Response} response */
async function sha256(response) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetch a file of the current version and keep it. What the browser has of it may be damaged for a year. */
async function keep(/** @type {string} */ path) {
  const cache = await cacheOf(path);
  if (isHashed(path) && (await cache.match(BASE + path))) return;
  for (const mode of /** @type {RequestCache[]} */ (isHashed(path) ? ["default", "reload"] : ["no-cache"])) {
    const response = await fetch(BASE + path, { cache: mode });
    if (await isSound(path, response)) return cache.put(BASE + path, response);
  }
  throw new Error(`${path} is not whole`);
}

/** @type {Promise<void> | null} */
let filling = null;
/** Fetch the bundles one by one; what fails is left for the next visit. Old browsers cannot unpack them. */
async function fill() {
  if (!self.DecompressionStream) return;
  for (const [, path] of parts) await keep(path);
}

/**
 * What a bundle holds: pages as numbers of chunks, other files as spans of its bytes.
 * @typedef {Object} Bundle
 * @property {string[]} chunks
 * @property {Record<string, number[]>} pages
 * @property {Record<string, [number, number]>} spans
 * @property {ArrayBuffer} bytes
 */

/** @type {Map<string, Promise<Bundle>>} */
const opened = new Map();
/** Content of a bundle that has been kept, read once in the life of this worker. */
function bundle(/** @type {string} */ path) {
  const known = opened.get(path);
  if (known) return known;
  const content = read(path);
  opened.set(path, content);
  content.catch(() => opened.delete(path));
  return content;
}

/**
 * @param {string} path
 * @returns {Promise<Bundle>}
 */
async function read(path) {
  const file = await (await cacheOf(path)).match(BASE + path);
  if (!file?.body) throw new Error(`${path} is not kept`);
  const content = await new Response(file.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const end = new Uint8Array(content).indexOf(10);
  return { ...JSON.parse(new TextDecoder().decode(content.slice(0, end))), bytes: content.slice(end + 1) };
}

/** A page or a file of the index out of its bundle; undefined if the bundle is not here (yet). */
async function unpacked(/** @type {string} */ path) {
  const part = bundles[path.split("/")[0]]?.filter(([first]) => first <= path).pop();
  const content = part && (await bundle(part[1]).catch(() => undefined));
  const page = content?.pages[path]?.map((number) => content.chunks[number]).join("");
  const span = content?.spans[path];
  const body = page ?? (span && content.bytes.slice(...span));
  if (body === undefined) return undefined;
  const type = page ? "text/html; charset=utf-8" : path.endsWith(".js") ? "text/javascript" : "";
  return new Response(body, { headers: { "Content-Type": type } });
}

const kept = async (/** @type {string} */ path) =>
  (await (await cacheOf(path)).match(BASE + path)) ?? (await unpacked(path));

/**
 * @param {FetchEvent} event
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function fromNetwork(event, path) {
  const response = await fetch(event.request);
  const copy = response.clone();
  const put = async () => {
    if (await isSound(path, copy)) await (await cacheOf(path)).put(BASE + path, copy);
  };
  event.waitUntil(put().catch(() => {}));
  return response;
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function cacheFirst(event, path) {
  const copy = event.request.cache === "reload" ? undefined : await kept(path);
  return copy ?? fromNetwork(event, path);
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function networkFirst(event, path) {
  const network = fromNetwork(event, path);
  event.waitUntil(network.catch(() => {}));
  const wait = Date.now() < skipWaitUntil ? 0 : WAIT_MS;
  const late = new Promise((resolve) => setTimeout(resolve, wait));
  const response = await Promise.race([network, late]).catch(() => undefined);
  if (response) return response;
  if (wait) skipWaitUntil = Date.now() + SKIP_WAIT_MS;
  const failed = () => (event.request.mode === "navigate" ? offlinePage() : Response.error());
  return (await kept(path)) ?? network.catch(failed);
}

const offlinePage = () =>
  new Response(
    `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <meta name="color-scheme" content="light dark"><title>没有网络</title><h1>没有网络</h1>
  <p>这一页还没有存下来，连上网再看。<p><a href="">再试一次</a> <a href="${BASE}">回首页</a>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );

async function activate() {
  await forget(NAMED, HASHED);
  const hashed = await caches.open(HASHED);
  const stale = (await hashed.keys()).filter(({ url }) => !digests.has(url.slice(BASE.length)));
  await Promise.all(stale.map((request) => hashed.delete(request)));
  await worker.clients.claim();
}

async function retire() {
  await forget();
  await worker.registration.unregister();
}

function listen() {
  worker.addEventListener("install", (event) => event.waitUntil(Promise.all(Object.keys(core).map(keep))));
  worker.addEventListener("activate", (event) => event.waitUntil(activate()));
  worker.addEventListener("message", (event) => {
    if (event.data === "update") worker.skipWaiting();
    if (event.data !== "fill") return;
    if (!filling) {
      filling = fill()
        .catch(() => {})
        .finally(() => {
          filling = null;
        });
    }
    event.waitUntil(filling);
  });
  worker.addEventListener("fetch", (event) => {
    const path = event.request.method === "GET" ? pathOf(event.request.url) : undefined;
    if (path === undefined || event.request.headers.has("range")) return;
    event.respondWith(isHashed(path) ? cacheFirst(event, path) : networkFirst(event, path));
  });
}

if (SITE) {
  listen();
} else {
  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (event) => event.waitUntil(retire()));
}
