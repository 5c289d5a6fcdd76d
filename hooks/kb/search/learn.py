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

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.search.judged import Judge, Singles, told
from kb.search.lessons import NOWHERE, Learnt, Lesson
from kb.search.occurrences import grams_of, spans
from kb.search.scale import FOR, SIGNED

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
TERMS = 12_000
"""How many terms count at most, the commonest: most of all stand in one or two lessons and tell nothing."""
SOLVED = 2500
"""Of those in the regression: memory grows by the square. The log-odds of the others do (docs/adr/0013)."""
BATCH = 1000
"""Lessons that are worked on at once."""
AT_ONCE = 50
"""Asks that are scored at once: each brings a row for every need of each of its terms."""


def learn(lessons: Sequence[Lesson], weights: Sequence[float]) -> Learnt:
    """Return what the lessons teach about needs; ``weights``: of the document that leads each."""
    return _School(lessons, weights).learnt()


def often(weights: Sequence[float], sizes: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what each need has in advance, by the weight of its document and the number of its lessons."""
    out: NDArray[np.float64] = PRIOR * np.log(np.array(weights)) + GROWN * np.log(np.maximum(sizes, 1))
    return out


def _fewest(spread: NDArray[np.int64], most: int) -> int:
    """Return how many lessons a term has at least, so that there are no more than ``most`` of them."""
    return 1 + int(np.sort(spread)[::-1][most:].max(initial=0))


class _School:
    """Lessons as numbers: which terms each has, and how many of each need have each term."""

    def __init__(self, lessons: Sequence[Lesson], weights: Sequence[float]) -> None:
        self.lessons, self.needs, self.weights = lessons, len(weights), weights
        names, of, at = grams_of([lesson.text for lesson in lessons])
        spread = np.bincount(of, minlength=len(names))
        self.fewest = _fewest(spread, TERMS)
        rarity, pair = np.log(len(lessons) / spread), np.array([len(name) > 1 for name in names], bool)
        self.length = np.sqrt(np.maximum(np.bincount(at, rarity[of] ** 2, len(lessons)), 1e-12))
        self.many = np.bincount(at, minlength=len(lessons))
        self.pairs = np.bincount(at, pair[of], len(lessons))
        tells = spread >= self.fewest
        terms = np.flatnonzero(tells)
        self.terms, self.idf = [names[term] for term in terms], rarity[tells]
        self.common = np.flatnonzero(spread[tells] >= _fewest(spread, SOLVED))
        """Terms of the regression."""
        known = tells[of]
        self.of, self.at = (np.cumsum(tells) - 1)[of[known]], at[known]
        """Each term of each lesson, and the lesson."""
        self.starts = np.searchsorted(self.at, np.arange(len(lessons) + 1))
        """The first row of each lesson, and the end."""
        seat = np.full(len(self.terms), -1)
        seat[self.common] = np.arange(len(self.common))
        self.seat = seat
        """The place of each term among the common ones, or -1."""
        solved = seat[self.of] >= 0
        self.seats, self.owners = seat[self.of[solved]], self.at[solved]
        """Places among the common ones, of each common term of each lesson, and the lesson."""
        self.firsts = np.searchsorted(self.owners, np.arange(len(lessons) + 1))
        self.asks = np.flatnonzero([lesson.ask for lesson in lessons])
        self.need = np.array([lesson.need for lesson in lessons], np.int64)
        self.here = self.need != NOWHERE
        here = self.here[self.at]
        cells, cell, counts = np.unique(
            self.of[here] * self.needs + self.need[self.at[here]], return_inverse=True, return_counts=True
        )
        self.term_of, self.need_of = np.divmod(cells, max(1, self.needs))
        self.counts = counts.astype(float)
        """A term, a need, and how many of its lessons have it, if any do; by term, then need."""
        self.cell = np.full(len(self.of), -1)
        self.cell[here] = cell
        """The row among these of each term of each lesson."""
        self.sizes = np.bincount(self.need[self.here], minlength=self.needs).astype(float)
        self.spread = np.bincount(self.of[here], minlength=len(self.terms)).astype(float)
        """Lessons here with each term."""

    def learnt(self) -> Learnt:
        inverse = np.linalg.inv(self._gram())
        solution = inverse @ self._targets()
        solution *= self.idf[self.common, None]
        held = self._held(inverse)
        del inverse
        common = often(self.weights, self.sizes).astype(np.float32)
        sure, guesses = told(self._judge(solution, held), common, self.need[self.asks])
        of, targets, levels = self._levels(solution)
        return Learnt(
            self.terms,
            of,
            targets,
            levels,
            tuple(int(size) for size in self.sizes),
            self._doubt(self._weights(solution, np.arange(len(self.terms)), self.needs + NOTHING), held),
            sure,
            guesses,
        )

    def _targets(self) -> NDArray[np.float64]:
        """Return [common term, target] → the sum of its values over the lessons of the target."""
        width = self.needs + len(SIGNED)
        target = np.where(self.here, self.need, self.needs + NOTHING)
        how = np.array([lesson.how for lesson in self.lessons], float)
        values = 1 / self.length[self.owners]
        cells = self.seats * width + target[self.owners]
        sums = np.bincount(cells, values, len(self.common) * width).astype(float).reshape(-1, width)
        signs = how[self.owners] * values
        sums[:, self.needs + HOW] = np.bincount(self.seats, signs, len(self.common))
        sums *= self.idf[self.common, None]
        return sums

    def _weights(
        self, solution: NDArray[np.float64], terms: NDArray[np.int64], targets: NDArray[np.int64] | int
    ) -> NDArray[np.float64]:
        """Return the weights of terms for targets in the regression, 0 of terms that are not in it."""
        seat = self.seat[terms]
        out: NDArray[np.float64] = np.where(seat < 0, 0.0, solution[seat, targets])
        return out

    def _vectors(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
        """Yield lessons that have as many common terms: their numbers, [lesson, term] → place and value.

        The values are those of idf vectors of length 1.
        """
        sizes = np.diff(self.firsts)
        for size in np.unique(sizes):
            alike = np.flatnonzero(sizes == size)
            for numbers in np.split(alike, range(BATCH, len(alike), BATCH)):
                seats = self.seats[self.firsts[numbers, None] + np.arange(size)]
                yield numbers, seats, self.idf[self.common[seats]] / self.length[numbers, None]

    def _gram(self) -> NDArray[np.float64]:
        """Return the products of all terms over the lessons as idf vectors of length 1, ``RIDGE`` on top."""
        out = np.zeros((len(self.common), len(self.common)))
        out.flat[:: len(out) + 1] = RIDGE
        for _, seats, values in self._vectors():
            cells = seats[:, :, None] * len(out) + seats[:, None, :]
            np.add.at(out.reshape(-1), cells.ravel(), (values[:, :, None] * values[:, None, :]).ravel())
        return out

    def _levels(self, solution: NDArray[np.float64]) -> Iterator[NDArray[np.int64]]:
        """Return term, target and level of all weights that an index keeps, by term, then target."""
        tells = self.spread >= self.fewest
        kept = tells[self.term_of]
        term, need = self.term_of[kept], self.need_of[kept]
        mass = MASS * self.spread[term] / max(1, self.here.sum())
        odds = np.log((self.counts[kept] + mass) / mass)
        kinds = [(term, need, FOR, odds + MIX * self._weights(solution, term, need))]
        for signed, scale in enumerate(SIGNED):
            at = np.flatnonzero(tells) if signed == HOW else np.arange(len(self.terms))
            target = np.full(len(at), self.needs + signed)
            kinds.append((at, target, scale, self._weights(solution, at, target)))
        rows = [(t, n, scale.levels(w), scale.zero, scale.least) for t, n, scale, w in kinds]
        found = [np.concatenate([row[at] for row in rows]) for at in range(3)]
        kept = np.concatenate([np.abs(row[2] - row[3]) >= row[4] for row in rows])
        order = np.lexsort((found[1], found[0]))
        return (column[order[kept[order]]] for column in found)

    def _held(self, inverse: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return how much each lesson holds the regression to its own target."""
        out = np.zeros(len(self.lessons))
        for numbers, seats, values in self._vectors():
            between = inverse[seats[:, :, None], seats[:, None, :]]
            out[numbers] = np.einsum("ni,nij,nj->n", values, between, values, optimize=True)
        return out

    def _judge(self, solution: NDArray[np.float64], held: NDArray[np.float64]) -> Judge:
        """Return what scores asks as if each were no lesson: both sums have a closed form for that."""
        mass = MASS * (self.spread - 1) / max(1, self.here.sum() - 1)
        known = self.spread > self.fewest
        firsts = np.searchsorted(self.term_of, np.arange(len(self.terms) + 1))
        odds = np.zeros(len(self.counts))
        kept = known[self.term_of]
        odds[kept] = np.log((self.counts[kept] + mass[self.term_of[kept]]) / mass[self.term_of[kept]])

        def score(numbers: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
            """Return the scores of some lessons, and how many known terms each has."""
            size, need = len(numbers), self.need[numbers]
            own = np.arange(size), need
            rows, of = spans(self.starts, numbers)
            rows, of = rows[known[self.of[rows]]], of[known[self.of[rows]]]
            cells, row = spans(firsts, self.of[rows])
            where = of[row] * self.needs + self.need_of[cells]
            out = np.bincount(where, odds[cells], size * self.needs).reshape(size, -1)
            without = self.counts[self.cell[rows]] - 1 + mass[self.of[rows]]
            out[own] = np.bincount(of, np.log(without / mass[self.of[rows]]), size)
            absent = np.tile(np.log(MASS / (self.sizes + MASS)), (size, 1))
            absent[own] = np.log(MASS / (self.sizes[need] - 1 + MASS))
            many = np.bincount(of, minlength=size)
            out += many[:, None] * absent
            shared = zip(self.firsts[numbers], self.firsts[numbers + 1], strict=True)
            ridge = np.array([solution[self.seats[at:end], : self.needs].sum(axis=0) for at, end in shared])
            ridge[own] -= held[numbers] * self.length[numbers]
            return out + MIX * ridge / (1 - held[numbers, None]), many

        def judge(asks: NDArray[np.int64]) -> tuple[Singles, Singles]:
            out = np.zeros((len(asks), self.needs), np.float32)
            roots = np.ones(len(asks), np.float32)
            for at in range(0, len(asks), AT_ONCE):
                some = slice(at, at + AT_ONCE)
                out[some], many = score(self.asks[asks[some]])
                roots[some] = np.sqrt(np.maximum(1, many))
            return out, roots

        return judge

    def _doubt(self, nothing: NDArray[np.float64], held: NDArray[np.float64]) -> float:
        """Return the doubt that all asks but ``LOST`` of them stay below, each judged by all others."""
        known = (self.spread > self.fewest) & np.array([len(term) > 1 for term in self.terms])
        signed = np.bincount(self.at, nothing[self.of], len(held)) / (1 - held) / np.maximum(self.many, 1)
        covered = np.bincount(self.at, known[self.of], len(held)) / np.maximum(self.pairs, 1)
        found = np.where(self.pairs > 0, signed - COVERED * covered, 0)[self.asks]
        return round(float(np.quantile(found, 1 - LOST)), 2) if len(found) else 0.0
