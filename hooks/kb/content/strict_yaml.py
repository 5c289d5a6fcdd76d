"""YAML as editors may write it: plain values, no surprises, and the position of each value.

A strict subset of YAML 1.1. Every scalar stays text (``yes`` is the word yes, ``40`` the
characters 4 and 0); typed values are the schema's business. Aliases, anchors, tags, several
documents, duplicate keys and deep nesting are refused, so that no input can blow up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from kb.content.findings import Finding

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
        return Loaded(None, Marks(), (_syntax(error, text, file, first_line),))
    except (yaml.YAMLError, ValueError) as error:
        finding = Finding(
            file, first_line, 1, RULE, type(error).__name__, "含有不能出现的字符", "请删掉看不见的控制字符"
        )
        return Loaded(None, Marks(), (finding,))
    places: dict[Path, tuple[int, int]] = {}
    value = _build(node, (), places, findings, file, first_line)
    return Loaded(None if findings else value, Marks(places), tuple(findings))


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


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Finding:
    quoted = "quoted scalar" in (error.context or "")  # point at the opening quote, not at the end of file
    mark = error.context_mark if quoted else error.problem_mark or error.context_mark
    line, column = _at(mark, first_line)
    rest = text.split("\n")[mark.line][mark.column :] if mark and mark.line < text.count("\n") else ""
    if rest.startswith("\t"):
        return Finding(file, line, column, RULE, "YAML", "用了制表符", "缩进请用空格")
    said = f"{error.problem or ''} {error.context or ''}"
    for words, problem, remedy in SYNTAX:
        if words in said:
            return Finding(file, line, column, RULE, "YAML", problem, remedy)
    return Finding(file, line, column, RULE, "YAML", "格式读不懂", "检查冒号、引号和缩进，照样例改写")
