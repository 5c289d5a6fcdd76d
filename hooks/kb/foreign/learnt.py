"""What adverts and calls to contact somebody have in common, learnt from examples of both kinds.

Logistic regression over single characters, pairs, pairs with one character between, and how many of them no
other harmless example has. It starts from how much commoner each piece is in the one kind than in the other,
which needs one count, and takes a few steps from there: early enough that no example weighs much, so that a
new one moves the others little.
Sources: Wang and Manning, Baselines and Bigrams, 2012; Nocedal, Updating Quasi-Newton Matrices, 1980.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.memory import Memory, key

STEPS = 6
"""More fit the examples better, and what is like none of them no better; so few need nothing else to hold
the weights down."""
KEPT = 10
"""Steps of which the minimiser remembers the way."""
SMOOTHING = 0.25
"""Times that each kind is thought to have every piece beside what was counted."""
START = 0.5
"""Pieces overlap: each says about half of what its count alone would."""
DOUBT = 100
"""Examples from which on something is known: with fewer a handbook refuses little."""
STRANGE = 5.0
"""How much a share of unseen pieces counts, where a piece counts 1 / √pieces."""

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]

_BITS = 21
_END = np.iinfo(np.int64).max
_PAIR, _APART = 1 << _BITS, 1 << 2 * _BITS
"""The least pair of two characters, and of two with one between; below are single ones."""


def _pieces(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return the pieces of squeezed texts as numbers, and the text of each. ``^`` and ``$`` are its ends."""
    joined = "".join(f"^{text}$\n" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    end = codes == ord("\n")
    owners = np.cumsum(end)
    pairs, apart = _PAIR * codes[:-1] + codes[1:], _APART + _PAIR * codes[:-2] + codes[2:]
    single, both, all_three = ~end, ~(end[:-1] | end[1:]), ~(end[:-2] | end[1:-1] | end[2:])
    keys = codes[single], pairs[both], apart[all_three]
    return np.concatenate(keys), np.concatenate([owners[single], owners[:-1][both], owners[:-2][all_three]])


def _shares(keys: Numbers, owners: Numbers, unseen: NDArray[np.bool_], size: int) -> Values:
    """Return for each of ``size`` texts 1, and what share of its characters and of its pairs is unseen."""
    columns = [np.ones(size)]
    for kind in (keys < _PAIR, (keys >= _PAIR) & (keys < _APART)):
        of = owners[kind]
        strange = np.bincount(of, unseen[kind], size) / np.maximum(1, np.bincount(of, minlength=size))
        columns.append(STRANGE * strange)
    return np.stack(columns, 1)


@dataclass(frozen=True)
class Learnt:
    """What is known of each piece of the examples, in order, behind which an end stands: its weight, above 0
    for adverts, and whether harmless examples have it; and the weights of a text as a whole, of its strange
    characters, and of its strange pairs.
    """

    pieces: Numbers
    weights: Values
    seen: NDArray[np.bool_]
    whole: Values

    def scores(self, texts: Sequence[str]) -> Values:
        """Return how much each squeezed text is like the adverts; above 0: rather than like the others."""
        keys, owners = _pieces(texts)
        at = np.searchsorted(self.pieces, keys)
        known = self.pieces[at] == keys
        totals = np.bincount(owners, self.weights[at] * known, len(texts))
        shares = _shares(keys, owners, ~(known & self.seen[at]), len(texts))
        lengths = np.bincount(owners, minlength=len(texts))
        found: Values = totals * lengths**-0.5 + shares @ self.whole
        return found


def remembered(adverts: Sequence[str], harmless: Sequence[str], folder: Path | None) -> Learnt:
    """Return what :func:`learn` returns, from ``folder`` if these very examples were learnt before."""
    name = key(__file__, [adverts, harmless])
    return Learnt(**Memory(folder, most=2).recall_columns(name, lambda: vars(learn(adverts, harmless))))


def learn(adverts: Sequence[str], harmless: Sequence[str]) -> Learnt:
    """Learn from squeezed examples."""
    size = len(adverts) + len(harmless)
    signs = np.where(np.arange(size) < len(adverts), 1.0, -1.0)
    keys, owners = _pieces([*adverts, *harmless])
    pieces, numbers = np.unique(keys, return_inverse=True)
    good = np.bincount(numbers, signs[owners] < 0, len(pieces))
    bad = np.bincount(numbers, minlength=len(pieces)) - good
    unseen = good[numbers] <= (signs[owners] < 0)  # none but this example has it
    shares = _shares(keys, owners, unseen, size)
    values = np.bincount(owners, minlength=size)[owners] ** -0.5

    def loss(weights: Values) -> tuple[float, Values]:
        """Return the logistic loss of all examples and where it grows."""
        ones, whole = weights[: len(pieces)], weights[len(pieces) :]
        margins = signs * (np.bincount(owners, ones[numbers] * values, size) + shares @ whole)
        pull = -signs / (1 + np.exp(np.minimum(margins, 50)))
        growth = np.concatenate([np.bincount(numbers, pull[owners] * values, len(pieces)), shares.T @ pull])
        return float(np.logaddexp(0, -margins).sum()), growth

    ratio = np.log((bad + SMOOTHING) / max(1, len(adverts))) - np.log(
        (good + SMOOTHING) / max(1, len(harmless))
    )
    best = _least(loss, np.concatenate([START * ratio, np.zeros(shares.shape[1])]))
    doubt = [DOUBT / max(1, size), 0, 0]
    weights, whole = best[: len(pieces)], best[len(pieces) :] - doubt
    return Learnt(np.append(pieces, _END), np.append(weights, 0), np.append(good > 0, False), whole)


def _least(loss: Callable[[Values], tuple[float, Values]], point: Values) -> Values:
    """Return where ``STEPS`` of the limited-memory BFGS method lead from ``point``."""
    steps: list[tuple[Values, Values, float]] = []
    value, growth = loss(point)
    for _ in range(STEPS):
        way, shares = growth.copy(), []
        for moved, turned, scale in reversed(steps):
            shares.append(moved @ way / scale)
            way -= shares[-1] * turned
        way *= (
            steps[-1][2] / (steps[-1][1] @ steps[-1][1])
            if steps
            else 1 / max(1.0, float(growth @ growth) ** 0.5)
        )
        for moved, turned, scale in steps:
            way += moved * (shares.pop() - turned @ way / scale)
        length = 1.0
        while (found := loss(point - length * way))[0] > value - 1e-4 * length * (growth @ way):
            if length < 1e-6:
                return point
            length /= 2
        moved, turned = -length * way, found[1] - growth
        steps = [*steps[1 - KEPT :], (moved, turned, float(moved @ turned))]
        point, (value, growth) = point + moved, found
    return point
