"""What the index learns from asks: how much a term speaks for a need.

Every text of a need (its asks, titles, summaries, prompts, aliases) is a lesson. The weight of term *t* for
need *c* is a sum:

- log-odds with Dirichlet smoothing (Zhai, Lafferty, "A study of smoothing methods for language models", SIGIR
  2001): ``log((n(t,c) + MASS·p(t)) / ((n(c) + MASS)·p(t)))``, *n* counting lessons, *p* the share of all;
- ``MIX`` × ridge regression on idf vectors of length 1, one target a need, solved in closed form.

Only the commonest terms count (``TERMS``, in the regression ``SOLVED``): memory grows with terms × needs. A
term has a weight only for needs whose lessons have it. Where they have not, the log-odds are the same for all
terms, ``log(MASS / (n(c) + MASS))``: the index keeps the difference. Two targets more are signed:
``nothing`` tells sentences that fit nothing here from lessons, ``how`` questions for a remedy from those for
its cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kb.search.lessons import NOWHERE, Guess, Learnt, Lesson
from kb.search.scale import FOR, SIGNED
from kb.search.segment import grams

Singles = NDArray[np.float32]

MASS = 10.0
"""Lessons that the average of all needs counts for in the log-odds of one."""
RIDGE, MIX = 2.0, 3.0
PRIOR = 30.0
"""Times the logarithm of a document's weight: added to the score of its need."""
GROWN = 8.0
"""Times the logarithm of a need's lessons, likewise: cards are given more asks where people ask more."""
NOTHING, HOW = range(2)
"""The signed targets, after those of the needs."""
COVERED = 0.5
"""What a query's share of known pairs and words takes off the doubt that it fits nothing."""
LOST = 0.02
"""Share of asks that may be taken for nothing, each judged by all others."""
STEADY = range(1, 401)
"""Hundredths of which one is :attr:`Learnt.sure`."""
TERMS = 12_000
"""How many terms count at most, the commonest: most of all stand in one or two lessons and tell nothing."""
SOLVED = 2500
"""Of those in the regression: memory grows by the square. The log-odds of the others do (docs/adr/0013)."""
FIRST = 6
"""Needs that are kept of what an ask left out would be told: as many as are shown."""
BATCH = 1000
"""Asks whose chances are worked out at once."""


def learn(lessons: Sequence[Lesson], weights: Sequence[float]) -> Learnt:
    """Return what the lessons teach about needs; ``weights``: of the document that leads each."""
    return _School(lessons, weights).learnt()


