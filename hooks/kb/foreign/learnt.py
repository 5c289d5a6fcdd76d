"""What adverts and calls to contact somebody have in common, learnt from examples of both kinds.

An averaged perceptron with a margin over single characters, pairs, and pairs with one character between.
Source: Freund and Schapire, Large Margin Classification Using the Perceptron Algorithm, 1999.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import chain, pairwise

ROUNDS = 10
MARGIN = 1.0
ENOUGH = 1.0
"""Score above which a text is taken for an advert. Tuned on examples left out of learning."""


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
    random.Random(0).shuffle(examples)
    weights, sums = [0.0] * len(numbers), [0.0] * len(numbers)
    for step, (sign, pieces) in enumerate(chain.from_iterable([examples] * ROUNDS)):
        if sign * sum(map(weights.__getitem__, pieces)) <= MARGIN:
            change = sign / len(pieces) ** 0.5
            for piece in pieces:
                weights[piece] += change
                sums[piece] += change * step
    steps = ROUNDS * len(examples) or 1
    return {piece: weights[number] - sums[number] / steps for piece, number in numbers.items()}


def is_advert(text: str, weights: Mapping[str, float]) -> bool:
    """Return whether a squeezed text is like the adverts that were learnt from."""
    return sum(weights.get(piece, 0) for piece in _pieces(text)) > ENOUGH
