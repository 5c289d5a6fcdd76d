"""What tells a cause from those most easily taken for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod, sqrt

from kb import tree
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause, Question

TELLING = 0.75
"""Overlap of the answers below which a question tells two causes apart for a reader."""

MOST = 3
"""Causes that a page sets beside its own."""


@dataclass(frozen=True)
class Distinction:
    """What tells two causes apart: a question, and what a reader answers under each."""

    other: Card[Cause]
    question: Card[Question]
    own: tuple[str, ...]
    others: tuple[str, ...]


Shares = Mapping[str, Mapping[str, tuple[float, ...]]]
"""Cause → question → probability of each option, where the card says something."""


def shares_of(table: tree.Table) -> Shares:
    """Return what the cells of a table say, as probabilities."""
    return {
        cause.id: {
            question.slug: shares
            for question in table.questions
            if (shares := question.shares(cause.answers.get(question.slug))) is not None
        }
        for cause in table.causes
    }


def distinctions(card: Card[Cause], table: tree.Table, shares: Shares, library: Library) -> list[Distinction]:
    """Return the causes most easily taken for ``card``, each with the question that tells best.

    A question tells only if the two are not mostly answered alike.

    Two causes are close when all questions together hardly separate them; closeness is the
    product over the questions of the Bhattacharyya coefficient Σ √(p q) (Bhattacharyya 1943).
    """
    own = shares[card.id]
    found = []
    for other in table.causes:
        if other.id == card.id or other.unproven:
            continue
        theirs = shares[other.id]
        overlaps = {slug: _overlap(own[slug], theirs[slug]) for slug in own if slug in theirs}
        telling = [
            slug
            for slug, overlap in overlaps.items()
            if overlap < TELLING and not set(_likeliest(own[slug])) & set(_likeliest(theirs[slug]))
        ]
        if telling:
            best = min(telling, key=overlaps.__getitem__)
            found.append((-prod(max(overlap, 0.05) for overlap in overlaps.values()), other.id, best))
    return [
        Distinction(
            library.cause(other),
            question := library.question_by_slug[slug],
            tuple(question.head.options[i].label for i in _likeliest(own[slug])),
            tuple(question.head.options[i].label for i in _likeliest(shares[other][slug])),
        )
        for _, other, slug in sorted(found)[:MOST]
    ]


def _likeliest(shares: tuple[float, ...]) -> list[int]:
    """Return the places of the options answered most."""
    return [place for place, share in enumerate(shares) if share == max(shares)]


def _overlap(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(sqrt(a * b) for a, b in zip(p, q, strict=True))
