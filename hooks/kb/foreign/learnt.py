"""What adverts and calls to contact somebody have in common, learnt from examples of both kinds.

An averaged perceptron with a margin over single characters, pairs, and pairs with one character between.
Source: Freund and Schapire, Large Margin Classification Using the Perceptron Algorithm, 1999.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import pairwise

RUNS = 5
"""Each takes the examples in orders of its own; the mean depends less on any order."""
ROUNDS = 6
MARGIN = 1.0
ENOUGH = 0.5
"""Score above which a text is taken for an advert. Tuned on examples left out of learning."""

Example = tuple[int, list[int]]
"""1 for an advert and -1 for what is harmless; the numbers of its features."""


def _pieces(text: str) -> set[str]:
    """Return the features of a squeezed text; ``^`` and ``$`` stand for its ends."""
    text = f"^{text}$"
    apart = (f"{one} {other}" for one, other in zip(text, text[2:], strict=False))
    return {*text, *map("".join, pairwise(text)), *apart}


def learn(adverts: tuple[str, ...], harmless: tuple[str, ...]) -> Mapping[str, float]:
    """Return the weight of each feature, above 0 for adverts, from squeezed examples."""
    numbers: dict[str, int] = {}
    examples = [
        (sign, [numbers.setdefault(piece, len(numbers)) for piece in sorted(_pieces(text))])
        for sign, texts in ((1, adverts), (-1, harmless))
        for text in texts
    ]
    order = random.Random(0)
    runs = [_run(examples, len(numbers), order) for _ in range(RUNS)]
    return {piece: sum(run[number] for run in runs) / RUNS for piece, number in numbers.items()}


def _run(examples: list[Example], size: int, order: random.Random) -> list[float]:
    """Return the mean of the weights that the examples lead through, by the number of the feature."""
    weights, sums, step = [0.0] * size, [0.0] * size, 1
    for _ in range(ROUNDS):
        order.shuffle(examples)
        for sign, pieces in examples:
            if sign * sum(map(weights.__getitem__, pieces)) <= MARGIN:
                change = sign / len(pieces) ** 0.5
                for piece in pieces:
                    weights[piece] += change
                    sums[piece] += change * step
            step += 1
    return [weight - total / step for weight, total in zip(weights, sums, strict=True)]


def is_advert(text: str, weights: Mapping[str, float]) -> bool:
    """Return whether a squeezed text is like the adverts that were learnt from."""
    return sum(weights.get(piece, 0) for piece in _pieces(text)) > ENOUGH
