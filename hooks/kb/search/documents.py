"""Documents: what the site hands to the search engine, one for each page or row that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FIELDS = {
    "title": 3.0,
    "prompts": 2.5,
    "aliases": 2.0,
    "codes": 3.0,
    "summary": 1.2,
    "ask": 3.0,
    "heading": 2.0,
    "body": 1.0,
}
"""Field → weight in BM25F. Tuned on the development queries; see ``tests/bench/README.md``."""


@dataclass(frozen=True)
class Section:
    """A heading with the text under it, both plain text. ``anchor`` is empty above the first heading."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Document:
    """One result: a card, a code or a page. All texts are plain (no markup); ``url`` is relative to the site.

    ``kind`` and ``badges`` are shown beside the title (``原因``, ``拉卡拉的问题``); ``codes`` holds ids of
    error messages, ``id`` the card's own (``C20``), empty if it has none.
    """

    url: str
    title: str
    kind: str = ""
    id: str = ""
    badges: tuple[str, ...] = ()
    summary: str = ""
    asks: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    weight: float = 1.0
    """Factor on the score, near 1: a common cause goes before a rare one that fits as well."""

    def records(self) -> Iterator[dict[str, str]]:
        """Yield the units that are scored, each as field → text: the head, every ask, every section.

        An ask is a record of its own because whole questions are matched against whole questions: joined
        in one field, twelve of them would drown each other's order and negation.
        """
        yield {
            "title": self.title,
            "prompts": "\n".join(self.prompts),
            "aliases": "\n".join(self.aliases),
            "codes": "\n".join((self.id, *self.codes)),
            "summary": self.summary,
        }
        for ask in self.asks:
            yield {"ask": ask}
        for section in self.sections:
            yield {"heading": section.title, "body": section.text}

    def names(self) -> Iterator[str]:
        """Yield the strings that mean this document alone or almost: id, title, codes, prompts, aliases."""
        yield from (self.id, self.title, *self.prompts, *self.aliases)
        for code in self.codes:
            yield from (code, code.partition(".")[2])
