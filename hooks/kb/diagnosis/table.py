"""From cards to the table cause × question of a topic."""

from __future__ import annotations

from kb import tree
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause, Question
from kb.content.topics import Topic

REMEDY_MINUTES = {"1m": 1.0, "5m": 5.0, "20m": 20.0, "60m": 60.0, "days": 60.0}
"""The reader's own minutes: of a remedy that takes days, the hour that he spends on it."""

QUESTION_MINUTES = {"look": 0.3, "try": 1.0, "fetch": 4.0, "contact": 15.0}


def table_of(library: Library, topic: Topic) -> tree.Table:
    """Return the table cause × question of a topic, as its cards state it."""
    return tree.Table(
        topic=topic.id,
        causes=tuple(_cause(card, library) for card in library.of(Cause, topic.id)),
        questions=tuple(
            tree.Question(
                slug=card.slug,
                minutes=QUESTION_MINUTES[card.head.effort],
                options=tuple(option.id for option in card.head.options),
                only_if=dict(card.head.only_if),
            )
            for card in library.of(Question, topic.id)
        ),
        first=topic.first,
        then=dict(topic.then),
    )


def _cause(card: Card[Cause], library: Library) -> tree.Cause:
    remedies = map(library.remedy, card.head.remedies)
    return tree.Cause(
        id=card.id,
        frequency=card.head.frequency,
        remedies=tuple(tree.Remedy(remedy.id, REMEDY_MINUTES[remedy.head.effort]) for remedy in remedies),
        answers=dict(card.head.answers),
        unproven=card.head.evidence == "unproven",
    )
