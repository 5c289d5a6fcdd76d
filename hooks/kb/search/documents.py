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
    "heading": 2.0,
    "body": 1.0,
}
"""Field → weight in BM25F. Tuned on the development queries; see ``tests/bench/README.md``."""

ELSEWHERE = "elsewhere:"


@dataclass(frozen=True)
class Section:
    """A heading with the text under it, both plain text. ``anchor`` is empty above the first heading."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Message:
    """Words on a screen that have a page.

    ``names``: all ways to write them; ``light``: as in a document; ``fact``: the answer that they give, as
    ``question.option``.
    """

    id: str
    url: str
    text: str
    names: tuple[str, ...]
    light: str = ""
    advice: str = ""
    action: tuple[str, str, str] | tuple[()] = ()
    fact: str = ""


@dataclass(frozen=True)
class Document:
    """One result: a card, a code or a page. All texts are plain (no markup); ``url`` is relative to the site.

    ``kind`` and ``badges`` are shown beside the title (``原因``, ``厂家的问题``); ``codes`` holds ids of
    error messages, ``id`` the card's own (``<id>``), empty if it has none. ``light`` says whether to scan
    again (``red``, ``amber``, ``green``); ``action`` is id, address and title of what to do first; the
    title is missing if that is the document itself.

    ``need`` is the id of the cause whose own remedy this is: the two are one result. A kind of question that
    is answered elsewhere has the address ``elsewhere:<id>``. What is ``unproven`` comes last, unless
    it is named. ``reader`` is whom it speaks to, if that is not the reader of all others.
    """

    url: str
    title: str
    kind: str = ""
    id: str = ""
    need: str = ""
    light: str = ""
    action: tuple[str, str, str] | tuple[()] = ()
    badges: tuple[str, ...] = ()
    summary: str = ""
    asks: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    unproven: bool = False
    reader: str = ""
    weight: float = 1.0
    """Factor on the score, near 1: a common cause goes before a rare one that fits as well."""

    @property
    def answer(self) -> str:
        """Return what names this result: ``<id>``, ``CODE:<code>``, ``ELSEWHERE:refund``, ``PAGE:ask/``."""
        if self.id or self.url.startswith(ELSEWHERE):
            return self.id or ELSEWHERE.upper() + self.url.removeprefix(ELSEWHERE)
        return f"CODE:{self.codes[0]}" if self.codes else f"PAGE:{self.url}"

    def records(self) -> Iterator[dict[str, str]]:
        """Yield the units that are scored by their words, each as field → text: the head, every section."""
        yield {
            "title": self.title,
            "prompts": "\n".join(self.prompts),
            "aliases": "\n".join(self.aliases),
            "codes": "\n".join((self.id, *self.codes)),
            "summary": self.summary,
        }
        for section in self.sections:
            yield {"heading": section.title, "body": section.text}

    def lessons(self) -> Iterator[str]:
        """Yield the texts beside the asks from which the index learns what leads to this document."""
        yield from filter(None, (self.title, self.summary, *self.prompts, *self.aliases))

    def names(self) -> Iterator[str]:
        """Yield the strings that mean this document alone or almost: id, title, codes, prompts, aliases."""
        yield from (self.id, self.title, *self.prompts, *self.aliases)
        for code in self.codes:
            yield from (code, code.partition(".")[2])
