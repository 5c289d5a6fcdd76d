"""What the index learns from asks: how much a term speaks for a need.

Every text of a need (its asks, titles, summaries, prompts, aliases) is a lesson. The weight of term *t* for
need *c* is a sum:

- log-odds with Dirichlet smoothing (Zhai, Lafferty, "A study of smoothing methods for language models", SIGIR
  2001): ``log((n(t,c) + MASS·p(t)) / ((n(c) + MASS)·p(t)))``, *n* counting lessons, *p* the share of all;
- ``MIX`` × ridge regression on idf vectors of length 1, one target a need, solved in closed form.

A term has a weight only for needs whose lessons have it. Where they have not, the log-odds are the same for
all terms, ``log(MASS / (n(c) + MASS))``: the index keeps the difference. Two targets more are signed:
``nothing`` tells sentences that fit nothing here from lessons, ``how`` questions for a remedy from those for
its cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.search.scale import FOR, SIGNED
from kb.search.segment import grams
from kb.search.triangular import inverse, solved

MASS = 10.0
"""Lessons that the average of all needs counts for in the log-odds of one."""
RIDGE = 2.0
MIX = 3.0
PRIOR = 30.0
"""Times the logarithm of a document's weight: added to the score of its need."""
GROWN = 4.0
"""Times the logarithm of a need's lessons, likewise: cards are given more asks where people ask more."""
SURE = 0.5
"""Times score by root of the number of terms: logarithm of the odds of a need."""
NOWHERE = -1
"""Need of a lesson that fits nothing."""
NOTHING, HOW = range(2)
"""The signed targets, after those of the needs."""
COVERED = 0.5
"""What a query's share of known pairs and words takes off the doubt that it fits nothing."""
LOST = 0.02
"""Share of asks that may be taken for nothing, each judged by all others."""
COMMON = 100
"""Lessons of a term that is worth a column of a matrix."""
SCARCE = 1500
"""A term must stand in one lesson more for each so many: two of three do not, and tell next to nothing."""


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
    """What the index says to an ask if that ask were not among its lessons: needs, the likeliest ``first``.

    ``behind``: by how much the logarithm of the odds of its own need is less than that of the likeliest.
    """

    ask: int
    need: int
    first: tuple[int, ...]
    behind: float


