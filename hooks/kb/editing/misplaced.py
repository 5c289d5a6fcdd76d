"""New asks that stand with the wrong answer, told without a build: by their nearest neighbours alone."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from kb.checks.asks import nearer
from kb.content.asks import FOLDER, Ask
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.schema import Cause

MOST_NEW = 200
"""New asks up to which each is looked at."""
NEAREST = 3
"""Asks of an answer that say how near it is."""
NEAR, FAR, TIMES = 0.27, 0.1, 3
"""Cosine from which on another answer is near, below which one's own is far, how many times nearer it is.

Of 3,000 asks that stand where they belong nine are told by these; tuned on such ones."""
SIGN = re.compile(r"[\W_]+")


def misplaced(library: Library, changed: Mapping[str, Collection[int]]) -> Iterator[Finding]:
    """Yield the asks of ``changed`` lines (of a new file: all) that are near those of another answer only."""
    new = [
        (name, ask)
        for name, asks in library.asks.items()
        for ask in asks
        if ask.file in changed and (not changed[ask.file] or ask.line in changed[ask.file])
    ]
    if not 0 < len(new) <= MOST_NEW:
        return
    times = Counter(ask.text for asks in library.asks.values() for ask in asks)
    neighbours = _Neighbours(library.asks)
    for name, ask in new:
        if times[ask.text] > 1:
            continue  # that it stands twice is said
        answers = neighbours.answers(ask)
        other = max(answers, key=answers.__getitem__, default=name)
        near, own = answers.get(other, 0.0), answers.get(name, 0.0)
        if near >= NEAR and own < FAR and near >= TIMES * own and not _one_need(name, other, library):
            remedy = f"挪到 {FOLDER}/{other}.txt，或者把话说明白"
            yield nearer(ask, other.rpartition("/")[2], remedy, library)


def _one_need(name: str, other: str, library: Library) -> bool:
    """Return whether two answers are a cause and its remedy, or remedies of one cause."""
    pair = {name.rpartition("/")[2], other.rpartition("/")[2]}
    return any(pair <= {cause.id, *cause.head.remedies} for cause in library.of(Cause))


class _Neighbours:
    """All asks by their pairs of characters, rare ones weighing more: tf-idf and the cosine."""

    def __init__(self, asks: Mapping[str, Collection[Ask]]) -> None:
        self._asks = [(name, ask) for name, group in asks.items() for ask in group]
        pairs = [_pairs(ask.text) for _, ask in self._asks]
        counts = Counter(pair for group in pairs for pair in group)
        self._weights = {pair: math.log(len(pairs) / count) for pair, count in counts.items()}
        self._rare = math.log(len(pairs) or 1)
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for at, group in enumerate(pairs):
            for pair in group:
                self._having[pair].append(at)
        self._lengths = [self._length(group) for group in pairs]

    def answers(self, ask: Ask) -> dict[str, float]:
        """Return how near each answer is to ``ask`` by its nearest asks, from 0 to 1, without itself."""
        pairs = _pairs(ask.text)
        common: defaultdict[int, float] = defaultdict(float)
        for pair in pairs:
            for at in self._having.get(pair, ()):
                common[at] += self._weights[pair] ** 2
        found: defaultdict[str, list[float]] = defaultdict(list)
        for at, shared in common.items():
            name, other = self._asks[at]
            if (other.file, other.line) != (ask.file, ask.line):
                found[name].append(shared / (self._length(pairs) * self._lengths[at]))
        return {name: sum(sorted(near)[-NEAREST:]) / NEAREST for name, near in found.items()}

    def _length(self, pairs: Collection[str]) -> float:
        return math.sqrt(sum(self._weights.get(pair, self._rare) ** 2 for pair in pairs)) or 1.0


def _pairs(text: str) -> set[str]:
    plain = SIGN.sub("", text.lower())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
