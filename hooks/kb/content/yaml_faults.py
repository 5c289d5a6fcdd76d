"""Where and how a text is no YAML, at the line that was miswritten and in an editor's words."""

from __future__ import annotations

import re
from typing import Protocol

import yaml

from kb.content.findings import Finding, Place

RULE = "front-matter"


class Mark(Protocol):
    """Where libyaml stands in a text: ``line`` and ``column`` from 0."""

    line: int
    column: int


def position(mark: Mark | None, first_line: int) -> tuple[int, int]:
    """Return line and column of a mark, from 1 in the file that has the text from ``first_line`` on."""
    return (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


SIGN = "删掉它；要写这个符号，就把整个值用双引号包起来"
SYNTAX = (
    ("scanning an alias", "值以 * 开头，这里不能加粗", SIGN),
    ("scanning an anchor", "值以 & 开头", SIGN),
    ("scanning a tag", "值以 ! 开头", SIGN),
    ("mapping values are not allowed", "一行里有两个冒号", "冒号后面的内容用双引号包起来"),
    ("could not find expected ':'", "缺少冒号", "写成“键: 值”，冒号用半角，后面空一格"),
    ("cannot start any token", "以特殊符号开头", "整个值用双引号包起来"),
    ("unexpected end of stream", "引号没有配对", "补上另一半引号"),
    ("unknown escape", "反斜杠不能这样写", "改用单引号，或删掉反斜杠"),
    ("did not find expected ',' or ']'", "方括号没有配对", "检查逗号用半角、方括号成对"),
    ("did not find expected ',' or '}'", "花括号没有配对", "检查逗号用半角、花括号成对"),
    ("did not find expected key", "缩进或引号不对", "同一级的键要对齐；带冒号或引号的值用双引号包起来"),
    ("did not find expected '-' indicator", "列表没有对齐", "同一列表的短横要对齐"),
    ("control characters are not allowed", "含有看不见的控制字符", "请删掉"),
)
"""libyaml's words, what they mean to an editor, and the remedy."""


UNPAIRED = re.compile(r"""(?P<sign>["'])(?!.*(?P=sign)).*?(?P<wide>[“”＂‘’＇]?)$""")
"""A quoted value whose line has no second quote; ``wide``: the full-width one that stands there instead."""

OPENED = re.compile(rf" *- (?P<at>{UNPAIRED.pattern})")
"""An item of a list that is such a value."""


SLIPS = (
    (
        re.compile(r"(?P<at>[ \u00a0\u3000]+)(?=[a-z][\w-]*:)"),
        "键的前面有空格",
        "删掉这一行开头的空格，和上下的键对齐",
    ),
    (re.compile(r"\s*(?P<at>[\u00a0\u2000-\u200f\u3000\ufeff])"), "缩进用了特殊的空格", "换成普通的半角空格"),
    (re.compile(r"\s*(?:- )?[\w-]+(?P<at>：)"), "冒号是全角的", "改成半角冒号，后面空一格"),
    (
        re.compile(r"\s*(?:- )?(?:[a-z][a-z_-]*|[一-鿿]+)(?P<at>:)(?=[^\s/])"),
        "冒号后面没有空格",
        "在冒号后面空一格",
    ),
    (re.compile(r"(?P<at>\t)"), "用了制表符", "缩进请用空格"),
    (re.compile(r"\s*(?P<at>-)(?=[^\s-])"), "短横后面没有空格", "在短横后面空一格"),
    (
        re.compile(r"\s*(?:- |[a-z_]+: *)(?P<at>\[[^\]]*\][^\s,\]}])"),
        "值以方括号开头",
        "从方括号到行尾，用双引号包起来",
    ),
    (re.compile(r"\s*(?:- |[a-z_]+: *)?[{\[].*?(?P<at>, *,)"), "逗号写了两个", "只留一个"),
    (re.compile(r"\s*- (?P<at>[a-z_]+: [^{]*\})\s*$"), "少了左边的花括号", "在短横后面补一个 {"),
    (
        re.compile(r"\s*- \{[^\"']*?(?P<at>，) *[a-z_]+:"),
        "花括号里的逗号是全角的",
        "改成半角逗号，后面空一格",
    ),
    (
        re.compile(r"\s*- \{(?:.*, *)?[a-z_]+: *[^\s,:{}\"'\[\]]+ +(?P<at>[a-z_]+: )"),
        "两项中间少了逗号",
        "在这个键前面补一个半角逗号",
    ),
    (
        re.compile(r"\s*- \{(?:.*, *)?[a-z_]+: *(?P<at>[^,{}\"']*[一-鿿][^,{}\"']*: )"),
        "一个值里有冒号",
        "整个值用双引号包起来",
    ),
)
"""Slips of the pen that libyaml reports elsewhere and in other words, as they begin a line."""


def syntax_fault(error: yaml.YAMLError | ValueError, text: str, file: str, first_line: int) -> Finding:
    """Return where and how a text is no YAML, at the line that was miswritten."""
    if not isinstance(error, yaml.MarkedYAMLError):
        sign = CONTROL.search(text)
        line = first_line + text.count("\n", 0, sign.start() if sign else 0)
        value = f"U+{ord(sign[0]):04X}" if sign else "YAML"
        return Finding(file, line, 1, RULE, value, "这一行有看不见的控制字符", "删掉它；看不见，就整行重写")
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    last = min(mark.line if mark else 0, len(lines) - 1)
    for number in range(last, max(last - LOOK_BACK, -1), -1):
        for index, (slip, problem, remedy) in enumerate(SLIPS):
            found = slip.match(lines[number])
            if found and index == 0 and (out := _put_out(lines, number)):
                place, remedy = Place(file, out + first_line), "和上下的键对齐，前面空同样多的格"
                return place.finding(lines[out].strip(), "这一行的缩进不对", remedy, RULE)
            if found and not (index == 0 and not _stray(lines, number)):
                place = Place(file, number + first_line, found.start("at") + 1)
                return place.finding(lines[number].strip(), problem, remedy, RULE)
    begun = any(
        words in (error.context or "")
        for words in ("quoted scalar", "flow sequence", "flow mapping", "simple key")
    )
    line, column = position(
        error.context_mark if begun else mark, first_line
    )  # what never ends is named at its start
    said = f"{error.problem or ''} {error.context or ''}"
    index = min(line - first_line, len(lines) - 1)
    bare = "simple key" in (error.context or "")
    if (bare or not lines[index].strip()) and (filled := _filled(lines, index)) is not None:
        item = lines[filled].strip()
        if not item.startswith("- ") and any(other.startswith("- ") for other in lines[:filled]):
            place = Place(file, filled + first_line)
            return place.finding(item, "这一行不在列表里", "以“- ”开头，和上一项对齐", RULE)
    above = _opened(lines, index) if "expected '-' indicator" in said else None
    if above:  # it ended at the first quote of this line
        (index, column), begun = above, True
        line = index + first_line
    shown = lines[index]
    written = (shown[column - 1 :] if begun else shown).strip() or "YAML"
    if quote := UNPAIRED.match(written) if begun else None:
        remedy = f"在这一行的末尾补一个半角的 {quote['sign']}"
        if quote["wide"]:
            remedy = f"末尾的 {quote['wide']} 是全角的，改成半角的 {quote['sign']}"
        return Finding(file, line, column, RULE, written, "引号没有配对", remedy)
    if "flow" in said and not "".join(lines[index + 1 :]).strip() and not shown.rstrip().endswith(("}", "]")):
        end = _filled(lines, index) or 0
        remedy = "补上少的半边和后面的内容；不是自己删的，就从版本库里恢复它"
        place = Place(file, end + first_line)
        return place.finding(lines[end].strip(), "括号没有结束，像是没有传完", remedy, RULE)
    if begun and written.count('"') % 2:
        remedy = '这一行里的 " 要成对，哪一个值少了一半就补上'
        return Finding(file, line, column, RULE, written, "引号没有配对", remedy)
    if "mapping values" in said and shown.count(": ") < 2:
        remedy = "删掉多的空格，和上下的键对齐"
        return Finding(file, line, 1, RULE, shown.strip(), "这一行的缩进不对", remedy)
    if "expected '-' indicator" in said and not shown.strip().startswith("-"):
        return Finding(file, line, 1, RULE, shown.strip(), "这一行的缩进不对", "和上下的键对齐")
    for words, problem, remedy in SYNTAX:
        if words in said:
            return Finding(file, line, column, RULE, written, problem, remedy)
    return Finding(file, line, column, RULE, written, "格式读不懂", "检查冒号、引号和缩进，照样例改写")


def _opened(lines: list[str], index: int) -> tuple[int, int] | None:
    """Return the last line before one that has a quote, and its column, if the quote is not closed there."""
    quoted = next((number for number in range(index - 1, -1, -1) if set(lines[number]) & {"'", '"'}), 0)
    found = OPENED.match(lines[quoted]) if index else None
    return (quoted, found.start("at") + 1) if found else None


def _filled(lines: list[str], index: int) -> int | None:
    """Return the last line up to one that is not empty."""
    return next((number for number in range(index, -1, -1) if lines[number].strip()), None)


CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML takes for no character. Source: YAML 1.1, 5.1, "Character Set"."""

LOOK_BACK = 3
"""Lines before the one that libyaml names in which the slip may be."""


def _put_out(lines: list[str], number: int) -> int:
    """Return the line before, if it alone of three is not indented; else 0."""
    around = [line[: len(line) - len(line.lstrip())] for line in lines[max(0, number - 2) : number + 1]]
    return number - 1 if len(around) == 3 and around[0] == around[2] != around[1] == "" else 0


def _stray(lines: list[str], number: int) -> bool:
    """Return whether an indented key stands below one that has a value of its own, or below nothing."""
    before = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return not before or (
        not before[0].isspace() and before[0] not in "-#" and not before.rstrip().endswith(":")
    )
