"""What tells a cause from those most easily taken for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb import tree
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause, Question

TELLING = 0.75
"""Overlap of the answers below which a question tells two causes apart for a reader."""

LEAST = 0.05
"""Overlap that counts at least: two causes that share no answer are far enough apart."""

MOST = 3
"""Causes that a page sets beside its own."""


@dataclass(frozen=True)
class Distinction:
    """What tells two causes apart: a question, and what a reader answers under each."""

    other: Card[Cause]
    question: Card[Question]
    own: tuple[str, ...]
    others: tuple[str, ...]


Shares = Mapping[str, NDArray[np.float64]]
"""Question → causes of the table × options: the probability of each, no number where a card says nothing."""


def shares_of(table: tree.Table) -> Shares:
    """Return what the cells of a table say, as probabilities."""
    found = {}
    for question in table.questions:
        nothing = (np.nan,) * len(question.options)
        rows = [question.shares(cause.answers.get(question.slug)) or nothing for cause in table.causes]
        found[question.slug] = np.array(rows, dtype=np.float64)
    return found


def distinctions(card: Card[Cause], table: tree.Table, shares: Shares, library: Library) -> list[Distinction]:
    """Return the causes most easily taken for ``card``, each with the question that tells best.

    A question tells only if the two are not mostly answered alike.

    Two causes are close when all questions together hardly separate them; closeness is the
    product over the questions of the Bhattacharyya coefficient Σ √(p q) (Bhattacharyya 1943).
    """
    ids = [cause.id for cause in table.causes]
    own = ids.index(card.id)
    closeness, least, best = np.ones(len(ids)), np.full(len(ids), np.inf), np.full(len(ids), -1)
    for number, answers in enumerate(shares.values()):
        overlap = np.zeros(len(ids))
        for option in answers.T:
            overlap += np.sqrt(option[own] * option)
        both = ~np.isnan(overlap)
        closeness *= np.where(both, np.maximum(overlap, LEAST), 1)
        likeliest = answers == answers.max(axis=1, keepdims=True)
        apart = ~(likeliest[own] & likeliest).any(axis=1)
        better = both & apart & (overlap < least)
        least[better], best[better] = overlap[better], number
    slugs = list(shares)
    found = sorted(
        (-closeness[other], cause.id, slugs[best[other]], other)
        for other, cause in enumerate(table.causes)
        if other != own and not cause.unproven and least[other] < TELLING
    )
    return [
        Distinction(
            library.cause(name),
            library.question_by_slug[slug],
            _likeliest(library.question_by_slug[slug], shares[slug][own]),
            _likeliest(library.question_by_slug[slug], shares[slug][other]),
        )
        for _, name, slug, other in found[:MOST]
    ]


def _likeliest(question: Card[Question], shares: NDArray[np.float64]) -> tuple[str, ...]:
    options = zip(question.head.options, shares, strict=True)
    return tuple(option.label for option, share in options if share == shares.max())
