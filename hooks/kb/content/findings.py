"""Findings: what a check has to say to an editor, one line each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_VALUE = 40
"""Characters of the offending value that are shown."""


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in one file, with the remedy. ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    rule: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{_printable(self.path, 200)}:{self.line}:{self.column} {self.rule} {self.message}"

    @property
    def message(self) -> str:
        """``“value” problem。remedy``, without control characters, on one line."""
        return f"“{_printable(self.value)}” {self.problem}。{_printable(self.remedy, 400)}"

    def as_github(self, level: str = "error") -> str:
        """Return the finding as a workflow command that annotates the pull request; or as a ``warning``.

        Source: GitHub Docs, "Workflow commands", for the escaping of ``%``, CR, LF, ``:`` and ``,``.
        """
        location = f"file={_escape(self.path, ':,')},line={self.line},col={self.column}"
        return f"::{level} {location},title={_escape(self.rule, ':,')}::{_escape(self.message)}"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file by its path from the root, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    @classmethod
    def at(cls, file: str, text: str, offset: int) -> Place:
        """Return where the character at ``offset`` of a file's text stands."""
        return cls(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def finding(self, value: object, problem: str, remedy: str, rule: str = "") -> Finding:
        """Return what is wrong here. A rule of ``kb.checks`` fills in its own name."""
        return Finding(self.file, self.line, self.column, rule, str(value), problem, remedy)


def near(value: str, known: Iterable[str], before: str = "") -> str:
    """Return ``是不是想写 “x”？`` for the closest known value, with what stands ``before`` it, or nothing."""
    match = difflib.get_close_matches(value, list(known), n=1, cutoff=0.65)
    return f"是不是想写 “{before}{match[0]}”？" if match else ""


def choice(value: str, known: Iterable[str]) -> str:
    """Return the remedy for a value outside a list: the near one, the whole list, or to look it up."""
    known = list(known)
    return near(value, known) or (f"可选：{'、'.join(known)}" if 0 < len(known) <= 12 else "请从清单里选")


def _printable(value: str, limit: int = MAX_VALUE) -> str:
    value = re.sub(r"[ \t]*\n\s*", " ", value[: limit * 2])
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _escape(text: str, extra: str = "") -> str:
    for character in "%\r\n" + extra:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
