"""The typed form of every file editors write: cards and ``_data``. Frozen once read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Retry = Literal["never", "once", "after-fix"]
Grade = Literal["official", "corroborated", "reported", "unproven"]
Often = Literal["always", "usually", "sometimes", "rarely"]

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
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("日期要写成 2026-11-22 这样")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("没有这一天，日期要写成 2026-11-22 这样") from None


def _distinct(values: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(values)) < len(values):
        twice = next(v for i, v in enumerate(values) if v in values[:i])
        raise ValueError(f"{twice} 写了两次，只留一处")
    return values


OptionId = Annotated[Slug, AfterValidator(_not_boolean)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Words = Annotated[tuple[Word, ...], AfterValidator(_distinct)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_distinct)]
Options = Annotated[tuple[OptionId, ...], Field(min_length=1)]
Cell = OptionId | Options | Annotated[dict[OptionId, Often], Field(min_length=1)]
"""What a user in this situation answers: one option, either of several, or how often each."""


class Record(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lead(Record):
    """A card that a widget leads to: what finding it ``fits``, when to read it, and for what ``kinds``."""

    fits: Slug
    card: CardId
    when: Word
    kinds: Word | None = None


class Widget(Record):
    """Something that works on a page: the template ``widgets/<name>.html``, and the cards it leads to."""

    name: Slug
    leads: tuple[Lead, ...] = ()


class Head(Record):
    """What all cards share. Ids are permanent and never reused."""

    id: CardId
    title: Line
    topic: Slug
    summary: Annotated[Line, StringConstraints(max_length=90)]
    verified: Day
    review_by: Day
    changed: Line = "初次发布"
    """What was changed when the card was verified last; readers of the feed see it."""


class AnswerCard(Head):
    """A card that answers a reader: searched by the words people use.

    ``exact`` is the exact name of what the title says plainly, ``reader`` whom the text speaks to if not
    the first of the owners, ``say`` one sentence for the customer who is waiting.
    """

    owner: Owner
    evidence: Grade
    exact: Line | None = None
    reader: Owner | None = None
    say: Line | None = None
    widget: Widget | None = None
    tags: Words = ()
    aliases: Words = ()
    sources: Annotated[tuple[Slug, ...], AfterValidator(_distinct), Field(min_length=1)]


class Cause(AnswerCard):
    """Why it fails. ``answers`` feeds the decision tree; a question left out means no information."""

    layer: Slug
    retry: Retry
    frequency: Literal["common", "sometimes", "rare"]
    basis: Literal["log", "support", "source", "assumed"]
    prompts: Lines = ()
    codes: Words = ()
    answers: dict[Slug, Cell] = {}
    remedies: Annotated[tuple[CardId, ...], AfterValidator(_distinct), Field(min_length=1)]


class Remedy(AnswerCard):
    """What to do. ``verify`` says how one knows that it worked."""

    effort: Literal["1m", "5m", "20m", "60m", "days"]
    risk: Literal["none", "money", "data"]
    after: Annotated[tuple[CardId, ...], AfterValidator(_distinct)] = ()
    verify: Line


class Option(Record):
    """One answer: ``label`` is what is tapped, ``report`` the line for the ticket."""

    id: OptionId
    label: Annotated[Line, StringConstraints(max_length=30)]
    report: Line


class Question(Head):
    """Something that a person at the till can observe. ``effort``: 0.3, 1, 4, 15 minutes."""

    why: Line
    how: Line
    effort: Literal["look", "try", "fetch", "contact"]
    only_if: dict[Slug, Options] = {}
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]


class Named(Record):
    """Something with a name of its own: an owner, a system of codes."""

    id: Slug
    name: Word


class ByRetry(Record):
    """Words for each answer to: may it be tried again?"""

    never: Word
    once: Word
    after_fix: Annotated[Word, Field(alias="after-fix")]

    def says(self, retry: Retry) -> str:
        return {"never": self.never, "once": self.once, "after-fix": self.after_fix}[retry]


class Retries(ByRetry):
    """May it be tried again: what the question is called, its three answers, and what to do at once.

    ``light`` stands large on top of an answer, in red, green and amber.
    """

    asked: Word
    light: ByRetry


class KeyPages(Record):
    """The pages that templates lead to, by their paths from ``docs/``."""

    contact: Line
    evidence: Line
    glossary: Line
    sources: Line


class Door(Record):
    """A way in on the home page: whom it is for or what he asks, what is behind, the page from ``docs/``."""

    asks: Word
    says: Word
    page: Line


class Handbook(Record):
    """What this handbook is about, in the words that templates and commands need.

    The first of the ``owners`` is the reader; the remedies of those in ``may_act`` are buttons for him too.
    ``archive`` is the name of the zip, ``examples`` a good card of each kind for whoever writes a new one,
    ``default_source`` the source that a new card begins with.
    """

    archive: Slug
    disclaimer: Line
    owners: Annotated[tuple[Named, ...], Field(min_length=1)]
    may_act: tuple[Slug, ...] = ()
    systems: tuple[Named, ...] = ()
    retries: Retries
    doors: tuple[Door, ...] = ()
    pages: KeyPages
    examples: dict[Slug, CardId]
    default_source: Slug

    @property
    def owner_names(self) -> dict[str, str]:
        return {owner.id: owner.name for owner in self.owners}

    @property
    def system_names(self) -> dict[str, str]:
        return {system.id: system.name for system in self.systems}


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


class Topic(Record):
    """A family of cards with a decision tree of its own. ``first`` is asked before all else.

    ``at_till``: somebody is waiting, so whether to try again matters. ``meanwhile``: the remedy to turn to
    before the cause is known, or while it is being mended; ``hurry`` the question it answers. ``screen``: the
    question that screen messages answer. ``door``: a few words for the home page.
    """

    id: Slug
    name: Word
    short: Word
    summary: Line
    start: Line
    first: Slug | None = None
    screen: Slug | None = None
    door: Word | None = None
    at_till: bool = False
    meanwhile: CardId | None = None
    hurry: Word | None = None
    cautions: tuple[Caution, ...] = ()
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]


class Prompt(Record):
    """Words on a screen. ``option`` is the answer that they give to a topic's question ``screen``."""

    id: Slug
    text: Line
    variants: Lines = ()
    option: Slug
    home: bool = False


