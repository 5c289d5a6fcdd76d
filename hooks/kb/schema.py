"""The typed form of every file editors write: cards and ``_data``. Frozen once read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Owner = Literal["merchant", "customer", "lakala", "alipay", "bank"]
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
CauseId = Annotated[str, StringConstraints(pattern=r"^C[0-9]{2,3}$")]
RemedyId = Annotated[str, StringConstraints(pattern=r"^R[0-9]{2,3}$")]
QuestionId = Annotated[str, StringConstraints(pattern=r"^Q[0-9]{2,3}$")]
CardId = Annotated[str, StringConstraints(pattern=r"^[CRQ][0-9]{2,3}$")]

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


def _distinct(values: tuple) -> tuple:
    if len(set(values)) < len(values):
        twice = next(v for i, v in enumerate(values) if v in values[:i])
        raise ValueError(f"{twice} 写了两次，只留一处")
    return values


OptionId = Annotated[Slug, AfterValidator(_not_boolean)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Words = Annotated[tuple[Word, ...], AfterValidator(_distinct)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_distinct)]
Cell = OptionId | tuple[OptionId, ...] | dict[OptionId, Often]
"""What a user in this situation answers: one option, either of several, or how often each."""


class Strict(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(Strict):
    """What all cards share. Ids are permanent and never reused."""

    title: Line
    topic: Slug
    summary: Annotated[Line, StringConstraints(max_length=90)]
    verified: Day
    review_by: Day
    changed: Line = "初次发布"
    """What was changed when the card was verified last; readers of the feed see it."""


class Answerable(Head):
    """A card that answers a reader: searched by the words people use.

    ``exact`` is the exact name of what the title says plainly, ``reader`` whom the text speaks to, ``say``
    one sentence for the customer who is waiting.
    """

    owner: Owner
    evidence: Grade
    exact: Line | None = None
    reader: Owner = "merchant"
    say: Line | None = None
    tags: Words = ()
    aliases: Words = ()
    sources: Annotated[tuple[Slug, ...], AfterValidator(_distinct), Field(min_length=1)]


class Cause(Answerable):
    """Why it fails. ``answers`` feeds the decision tree; a question left out means no information."""

    id: CauseId
    layer: Slug
    retry: Retry
    frequency: Literal["common", "sometimes", "rare"]
    basis: Literal["log", "support", "source", "assumed"]
    prompts: Lines = ()
    codes: Words = ()
    answers: dict[Slug, Cell] = {}
    remedies: Annotated[tuple[RemedyId, ...], AfterValidator(_distinct), Field(min_length=1)]


class Remedy(Answerable):
    """What to do. ``verify`` says how one knows that it worked.

    ``cause``: the cause whose own remedy this is; readers take the two for one, and so does the search.
    """

    id: RemedyId
    effort: Literal["1m", "5m", "20m", "60m", "days"]
    risk: Literal["none", "money", "data"]
    after: Annotated[tuple[RemedyId, ...], AfterValidator(_distinct)] = ()
    verify: Line
    cause: CauseId | None = None


class Option(Strict):
    """One answer: ``label`` is what is tapped, ``report`` the line for the ticket."""

    id: OptionId
    label: Annotated[Line, StringConstraints(max_length=30)]
    report: Line


class Question(Head):
    """Something that a person at the till can observe. ``effort``: 0.3, 1, 4, 15 minutes."""

    id: QuestionId
    why: Line
    how: Line
    effort: Literal["look", "try", "fetch", "contact"]
    only_if: dict[Slug, tuple[OptionId, ...]] = {}
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]


class Layer(Strict):
    id: Slug
    name: Word


class Caution(Strict):
    """An answer after which something must not be done: ``card`` says what, on every page that knows it."""

    question: Slug
    option: OptionId
    card: CardId


class Topic(Strict):
    """A family of cards with a decision tree of its own. ``first`` is asked before all else.

    ``at_till``: a customer is waiting, so whether to scan again matters. ``meanwhile``: the remedy to turn to
    before the cause is known, or while it is being mended.
    """

    id: Slug
    name: Word
    short: Word
    summary: Line
    start: Line
    first: Slug | None = None
    at_till: bool = False
    meanwhile: RemedyId | None = None
    cautions: tuple[Caution, ...] = ()
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]


class Prompt(Strict):
    """Words on a screen. ``option`` is the answer that they give to the question ``screen``."""

    id: Slug
    text: Line
    variants: Lines = ()
    option: Slug
    home: bool = False


class Source(Strict):
    """Where a fact comes from. ``year`` is the year of the material."""

    id: Slug
    title: Line
    publisher: Line
    year: Annotated[int, Field(ge=1990, le=2100)]
    grade: Grade
    url: Line | None = None


class Code(Strict):
    """A return code: meaning, whose problem, may the cashier scan again, what to do."""

    code: Word
    system: Literal["alipay", "lakala", "bankcard"]
    meaning: Line
    owner: Owner
    retry: Retry
    action: Line
    cards: tuple[CardId, ...] = ()
    evidence: Grade
    aliases: Lines = ()


class Elsewhere(Strict):
    """A kind of question that people ask here and that is answered elsewhere: ``answer`` says where."""

    id: Slug
    title: Line
    answer: Line
    owner: Owner | Literal["other"]


class Term(Strict):
    """A word of the trade and what it means."""

    term: Word
    says: Line


class Vocabulary(Strict):
    """Words that are not cut, ways to say one thing (the first names it), misspellings, English words."""

    words: Words = ()
    same: tuple[Annotated[Words, Field(min_length=2)], ...] = ()
    spellings: dict[Word, Word] = {}
    english: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], Word | Literal[""]] = {}


class Phone(Strict):
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{5,12}$")]
    name: Line
    use: Line
    year: Annotated[int, Field(ge=1990, le=2100)]
    note: Line


class Email(Strict):
    address: Line
    name: Line
    year: Annotated[int, Field(ge=1990, le=2100)]


class Host(Strict):
    """A host, and below it a path if only that part is ours to trust: ``github.com/LawRefBook/Laws``."""

    host: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(/\S*)?$")]
    name: Line
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None


class Image(Strict):
    """A reviewed image: what it shows, and the SHA-256 of the very file that was reviewed."""

    path: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Contacts(Strict):
    """All that may stand in the site: everything else is refused."""

    phones: tuple[Phone, ...]
    emails: tuple[Email, ...]
    hosts: tuple[Host, ...]
    images: tuple[Image, ...] = ()


class Redirect(Strict):
    """An address or anchor that moved. ``old`` and ``new`` are site paths."""

    old: Line
    new: Line
