/** Exported files as text and cells: the encodings and the quoting that banks and Excel use. */

import { Problem } from "./money.js";

/** @typedef {{line: number, cells: string[]}} Line the line a record begins on, and its cells */

/** First bytes of workbooks, which are no text. */
const WORKBOOKS = ["504b0304", "d0cf11e0"];

/**
 * Read a file's bytes as text: UTF-8 with or without mark, UTF-16 with mark, else GBK.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function decode(bytes) {
  const magic = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (WORKBOOKS.includes(magic)) throw new Problem("这是 Excel 文件：请在 Excel 里另存为 CSV，再选一次");
  if (magic.startsWith("feff")) return new TextDecoder("utf-16be").decode(bytes);
  if (magic.startsWith("fffe")) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/**
 * Split a text into lines of cells; a quoted cell may hold separators and line breaks.
 * @param {string} text
 * @param {string} separator
 * @returns {Generator<Line>}
 */
export function* records(text, separator) {
  let line = 1;
  let start = 1;
  let cells = [""];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const last = cells.length - 1;
    if (char === "\n") line++;
    if (quoted) {
      if (char !== '"') cells[last] += char;
      else if (text[at + 1] === '"') cells[last] += text[++at];
      else quoted = false;
    } else if (char === '"' && !cells[last].trim()) {
      quoted = true;
    } else if (char === separator) {
      cells.push("");
    } else if (char === "\n") {
      yield { line: start, cells };
      cells = [""];
      start = line;
    } else {
      cells[last] += char;
    }
  }
  if (quoted) throw new Problem(`第 ${start} 行起引号没有成对，请补上再试`);
  yield { line: start, cells };
}