class Source(Record):
    """Where a fact comes from. ``year`` is the year of the material."""

    id: Slug
    title: Line
    publisher: Line
    year: Annotated[int, Field(ge=1990, le=2100)]
    grade: Grade
    url: Line | None = None


class Code(Record):
    """A return code: meaning, whose problem, may the cashier scan again, what to do."""

    code: Word
    system: Slug
    meaning: Line
    owner: Owner
    retry: Retry
    action: Line
    cards: tuple[CardId, ...] = ()
    evidence: Grade
    aliases: Lines = ()


class Term(Record):
    """A word of the trade and what it means."""

    term: Word
    says: Line


class Wording(Record):
    """One word for one meaning: the ways not to write it, the way to write it, and why."""

    wrong: Annotated[Words, Field(min_length=1)]
    right: Word
    why: Line


class Vocabulary(Record):
    """Words that are not cut, ways to say one thing (the first names it), and misspellings."""

    words: Words = ()
    same: tuple[Annotated[Words, Field(min_length=2)], ...] = ()
    spellings: dict[Word, Word] = {}


class Phone(Record):
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{5,12}$")]
    name: Line
    use: Line
    year: Annotated[int, Field(ge=1990, le=2100)]
    note: Line


class Email(Record):
    address: Line
    name: Line
    year: Annotated[int, Field(ge=1990, le=2100)]


class Host(Record):
    """A host, and below it a path if only that part is ours to trust: ``github.com/LawRefBook/Laws``."""

    host: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(/\S*)?$")]
    name: Line
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None


class Image(Record):
    """A reviewed image: what it shows, and the SHA-256 of the very file that was reviewed."""

    path: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Contacts(Record):
    """All that may stand in the site: everything else is refused."""

    phones: tuple[Phone, ...]
    emails: tuple[Email, ...]
    hosts: tuple[Host, ...]
    images: tuple[Image, ...] = ()


class Redirect(Record):
    """An address or anchor that moved. ``old`` and ``new`` are site paths."""

    old: Line
    new: Line
