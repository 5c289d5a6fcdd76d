"""The typed form of cards and pages: kinds of values, and the heads. Frozen once read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Retry = Literal["never", "once", "after-fix"]
Grade = Literal["official", "corroborated", "reported", "unproven"]
Often = Literal["always", "usually", "sometimes", "rarely"]
MOSTLY = frozenset[Often]({"always", "usually"})
State = Literal["draft", "published", "retired"]

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\r\n]+$")
]
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\r\n]+$")
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
CardId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2,5}$")]
"""The letter of a kind and a number; ``kb.content.kinds`` says which letter is whose."""

Owner = Slug
"""Whose problem, who acts: one of the owners in ``_data/handbook.yml``."""

T = TypeVar("T")

YAML_BOOLEANS = frozenset("y n yes no true false on off null ~".split())
"""Words that other YAML readers turn into booleans; tree.json is read by such programs."""


def _not_boolean(value: str) -> str:
    if value.lower() in YAML_BOOLEANS:
        raise ValueError("别的程序会把它读成“是／否”，换一个词，例如 ok、fail")
    return value


def _iso_date(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("日期要写成 2026-11-22 这样")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("没有这一天，日期要写成 2026-11-22 这样") from None


def distinct(values: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(values)) < len(values):
        twice = next(v for i, v in enumerate(values) if v in values[:i])
        raise ValueError(f"{twice} 写了两次，只留一处")
    return values


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def distinct_ids(values: tuple[N, ...]) -> tuple[N, ...]:
    distinct(tuple(value.id for value in values))
    return values


Distinct = AfterValidator(distinct)
DistinctIds = AfterValidator(distinct_ids)
OptionId = Annotated[Slug, AfterValidator(_not_boolean)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Words = Annotated[tuple[Word, ...], Distinct]
Lines = Annotated[tuple[Line, ...], Distinct]
Options = Annotated[tuple[OptionId, ...], Field(min_length=1)]
Cell = OptionId | Options | Annotated[dict[OptionId, Often], Field(min_length=1)]
"""What a user in this situation answers: one option, either of several, or how often each."""


class Record(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


WANTED = frozenset({"say", "cases", "instead"})
"""Keys that need not be there, and that a rule asks of some cards: an empty one is to be filled."""


class Lead(Record):
    """A card that a widget leads to: what finding it ``fits``, when to read it, and for what ``kinds``."""

    fits: Slug
    card: CardId
    when: Word
    kinds: Word | None = None


class Widget(Record):
    """Something that works on a page: the template ``widgets/<name>.html``, and the cards it leads to.

    ``fills``: what it finds out, by its own name for it → the blank of texts that it fills.
    """

    name: Slug
    fills: Mapping[Slug, Word] = {}
    leads: tuple[Lead, ...] = ()


class Light(Record):
    """The light of a card that speaks to another reader than most: what he is told at once."""

    retry: Retry
    says: Annotated[Line, StringConstraints(max_length=14)]


class Head(Record):
    """What all cards share. Ids are permanent and never reused.

    ``state``: a draft is in the repository alone; a retired card keeps its address and leads to ``instead``.
    """

    id: CardId
    title: Line
    topic: Slug
    summary: Annotated[Line, StringConstraints(max_length=75)]
    verified: Day
    review_by: Day
    changed: Line = "初次发布"
    """What was changed when the card was verified last; readers of the feed see it."""
    state: State = "published"
    instead: CardId | None = None


class AnswerCard(Head):
    """A card that answers a reader: searched by the words people use.

    ``exact`` is the exact name of what the title says plainly, ``reader`` whom the text speaks to if not
    the first of the owners, and ``light`` what this one is told at once; ``say`` one sentence for the
    customer who is waiting.
    """

    owner: Owner
    evidence: Grade
    exact: Line | None = None
    reader: Owner | None = None
    light: Light | None = None
    say: Line | None = None
    widget: Widget | None = None
    tags: Words = ()
    aliases: Words = ()
    sources: Annotated[tuple[Slug, ...], Distinct, Field(min_length=1)]


class Cause(AnswerCard):
    """Why it fails. ``answers`` feeds the decision tree; a question left out means no information."""

    layer: Slug
    retry: Retry
    frequency: Literal["common", "sometimes", "rare"]
    basis: Literal["log", "support", "source", "assumed"]
    cases: Annotated[int, Field(ge=1)] | None = None
    """Solved cases behind ``frequency`` and ``answers``, if the basis is ``log``."""
    prompts: Lines = ()
    codes: Words = ()
    answers: dict[Slug, Cell] = {}
    remedies: Annotated[tuple[CardId, ...], Distinct, Field(min_length=1)]


class Remedy(AnswerCard):
    """What to do. ``verify`` says how one knows that it worked.

    ``cause``: the cause whose own remedy this is; readers take the two for one, and so does the search.
    """

    effort: Literal["1m", "5m", "20m", "60m", "days"]
    risk: Literal["none", "money", "data"]
    after: Annotated[tuple[CardId, ...], Distinct] = ()
    verify: Line
    cause: CardId | None = None


class Option(Record):
    """One answer: ``label`` is what is tapped, ``report`` the line for the ticket."""

    id: OptionId
    label: Annotated[Line, StringConstraints(max_length=30)]
    report: Line


class Question(Head):
    """Something that a reader can observe. ``effort``: 0.3, 1, 4, 15 minutes."""

    why: Line
    how: Line
    effort: Literal["look", "try", "fetch", "contact"]
    only_if: dict[Slug, Options] = {}
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]


class PageHead(Record):
    """The head of a page that is no card. ``kind`` is for listings, ``topic`` for the page of a topic.

    ``lead`` stands below the title of the first page; ``unlisted`` is said of a code that is not there;
    ``blanks`` are to be filled in on the sheet for the till.
    """

    title: Line
    description: Annotated[Line, StringConstraints(max_length=120)] | None = None
    template: Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.html$", max_length=60)] | None = None
    kind: Slug | None = None
    topic: Slug | None = None
    hide: tuple[Literal["navigation", "toc"], ...] = ()
    lead: Line | None = None
    unlisted: Line | None = None
    blanks: Words = ()