@dataclass(frozen=True)
class Learnt:
    """The weights that an index keeps, one row for each term and target, by term, then target.

    ``targets`` are needs, then ``NOTHING`` and ``HOW``; ``sizes``: lessons of each need; ``doubt``: from
    which a query fits nothing; ``guesses``: of all asks.
    """

    terms: list[str]
    of: NDArray[np.int64]
    targets: NDArray[np.int64]
    levels: NDArray[np.int64]
    sizes: tuple[int, ...]
    doubt: float
    guesses: tuple[Guess, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the same as JSON-able data."""
        columns = {name: getattr(self, name).tolist() for name in ("of", "targets", "levels")}
        guesses = [[guess.ask, guess.need, guess.first, guess.behind] for guess in self.guesses]
        return {"terms": self.terms, **columns, "sizes": self.sizes, "doubt": self.doubt, "guesses": guesses}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Learnt:
        """Read what :meth:`as_dict` returned, also after a round trip through JSON."""
        of, targets, levels = (np.array(data[name], np.int64) for name in ("of", "targets", "levels"))
        guesses = tuple(
            Guess(ask, need, tuple(first), behind) for ask, need, first, behind in data["guesses"]
        )
        return cls(data["terms"], of, targets, levels, tuple(data["sizes"]), data["doubt"], guesses)


def learn(lessons: Sequence[Lesson], needs: int) -> Learnt:
    """Return what the lessons teach about ``needs`` needs."""
    return _School(lessons, needs).learnt()


class _School:
    """Lessons as numbers: which terms each has, and which lessons have each term."""

    def __init__(self, lessons: Sequence[Lesson], needs: int) -> None:
        found: defaultdict[str, list[int]] = defaultdict(list)
        self.terms_of = [sorted(set(grams(lesson.text))) for lesson in lessons]
        for number, terms in enumerate(self.terms_of):
            for term in terms:
                found[term].append(number)
        self.lessons, self.needs = lessons, needs
        self.fewest = 1 + len(lessons) // SCARCE
        self.terms = sorted(found)
        self.place = {term: at for at, term in enumerate(self.terms)}
        self.rows = [np.array(found[term], np.int64) for term in self.terms]
        """Lessons of each term."""
        self.need = np.array([lesson.need for lesson in lessons], np.int64)
        self.here = self.need != NOWHERE
        self.idf = np.log(len(lessons) / np.array([len(rows) for rows in self.rows], float))
        square = np.zeros(len(lessons))
        self.counts = np.zeros((len(self.terms), needs + 1))
        """[term, need] → lessons with it; in the last column those of ``NOWHERE``."""
        for counts, rows, idf in zip(self.counts, self.rows, self.idf, strict=True):
            square[rows] += idf * idf
            np.add.at(counts, self.need[rows], 1)
        self.length = np.sqrt(np.maximum(square, 1e-12))
        self.sizes = np.bincount(self.need[self.here], minlength=needs).astype(float)
        self.spread = self.counts[:, :needs].sum(axis=1)
        """Lessons here with each term."""

    def learnt(self) -> Learnt:
        target = self._targets()
        kernel = self._kernel()
        kernel.flat[:: len(kernel) + 1] += RIDGE
        lower = np.linalg.cholesky(kernel)
        dual = solved(lower.T[::-1, ::-1], solved(lower, target)[::-1])[::-1]
        weights = self._regression(dual)
        support = (self.counts[:, : self.needs] > 0) & (self.spread >= self.fewest)[:, None]
        share = (self.spread / max(1, self.here.sum()))[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.log((self.counts[:, : self.needs] + MASS * share) / (MASS * share))
        term, need = np.nonzero(support)
        kinds = [(term, need, FOR, odds[term, need] + MIX * weights[term, need])]
        for signed, scale in enumerate(SIGNED):
            at = np.flatnonzero((self.spread if signed == HOW else self.counts.sum(axis=1)) >= self.fewest)
            kinds.append((at, np.full(len(at), self.needs + signed), scale, weights[at, self.needs + signed]))
        rows = [(t, n, scale.levels(w), scale.zero, scale.least) for t, n, scale, w in kinds]
        of, targets, levels = (np.concatenate([row[at] for row in rows]) for at in range(3))
        tells = np.concatenate([np.abs(row[2] - row[3]) >= row[4] for row in rows])
        order = np.lexsort((targets, of))
        order = order[tells[order]]
        root = inverse(lower.astype(np.float32))  # for judgements, which bear it: half the time
        left = target - dual / (root * root).sum(axis=0)[:, None]  # ridge, each lesson judged by all others
        left *= self.length[:, None]
        return Learnt(
            self.terms,
            of[order],
            targets[order],
            levels[order],
            tuple(int(size) for size in self.sizes),
            self._doubt(left[:, self.needs + NOTHING]),
            tuple(self._guesses(left)),
        )

    def _targets(self) -> NDArray[np.float64]:
        target = np.zeros((len(self.lessons), self.needs + len(SIGNED)))
        target[np.flatnonzero(self.here), self.need[self.here]] = 1
        target[~self.here, self.needs + NOTHING] = 1
        target[:, self.needs + HOW] = [lesson.how for lesson in self.lessons]
        return target

    def _kernel(self) -> NDArray[np.float64]:
        """Return the products of all lessons as idf vectors of length 1; the common terms at once."""
        common = [at for at, rows in enumerate(self.rows) if len(rows) >= COMMON]
        dense = np.zeros((len(self.lessons), len(common)))
        for column, at in enumerate(common):
            dense[self.rows[at], column] = self.idf[at] / self.length[self.rows[at]]
        out = dense @ dense.T
        for rows, idf in zip(self.rows, self.idf, strict=True):
            if 1 < len(rows) < COMMON:
                share = idf / self.length[rows]
                out[np.ix_(rows, rows)] += share[:, None] * share
        np.fill_diagonal(out, 1.0)
        return out

    def _regression(self, dual: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return [term, target] → what a term adds to a query's score."""
        scaled = dual / self.length[:, None]
        return np.array(
            [idf * idf * scaled[rows].sum(axis=0) for rows, idf in zip(self.rows, self.idf, strict=True)]
        )

    def _doubt(self, nothing: NDArray[np.floating]) -> float:
        """Return the doubt that all asks but ``LOST`` of them stay below, each judged by all others."""
        found = []
        for number, lesson in enumerate(self.lessons):
            if lesson.ask >= 0:
                terms = self.terms_of[number]
                telling = [term for term in terms if len(term) > 1]
                known = sum(self.spread[self.place[term]] > self.fewest for term in telling)
                found.append(
                    nothing[number] / len(terms) - COVERED * known / len(telling) if telling else 0.0
                )
        return round(float(np.quantile(found, 1 - LOST)), 2) if found else 0.0

    def _guesses(self, left: NDArray[np.floating]) -> Iterator[Guess]:
        """Judge each ask by all other lessons: both sums have a closed form for that."""
        size = self.here.sum() - 1
        for number, lesson in enumerate(self.lessons):
            if lesson.ask < 0:
                continue
            at = np.array([self.place[term] for term in self.terms_of[number]], np.int64)
            at = at[self.spread[at] > self.fewest]
            counts, sizes = self.counts[at, : self.needs].copy(), self.sizes.copy()
            counts[:, lesson.need] -= 1
            sizes[lesson.need] -= 1
            share = ((self.spread[at] - 1) / size)[:, None]
            odds = np.log((counts + MASS * share) / ((sizes + MASS) * share)).sum(axis=0)
            score = odds + MIX * left[number, : self.needs]
            first = np.argsort(-score, kind="stable")[:3]
            behind = round(SURE * float(score[first[0]] - score[lesson.need]) / max(1, len(at)) ** 0.5, 2)
            yield Guess(lesson.ask, lesson.need, tuple(first.tolist()), behind)
