"""A card: one Markdown file with a typed head and fixed sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kb.content.address import page_url
from kb.content.files import decoded
from kb.content.findings import Finding, Place
from kb.content.kinds import BY_FOLDER, BY_LETTER, KINDS, Kind
from kb.content.markdown import Section, sections_of
from kb.content.schema import Head
from kb.content.strict_yaml import Loaded, Marks, load
from kb.content.validation import validate

H_co = TypeVar("H_co", bound=Head, covariant=True)

CLAIM = re.compile(rb"^id:[ \t]*([A-Z][0-9]{2,5})\b", re.M)


@dataclass(frozen=True)
class Card(Generic[H_co]):
    """One file in the folder of its kind under ``docs/``."""

    head: H_co
    kind: str
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
    def order(self) -> tuple[str, int]:
        """Sort key: the letter, then the number."""
        return self.id[:1], int(self.id[1:])

    @property
    def spec(self) -> Kind:
        return KINDS[self.kind]

    @property
    def src_uri(self) -> str:
        """Path from ``docs/``."""
        return self.file.removeprefix("docs/")

    @property
    def url(self) -> str:
        return page_url(self.src_uri)

    @property
    def short_url(self) -> str:
        return f"c/{self.id}/"

    def at(self, *path: str | int) -> Place:
        """Return the place of a value in the head."""
        return Place(self.file, *self.marks.find(path))

    def line(self, number: int, column: int = 1) -> Place:
        return Place(self.file, number, column)


def split(text: str, file: str) -> tuple[str, str, int] | Finding:
    """Split a page into YAML head, body and the body's first line."""
    lines = text.split("\n")
    if lines[0] != "---":
        remedy = "第一行写三个半角短横 ---，前面不要有空格或空行"
        return Place(file).finding(lines[0][:20], "文件开头没有卡片头", remedy, "front-matter")
    try:
        end = lines.index("---", 1)
    except ValueError:
        return Place(file).finding("---", "卡片头没有结束", "在最后一个键的下一行写 ---", "front-matter")
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def claimed_id(data: bytes) -> str | None:
    """Return the id that a file gives itself, even if nothing else in it can be read."""
    claim = CLAIM.search(data)
    return claim[1].decode() if claim else None


def read_card(data: bytes, file: str) -> Card[Head] | list[Finding]:
    """Read one card: any bytes give a card or findings, never an exception."""
    text = decoded(data, file)
    return [text] if isinstance(text, Finding) else card_of(text.replace("\r\n", "\n"), file)


def card_of(page: str, file: str) -> Card[Head] | list[Finding]:
    """Return the card that a page holds, or what is wrong with it."""
    parts = split(page, file)
    if isinstance(parts, Finding):
        return [parts]
    text, body, body_line = parts
    loaded = load(text, file, first_line=2)
    if loaded.value is None:
        return list(loaded.findings)
    kind, slug = BY_FOLDER[file.split("/")[-2]], Path(file).stem
    if stray := _elsewhere(loaded, kind, file):
        return [stray]
    head = validate(kind.head, loaded.value, loaded.marks, file)
    if isinstance(head, list):
        return head
    sections = tuple(sections_of(body, body_line))
    return Card(head, kind.name, slug, file, body, body_line, loaded.marks, sections)


def _elsewhere(loaded: Loaded, kind: Kind, file: str) -> Finding | None:
    """Return the finding for a card that is whole, but of another kind than its folder."""
    value = loaded.value
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        return None
    other = BY_LETTER.get(str(value["id"])[:1])
    if other is None or other is kind or not value.keys() <= other.head.model_fields.keys():
        return None
    remedy = f"它是{other.label}卡：移到 docs/{other.folder}/"
    return Place(file, *loaded.marks.find(("id",))).finding(value["id"], "卡片放错了文件夹", remedy, "ids")
