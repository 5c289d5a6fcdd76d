"""The table of one topic: causes × questions, as the editors' cards state it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = None | str | tuple[str, ...] | Mapping[str, str]
"""What a reader with this cause would answer: nothing known, an option, one of several options,
or ``{option: always | usually | sometimes | rarely}``."""

FREQUENCIES = {"common": 16.0, "sometimes": 4.0, "rare": 1.0}
"""Prior weight of a cause before any answer: each word means four times as often as the next."""

UNPROVEN = 0.1
"""Factor on the prior of a cause nobody has shown to exist, so that all others come before it,
unless the answers single it out."""

DEGREES = {"always": 1.0, "usually": 0.85, "sometimes": 0.35, "rarely": 0.08}
"""Probability of an option whose cell gives a degree."""

NOISE = 0.03
"""Share of answers given at random: every option stays possible under every cause."""


@dataclass(frozen=True)
class Remedy:
    id: str
    minutes: float


@dataclass(frozen=True)
class Cause:
    """One cause; ``remedies`` in the order in which the card recommends them."""

    id: str
    frequency: str
    remedies: tuple[Remedy, ...]
    answers: Mapping[str, Cell]
    unproven: bool = False

    @property
    def weight(self) -> float:
        """Prior weight, not normalised."""
        return FREQUENCIES[self.frequency] * (UNPROVEN if self.unproven else 1.0)


@dataclass(frozen=True)
class Question:
    """One question; ``minutes`` is what finding the answer takes, without the click.

    ``only_if`` maps other questions to the answers, all of which must have been given before.
    """

    slug: str
    minutes: float
    options: tuple[str, ...]
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def shares(self, cell: Cell) -> tuple[float, ...] | None:
        """Return the declared probability of each option, without noise; ``None`` if the cell is silent.

        What the degrees of a cell leave over goes to the options it does not name.
        """
        if cell is None:
            return None
        if isinstance(cell, Mapping):
            named = {option: DEGREES[degree] for option, degree in cell.items()}
        else:
            options = (cell,) if isinstance(cell, str) else cell
            named = {option: 1.0 / len(options) for option in options}
        others = [option for option in self.options if option not in named]
        left = max(0.0, 1.0 - sum(named.values()))
        declared = [named.get(o, left / len(others) if others else 0.0) for o in self.options]
        total = sum(declared)
        return tuple(value / total for value in declared)


@dataclass(frozen=True)
class Table:
    """Everything the solver knows about a topic.

    ``first`` is asked before anything else; ``then`` maps options of it to what is asked
    next, whatever it saves.
    """

    topic: str
    causes: tuple[Cause, ...]
    questions: tuple[Question, ...]
    first: str | None = None
    then: Mapping[str, str] = field(default_factory=dict)
