"""YAML as editors may write it: plain values, no surprises, and the position of each value.

A strict subset of YAML 1.1. Every scalar stays text (``yes`` is the word yes, ``40`` the
characters 4 and 0); typed values are the schema's business. Aliases, anchors, tags, several
documents, duplicate keys and deep nesting are refused, so that no input can blow up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from kb.content.findings import Finding, Place

RULE = "front-matter"
MAX_DEPTH = 8

Path = tuple[str | int, ...]
"""Keys and list indexes from the root to a value."""

Value = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True)
class Marks:
    """Where values stand in a file: ``(line, column)``, both from 1."""

    places: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def find(self, path: Path) -> tuple[int, int]:
        """Return the place of the value at ``path``, or of its nearest parent that has one."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


@dataclass(frozen=True)
class Loaded:
    """What a YAML text holds. ``value`` is None when there are findings."""

    value: Value | None
    marks: Marks
    findings: tuple[Finding, ...]


def load(text: str, file: str, first_line: int = 1) -> Loaded:
    """Read ``text``, which starts at line ``first_line`` of ``file``. Never raises."""
    try:
        findings = list(_refuse(text, file, first_line))
        if findings:
            return Loaded(None, Marks(), tuple(findings))
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return Loaded(None, Marks(), (syntax_fault(error, text, file, first_line),))
    except (yaml.YAMLError, ValueError) as error:
        finding = Finding(
            file, first_line, 1, RULE, type(error).__name__, "含有不能出现的字符", "请删掉看不见的控制字符"
        )
        return Loaded(None, Marks(), (finding,))
    places: dict[Path, tuple[int, int]] = {}
    value = _build(node, (), places, findings, file, first_line)
    return Loaded(None if findings else value, Marks(places), tuple(findings))


COMMENT = re.compile(r" +(?P<sign>#)(?! )\S*")
"""What follows a value and looks like part of it."""


class Mark(Protocol):
    """Where libyaml stands in a text: ``line`` and ``column`` from 0."""

    line: int
    column: int


def _at(mark: Mark | None, first_line: int) -> tuple[int, int]:
    """Return line and column of a mark, from 1 in the file that has the text from ``first_line`` on."""
    return (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


def _refuse(text: str, file: str, first_line: int) -> Iterator[Finding]:
    depth = 0
    documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line, column = _at(event.start_mark, first_line)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Finding(file, line, column, RULE, "---", "多了一份 YAML", "只保留一份，删掉多余的 ---")
                return
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            remedy = "把内容直接写出来；要写这个符号本身，请用双引号包起来"
            value = f"{sign}{event.anchor}"
            yield Finding(file, line, column, RULE, value, "不允许用 YAML 锚点和引用", remedy)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            remedy = "删掉以 ! 开头的部分，或用双引号包起来"
            yield Finding(file, line, column, RULE, event.tag, "不允许用 YAML 标签", remedy)
        if isinstance(event, yaml.ScalarEvent) and event.style == '"' and event.start_mark and event.end_mark:
            written = text[event.start_mark.index : event.end_mark.index]
            if "\\" in written:
                column += written.index("\\") if "\n" not in written else 0
                remedy = "双引号换成单引号，要写的字照原样写，不用代号"
                yield Finding(file, line, column, RULE, "\\", "双引号里不能用反斜杠", remedy)
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            at, end = _at(event.end_mark, first_line)
            if comment := COMMENT.match(text, event.end_mark.index if event.end_mark else len(text)):
                remedy = "整个值用双引号包起来；真是注释，就在 # 后面空一格"
                place = Place(file, at, end + comment.start("sign") - comment.start())
                yield place.finding(comment[0].strip(), "# 和后面的字会被当成注释", remedy, RULE)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield Finding(file, line, column, RULE, "[", "嵌套太深", f"最多 {MAX_DEPTH} 层，请照样例改写")
                return
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _build(
    node: yaml.Node | None,
    path: Path,
    places: dict[Path, tuple[int, int]],
    findings: list[Finding],
    file: str,
    first_line: int,
) -> Value:
    if node is None:
        return {}
    places[path] = _at(node.start_mark, first_line)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(child, (*path, index), places, findings, file, first_line)
            for index, child in enumerate(node.value)
        ]
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line, column = _at(key_node.start_mark, first_line)
        if not isinstance(key_node, yaml.ScalarNode):
            findings.append(Finding(file, line, column, RULE, "?", "键必须是一个词", "请照样例写成“键: 值”"))
            continue
        key = key_node.value
        if key[:1].isspace() or key[:1] == "\ufeff":
            findings.append(
                Finding(file, line, column, RULE, key, "键的前面有特殊的空格", "换成普通的半角空格，或删掉它")
            )
            continue
        if key in mapping:
            findings.append(Finding(file, line, column, RULE, key, "这个键写了两次", "只留一处，删掉另一处"))
        mapping[key] = _build(value_node, (*path, key), places, findings, file, first_line)
        places[(*path, key)] = (line, column)
    return mapping


