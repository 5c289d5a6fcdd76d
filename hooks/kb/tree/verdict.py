"""What a set of answers says: causes by probability, remedies in order, near misses."""

from __future__ import annotations

from dataclasses import dataclass

from .model import UNASKED, Answers, Model
from .solver import State

VERY_LIKELY, POSSIBLE = 0.5, 0.12
"""Posterior from which a cause is 很可能, and 有可能; below it is 不太可能."""

SHOWN = 0.02
"""Posterior from which a cause is listed; of many that all are below it, the likeliest are."""

LONGEST = 8
"""Causes in one list."""

NEAR = 5
"""Near misses in one list."""

DIGITS = 4
"""Of probabilities and minutes in the plan: enough to show, few enough to be the same on every machine."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One possible cause; ``word`` is ``likely``, ``possible`` or ``unlikely``."""

    cause: str
    chance: float
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """One remedy to try: the chance that it is the one that helps, and its minutes."""

    remedy: str
    chance: float
    minutes: float


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A cause that would fit if one answer were different."""

    cause: str
    question: str
    given: str


@dataclass(frozen=True)
class Verdict:
    ranked: tuple[Ranked, ...]
    steps: tuple[Step, ...]
    near: tuple[NearMiss, ...]


def verdict(model: Model, state: State, extra: tuple[int, ...] = ()) -> Verdict:
    """Judge a state. ``extra`` are causes to list there whatever their probability."""
    order = ranking(model, state.weights)
    total = sum(state.weights)
    shown = ([i for i in order if state.weights[i] >= SHOWN * total] or order)[:LONGEST]
    shown += [i for i in order if i in extra and i not in shown]
    missed = [contradicted(model, state.answers, i) for i in range(len(state.weights))]
    near = [i for i in order if len(missed[i]) == 1 and i not in shown][:NEAR]
    causes = model.table.causes
    return Verdict(
        ranked=tuple(
            Ranked(
                causes[i].id,
                round(state.weights[i] / total, DIGITS),
                _word(state.weights[i] / total),
            )
            for i in shown
        ),
        steps=_steps(model, state, shown),
        near=tuple(
            NearMiss(causes[i].id, model.slugs[q], model.options[q][state.answers[q]])
            for i in near
            for q in missed[i]
        ),
    )


def ranking(model: Model, weights: list[float]) -> list[int]:
    """Return the causes, likeliest first.

    Unproven ones come after all others, unless the answers single one out all the same.
    """
    causes, singled_out = model.table.causes, VERY_LIKELY * sum(weights)

    def key(i: int) -> tuple[bool, float, str]:
        return causes[i].unproven and weights[i] < singled_out, -weights[i], causes[i].id

    return sorted(range(len(causes)), key=key)


def contradicted(model: Model, answers: Answers, cause: int) -> list[int]:
    """Return the questions answered with an option that the cause's card rules out."""
    return [
        q
        for q, a in enumerate(answers)
        if a not in (UNASKED, len(model.options[q]))
        and (shares := model.declared[q][cause]) is not None
        and shares[a] == 0.0
    ]


def _steps(model: Model, state: State, shown: list[int]) -> tuple[Step, ...]:
    """List the remedies of the causes shown, in the order in which the solver counts on them."""
    wanted = {remedy.id for i in shown for remedy in model.table.causes[i].remedies}
    total = sum(state.weights)
    return tuple(
        Step(id, round(chance / total, DIGITS), minutes)
        for chance, minutes, id in model.chances(state.weights)
        if id in wanted
    )


def _word(chance: float) -> str:
    return "likely" if chance >= VERY_LIKELY else "possible" if chance >= POSSIBLE else "unlikely"
