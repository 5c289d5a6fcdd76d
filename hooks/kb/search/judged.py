"""How well asks are told apart, each judged by all others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kb.search.lessons import Guesses

Singles = NDArray[np.float32]
Judge = Callable[[NDArray[np.int64]], tuple[Singles, Singles]]
"""Numbers of asks → [ask, need] score as if that ask were no lesson, and the root of its known terms."""

STEADY = range(1, 401)
"""Hundredths of which one is :func:`sure`."""
FIRST = 6
"""Needs that are kept of what an ask left out would be told: as many as are shown."""
BATCH = 1000
"""Asks whose chances are worked out at once."""
CELLS = 50_000_000
"""Scores that are held at once: of a larger site :func:`sure` is fitted to as many asks as that, evenly
spread, and the others are scored batch by batch."""


def told(judge: Judge, common: Singles, needs: NDArray[np.int64]) -> tuple[float, Guesses]:
    """Return the factor of scores that :func:`sure` finds, and what each ask would be told.

    ``common``: what each need has in advance; ``needs``: the right one of each ask.
    """
    asks = np.arange(len(needs))
    most = max(1, CELLS // max(1, len(common)))
    fitted = np.linspace(0, len(asks) - 1, min(most, len(asks))).astype(np.int64)
    scores, roots = judge(fitted)
    factor = sure(scores, roots, common, needs[fitted])
    parts = [_guesses(fitted, scores, roots, common, needs, factor)]
    del scores
    rest = np.setdiff1d(asks, fitted)
    for some in np.split(rest, range(BATCH, len(rest), BATCH)):
        parts.append(_guesses(some, *judge(some), common, needs, factor))
    return factor, Guesses.joined(parts)


def sure(scores: Singles, roots: Singles, common: Singles, needs: NDArray[np.int64]) -> float:
    """Return the factor of scores by which the needs of asks are least surprising, to a hundredth.

    ``scores`` and ``roots``: what a ``Judge`` returns; ``common``: what each need has in advance; ``needs``:
    the right one of each ask.
    """
    own = scores[np.arange(len(scores)), needs] + common[needs]

    def surprise(hundredths: int) -> float:
        total = 0.0
        for at in range(0, len(scores), BATCH):
            batch = slice(at, at + BATCH)
            odds = (scores[batch] + common - own[batch, None]) * (hundredths / 100 / roots[batch, None])
            most = odds.max(axis=1)
            total += float((most + np.log(np.exp(odds - most[:, None]).sum(axis=1))).sum())
        return total

    low, high = STEADY[0], STEADY[-1]
    while low < high:  # the sum is convex
        middle = (low + high) // 2
        if surprise(middle) <= surprise(middle + 1):
            high = middle
        else:
            low = middle + 1
    return low / 100


def _guesses(
    asks: NDArray[np.int64],
    scores: Singles,
    roots: Singles,
    common: Singles,
    needs: NDArray[np.int64],
    factor: float,
) -> Guesses:
    """Return what ``asks`` would be told, whose scores and roots these are."""
    shape = len(asks), min(FIRST, len(common))
    first, shown, chances = np.zeros(shape, np.int64), np.zeros(len(asks), np.int64), np.zeros(len(asks))
    for at in range(0, len(asks), BATCH):
        batch = slice(at, at + BATCH)
        odds = (scores[batch] + common) * factor / roots[batch, None]
        shown[batch] = odds.argmax(axis=1)
        chances[batch] = 1 / np.exp(odds - odds.max(axis=1, keepdims=True)).sum(axis=1)
        first[batch] = np.argsort(-scores[batch], axis=1, kind="stable")[:, :FIRST]
    rows = np.arange(len(asks))
    best, own = scores[rows, first[:, 0]], scores[rows, needs[asks]]
    behind = ((best - own) / roots).astype(float)
    return Guesses(asks, needs[asks], first, behind.round(2), shown, chances.round(3))
