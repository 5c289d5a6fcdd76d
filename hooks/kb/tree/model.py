"""The table as numbers: priors, likelihoods, and minutes of trying remedies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import mul

from .table import NOISE, Table

UNASKED = -1

Answers = tuple[int, ...]
"""One entry per question: ``UNASKED``, the index of an option, or one past the last option for 不清楚."""

DECAY = 1 / 3
"""How much less likely the next remedy on a card is to be the one that works."""

CONTENDERS = 12
"""Likeliest causes whose pairs enter the lower bound; leaving pairs out keeps it admissible."""


@dataclass(frozen=True)
class Costs:
    """What the solver weighs, in minutes, and the chance of 不清楚."""

    click: float = 0.4
    """Minutes per page, beside finding the answer."""
    reading: float = 10.0
    """Minutes of reading and ruling out a wrong cause that is ranked before the right one."""
    unknown: float = 0.08
    """Chance that a reader answers 不清楚, whatever the cause."""
    page: float = 0.002
    """Minutes, averaged over all readers, that a page must save to be worth its file."""


class Model:
    """Numbers of one table. Weights are joint probabilities P(cause, answers), one per cause."""

    def __init__(self, table: Table, costs: Costs) -> None:
        self.table = table
        self.costs = costs
        total = sum(cause.weight for cause in table.causes)
        self.prior = [cause.weight / total for cause in table.causes]
        self.slugs = [question.slug for question in table.questions]
        self.index = {slug: q for q, slug in enumerate(self.slugs)}
        self.options = [question.options for question in table.questions]
        self.minutes = [question.minutes + costs.click for question in table.questions]
        self.declared = [[q.shares(c.answers.get(q.slug)) for c in table.causes] for q in table.questions]
        """[question][cause] → probability of each option, or ``None`` where the card is silent."""
        self.stated = [self._columns(q, 0.0) for q in range(len(self.slugs))]
        """[question][option][cause] → P(option | cause) as the cards state it; sums to 1 over the options."""
        self.likelihood = [self._columns(q, NOISE) for q in range(len(self.slugs))]
        """The same with some answers at random: what the solver believes."""
        self.conditions = [
            [
                (self.index[s], {self.options[self.index[s]].index(o) for o in os})
                for s, os in q.only_if.items()
            ]
            for q in table.questions
        ]
        self._set_remedies()
        self._sharpest = _Sharpest(self.likelihood, len(self.prior), costs.unknown)
        self._affinity: dict[tuple[int, int], dict[int, float]] = {}

    def _columns(self, q: int, noise: float) -> list[list[float]]:
        """A silent card answers as the average of all: the spoken cards, and evenly for the silent share."""
        even = 1.0 / len(self.options[q])
        silent = sum(p for p, shares in zip(self.prior, self.declared[q], strict=True) if shares is None)
        columns = []
        for option in range(len(self.options[q])):
            spoken = [
                (p, shares[option]) for p, shares in zip(self.prior, self.declared[q], strict=True) if shares
            ]
            average = silent * even + sum(p * share for p, share in spoken)
            shares = [shares[option] if shares else average for shares in self.declared[q]]
            columns.append([(1 - noise) * share + noise * even for share in shares])
        return columns

    def _set_remedies(self) -> None:
        minutes: dict[str, float] = {}
        cures: dict[str, list[tuple[int, float]]] = {}
        self.known: list[float] = []
        """Expected minutes of remedies once the cause is certain."""
        for i, cause in enumerate(self.table.causes):
            weights = [DECAY**place for place in range(len(cause.remedies))]
            shares = [weight / sum(weights) for weight in weights]
            for remedy, share in zip(cause.remedies, shares, strict=True):
                minutes[remedy.id] = remedy.minutes
                cures.setdefault(remedy.id, []).append((i, share))
            self.known.append(_in_turn(zip(shares, (r.minutes for r in cause.remedies), strict=True)))
        self.remedies = [(id, minutes[id], cures[id]) for id in sorted(minutes)]
        """(id, minutes, [(cause, chance that this remedy is the one that cures it)])."""

    def chances(self, weights: Sequence[float]) -> list[tuple[float, float, str]]:
        """Return (chance that it cures, minutes, id) of each remedy, best chance per minute first."""
        found = [
            (sum([weights[i] * s for i, s in cured]), minutes, id) for id, minutes, cured in self.remedies
        ]
        return sorted(found, key=lambda item: (-item[0] / item[1], item[2]))

    def stop(self, weights: Sequence[float]) -> float:
        """Return the expected minutes of asking nothing more: read the causes, try the remedies.

        Just one remedy cures, each is tried once, so the order by chance ÷ minutes is the best one:
        Heckerman, Breese, Rommelse, "Decision-theoretic troubleshooting", CACM 38(3), 1995, eq. 2.
        """
        pairs = [(sum([weights[i] * s for i, s in cured]), minutes) for _, minutes, cured in self.remedies]
        reading: float = sum(map(mul, sorted(weights, reverse=True), range(len(weights))))
        return _in_turn(pairs) + self.costs.reading * reading

    def floor(self, weights: Sequence[float], asked: int, left: int) -> float:
        """Return a lower bound on the mean of :meth:`stop` after ``left`` more questions, free of charge.

        Remedies: minutes with the cause known, since trying in turn is superadditive in the weights.
        Reading: Σ over pairs of min(u, v); over all answers Σ min(u, v) ≥ (Σ √(u v))² ÷ (u + v), by
        Cauchy and Schwarz, and Σ √(u v) is a product of Bhattacharyya coefficients over the questions.
        ``asked`` is the bit set of the questions already answered.
        """
        bound: float = sum(map(mul, weights, self.known))
        top = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:CONTENDERS]
        affinity = self._affinity.setdefault((asked, left), {})
        size = len(weights)
        reading = 0.0
        for place, i in enumerate(top):
            u = weights[i]
            for k in top[:place]:
                pair = i * size + k if i < k else k * size + i
                if pair not in affinity:
                    affinity[pair] = self._closest(pair, asked, left)
                v = weights[k]
                reading += u * v / (u + v) * affinity[pair]
        return bound + self.costs.reading * reading

    def _closest(self, pair: int, asked: int, left: int) -> float:
        """Return the squared product of a pair's ``left`` smallest coefficients among the open questions."""
        product = 1.0
        for coefficient, q in self._sharpest[pair]:
            if left == 0:
                break
            if not asked >> q & 1:
                product *= coefficient
                left -= 1
        return product * product


class _Sharpest(dict[int, list[tuple[float, int]]]):
    """(Bhattacharyya coefficient Σ √(P(a|i) P(a|k)), question) of causes ``i * causes + k``, least first."""

    def __init__(self, likelihood: list[list[list[float]]], size: int, unknown: float) -> None:
        super().__init__()
        self._likelihood, self._size, self._unknown = likelihood, size, unknown

    def __missing__(self, pair: int) -> list[tuple[float, int]]:
        i, k = divmod(pair, self._size)
        known = 1 - self._unknown
        self[pair] = row = sorted(
            (self._unknown + known * sum([sqrt(column[i] * column[k]) for column in columns]), q)
            for q, columns in enumerate(self._likelihood)
        )
        return row


def _in_turn(pairs: Iterable[tuple[float, float]]) -> float:
    """Return Σ minutes × chance not cured yet, tried by falling chance ÷ minutes."""
    ordered = sorted(pairs, key=_rate)
    left = sum([chance for chance, _ in ordered])
    minutes = 0.0
    for chance, cost in ordered:
        minutes += cost * left
        left -= chance
    return minutes


def _rate(pair: tuple[float, float]) -> float:
    return -pair[0] / pair[1]
