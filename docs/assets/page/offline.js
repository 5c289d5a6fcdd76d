/**
 * Registers the service worker, lets it keep the whole handbook while the page is idle, and shows a bar
 * when a new version waits. Over `file:` and plain http browsers have no workers: nothing happens.
 */

import { fill, makeButton } from "./dom.js";

/** @typedef {{saveData?: boolean, effectiveType?: string}} Connection known to Chromium only */

/** @param {HTMLElement} root the element marked `data-offline`, whose value is the address of the worker */
export async function enhance(root) {
  if (!location.protocol.startsWith("http") || !navigator.serviceWorker) return;
  await idle();
  const address = root.dataset.offline ?? "";
  const registration = await navigator.serviceWorker.register(address).catch(() => undefined);
  if (!registration) return; // private windows and old browsers refuse; the site is complete without it
  const announce = () => {
    if (registration.waiting && navigator.serviceWorker.controller) offer(root, registration.waiting);
  };
  announce();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", announce);
  });
  const { active } = await navigator.serviceWorker.ready;
  await idle();
  if (!isMetered()) active?.postMessage("fill");
}

/** Wait until the page has loaded and the browser has time. */
async function idle() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  await new Promise((resolve) => (self.requestIdleCallback ?? setTimeout)(resolve));
}

/** Whether the reader asked to save data, or has so little that we should. */
function isMetered() {
  const { connection } = /** @type {Navigator & {connection?: Connection}} */ (navigator);
  return Boolean(connection?.saveData || connection?.effectiveType?.endsWith("2g"));
}

/**
 * @param {HTMLElement} root
 * @param {ServiceWorker} waiting the worker of the new version
 */
function offer(root, waiting) {
  const update = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("update");
  };
  fill(root, makeButton("有新内容，点此更新", update, "kb-update__button"));
  root.hidden = false;
}
