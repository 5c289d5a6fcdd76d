/**
 * What a customer asks, out of what an agent pastes: often a whole chat, with names, times, numbers and signs.
 */

/** Characters in which is looked for what is asked; what was said last counts. */
const LONGEST = 300;
/** Lines that are looked at. */
const LINES = 400;

const AGENT = /^(?:\[?客服[^：:]{0,12}|我)\s*[：:]/;
/** His name above what he says. */
const AGENTS = /^(?:\[?客服|我$)/;
const SPEAKER = /^[^\s：:，。？！]{1,16}\s*[：:]\s*/;
const TIME = /\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?/g;
const ADDRESS = /(?:https?:\/\/|www\.)\S+|\S+@\S+/g;
/** Numbers of phones, cards, orders and shops, grouped by blanks or not: nobody's business, and no help. */
const NUMBER = /(^|[^A-Z_\d])\+?\d(?:[ -]?\d){6,}(?!\d)/gi;
const TAG = /<[^>]{0,200}>/g;
const SIGNS = /[\p{Extended_Pictographic}\p{Cf}\p{Cc}\u{1f1e6}-\u{1f1ff}]|\[[\p{Script=Han}]{1,4}\]/gu;
const GREETING =
  /^(?:你好|您好|在吗|在不在|人呢|有人吗|亲|谢谢|嗯+|哦+|好的?|老师|请问|hello|hi|(?:[你您]好[，,\s]*)?请问您.{0,10}(?:问题|帮|需要).{0,4})[啊呀吗，,。.！!？?～~\s]*$/i;

/** A clause that only scolds whoever reads it: no matter of its own. */
const ABUSE =
  /(^|[，,。.！!？?；;\s])(?:你们?|贵司)(?!们|说|看|觉得|帮)[^，,。.！!？?；;\s]{0,8}(?:骗子|骗人|骗钱|坑人|坑钱|黑店|黑心|抢钱|强盗|垃圾|不要脸|太坑)[^，,。.！!？?；;\s]{0,4}(?:$|[，,。.！!？?；;\s]+)/g;

/** @param {string} line @returns {string} without what tells nothing about the case */
function bare(line) {
  return line
    .replace(TAG, " ")
    .replace(ADDRESS, " ")
    .replace(TIME, " ")
    .replace(NUMBER, "$1 ")
    .replace(SIGNS, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * The last things that customers said, oldest first, as far as the engine takes them.
 * @param {string} pasted
 * @returns {string}
 */
export function question(pasted) {
  const lines = pasted.normalize("NFKC").split(/\r?\n/).slice(-LINES);
  let isAgents = false;
  const said = lines.flatMap((line) => {
    const text = bare(line);
    if (AGENT.test(text)) return [];
    const own = text.replace(SPEAKER, "").replace(ABUSE, "$1").trim();
    const isHead = own !== "" && isHeading(line, own);
    if (isHead || own !== text) isAgents = isHead && AGENTS.test(own);
    return own && !isHead && !isAgents && !GREETING.test(own) ? [own] : [];
  });
  /** @type {string[]} */
  const last = [];
  let room = LONGEST;
  for (const line of said.reverse()) {
    if (last.length && line.length > room) break;
    last.unshift(line.slice(-LONGEST));
    room -= line.length;
  }
  return last.join(" ");
}

/** What begins another question within a sentence. */
const BESIDE = /[,，]?\s*(?=还有|另外|顺便|再问|还想问|对了|再一个|还要问|以及)/;
/** What asks, wishes or complains: a part without it only tells of the case. */
const ASKS =
  /[吗呢么嘛怎咋哪啥谁几想要请帮扣退关]|什么|多少|如何|为何|凭|能不|可不|是不是|会不|有没有|给我|不[了到能行收让]|失败|没到/;
/** Han characters of a part that may ask something by itself. */
const PART = 6;

/**
 * @param {string} asked as `question` gives it
 * @returns {string[]} its sentences, each of which may ask something else; none if there is but one
 */
export function partsOf(asked) {
  const parts = asked.split(/[。!?;！？；\s]+/).flatMap((sentence) => sentence.split(BESIDE));
  const long = parts.filter((part) => (part.match(/\p{Script=Han}/gu)?.length ?? 0) >= PART);
  return long.length > 1 ? long.filter((part) => ASKS.test(part)) : [];
}

/** A line of a name and a time above what was said. @param {string} line @param {string} own */
function isHeading(line, own) {
  return own.length <= 16 && /\d{1,2}:\d{2}/.test(line) && !/[？?。！!，,]/.test(own);
}