SYNTAX = (
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


SLIPS = (
    (
        re.compile(r"(?P<at>[ \u00a0\u3000]+)(?=[a-z][\w-]*:)"),
        "键的前面有空格",
        "删掉这一行开头的空格，和上下的键对齐",
    ),
    (re.compile(r"\s*(?P<at>[\u00a0\u2000-\u200f\u3000\ufeff])"), "缩进用了特殊的空格", "换成普通的半角空格"),
    (re.compile(r"\s*(?:- )?[\w-]+(?P<at>：)"), "冒号是全角的", "改成半角冒号，后面空一格"),
    (re.compile(r"\s*(?:- )?[a-z][a-z_-]*(?P<at>:)(?=[^\s/])"), "冒号后面没有空格", "在冒号后面空一格"),
    (re.compile(r"(?P<at>\t)"), "用了制表符", "缩进请用空格"),
)
"""Slips of the pen that libyaml reports elsewhere and in other words, as they begin a line."""


def syntax_fault(error: yaml.YAMLError, text: str, file: str, first_line: int) -> Finding:
    """Return where and how a text is no YAML, at the line that was miswritten."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding(file, first_line, 1, RULE, "YAML", "含有不能出现的字符", "请删掉看不见的控制字符")
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    last = min(mark.line if mark else 0, len(lines) - 1)
    for number in range(last, max(last - LOOK_BACK, -1), -1):
        for index, (slip, problem, remedy) in enumerate(SLIPS):
            found = slip.match(lines[number])
            if found and not (index == 0 and not _stray(lines, number)):
                place = Place(file, number + first_line, found.start("at") + 1)
                return place.finding(lines[number].strip(), problem, remedy, RULE)
    begun = any(
        words in (error.context or "") for words in ("quoted scalar", "flow sequence", "flow mapping")
    )
    line, column = _at(
        error.context_mark if begun else mark, first_line
    )  # what never ends is named at its start
    said = f"{error.problem or ''} {error.context or ''}"
    shown = lines[min(line - first_line, len(lines) - 1)]
    written = (shown[column - 1 :] if begun else shown).strip() or "YAML"
    if quote := UNPAIRED.match(written) if begun else None:
        remedy = f"在这一行的末尾补一个半角的 {quote['sign']}"
        if quote["wide"]:
            remedy = f"末尾的 {quote['wide']} 是全角的，改成半角的 {quote['sign']}"
        return Finding(file, line, column, RULE, written, "引号没有配对", remedy)
    for words, problem, remedy in SYNTAX:
        if words in said:
            return Finding(file, line, column, RULE, written, problem, remedy)
    return Finding(file, line, column, RULE, written, "格式读不懂", "检查冒号、引号和缩进，照样例改写")


LOOK_BACK = 3
"""Lines before the one that libyaml names in which the slip may be."""


def _stray(lines: list[str], number: int) -> bool:
    """Return whether an indented key stands below one that has a value of its own, or below nothing."""
    before = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return not before or (before[0] not in " -#" and not before.rstrip().endswith(":"))
