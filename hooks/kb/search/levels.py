"""Levels: impacts quantised so that each level holds about as many postings as another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

FINE = 1024
"""Steps of an impact in [0, 1) before quantisation."""


class Levels:
    """``of``: fine step → level; ``means``: level → mean impact. Short questions and long pages have their
    impacts in different places, so the levels follow the corpus instead of dividing [0, 1) evenly.
    """

    def __init__(self, packed: Iterable[int], count: int) -> None:
        """Take values whose bits 1–10 are fine steps."""
        steps = Counter(value >> 1 & FINE - 1 for value in packed)
        total = sum(steps.values())
        self.of: list[int] = []
        sums, numbers = [0.0] * count, [0] * count
        seen = 0
        for step in range(FINE):
            level = min(count - 1, count * seen // max(total, 1))
            self.of.append(level)
            seen += steps[step]
            sums[level] += steps[step] * (step + 0.5) / FINE
            numbers[level] += steps[step]
        self.means = tuple(round(s / n, 4) if n else 0.0 for s, n in zip(sums, numbers, strict=True))
