/** The form of the fee calculator: reads its fields and has the result shown. Nothing leaves the page. */

import { decode } from "./csv.js";
import { clear, showResult, showSkipped } from "./result.js";
import { compare } from "./fee.js";
import { Problem, readRate, readYuan } from "./money.js";
import { readStatement } from "./statement.js";

const MAX_BYTES = 5_000_000;

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-calculator] form"));
const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/**
 * @param {HTMLInputElement} input
 * @param {string} message
 */
function mark(input, message) {
  /** @type {HTMLElement} */ (document.getElementById(`${input.id}-problem`)).textContent = message;
  input.setAttribute("aria-invalid", "true");
}

function unmark() {
  for (const problem of form.querySelectorAll(".kb-field__problem")) problem.textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/**
 * Run a reader for one field; what it finds wrong is shown beside it.
 * @template T, A
 * @param {string} name
 * @param {(text: string) => T} read
 * @param {A} [absent] the value of an empty field; without it the field must be filled
 * @returns {T | A | undefined} undefined where the field is wrong
 */
function take(name, read, absent) {
  const input = field(name);
  if (absent !== undefined && !input.value.trim()) return absent;
  try {
    if (!input.value.trim()) throw new Problem(/** @type {string} */ (input.dataset.missing));
    return read(input.value);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    mark(input, problem.message);
  }
}

/** @param {string} text */
function readAmount(text) {
  const amount = readYuan(text);
  if (!amount) throw new Problem("要大于 0");
  return amount;
}

function takeTrade() {
  const amount = take("amount", readAmount);
  const deducted = take("deducted", (text) => {
    const fee = readYuan(text);
    if (amount !== undefined && fee > amount) throw new Problem("比收款金额还大：这里填手续费");
    return fee;
  });
  return [{ amount: amount ?? 0n, deducted: deducted ?? 0n }];
}

function takeStatement() {
  const statement = take("statement", readStatement);
  if (statement && !statement.trades.length) mark(field("statement"), "一笔也没有读出来，看下面每一行的原因");
  showSkipped(statement?.problems ?? []);
  return statement?.trades ?? [];
}

/** @param {boolean} many the statement, not the single trade */
function calculate(many) {
  clear();
  unmark();
  const rate = take("rate", readRate);
  const floor = take("floor", readYuan, 0n);
  const readCap = (/** @type {string} */ text) => {
    const most = readYuan(text);
    if (floor !== undefined && most < floor) throw new Problem("不能比保底低");
    return most;
  };
  const cap = take("cap", readCap, null);
  const extra = take("extra", readYuan, 0n);
  const trades = many ? takeStatement() : takeTrade();
  const wrong = /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid]"));
  if (wrong) return wrong.focus();
  const terms = /** @type {import("./fee.js").Terms} */ ({ rate, floor, cap, extra });
  showResult(compare(trades, terms), terms);
}

async function takeFile() {
  const [file] = field("file").files ?? [];
  if (!file) return;
  clear();
  unmark();
  try {
    if (file.size > MAX_BYTES) throw new Problem("文件太大：请按月导出再选");
    field("statement").value = decode(new Uint8Array(await file.arrayBuffer()));
    calculate(true);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    mark(field("statement"), problem.message);
  }
  field("file").value = ""; // so that the same file, corrected, can be chosen again
}

/** Bring the form to life; without it the page shows the formula and worked examples. */
export function enhance() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    calculate(/** @type {HTMLButtonElement} */ (event.submitter)?.value === "many");
  });
  form.addEventListener("input", clear);
  field("file").addEventListener("change", takeFile);
  form.querySelector("[data-fill]")?.addEventListener("click", () => {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (
      form.querySelectorAll("[data-example]")
    )) {
      input.value = /** @type {string} */ (input.dataset.example);
    }
    calculate(false);
  });
}
