"""What a handbook is about: the typed form of ``_data/handbook.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from kb.content.schema import (
    CardId,
    Distinct,
    DistinctIds,
    Line,
    OptionId,
    Record,
    Retry,
    Slug,
    Word,
    Words,
)


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error:
        raise ValueError("不是正则表达式，多半是括号没有成对，照上一版改好") from None
    return value


Pattern = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_pattern)]


class Named(Record):
    """Something with a name of its own: an owner, a system of codes."""

    id: Slug
    name: Word


class Party(Named):
    """Somebody who acts. ``elsewhere``: the reader has to wait for them."""

    elsewhere: bool = False


class ByRetry(Record):
    """Words for each answer to: may it be tried again?"""

    never: Word
    once: Word
    after_fix: Annotated[Word, Field(alias="after-fix")]

    def says(self, retry: Retry) -> str:
        return {"never": self.never, "once": self.once, "after-fix": self.after_fix}[retry]


class Retries(ByRetry):
    """May it be tried again: what the question is called, its three answers, and what to do at once.

    ``light`` stands large on top of an answer, in red, green and amber; ``until``: what not to do as long
    as it is not known which of them holds, to whoever asks.
    """

    asked: Word
    light: ByRetry
    until: Line | None = None


class KeyPages(Record):
    """The pages that templates lead to, by their paths from ``docs/``; not every handbook has codes."""

    about: Line
    contact: Line
    evidence: Line
    glossary: Line
    sources: Line
    codes: Line | None = None


class Door(Record):
    """A way in on the home page: whom it is for or what he asks, and the card behind it."""

    asks: Word
    card: CardId


class Misleading(Record):
    """What must not be said in a line that has ``near``, if given: a pattern, and what is wrong with it.

    ``where``: in the text, or in what is said to the customer who waits.
    """

    where: Literal["text", "say"] = "text"
    near: Word = ""
    never: Pattern
    problem: Line
    remedy: Line


class Told(Record):
    """A blank that answers to a question fill. ``says``: option → the words."""

    blank: Word
    question: Slug
    says: dict[OptionId, Word]


class Mark(Record):
    """How the value of a field is recognised behind the words ``after``: so many ``digits``, which need no
    words where they begin with ``alone``; a number with one of the ``units``, which needs none either, in
    clauses with nothing of ``unless``; else what is quoted, or up to the end of the clause or ``until``.
    """

    after: Annotated[Words, Field(min_length=1)]
    digits: Annotated[int, Field(ge=4, le=30)] | None = None
    alone: Word | None = None
    units: Words = ()
    unless: Words = ()
    until: Words = ()


class Blanks(Record):
    """What a text may leave open as 【…】; ``case``: the fields of a case, asked once, in their order.

    ``same``: a field and the blanks that it fills as well. ``taken``: what is recognised in a
    customer's words; ``reckoned``: the blanks of the rates that sums in it come to; ``told``: what a
    diagnosis fills.
    """

    case: Words = ()
    others: Words = ()
    told: tuple[Told, ...] = ()
    same: Mapping[Word, Words] = Field(default_factory=dict)
    taken: Mapping[Word, Mark] = Field(default_factory=dict)
    reckoned: Mapping[Literal["agreed", "effective"], Word] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _listed(self) -> Blanks:
        """Everything named is in the list."""
        same = {name for names in self.same.values() for name in names}
        named = {*self.same, *same, *self.taken, *self.reckoned.values()}
        if wrong := sorted(named - set(self.all)):
            raise ValueError(f"不在清单里：{'、'.join(wrong)}")
        return self

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.case, *self.others)


class Retold(Record):
    """Words for somebody who stands at the till, a regular expression, and what one writes to him instead."""

    said: Pattern
    told: Word


class Handbook(Record):
    """What this handbook is about, in the words that templates and commands need.

    The first of the ``owners`` is the reader; remedies of those not ``elsewhere`` are buttons for him.
    ``archive`` is the name of the zip, ``examples`` a good card of each kind for whoever writes a new one,
    ``default_source`` the source that a new card begins with. No code may be tied to the cards ``codeless``.
    """

    archive: Slug
    disclaimer: Line
    scope: Word
    """What it is about, after 这里只讲."""
    owners: Annotated[tuple[Party, ...], Field(min_length=1), DistinctIds]
    systems: Annotated[tuple[Named, ...], DistinctIds] = ()
    retries: Retries
    doors: tuple[Door, ...] = ()
    pages: KeyPages
    examples: dict[Slug, CardId]
    default_source: Slug
    codeless: Annotated[tuple[CardId, ...], Distinct] = ()
    misleading: tuple[Misleading, ...] = ()
    blanks: Blanks = Blanks()
    retold: tuple[Retold, ...] = ()
    """How words said at the till are put by a help desk that the customer writes to, one after another."""

    def retell(self, said: str) -> str:
        """Return what is said at the till as a help desk can write it: the shop is somebody else."""
        for one in self.retold:
            said = re.sub(one.said, one.told, said)
        return said

    @property
    def elsewhere(self) -> frozenset[str]:
        """Ids of those for whom the reader has to wait."""
        return frozenset(owner.id for owner in self.owners if owner.elsewhere)

    @property
    def owner_names(self) -> dict[str, str]:
        return {owner.id: owner.name for owner in self.owners}

    @property
    def system_names(self) -> dict[str, str]:
        return {system.id: system.name for system in self.systems}
