"""The pages that are no cards: a Markdown file with a small head, and its headings."""

from __future__ import annotations

from dataclasses import dataclass

from kb.content.findings import Finding, Place
from kb.content.front_matter import MarkdownFile, parse
from kb.content.kinds import BY_LETTER
from kb.content.markdown import Heading, headings
from kb.content.schema import PageHead
from kb.content.validation import validate

MISPLACED = "卡片放错了地方"


@dataclass(frozen=True)
class Page(MarkdownFile[PageHead]):
    """One file under ``docs/`` that is no card."""

    headings: tuple[Heading, ...]


def read_page(text: str, file: str) -> Page | list[Finding]:
    """Return the page that a text holds, or what is wrong with its head."""
    parts = parse(text, file)
    if isinstance(parts, list):
        return parts
    if isinstance(parts.value, dict) and (kind := BY_LETTER.get(str(parts.value.get("id", ""))[:1])):
        place = Place(file, *parts.marks.find(("id",)))
        return [place.finding(parts.value["id"], MISPLACED, f"移到 docs/{kind.folder}/", "files")]
    head = validate(PageHead, parts.value, parts.marks, file)
    if isinstance(head, list):
        return head
    found = tuple(headings(parts.body, parts.body_line))
    return Page(head, file, parts.body, parts.body_line, parts.marks, found)
