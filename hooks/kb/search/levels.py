"""Levels: impacts quantised so that each level holds about as many postings as another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FINE = 1024
"""Steps of an impact in [0, 1) before quantisation."""


class Levels:
    """``of``: fine step → level; ``means``: level → mean impact. Short questions and long pages have their
    impacts in different places, so the levels follow the corpus instead of dividing [0, 1) evenly.
    """

    def __init__(self, steps: NDArray[np.integer], count: int) -> None:
        """Take the fine step of every posting, in any order."""
        held = np.bincount(steps, minlength=FINE)
        before = np.cumsum(held) - held
        self.of = np.minimum(count - 1, count * before // max(len(steps), 1)).astype(np.uint8)
        number = np.bincount(self.of, held, count)
        total = np.bincount(self.of, held * (np.arange(FINE) + 0.5) / FINE, count)
        means = np.divide(total, number, out=np.zeros(count), where=number > 0)
        self.means = tuple(round(float(mean), 4) for mean in means)
