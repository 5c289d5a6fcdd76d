"""Runs of digits: which digits of a text a reader would read as one number."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_HAN = str.maketrans("零一二三四五六七八九两拐洞勾", "01234567892709")
_LETTERS = str.maketrans("olisbz", "011582")
_TOKEN = re.compile(r"[0-9olisbz](?<![a-z_].)[0-9olisbz]*(?![a-z_])")
_DATE = re.compile(
    r"20(?<![0-9]20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01]|[1-9])(?![0-9]|[-/.][0-9])"
)
_TIME = re.compile(r"[0-9](?<![0-9:].)(?:(?<=[01])[0-9]|(?<=2)[0-3])?:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])")
_GROUP = re.compile(r"[0-9]+")
_GAP = 8
"""Characters between two groups that a reader skips: ``138 (0013) 8000``, ``"138" + "0013"``."""
_LONGEST = 40
"""Digits without a break beyond which nobody reads a number to call or to pay to."""


@dataclass(frozen=True)
class Run:
    """Groups of digits with nothing but marks between them."""

    digits: str
    starts: dict[int, int]
    """Index in ``digits`` of the first digit of each group → offset in the text."""
    ends: dict[int, int]
    """Index in ``digits`` after the last digit of each group → offset in the text."""

    def groups(self, start: int, end: int) -> list[str]:
        """Return the groups between two group borders."""
        borders = [start, *(index for index in range(start + 1, end + 1) if index in self.ends)]
        return [self.digits[a:b] for a, b in pairwise(borders)]


def digitise(text: str, letters: bool) -> str:
    """Return a folded text with Chinese numerals as digits, and ``l38OOl3`` too if ``letters``; same length."""
    text = text.translate(_HAN)
    if letters:
        text = _TOKEN.sub(_spell, text)
    for pattern in (_DATE, _TIME):
        text = pattern.sub(_blank, text)
    return text


def _spell(match: re.Match[str]) -> str:
    return match[0] if match[0].isdigit() else match[0].translate(_LETTERS)


def _blank(match: re.Match[str]) -> str:
    """Hide a date or time of day, unless a digit comes so close before it that both may be one number."""
    before = match.string[max(0, match.start() - 3) : match.start()]
    return match[0] if re.search(r"[0-9][^\w]{1,2}$", before) else "日" * len(match[0])


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a digitised text, in order."""
    pieces: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    index = last = 0
    for group in _GROUP.finditer(text):
        if pieces and not _is_gap(text, last, group.start()):
            yield Run("".join(pieces), starts, ends)
            pieces, starts, ends, index = [], {}, {}, 0
        if group.end() - group.start() > _LONGEST:
            continue
        starts[index] = group.start()
        pieces.append(group[0])
        index += len(group[0])
        last = ends[index] = group.end()
    if pieces:
        yield Run("".join(pieces), starts, ends)


def _is_gap(text: str, start: int, end: int) -> bool:
    if end - start > _GAP:
        return False
    gap = text[start:end]
    return gap.count("\n") < 2 and not any(character.isalnum() for character in gap)
