"""A card: one Markdown file with a typed head and fixed sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kb.content.findings import Finding
from kb.content.schema import Cause, Question, Remedy
from kb.content.strict_yaml import Marks, load
from kb.content.validation import validate

MAX_BYTES = 64 * 1024
"""A card is read in a minute; anything larger is a mistake or an attack."""

KINDS: dict[str, type[Cause | Remedy | Question]] = {
    "causes": Cause,
    "remedies": Remedy,
    "questions": Question,
}
"""Folder under ``docs/`` → the head's type."""

HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*$")
ANCHOR = re.compile(r"^(.*?)[ \t]*\{#([^}\s]+)\}$")
CLAIM = re.compile(rb"^id:[ \t]*([CRQ][0-9]{2,3})\b", re.M)
FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class Section:
    """A second-level section. ``line`` is where its heading stands in the file."""

    anchor: str
    title: str
    line: int
    text: str


@dataclass(frozen=True)
class Card:
    """One file under ``docs/causes``, ``docs/remedies`` or ``docs/questions``."""

    head: Cause | Remedy | Question
    slug: str
    file: str
    """Path from the root of the repository."""
    body: str
    body_line: int
    marks: Marks
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def kind(self) -> str:
        return type(self.head).__name__.lower()

    @property
    def src_uri(self) -> str:
        """Path from ``docs/``."""
        return self.file.removeprefix("docs/")

    @property
    def url(self) -> str:
        return self.src_uri.removesuffix(".md") + "/"

    @property
    def short_url(self) -> str:
        return f"c/{self.id}/"

    def section(self, anchor: str) -> Section | None:
        return next((section for section in self.sections if section.anchor == anchor), None)


def split(data: bytes, file: str) -> tuple[str, str, int] | Finding:
    """Split a file into YAML head, body and the body's first line."""
    if len(data) > MAX_BYTES:
        problem = f"文件太大（{len(data) // 1024} KB）"
        return Finding(file, 1, 1, "front-matter", Path(file).name, problem, "一张卡片不超过 64 KB，请拆开")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        remedy = "用编辑器“另存为 UTF-8”再提交"
        return Finding(file, line, 1, "front-matter", f"0x{data[error.start]:02x}", "不是 UTF-8 编码", remedy)
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != "---":
        remedy = "第一行写三个半角短横 ---，前面不要有空格或空行"
        return Finding(file, 1, 1, "front-matter", lines[0][:20], "文件开头没有卡片头", remedy)
    try:
        end = lines.index("---", 1)
    except ValueError:
        return Finding(file, 1, 1, "front-matter", "---", "卡片头没有结束", "在最后一个键的下一行写 ---")
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def claimed_id(data: bytes) -> str | None:
    """Return the id that a file gives itself, even if nothing else in it can be read."""
    claim = CLAIM.search(data)
    return claim[1].decode() if claim else None


def read_card(data: bytes, file: str) -> Card | list[Finding]:
    """Read one card: any bytes give a card or findings, never an exception."""
    parts = split(data, file)
    if isinstance(parts, Finding):
        return [parts]
    text, body, body_line = parts
    loaded = load(text, file, first_line=2)
    if loaded.value is None:
        return list(loaded.findings)
    folder, slug = file.split("/")[-2], Path(file).stem
    head = validate(KINDS[folder], loaded.value, loaded.marks, file)
    if isinstance(head, list):
        return head
    return Card(head, slug, file, body, body_line, loaded.marks, tuple(sections_of(body, body_line)))


def sections_of(body: str, first_line: int) -> list[Section]:
    """Cut ``body`` at its second-level headings; fenced code is no heading."""
    found: list[tuple[str, str, int, list[str]]] = []
    fence = ""
    for number, line in enumerate(body.split("\n"), first_line):
        opening = FENCE.match(line)
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
        heading = None if fence else HEADING.match(line)
        if heading and len(heading[1]) == 2:
            named = ANCHOR.match(heading[2])
            title, anchor = (named[1], named[2]) if named else (heading[2], "")
            found.append((anchor, title, number, []))
        elif found:
            found[-1][3].append(line)
    return [Section(anchor, title, line, "\n".join(text).strip()) for anchor, title, line, text in found]
