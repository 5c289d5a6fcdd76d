"""What is taught, and what was learnt from it (``learn.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NOWHERE = -1
"""Need of a lesson that fits nothing."""


@dataclass(frozen=True)
class Lesson:
    """A normalised text, and the number of its need.

    ``how``: 1 if it asks for the remedy of a need that has a cause as well, -1 if for the cause, else 0;
    ``ask``: the place of the ask that it is, in whatever list the caller has; -1 for other texts.
    """

    text: str
    need: int
    how: int = 0
    ask: int = -1


@dataclass(frozen=True)
class Guess:
    """What the index says to an ask if that ask were not among its lessons.

    ``first``: the likeliest needs; ``behind``: by how much the score of its own need is less than the best,
    by root of the number of terms; ``shown``: the need that is likeliest if it also counts how common each
    is; ``chance``: of that.
    """

    ask: int
    need: int
    first: tuple[int, ...]
    behind: float
    shown: int
    chance: float


@dataclass(frozen=True)
class Learnt:
    """The weights that an index keeps, one row for each term and target, by term, then target.

    ``targets`` are needs, then ``NOTHING`` and ``HOW``; ``sizes``: lessons of each need; ``doubt``: from
    which a query fits nothing; ``sure``: what makes of a score, divided by the root of the number of terms,
    the logarithm of a need's odds, fitted to asks left out; ``guesses``: of all asks.
    """

    terms: list[str]
    of: NDArray[np.int64]
    targets: NDArray[np.int64]
    levels: NDArray[np.int64]
    sizes: tuple[int, ...]
    doubt: float
    sure: float
    guesses: tuple[Guess, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the same as JSON-able data."""
        columns = {name: getattr(self, name).tolist() for name in ("of", "targets", "levels")}
        rest = {name: getattr(self, name) for name in ("terms", "sizes", "doubt", "sure")}
        return {**columns, **rest, "guesses": [list(vars(guess).values()) for guess in self.guesses]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Learnt:
        """Read what :meth:`as_dict` returned, also after a round trip through JSON."""
        of, targets, levels = (np.array(data[name], np.int64) for name in ("of", "targets", "levels"))
        guesses = tuple(Guess(ask, need, tuple(first), *rest) for ask, need, first, *rest in data["guesses"])
        sizes = tuple(data["sizes"])
        return cls(data["terms"], of, targets, levels, sizes, data["doubt"], data["sure"], guesses)
