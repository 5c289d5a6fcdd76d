"""What adverts and calls to contact somebody have in common, learnt from examples of both kinds.

An averaged perceptron with a margin over single characters, pairs, pairs with one character between, and how
many of them no other harmless example has.
Source: Freund and Schapire, Large Margin Classification Using the Perceptron Algorithm, 1999.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import pairwise, repeat
from pathlib import Path
from zlib import crc32

from kb.memory import Memory, key

RUNS = 3
"""Each takes the examples in orders of its own; the mean depends less on any order."""
ROUNDS = 6
MARGIN = 1.0
SHORT = 5
"""Pairs of a text so short that all of them may well be new."""

PRIME = 4_294_967_291
"""The largest of 32 bits; mixes the keys of the examples anew for each turn."""

Example = tuple[str, int, list[int]]
"""The text; 1 for an advert and -1 for what is harmless; the numbers of its features."""


@dataclass(frozen=True)
class Learnt:
    """The weight of each feature, above 0 for adverts, and the pieces of the harmless examples."""

    weights: Mapping[str, float]
    harmless: frozenset[str]

    def score(self, text: str) -> float:
        """Return how much a squeezed text is like the adverts; above 0: rather than like the others."""
        return sum(map(self.weights.get, _features(text, self.harmless), repeat(0)))


def _features(text: str, harmless: Set[str]) -> list[str]:
    """Return the characters and pairs of a squeezed text, and how many of them are none of ``harmless``.

    ``^`` and ``$`` stand for its ends; of the pairs tenths are counted.
    """
    text = f"^{text}$"
    characters = dict.fromkeys(text)
    pairs = dict.fromkeys(map("".join, pairwise(text)))
    apart = dict.fromkeys(map(" ".join, zip(text, text[2:], strict=False)))
    pieces = [*characters, *pairs, *apart]
    if len(pairs) < SHORT:
        return pieces
    tenths = 10 * len(pairs.keys() - harmless) // len(pairs)
    strange = len(characters.keys() - harmless)
    return [*pieces, f"pairs {min(tenths, 9)}", f"characters {min(strange, 4)}"]


def learn(adverts: tuple[str, ...], harmless: tuple[str, ...]) -> Learnt:
    """Learn from squeezed examples."""
    counts = Counter(piece for text in set(harmless) for piece in _features(text, frozenset()))
    seen, often = frozenset(counts), frozenset(piece for piece, count in counts.items() if count > 1)
    numbers: dict[str, int] = {}
    examples = [
        (text, sign, [numbers.setdefault(one, len(numbers)) for one in _features(text, known)])
        for sign, texts, known in ((1, adverts, seen), (-1, harmless, often))
        for text in texts
    ]
    runs = [_run(examples, len(numbers), run) for run in range(RUNS)]
    weights = {feature: sum(run[number] for run in runs) / RUNS for feature, number in numbers.items()}
    return Learnt(weights, seen)


def remembered(adverts: tuple[str, ...], harmless: tuple[str, ...], cache: Path | None) -> Learnt:
    """Learn, or return what the very same examples taught this very program before."""
    memory = Memory(cache and cache / "lessons", most=2)
    named = key(__file__, [adverts, harmless])
    weights, pieces = memory.recall(named, lambda: _told(learn(adverts, harmless)))
    return Learnt(weights, frozenset(pieces))


def _told(found: Learnt) -> tuple[dict[str, float], list[str]]:
    return dict(found.weights), sorted(found.harmless)


def _run(examples: list[Example], size: int, run: int) -> list[float]:
    """Return the mean of the weights that the examples lead through, by the number of the feature.

    Each turn's order comes from the texts, so that a new example leaves the others in theirs.
    """
    keys = [crc32(f"{run}{text}".encode()) for text, _, _ in examples]
    weights, sums, step = [0.0] * size, [0.0] * size, 1
    for turn in range(ROUNDS):
        order = sorted(range(len(keys)), key=[key * (2 * turn + 3) % PRIME for key in keys].__getitem__)
        for _, sign, pieces in map(examples.__getitem__, order):
            if sign * sum(map(weights.__getitem__, pieces)) <= MARGIN:
                change = sign / len(pieces) ** 0.5
                for piece in pieces:
                    weights[piece] += change
                    sums[piece] += change * step
            step += 1
    return [weight - total / step for weight, total in zip(weights, sums, strict=True)]
