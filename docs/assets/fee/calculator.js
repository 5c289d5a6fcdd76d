/** The form of the fee calculator: reads its fields and has the result shown. Nothing leaves the page. */

import { find, findAll } from "../page/dom.js";
import { load } from "../page/site.js";
import { compare } from "./fee.js";
import { Fields } from "./fields.js";
import { Problem, percent, readRate, readYuan } from "./money.js";
import { Result } from "./result.js";

const MAX_BYTES = 5_000_000;
/** Fields that the address may fill: what somebody typed into the search. */
const GIVEN = ["amount", "deducted", "rate"];

/** What is agreed on each trade. */
const EACH = ["floor", "cap", "extra"];

const CUT_OFF = "读明细的部分没有载入：连上网，点页首的“再载入一次”";

/** A module that failed to load is not asked for again: the page has to be. */
function isCut() {
  dispatchEvent(new Event("kb-incomplete"));
  return null;
}

/** @param {string} text */
function readAmount(text) {
  const amount = readYuan(text);
  if (!amount) throw new Problem("要大于 0");
  return amount;
}

/** Millionths; nobody agrees on less, so a smaller one is a percentage written as a fraction. */
const LEAST_RATE = 500n;

/** @param {string} text */
function readAgreed(text) {
  const rate = readRate(text);
  if (rate && rate < LEAST_RATE) throw new Problem(`太小：是不是 ${percent(rate * 100n)}？就填它`);
  return rate;
}

/** @param {Fields} fields */
function takeTrade(fields) {
  const amount = fields.take("amount", readAmount);
  const deducted = fields.take("deducted", (text) => {
    const fee = readYuan(text);
    if (amount !== undefined && fee > amount) throw new Problem("比收款金额还大：这里填手续费");
    return fee;
  });
  return [{ amount: amount ?? 0n, deducted: deducted ?? 0n, isTotal: isMonth(fields) }];
}

/** Whether the numbers are those of a month, for which what is agreed on each trade says nothing. */
const isMonth = (/** @type {Fields} */ fields) => fields.get("period").value === "month";

/**
 * @param {Fields} fields
 * @param {Result} result says which rows are left out
 * @param {typeof import("./statement.js") | null} reader null: it has not come
 */
function takeStatement(fields, result, reader) {
  const statement = reader && fields.take("statement", reader.readStatement);
  if (!reader) fields.mark("statement", CUT_OFF);
  if (statement && !statement.trades.length) {
    fields.mark("statement", "一笔也没有读出来，看下面每一行的原因");
  }
  result.showSkipped(statement?.problems ?? []);
  return statement?.trades ?? [];
}

/**
 * @param {Fields} fields
 * @param {Result} result
 * @param {boolean} many the statement, not the single trade
 * @param {boolean} [isOwn] whether the numbers are the reader's, to be filled in where texts ask for them
 */
async function calculate(fields, result, many, isOwn = true) {
  result.clear();
  fields.unmark();
  /** @type {typeof import("./statement.js") | null} */
  const reader = many ? await load("../fee/statement.js").catch(isCut) : null; // before any field is read; few have one
  const rate = fields.take("rate", readAgreed, null);
  if (!many && isMonth(fields)) for (const name of EACH) fields.get(name).value = "";
  const floor = fields.take("floor", readYuan, 0n);
  const readCap = (/** @type {string} */ text) => {
    const most = readYuan(text);
    if (floor !== undefined && most < floor) throw new Problem("不能比保底低");
    return most;
  };
  const cap = fields.take("cap", readCap, null);
  const extra = fields.take("extra", readYuan, 0n);
  const trades = many ? takeStatement(fields, result, reader) : takeTrade(fields);
  if (fields.focusMarked()) return;
  const terms = /** @type {import("./fee.js").Terms} */ ({ rate: rate ?? 0n, floor, cap, extra });
  const rows = compare(trades, terms);
  if (rate === null) {
    result.showEffective(rows);
    return;
  }
  result.show(rows, terms);
  if (isOwn) result.keep(rows, terms);
}

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
async function textOf(file) {
  if (file.size > MAX_BYTES) throw new Problem("文件太大：请按月导出再选");
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Problem("这个文件打不开：重新选一次，或者打开它，把内容粘贴进来");
  });
  /** @type {typeof import("./csv.js") | undefined} */
  const csv = await load("../fee/csv.js").catch(isCut);
  if (!csv) throw new Problem(CUT_OFF);
  return csv.decode(new Uint8Array(bytes));
}

