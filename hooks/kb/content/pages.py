"""The pages that are no cards: a Markdown file with a small head, and its headings."""

from __future__ import annotations

from dataclasses import dataclass

from kb.content.address import page_url
from kb.content.cards import split
from kb.content.findings import Finding, Place
from kb.content.markdown import Heading, headings
from kb.content.schema import PageHead
from kb.content.strict_yaml import Marks, load
from kb.content.validation import validate


@dataclass(frozen=True)
class Page:
    """One file under ``docs/`` that is no card."""

    head: PageHead
    file: str
    """Path from the root of the repository."""
    body: str
    body_line: int
    marks: Marks
    headings: tuple[Heading, ...]

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


def read_page(text: str, file: str) -> Page | list[Finding]:
    """Return the page that a text holds, or what is wrong with its head."""
    parts = split(text, file)
    if isinstance(parts, Finding):
        return [parts]
    raw, body, body_line = parts
    loaded = load(raw, file, first_line=2)
    if loaded.value is None:
        return list(loaded.findings)
    head = validate(PageHead, loaded.value, loaded.marks, file)
    if isinstance(head, list):
        return head
    return Page(head, file, body, body_line, loaded.marks, tuple(headings(body, body_line)))
