"""Every address of a tree ever published, and what stood there."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from .address import Given, answers_of

RESULT = "="
"""Stands for the result page, in place of a question."""

ROOT = "/"
"""The address of the first page, which is empty, as a line of the file can show it."""


@dataclass(frozen=True)
class PublishedPages:
    """``pages`` maps an address to the slug of its question or ``RESULT``, as last published."""

    pages: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> PublishedPages:
        """Parse the file, one ``address what`` a line. Raise ``ValueError`` with the line's number.

        A line may stand twice: a merge by union leaves it so.
        """
        pages: dict[str, str] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split()
            if len(fields) != 2:
                raise ValueError(f"line {number}: expected an address and a question or {RESULT}")
            path = fields[0].removeprefix(ROOT)
            if pages.get(path, fields[1]) != fields[1]:
                raise ValueError(f"line {number}: {fields[0]} stands twice, as different pages")
            answers_of(path)
            pages[path] = fields[1]
        return cls(pages)

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


def resume(answers: Given, live: Set[str]) -> Resume:
    """Return the live page whose answers are the largest subset of ``answers``.

    Live pages hold no contradiction, so neither does the target. Ties go to the first in order of address.
    """
    known = {path: answers_of(path) for path in live}
    target = min(
        (path for path in live if known[path] <= answers), key=lambda path: (-len(known[path]), path)
    )
    return Resume(target, known[target], answers - known[target])
