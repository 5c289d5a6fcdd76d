"""Levels of learnt weights: what an index keeps of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = 16
MARGIN = 1e-7


@dataclass(frozen=True)
class Scale:
    """Sixteen levels of equal width: level *n* stands for ``(n - zero) · step``.

    What is fewer than ``least`` levels from zero is left out.
    """

    step: float
    zero: int
    least: int = 1

    def levels(self, weights: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the level of each weight.

        The edges of all levels are shifted until no weight is nearer to one than ``MARGIN``: the last bits
        of a float differ from machine to machine, a level must not.
        """
        for shift in np.arange(100) * 1e-3:
            place: NDArray[np.float64] = weights / self.step + self.zero + 0.5 + shift
            if not len(place) or np.abs(place - np.round(place)).min() > MARGIN:
                break
        return np.clip(np.floor(place), 0, LEVELS - 1).astype(np.int64)


FOR = Scale(0.6, 0, 2)
"""Of the weights for needs: none speaks against one more than its absence does."""
SIGNED = (Scale(0.2, 4), Scale(0.4, 8))
"""Of ``learn.NOTHING`` and ``learn.HOW``."""
