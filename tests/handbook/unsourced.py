"""List the factual sentences of the site that have neither a source nor a mark: ``python -m`` this module.

A sentence is factual if it holds a trigger: a year or date, a figure with a unit, a law or notice, or an
institution that is said to do something. It is settled by a footnote in its block (paragraph, list item with
its continuation, table row), or by a mark that says what it is worth (推论, 未核实, 据…, 没有查到, 例如 …) in
the sentence, or 推论 at the beginning of its block. A sentence, a head field or a line of the glossary whose
every trigger stands in a settled block (of the same page; for the glossary, of any page) repeats what is
sourced there. Words to be read out or copied (quotations with ``>``, code blocks) are not ours to prove; nor
are our own estimates of minutes. ``unsourced-allowed.tsv`` explains the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = Path(__file__).with_name("unsourced-allowed.tsv")
LEFT_OUT = ("assets", "adr")
"""Folders of ``docs`` that are no pages."""

TRIGGERS = (
    re.compile(r"\d{4} ?年(?:[前中底初]| ?\d+ ?月(?: ?\d+ ?日)?)?|\d+ ?月 ?\d+ ?日"),
    re.compile(
        r"条例|价格法|明码标价规定|投诉举报办法|实施细则|征求意见稿|\d{3} ?号"
        r"|第[一二三四五六七八九十]+条(?!对策)"
    ),
    re.compile(
        r"\d[\d,]*(?:\.\d+)? ?(?:%|元|万|亿|期|位数字|位|个工作日|个月|日内|天|小时|次|笔|号令|种|条|张)"
        r"|[两三四五六七八九十]+(?:个工作日|小时|倍|成)|[三四五六七八九十]+(?:个月|天)|次日"
    ),
    re.compile(
        r"(?<![由请让问找叫给和打])(?:支付宝|拉卡拉|蚂蚁|微信|银联|富友|海科融通|网商银行|人民银行|央行|支付清算协会|协会"
        r"|市场监管[^，。]{0,4}|发改委|12315|12363|收单机构|支付机构)"
        r"(?:的[^，。；]{1,10})?(?:已经?|也|都|还|只|会|就|通常|一般|可能|多半)?"
        r"(?:规定|要求|不许|不得|禁止|允许|识别|返回(?!码)|支持|不支持|单独|单列|按|把|收取|写明|说明|建议|提示|限制|公布|拦"
        r"|管不|只管|不认|认为|认得|传|上送|检测|有一?个|没有一?个|设了|承诺)"
    ),
)
"""Dates, law, figures, institutions."""

MARKS = re.compile(
    r"推论|未核实|没有?核实|核实过|没有查到|查不到|没有查|没查到|没有见到|没见到|没有见过|未见|没有找到|没找到|没有拿到"
    r"|没有取得|没有证据|没有公开|没有可靠|不知道|说不准|猜|推测|推算|反映|转述|网上说|网上流传|网传"
    r"|(?<![依数根证单凭])据(?!此)|有(?:一篇|几篇)?(?:网络)?文章|原文|例如|比如|假如|举例|打个比方|随手举|好比|互相矛盾"
    r"|（见依据）"
)
HEAD_FIELDS = ("summary", "verify", "why", "how", "say")
SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
MARKUP = re.compile(r"\[\^[^\]]*\]|\]\[[^\]]*\]|\]\([^)]*\)|\{#[^}]*\}|[*_`#\[\]]")
ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s")
SPACES = re.compile(r"[\s,，]")
UNDER_HEAD = ("```", ">", "#", "{%", "<")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row: where it begins, and its text as written."""

    line: int
    text: str

    @property
    def settled(self) -> bool:
        return bool(FOOTNOTE.search(self.text) or MARKS.search(self.text))

    @property
    def open_sentences(self) -> list[str]:
        """Return the sentences that no footnote and no 推论 at the beginning settles."""
        text = MARKUP.sub("", self.text)
        if FOOTNOTE.search(self.text) or text.startswith("推论"):
            return []
        return [sentence.strip() for sentence in SENTENCE.findall(text)]


@dataclass(frozen=True)
class Loose:
    """A factual sentence that nothing settles."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.text}"


def triggers(sentence: str) -> list[str]:
    """Return the words that make a sentence factual, without blanks."""
    return [SPACES.sub("", found[0]) for pattern in TRIGGERS for found in pattern.finditer(sentence)]


def loose(sentences: list[str], settled: str) -> Iterator[str]:
    """Yield the sentences with a trigger that ``settled`` does not repeat, and without a mark."""
    for sentence in sentences:
        if not MARKS.search(sentence) and any(words not in settled for words in triggers(sentence)):
            yield sentence.strip()


def read(text: str) -> tuple[list[Block], list[Block]]:
    """Return the head fields that hold sentences, and the blocks of the body."""
    lines = text.split("\n")
    start = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    head = []
    for number, line in enumerate(lines[1 : max(start - 1, 1)], 2):
        key, colon, value = line.partition(": ")
        if colon and key in HEAD_FIELDS:
            head.append(Block(number, value.strip().strip('"')))
    body: list[Block] = []
    fenced, open_block = False, False
    for number, line in enumerate(lines[start:], start + 1):
        bare = line.strip()
        if bare.startswith("```"):
            fenced = not fenced
        if fenced or not bare or bare.startswith(UNDER_HEAD):
            open_block = False
        elif bare.startswith("|"):
            open_block = False
            body.append(Block(number, bare))
        elif open_block and not ITEM.match(line):
            body[-1] = Block(body[-1].line, f"{body[-1].text} {bare}")
        else:
            open_block = True
            body.append(Block(number, ITEM.sub("", line).strip()))
    return head, body


def words_of(blocks: list[Block]) -> str:
    return SPACES.sub("", " ".join(MARKUP.sub("", block.text) for block in blocks if block.settled))


def findings(root: Path) -> list[Loose]:
    """Return every factual sentence under ``root/docs`` that has neither a source nor a mark."""
    found: list[Loose] = []
    everywhere = ""
    for path in sorted((root / "docs").rglob("*.md")):
        if set(path.parts) & set(LEFT_OUT):
            continue
        file = path.relative_to(root).as_posix()
        head, body = read(path.read_text("utf-8"))
        settled = words_of(body)
        everywhere += settled
        for block in head:
            found += [Loose(file, block.line, s) for s in loose(SENTENCE.findall(block.text), settled)]
        for block in body:
            found += [Loose(file, block.line, s) for s in loose(block.open_sentences, settled)]
    glossary = root / "docs/_data/glossary.yml"
    for number, line in enumerate(glossary.read_text("utf-8").split("\n"), 1):
        if line.startswith("  says: "):
            file = glossary.relative_to(root).as_posix()
            found += [Loose(file, number, s) for s in loose(SENTENCE.findall(line[8:]), everywhere)]
    return found


def allowed() -> list[list[str]]:
    """Return file, beginning of the sentence, and why it needs no source, of each that is explained."""
    rows = [row for row in ALLOWED.read_text("utf-8").splitlines() if not row.startswith("#")]
    return [row.split("\t") for row in rows]


def explains(row: list[str], sentence: Loose) -> bool:
    return fnmatch(sentence.file, row[0]) and sentence.text.startswith(row[1])


if __name__ == "__main__":
    for each in findings(ROOT):
        if not any(explains(row, each) for row in allowed()):
            print(each)
