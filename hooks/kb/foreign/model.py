"""What the scanner is given and what it hands back."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .messages import MESSAGES


@dataclass(frozen=True)
class Allowed:
    """The reviewed contacts of ``docs/_data/contacts.yml``; everything else is foreign."""

    phones: frozenset[str] = frozenset()
    """Digits only, with the area code: ``4007666666``, ``01066001918``, ``95188``."""
    emails: frozenset[str] = frozenset()
    """Lower case: ``jubao@pcac.org.cn``."""
    hosts: frozenset[tuple[str, str]] = frozenset()
    """``(host, path prefix)``; the prefix is empty or starts with ``/``: ``("github.com", "/LawRefBook/Laws")``."""


class Syntax(Enum):
    """How a file is written, which decides what looks innocent in it."""

    PROSE = "prose"
    """Markdown and YAML: no active markup; numbers, names and domains are read strictly."""
    CODE = "code"
    """Templates, SVG, CSS and JavaScript: tags, ``event.target.id`` and ``M12 2C6.48`` are normal."""

    @classmethod
    def of(cls, path: str) -> Syntax:
        """Return the syntax of a file by its name; an unknown ending is read strictly."""
        code = path.lower().endswith(
            (".html", ".jinja", ".j2", ".svg", ".css", ".js", ".mjs", ".json", ".xml")
        )
        return cls.CODE if code else cls.PROSE

    def is_prose(self) -> bool:
        """Return whether the strict rules apply."""
        return self is Syntax.PROSE


@dataclass(frozen=True)
class Span:
    """A find within a normalised text, before it is mapped back. ``start`` and ``end`` count from 0."""

    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True, order=True)
class Match:
    """One foreign thing. ``start`` and ``end`` are character offsets in the original text."""

    start: int
    end: int
    kind: str
    """A key of ``messages.MESSAGES``."""
    value: str
    """Normalised; where the text looked different, that follows in brackets."""

    @property
    def problem(self) -> str:
        """What is wrong, in Chinese."""
        return MESSAGES[self.kind].problem

    @property
    def remedy(self) -> str:
        """What to do, in Chinese, without a final 。"""
        return MESSAGES[self.kind].remedy
