"""YAML as editors may write it: plain values, no surprises, and the position of each value.

A strict subset of YAML 1.1. Every scalar stays text (``yes`` is the word yes, ``40`` the
characters 4 and 0); typed values are the schema's business. Aliases, anchors, tags, several
documents, duplicate keys and deep nesting are refused, so that no input can blow up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from kb.content.findings import Finding, Place
from kb.content.yaml_faults import RULE, position, syntax_fault

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
    except (yaml.YAMLError, ValueError) as error:
        return Loaded(None, Marks(), (syntax_fault(error, text, file, first_line),))
    places: dict[Path, tuple[int, int]] = {}
    value = _build(node, (), places, findings, file, first_line)
    return Loaded(None if findings else value, Marks(places), tuple(findings))


COMMENT = re.compile(r" +(?P<sign>#)(?! )\S*")
"""What follows a value and looks like part of it."""
REMARK = re.compile(r" (?P<sign>#) .*")
HAN = re.compile("[一-鿿]")
"""Behind words, a remark of one space may be the other half of them; two spaces make it plain."""


WIDE_COMMA = re.compile("[，、]")
SENTENCES = {"prompts", "variants"}
"""Lists of what stands on screens, commas included."""
DEEPER = re.compile(r"\n[ ]*(?P<dash>-) (?P<item>[^\n]*)")
"""The next item of a list that YAML takes for more of this one."""


def _refuse(text: str, file: str, first_line: int) -> Iterator[Finding]:
    depth = 0
    documents = 0
    lists: list[bool] = []  # whether each of the open collections is a list in brackets
    key = ""  # the last word that stood in no such list: what it is a list of
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line, column = position(event.start_mark, first_line)
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
        in_list = bool(lists) and lists[-1]
        if isinstance(event, yaml.ScalarEvent) and depth:
            of_words = in_list and key not in SENTENCES and not event.style
            yield from _joined(event, text, Place(file, first_line), of_words=of_words)
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            key = key if in_list else event.value
            at, end = position(event.end_mark, first_line)
            after = event.end_mark.index if event.end_mark else len(text)
            unclear = REMARK.match(text, after) if HAN.search(event.value) else None
            if comment := COMMENT.match(text, after) or unclear:
                remedy = f"整个值用双引号包起来；真是注释，就在 # {'前面空两格' if unclear else '后面空一格'}"
                place = Place(file, at, end + comment.start("sign") - comment.start())
                yield place.finding(comment[0].strip(), "# 和后面的字会被当成注释", remedy, RULE)
        if isinstance(event, yaml.CollectionStartEvent):
            lists.append(isinstance(event, yaml.SequenceStartEvent) and bool(event.flow_style))
            depth += 1
            if depth > MAX_DEPTH:
                yield Finding(file, line, column, RULE, "[", "嵌套太深", f"最多 {MAX_DEPTH} 层，请照样例改写")
                return
        if isinstance(event, yaml.CollectionEndEvent):
            lists.pop()
            depth -= 1


def _joined(event: yaml.ScalarEvent, text: str, top: Place, *, of_words: bool) -> Iterator[Finding]:
    """Yield what makes one item of two, or one value of several lines, for YAML though not for a reader."""
    if of_words and WIDE_COMMA.search(event.value):
        remedy = "改成半角逗号，后面空一格；标点是这一项里的，就把这一项用双引号包起来"
        place = Place(top.file, *position(event.start_mark, top.line))
        yield place.finding(event.value, "方括号里的逗号是全角的", remedy, RULE)
    if event.start_mark and event.end_mark and event.end_mark.line > event.start_mark.line:
        written = text[event.start_mark.index : event.end_mark.index]
        if dash := DEEPER.search(written):
            line = event.start_mark.line + top.line + written.count("\n", 0, dash.start("dash"))
            place = Place(top.file, line, dash.start("dash") - dash.start())
            remedy = "和上一项的短横对齐"
            yield place.finding(dash["item"], "缩进多了，和上一项连成了一项", remedy, RULE)
        elif not (event.style == '"' and "\\" in written):  # which is told of it
            place = Place(top.file, *position(event.start_mark, top.line))
            yield place.finding(event.value.strip(), "一个值写成了几行", "写在一行里，不用 > 和 |", RULE)


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
    places[path] = position(node.start_mark, first_line)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(child, (*path, index), places, findings, file, first_line)
            for index, child in enumerate(node.value)
        ]
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line, column = position(key_node.start_mark, first_line)
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
            of_list = path and isinstance(path[-1], int)
            other = f"只留一处；是另一项，第一行以“- {next(iter(mapping))}: ”开头，和上一项对齐"
            remedy = other if of_list else "只留一处，删掉另一处"
            findings.append(Finding(file, line, column, RULE, key, "这个键写了两次", remedy))
        mapping[key] = _build(value_node, (*path, key), places, findings, file, first_line)
        places[(*path, key)] = (line, column)
    return mapping