/**
 * @param {Fields} fields
 * @param {Result} result
 */
async function takeFile(fields, result) {
  const [file] = fields.get("file").files ?? [];
  if (!file) return;
  result.clear();
  fields.unmark();
  try {
    fields.get("statement").value = await textOf(file);
    await calculate(fields, result, true);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    fields.mark("statement", problem.message);
  }
  fields.get("file").value = ""; // so that the same file, corrected, can be chosen again
}

/**
 * Bring a form to life; without it the page shows the formula and worked examples.
 * @param {HTMLElement} root the element marked `data-calculator`
 */
export function enhance(root) {
  const form = find(root, "form", HTMLFormElement);
  const fields = new Fields(form);
  const result = new Result(root);
  const given = new URLSearchParams(location.search);
  const period = fields.get("period");
  const each = find(root, "[data-each]", HTMLElement);
  const total = find(root, "[data-total]", HTMLElement);
  const showEach = () => {
    each.hidden = isMonth(fields);
    total.hidden = !each.hidden;
  };
  for (const field of GIVEN.map((name) => fields.get(name))) {
    if (!field.value) field.value = given.get(field.name) ?? ""; // perhaps typed before this arrived
  }
  if (given.get("period") === "month") period.value = "month";
  showEach();
  if (given.get("rate")) calculate(fields, result, false);
  else if (given.has(GIVEN[0])) fields.get("rate").focus();
  let isMany = false; // of the button pressed last, as Enter presses one too; Safari before 15.4 has no submitter
  for (const button of findAll(form, "button[value]", HTMLButtonElement)) {
    button.addEventListener("click", () => {
      isMany = button.value === "many";
    });
  }
  for (const choice of findAll(form, '[name="period"]', HTMLInputElement)) {
    choice.addEventListener("click", ({ detail }) => {
      if (detail) fields.get(GIVEN[0]).focus(); // chosen with a finger: the arrows of a keyboard go on choosing
    });
  }
  GIVEN.slice(0, -1).forEach((name, at) => {
    fields.get(name).addEventListener("keydown", (event) => {
      const next = fields.get(GIVEN[at + 1]);
      if (event.key !== "Enter" || next.value) return;
      event.preventDefault();
      next.focus();
    });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    calculate(fields, result, isMany);
  });
  form.addEventListener("input", () => {
    result.clear();
    showEach();
  });
  find(root, "[data-month]", HTMLButtonElement).addEventListener("click", () => {
    period.value = "month";
    showEach();
    find(form, '[name="period"]:checked', HTMLInputElement).focus(); // this button is gone
    calculate(fields, result, false);
  });
  fields.get("file").addEventListener("change", () => takeFile(fields, result));
  takeFile(fields, result); // perhaps chosen before this arrived
  const fill = find(form, "[data-fill]", HTMLButtonElement);
  const inputs = findAll(form, "[data-example]", HTMLInputElement);
  const isTyped = () => [...inputs].some(({ value, dataset }) => value && value !== dataset.example);
  const guard = () => (fill.disabled = isTyped()); // an example never takes the place of somebody's own numbers
  form.addEventListener("input", guard);
  guard();
  fill.addEventListener("click", async () => {
    for (const input of inputs) input.value = input.dataset.example ?? "";
    period.value = "one";
    showEach();
    await calculate(fields, result, false, false);
    result.say("headline", `公开案例，不是你的账：${result.part("headline").textContent}`);
  });
}
