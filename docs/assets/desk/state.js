/**
 * What of the desk is in the address, in its fragment: the answer chosen, the tone, the facts. Never what was pasted.
 * `#card=<id>&tone=ticket&fact=<question>.<option>&tried=<id>`
 */

/** @typedef {import("./replies.js").Tone} Tone */
/** @typedef {import("../box/case.js").Case["known"]} Known */
/** `tone`: if one was chosen. @typedef {{card: string, tone: Tone | null, known: Known}} State */

/** @type {Tone[]} */
export const TONES = ["merchant", "customer", "ticket"];

/** @param {string} hash @returns {State} */
export function readState(hash) {
  const params = new URLSearchParams(hash.slice(1));
  const facts = params.getAll("fact").map((fact) => fact.split("."));
  const tone = TONES.find((one) => one === params.get("tone")) ?? null;
  const known = { answers: Object.fromEntries(facts), tried: params.getAll("tried") };
  return { card: params.get("card") ?? "", tone, known };
}

/** @param {State} state */
export const writeState = (state) =>
  history.replaceState(history.state, "", location.pathname + location.search + fragmentOf(state));

/** @param {State} state @returns {string} the fragment; empty if nothing is chosen */
function fragmentOf({ card, tone, known }) {
  const params = new URLSearchParams();
  if (card) params.set("card", card);
  if (tone) params.set("tone", tone);
  for (const [slug, option] of Object.entries(known.answers)) params.append("fact", `${slug}.${option}`);
  for (const id of known.tried) params.append("tried", id);
  const written = params.toString();
  return written && `#${written}`;
}
