"""Every address of a tree ever published, and what stood there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from .address import Given, answers_of

RESULT = "="
"""Stands for the result page, in place of a question."""

ROOT = "/"
"""The address of the first page, which is empty, as a line of the file can show it."""


SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LINE = re.compile(rf"(/|(?:{SLUG}\.{SLUG}/)+) ({SLUG}|{RESULT})")


def _lines(text: str) -> dict[int, str]:
    """Return the lines that say something, by number from 1."""
    lines = enumerate(text.splitlines(), 1)
    return {number: line for number, line in lines if line.strip() and not line.startswith("#")}


@dataclass(frozen=True)
class PublishedPages:
    """``pages`` maps an address to the slug of its question or ``RESULT``, as last published."""

    pages: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> PublishedPages:
        """Parse the file, one ``address what`` a line. Raise ``ValueError`` with the line's number."""
        for number, _ in cls.faults(text):
            raise ValueError(f"line {number}: expected an address, once, and a question or {RESULT}")
        fields = (line.split() for line in _lines(text).values())
        return cls({path.removeprefix(ROOT): what for path, what in fields})

    @classmethod
    def faults(cls, text: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of every line that is not ``address what``, differs from one before it, or
        does not end.

        A line may stand twice: a merge by union leaves it so.
        """
        seen: dict[str, str] = {}
        whole = text.count("\n")
        for number, line in _lines(text).items():
            fields = LINE.fullmatch(line)
            if fields is None or number > whole or seen.setdefault(fields[1], fields[2]) != fields[2]:
                yield number, line

    def text(self) -> str:
        """Return the file: sorted, so that a review shows only what changed."""
        return "".join(f"{path or ROOT} {what}\n" for path, what in sorted(self.pages.items()))

    def updated(self, live: Mapping[str, str]) -> PublishedPages:
        """Return the pages with the live pages recorded; nothing published is ever dropped."""
        return PublishedPages({**self.pages, **live})

    def retired(self, live: Set[str]) -> tuple[str, ...]:
        """Return the published addresses that are no longer pages of the tree."""
        return tuple(sorted(set(self.pages) - live))


@dataclass(frozen=True)
class Resume:
    """Where a retired page sends its reader: to the page ``target``, which keeps ``replayed``."""

    target: str
    replayed: Given
    dropped: Given
    """Answers unknown to ``target``: not asked on that way, contradictory, or of a dead question."""


def by_answers(live: Iterable[str]) -> dict[Given, str]:
    """Return answers → address of live pages, most answers first, then in order of address."""
    pages = [(answers_of(path), path) for path in sorted(live)]
    return dict(sorted(pages, key=lambda page: -len(page[0])))


def resume(answers: Given, live: Mapping[Given, str]) -> Resume:
    """Return the live page whose answers are the largest subset of ``answers``.

    ``live``: as ``by_answers`` gives it; ties go to the first. Live pages hold no contradiction, so neither
    does the target.
    """
    replayed = next(given for given in live if given <= answers)
    return Resume(live[replayed], replayed, answers - replayed)
