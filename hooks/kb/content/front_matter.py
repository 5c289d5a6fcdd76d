"""What cards and pages have in common: a Markdown file with a typed head in YAML, and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from pydantic import BaseModel

from kb.content.address import page_url
from kb.content.findings import Finding, Place
from kb.content.strict_yaml import Marks, Value, load

H_co = TypeVar("H_co", bound=BaseModel, covariant=True)


DASHES = re.compile(r"\s*[-—–－─]{1,6}\s*")
"""What an input method, a word processor or a slip makes of three hyphens."""
NO_HYPHENS = "卡片头的结尾不是三个半角短横", "写成 ---，前后不空格"
JOINED = "几行连成了一行", "从版本库里恢复它，再改一次"
"""Problem and remedy of a file whose ends of lines were lost on the way."""

UNSENT = "文件像是没有传完，后面都没有了", JOINED[1]
BEFORE = "卡片头前面多了东西", "删掉 --- 前面的几行；整个文件套着代码块的，末尾的 ``` 也删掉"
MOST_BEFORE = 6
"""Lines, the first of a head among them, in which something stands before it."""
KEY = re.compile(r"[a-z_]+:")
HEAD_LINE = re.compile(r"[a-z_]+:|[a-z_]*$|[ \-#]")
"""What a line of a head begins with, or all of it where the file was cut."""


@dataclass(frozen=True)
class MarkdownFile(Generic[H_co]):
    """One Markdown file under ``docs/``."""

    head: H_co
    file: str
    """Path from the root of the repository."""
    body: str
    body_line: int
    marks: Marks

    @property
    def src_uri(self) -> str:
        """Path from ``docs/``."""
        return self.file.removeprefix("docs/")

    @property
    def url(self) -> str:
        return page_url(self.src_uri)

    def at(self, *path: str | int) -> Place:
        """Return the place of a value in the head."""
        return Place(self.file, *self.marks.find(path))

    def line(self, number: int, column: int = 1) -> Place:
        return Place(self.file, number, column)


@dataclass(frozen=True)
class Parts:
    """A file with its head read, but not yet typed."""

    value: Value
    marks: Marks
    body: str
    body_line: int


def split(text: str, file: str) -> tuple[str, str, int] | Finding:
    """Split a page into YAML head, body and the body's first line."""
    lines = text.split("\n")
    if not text.strip():
        name, remedy = PurePosixPath(file).name, "从版本库里恢复它，或写上内容"
        return Place(file).finding(name, "这个文件是空的", remedy, "front-matter")
    if lines[0].startswith("--- "):
        return Place(file).finding(lines[0][:20], *JOINED, "front-matter")
    before = lines[: lines.index("---")] if "---" in lines[1:MOST_BEFORE] else []
    if before and before[0].strip(" -—") and not any(map(KEY.match, before)):
        return Place(file).finding(lines[0][:20], *BEFORE, "front-matter")
    if lines[0] != "---":
        remedy = "第一行写三个半角短横 ---，前面不要有空格或空行"
        return Place(file).finding(lines[0][:20], "文件开头没有卡片头", remedy, "front-matter")
    try:
        end = lines.index("---", 1)
    except ValueError:
        if all(HEAD_LINE.match(line) for line in lines[1:]):
            return Place(file, len(lines)).finding(lines[-1] or file, *UNSENT, "front-matter")
        dashes = next((number for number, line in enumerate(lines[1:], 2) if DASHES.fullmatch(line)), 0)
        if dashes:
            return Place(file, dashes).finding(lines[dashes - 1].strip(), *NO_HYPHENS, "front-matter")
        return Place(file).finding("---", "卡片头没有结束", "在最后一个键的下一行写 ---", "front-matter")
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def parse(text: str, file: str) -> Parts | list[Finding]:
    """Return the parts of a file, or what is wrong with its head as YAML."""
    parts = split(text, file)
    if isinstance(parts, Finding):
        return [parts]
    head, body, body_line = parts
    loaded = load(head, file, first_line=2)
    if loaded.value is None:
        return list(loaded.findings)
    return Parts(loaded.value, loaded.marks, body, body_line)
