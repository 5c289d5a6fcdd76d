"""How common causes are and what their readers answer, from solved cases.

Dirichlet smoothing: what the cards say now counts as ``BEFORE`` cases. The marginal of one share is then a
beta distribution, whose middle 95 % are the credible interval (Gelman and others, "Bayesian Data Analysis",
section 3.4).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause, Remedy
from kb.diagnosis.table import table_of
from kb.editing.learn.questions import FEWEST
from kb.editing.learn.tickets import Ticket
from kb.tree.table import DEGREES, FREQUENCIES, Question

BEFORE = 20.0
DRAWS = 20_000
LEAST_CASES = 30
"""Cases of a cause from which its cells are counted."""


@dataclass(frozen=True)
class Counted:
    """A cause with its cases, its share of its topic and interval, and the head that they give."""

    card: Card[Cause]
    cases: int
    share: float
    low: float
    high: float
    head: Cause


def counted(tickets: Iterable[Ticket], library: Library) -> list[Counted]:
    """Return the causes with cases, topic by topic, the commonest first."""
    cases: Counter[str] = Counter()
    given: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for ticket in tickets:
        cause = _cause(ticket.card, library)
        if cause:
            cases[cause] += 1
            if ticket.topic == library.cause(cause).head.topic:
                given[cause].update(ticket.answers)
    found: list[Counted] = []
    for topic in library.topics.entries:
        table = table_of(library, topic)
        questions = {question.slug: question for question in table.questions}
        weights = {cause.id: cause.weight for cause in table.causes}
        total, here = sum(weights.values()), sum(cases[cause] for cause in weights)
        if here < LEAST_CASES:
            continue
        after = {c: cases[c] + BEFORE * weight / total for c, weight in weights.items()}
        found += [
            _counted(library.cause(c), cases[c], after, given[c], questions)
            for c in sorted(after, key=lambda c: (-after[c], c))
            if cases[c] >= FEWEST
        ]
    return found


def _cause(card_id: str, library: Library) -> str:
    card = library.cards.get(card_id)
    head = card.head if card else None
    own = head.cause if isinstance(head, Remedy) else card_id if isinstance(head, Cause) else None
    return own or ""


def _counted(
    card: Card[Cause],
    cases: int,
    after: dict[str, float],
    given: Counter[tuple[str, str]],
    questions: dict[str, Question],
) -> Counted:
    total = sum(after.values())
    mine = after[card.id]
    draws = np.random.default_rng(1).beta(mine, total - mine, DRAWS)
    low, high = np.quantile(draws, [0.025, 0.975])
    even = total / len(after)
    word = min(FREQUENCIES, key=lambda name: abs(math.log(FREQUENCIES[name] / 4) - math.log(mine / even)))
    answers = {**card.head.answers, **dict(_cells(card, given, questions))}
    head = card.head.model_copy(
        update={"frequency": word, "basis": "log", "cases": cases, "answers": answers}
    )
    return Counted(card, cases, mine / total, float(low), float(high), head)


def _cells(
    card: Card[Cause], given: Counter[tuple[str, str]], questions: dict[str, Question]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the cells that enough cases speak of, and that they change."""
    for slug, question in questions.items():
        counts = [given[slug, option] for option in question.options]
        if sum(counts) < LEAST_CASES or slug not in card.head.answers:
            continue
        before = question.shares(card.head.answers[slug]) or ()
        after = [n + BEFORE * share for n, share in zip(counts, before, strict=True)]
        total = sum(after)
        cell, was = (_words(question, shares) for shares in ([n / total for n in after], before))
        if cell and cell != was:
            yield slug, cell


def _words(question: Question, shares: Sequence[float]) -> dict[str, str]:
    """Return a cell that says the shares in words; options that are next to never given are left out."""
    named = zip(question.options, map(_degree, shares), strict=True)
    return {option: word for option, word in named if word}


def _degree(share: float) -> str:
    """Return the word nearest to a share; none if that is nothing."""
    words = {**DEGREES, "": 0.0}
    return min(words, key=lambda word: abs(words[word] - share))


def with_counts(library: Library, found: Iterable[Counted]) -> Library:
    """Return the content as it would be with the counted heads."""
    changed = {one.card.id: replace(one.card, head=one.head) for one in found}
    return replace(library, cards={**library.cards, **changed})
