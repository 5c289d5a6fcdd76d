"""A card: one Markdown file with a typed head and fixed sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kb.content.findings import Finding, Place
from kb.content.front_matter import MarkdownFile, Parts, parse
from kb.content.kinds import BY_FOLDER, BY_LETTER, KINDS, Kind
from kb.content.markdown import Section, sections_of
from kb.content.schema import Head
from kb.content.validation import validate

H_co = TypeVar("H_co", bound=Head, covariant=True)

CLAIM = re.compile(rb"^id:[ \t]*([A-Z][0-9]{2,5})\b", re.M)


@dataclass(frozen=True)
class Card(MarkdownFile[H_co]):
    """One file in the folder of its kind under ``docs/``."""

    kind: str
    slug: str
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
    def short_url(self) -> str:
        return f"c/{self.id}/"


def claimed_id(data: bytes) -> str | None:
    """Return the id that a file gives itself, even if nothing else in it can be read."""
    claim = CLAIM.search(data)
    return claim[1].decode() if claim else None


def card_of(page: str, file: str) -> Card[Head] | list[Finding]:
    """Return the card that a page holds, or what is wrong with it; no text makes it raise."""
    parts = parse(page, file)
    if isinstance(parts, list):
        return parts
    kind, slug = BY_FOLDER[file.split("/")[-2]], Path(file).stem
    if stray := _elsewhere(parts, kind, file):
        return [stray]
    head = validate(kind.head, parts.value, parts.marks, file)
    if isinstance(head, list):
        return head
    sections = tuple(sections_of(parts.body, parts.body_line))
    return Card(head, file, parts.body, parts.body_line, parts.marks, kind.name, slug, sections)


def _elsewhere(parts: Parts, kind: Kind, file: str) -> Finding | None:
    """Return the finding for a card that is whole, but of another kind than its folder."""
    value = parts.value
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        return None
    other = BY_LETTER.get(str(value["id"])[:1])
    if other is None or other is kind or not value.keys() <= other.head.model_fields.keys():
        return None
    remedy = f"它是{other.label}卡：移到 docs/{other.folder}/"
    return Place(file, *parts.marks.find(("id",))).finding(value["id"], "卡片放错了文件夹", remedy, "ids")