def often(weights: Sequence[float], sizes: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what each need has in advance, by the weight of its document and the number of its lessons."""
    out: NDArray[np.float64] = PRIOR * np.log(np.array(weights)) + GROWN * np.log(np.maximum(sizes, 1))
    return out


def _fewest(spread: Counter[str], most: int) -> int:
    """Return how many lessons a term has at least, so that there are no more than ``most`` of them."""
    return 1 + max(sorted(spread.values(), reverse=True)[most:], default=0)


class _School:
    """Lessons as numbers: which terms each has, and how many of each need have each term."""

    def __init__(self, lessons: Sequence[Lesson], weights: Sequence[float]) -> None:
        self.lessons, self.needs, self.weights = lessons, len(weights), weights
        texts = [sorted(set(grams(lesson.text))) for lesson in lessons]
        spread = Counter(chain.from_iterable(texts))
        self.fewest = _fewest(spread, TERMS)
        self.terms = sorted(term for term, count in spread.items() if count >= self.fewest)
        often = _fewest(spread, SOLVED)
        self.common = np.array([at for at, term in enumerate(self.terms) if spread[term] >= often], np.int64)
        """Terms of the regression."""
        place = {term: at for at, term in enumerate(self.terms)}
        self.columns = [np.array([place[t] for t in terms if t in place], np.int64) for terms in texts]
        """Terms of each lesson."""
        seat = np.full(len(self.terms), -1)
        seat[self.common] = np.arange(len(self.common))
        self.seats = [seat[columns][seat[columns] >= 0] for columns in self.columns]
        """Their places among the common ones."""
        self.many = np.array([len(terms) for terms in texts])
        self.pairs = np.array([sum(len(term) > 1 for term in terms) for terms in texts])
        rarity = {term: float(np.log(len(lessons) / count)) for term, count in spread.items()}
        self.idf = np.array([rarity[term] for term in self.terms])
        square = [sum(rarity[term] ** 2 for term in terms) for terms in texts]
        self.length = np.sqrt(np.maximum(square, 1e-12))
        self.asks = [number for number, lesson in enumerate(lessons) if lesson.ask >= 0]
        self.need = np.array([lesson.need for lesson in lessons], np.int64)
        self.here = self.need != NOWHERE
        self.counts = self._sums(self.need, self.here.astype(float))[:, : self.needs].astype(np.float32)
        """[term, need] → lessons with it."""
        self.sizes = np.bincount(self.need[self.here], minlength=self.needs).astype(float)
        self.spread = self.counts.sum(axis=1, dtype=float)
        """Lessons here with each term."""

    def _sums(self, target: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return [term, target] → the sum of a value over the lessons with both."""
        out = np.zeros((len(self.terms), self.needs + len(SIGNED)))
        for columns, to, one in zip(self.columns, target, value, strict=True):
            out[columns, to] += one
        return out

    def learnt(self) -> Learnt:
        inverse = np.linalg.inv(self._gram())
        nothing = np.where(self.here, self.need, self.needs + NOTHING)
        how = np.array([lesson.how for lesson in self.lessons], float)
        weights = self._sums(nothing, 1 / self.length)
        weights += self._sums(np.full(len(how), self.needs + HOW), how / self.length)
        idf = self.idf[self.common, None]
        solution = inverse @ (weights[self.common] * idf) * idf
        held = self._held(inverse)
        del inverse
        weights[:], weights[self.common] = 0, solution
        scores, roots = self._judged(weights, held)
        common = often(self.weights, self.sizes).astype(np.float32)
        sure = self._sure(scores, roots, common)
        of, targets, levels = self._levels(weights)
        return Learnt(
            self.terms,
            of,
            targets,
            levels,
            tuple(int(size) for size in self.sizes),
            self._doubt(weights[:, self.needs + NOTHING], held),
            sure,
            tuple(self._guesses(scores, roots, sure, common)),
        )

    def _gram(self) -> NDArray[np.float64]:
        """Return the products of all terms over the lessons as idf vectors of length 1, ``RIDGE`` on top."""
        out = np.zeros((len(self.common), len(self.common)))
        out.flat[:: len(out) + 1] = RIDGE
        for columns, length in zip(self.seats, self.length, strict=True):
            row = self.idf[self.common[columns]] / length
            out[columns[:, None], columns] += row[:, None] * row
        return out

    def _levels(self, weights: NDArray[np.float64]) -> Iterator[NDArray[np.int64]]:
        """Return term, target and level of all weights that an index keeps, by term, then target."""
        tells = self.spread >= self.fewest
        term, need = np.nonzero((self.counts > 0) & tells[:, None])
        mass = MASS * self.spread[term] / max(1, self.here.sum())
        odds = np.log((self.counts[term, need] + mass) / mass)
        kinds = [(term, need, FOR, odds + MIX * weights[term, need])]
        for signed, scale in enumerate(SIGNED):
            at = np.flatnonzero(tells) if signed == HOW else np.arange(len(self.terms))
            kinds.append((at, np.full(len(at), self.needs + signed), scale, weights[at, self.needs + signed]))
        rows = [(t, n, scale.levels(w), scale.zero, scale.least) for t, n, scale, w in kinds]
        found = [np.concatenate([row[at] for row in rows]) for at in range(3)]
        kept = np.concatenate([np.abs(row[2] - row[3]) >= row[4] for row in rows])
        order = np.lexsort((found[1], found[0]))
        return (column[order[kept[order]]] for column in found)

    def _held(self, inverse: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return how much each lesson holds the regression to its own target."""
        out = np.zeros(len(self.lessons))
        for number, columns in enumerate(self.seats):
            row = self.idf[self.common[columns]] / self.length[number]
            out[number] = row @ inverse[columns[:, None], columns] @ row
        return out

    def _judged(self, weights: NDArray[np.float64], held: NDArray[np.float64]) -> tuple[Singles, Singles]:
        """Return [ask, need] → score as if that ask were no lesson, and ask → root of its known terms.

        Both sums of a score have a closed form for that.
        """
        share = ((self.spread - 1) / max(1, self.here.sum() - 1))[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = self.counts + MASS * share
            odds /= MASS * share
            np.log(odds, out=odds)
        out = np.zeros((len(self.asks), self.needs), np.float32)
        roots = np.ones(len(self.asks), np.float32)
        for at, number in enumerate(self.asks):
            need, columns = self.need[number], self.columns[number]
            ridge = weights.take(columns, axis=0).sum(axis=0)[: self.needs]
            ridge[need] -= held[number] * self.length[number]
            known = columns[self.spread[columns] > self.fewest]
            mass, sizes = MASS * share[known, 0], self.sizes.copy()
            sizes[need] -= 1
            own = np.log((self.counts[known, need] - 1 + mass) / mass).sum()
            score = odds.take(known, axis=0).sum(axis=0)
            score[need] = own
            out[at] = score + len(known) * np.log(MASS / (sizes + MASS)) + MIX * ridge / (1 - held[number])
            roots[at] = max(1, len(known)) ** 0.5
        return out, roots

    def _doubt(self, nothing: NDArray[np.float64], held: NDArray[np.float64]) -> float:
        """Return the doubt that all asks but ``LOST`` of them stay below, each judged by all others."""
        known = (self.spread > self.fewest) & np.array([len(term) > 1 for term in self.terms])
        found = [
            nothing[columns].sum() / (1 - held[number]) / self.many[number]
            - COVERED * known[columns].sum() / self.pairs[number]
            if self.pairs[number]
            else 0.0
            for number in self.asks
            for columns in [self.columns[number]]
        ]
        return round(float(np.quantile(found, 1 - LOST)), 2) if found else 0.0

    def _sure(self, scores: Singles, roots: Singles, common: Singles) -> float:
        """Return the factor by which the needs of asks are least surprising, to a hundredth."""
        needs = self.need[self.asks]
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

    def _guesses(self, scores: Singles, roots: Singles, sure: float, common: Singles) -> Iterator[Guess]:
        for at in range(0, len(scores), BATCH):
            batch = slice(at, at + BATCH)
            odds = (scores[batch] + common) * sure / roots[batch, None]
            likeliest = odds.argmax(axis=1)
            chances = 1 / np.exp(odds - odds.max(axis=1, keepdims=True)).sum(axis=1)
            firsts = np.argsort(-scores[batch], axis=1, kind="stable")[:, :FIRST]
            for row, number in enumerate(self.asks[batch]):
                need, first, score = int(self.need[number]), firsts[row].tolist(), scores[at + row]
                behind = round(float((score[first[0]] - score[need]) / roots[at + row]), 2)
                chance = round(float(chances[row]), 3)
                yield Guess(self.lessons[number].ask, need, tuple(first), behind, int(likeliest[row]), chance)
