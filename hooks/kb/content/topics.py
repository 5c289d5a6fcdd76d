"""Families of cards: the typed form of ``_data/topics.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from kb.content.handbook import Pattern
from kb.content.schema import (
    MOSTLY,
    CardId,
    Cell,
    DistinctIds,
    Line,
    OptionId,
    Record,
    Slug,
    Word,
    Words,
)


class Layer(Record):
    id: Slug
    name: Word


class Caution(Record):
    """An answer after which something must not be done: ``card`` says what, on every page that knows it.

    ``asks``: how somebody in this state would put it; the home page then warns him.
    """

    question: Slug
    option: OptionId
    card: CardId
    asks: Word | None = None


class Answer(Record):
    """An option of a question."""

    question: Slug
    option: OptionId


class Heard(Answer):
    """An answer that a customer's words give, on the desk: ``marks`` that stand on his ticket, and regular
    expressions for what he says himself.
    """

    marks: Words = ()
    words: tuple[Pattern, ...] = ()


class Received(Record):
    """What to do with money that is in by another way: ``when`` it is, and what that ``says``."""

    when: Word
    says: Line


class Vague(Record):
    """Whole searches that leave open which causes are meant, and the questions that decide, in order."""

    words: Words
    questions: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Topic(Record):
    """A family of cards with a decision tree of its own. ``first`` is asked before all else, and
    what ``then`` names straight after one of its options.

    ``at_till``: somebody is waiting, so whether to try again matters. ``meanwhile``: the remedy to turn to
    before the cause is known, or while it is being mended; ``hurry`` the question it answers; ``collected``:
    answers that say that the money is in by another way, and ``received`` what to do then. ``screen``: the
    question that screen messages answer; ``off_till``: its answer while nobody is being paid. ``asker``: the
    question who asks, whose options are readers of cards, and one for whom most are. ``door``: a few words
    for the home page.
    """

    id: Slug
    name: Word
    summary: Line
    start: Line
    first: Slug | None = None
    then: Mapping[OptionId, Slug] = Field(default_factory=dict)
    screen: Slug | None = None
    asker: Slug | None = None
    door: Word | None = None
    at_till: bool = False
    off_till: OptionId | None = None
    meanwhile: CardId | None = None
    hurry: Word | None = None
    collected: tuple[Answer, ...] = ()
    received: Received | None = None
    cautions: tuple[Caution, ...] = ()
    heard: tuple[Heard, ...] = ()
    vague: tuple[Vague, ...] = ()
    layers: Annotated[tuple[Layer, ...], Field(min_length=1), DistinctIds]

    def is_at_till(self, answers: Mapping[Slug, Cell]) -> bool:
        """Return whether somebody waits who gives these answers: not one who mostly sees ``off_till``."""
        cell = answers.get(self.screen or "")
        often = cell.get(self.off_till or "") if isinstance(cell, dict) else None
        return self.at_till and often not in MOSTLY
