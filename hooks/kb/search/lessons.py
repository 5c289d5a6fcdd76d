"""What is taught, and what was learnt from it (``learn.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from kb.memory import Columns

NOWHERE = -1
"""Need of a lesson that fits nothing."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A normalised text, and the number of its need.

    ``how``: 1 if it asks for the remedy of a need that has a cause as well, -1 if for the cause, else 0;
    ``ask``: whether somebody asks so; asks are numbered in the order of their lessons.
    """

    text: str
    need: int
    how: int = 0
    ask: bool = False


@dataclass(frozen=True)
class Guesses:
    """What the index says to asks, to each as if it were not among the lessons; one row for each.

    ``asks`` and ``needs``: what it is and where it belongs; ``first``: the likeliest needs, a column for each
    place; ``behind``: by how much the score of its own need is less than the best, by root of the number of
    terms; ``shown``: the need that is likeliest if it also counts how common each is; ``chances``: of that.
    """

    asks: NDArray[np.int64]
    needs: NDArray[np.int64]
    first: NDArray[np.int64]
    behind: NDArray[np.float64]
    shown: NDArray[np.int64]
    chances: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.asks)

    def at(self, rows: NDArray[np.integer]) -> Guesses:
        """Return some of the rows, in this order."""
        return Guesses(**{name: column[rows] for name, column in vars(self).items()})

    @classmethod
    def joined(cls, parts: Sequence[Guesses]) -> Guesses:
        """Return the rows of all parts, by ask."""
        whole = cls(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])})
        return whole.at(np.argsort(whole.asks))

    def right(self, first: int) -> NDArray[np.bool_]:
        """Return for each ask whether its own need is among the ``first``."""
        own: NDArray[np.bool_] = (self.first[:, :first] == self.needs[:, None]).any(axis=1)
        return own


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
    guesses: Guesses

    def columns(self) -> Columns:
        """Return the same as columns by their names."""
        columns = {name: getattr(self, name) for name in ("of", "targets", "levels")}
        columns |= {"terms": np.array("\n".join(self.terms)), "sizes": np.array(self.sizes, np.int64)}
        return columns | {"numbers": np.array([self.doubt, self.sure])} | vars(self.guesses)

    @classmethod
    def read(cls, columns: Columns) -> Learnt:
        """Read what :meth:`columns` returned."""
        guesses = Guesses(**{field.name: columns[field.name] for field in fields(Guesses)})
        terms, sizes = str(columns["terms"]).split("\n"), tuple(columns["sizes"].tolist())
        doubt, sure = columns["numbers"].tolist()
        of, targets, levels = (columns[name] for name in ("of", "targets", "levels"))
        return cls(terms, of, targets, levels, sizes, doubt, sure, guesses)
