"""How well asks are told apart, each judged by all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.search.lessons import Guess

Singles = NDArray[np.float32]

STEADY = range(1, 401)
"""Hundredths of which one is :func:`sure`."""
FIRST = 6
"""Needs that are kept of what an ask left out would be told: as many as are shown."""
BATCH = 1000
"""Asks whose chances are worked out at once."""


def sure(scores: Singles, roots: Singles, common: Singles, needs: NDArray[np.int64]) -> float:
    """Return the factor of scores by which the needs of asks are least surprising, to a hundredth.

    ``scores``: [ask, need], without that ask; ``roots``: of the number of its known terms; ``common``: what
    each need has in advance; ``needs``: the right one of each ask.
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


def guesses(
    scores: Singles, roots: Singles, common: Singles, asks: Sequence[tuple[int, int]], sure: float
) -> Iterator[Guess]:
    """Yield what each ask would be told. ``asks``: number and need; ``sure``: what :func:`sure` found."""
    for at in range(0, len(scores), BATCH):
        batch = slice(at, at + BATCH)
        odds = (scores[batch] + common) * sure / roots[batch, None]
        likeliest = odds.argmax(axis=1)
        chances = 1 / np.exp(odds - odds.max(axis=1, keepdims=True)).sum(axis=1)
        firsts = np.argsort(-scores[batch], axis=1, kind="stable")[:, :FIRST]
        for row, (ask, need) in enumerate(asks[batch]):
            first, score = firsts[row].tolist(), scores[at + row]
            behind = round(float((score[first[0]] - score[need]) / roots[at + row]), 2)
            chance = round(float(chances[row]), 3)
            yield Guess(ask, need, tuple(first), behind, int(likeliest[row]), chance)
