"""The typed form of the lists under ``docs/_data``: sources, codes, words, contacts."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from kb.content.schema import (
    CardId,
    Distinct,
    Grade,
    Line,
    Lines,
    Owner,
    Record,
    Retry,
    Slug,
    Word,
    Words,
    distinct,
)


class Prompt(Record):
    """Words on a screen. ``option`` is the answer that they give to a topic's question ``screen``."""

    id: Slug
    text: Line
    variants: Lines = ()
    option: Word
    home: bool = False


class Source(Record):
    """Where a fact comes from. ``year`` is the year of the material."""

    id: Slug
    title: Line
    publisher: Line
    year: Annotated[int, Field(ge=1990, le=2100)]
    grade: Grade
    url: Annotated[Line, StringConstraints(pattern=r"^https?://[^\s<>\"']+$")] | None = None


class Code(Record):
    """A return code: meaning, whose problem, may it be tried again, what to do."""

    code: Word
    system: Slug
    meaning: Line
    owner: Owner
    retry: Retry
    action: Line
    cards: tuple[CardId, ...] = ()
    evidence: Grade
    aliases: Lines = ()
    differs: dict[Literal["owner", "retry"], Line] = Field(default_factory=dict)
    """Reviewed: why it does not agree with the causes that it names."""


class Elsewhere(Record):
    """A kind of question that people ask here and that is answered elsewhere: ``answer`` says where.

    ``stop``: something must be stopped first; ``card``: what answers the part of it that belongs here;
    ``place``: else the section of the contact page that says whom to ask and how. ``reader``: who asks it, if
    not most; ``aliases``: bare words that mean it, whatever texts have them.
    """

    id: Slug
    title: Line
    answer: Line
    owner: Owner | None = None
    reader: Owner | None = None
    aliases: Words = ()
    stop: bool = False
    card: CardId | None = None
    place: Slug | None = None


class Term(Record):
    """A word of the trade and what it means."""

    term: Word
    says: Annotated[Line, StringConstraints(max_length=75)]


class Wording(Record):
    """One word for one meaning: the ways not to write it, the way to write it, and why."""

    wrong: Annotated[Words, Field(min_length=1)]
    right: Word
    why: Line


Latin = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]


def _spelling(value: str) -> str:
    if not re.fullmatch(r"[a-z一-鿿]{2,12}", value):
        raise ValueError("冒号左边只写汉字和小写字母")
    return value


Spelling = Annotated[str, AfterValidator(_spelling)]


class Vocabulary(Record):
    """Words that are not cut, ways to say one thing (the first names it), misspellings, English words, and
    those of threats.
    """

    words: Words = ()
    same: tuple[Annotated[Words, Field(min_length=2)], ...] = ()
    spellings: dict[Spelling, Word] = Field(default_factory=dict)
    english: dict[Latin, Word | Literal[""]] = Field(default_factory=dict)
    asides: Words = ()


Year = Annotated[int, Field(ge=1990, le=2100)]


class Phone(Record):
    """``number``: digits only, with the area code. ``year``: of the source that gives it."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,12}$")]
    name: Line
    use: Line
    year: Year
    note: Line


class Email(Record):
    address: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    name: Line
    year: Year
    note: Line


class Host(Record):
    """Exactly one address: a full host, and the path if it is not its first page."""

    host: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._-]+)*$")]
    name: Line
    year: Year
    note: Line


class Image(Record):
    """A reviewed image: what it shows, and the SHA-256 of the very file that was reviewed."""

    path: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


R = TypeVar("R", bound=Record)


def _told_apart(values: tuple[R, ...]) -> tuple[R, ...]:
    distinct(tuple(next(iter(value.model_dump().values())) for value in values))
    return values


ToldApart = AfterValidator(_told_apart)
"""No two entries of one first value: number, address, path."""


class Contacts(Record):
    """All that may stand in the site: everything else is refused."""

    phones: Annotated[tuple[Phone, ...], ToldApart]
    emails: Annotated[tuple[Email, ...], ToldApart]
    hosts: Annotated[tuple[Host, ...], ToldApart]
    images: Annotated[tuple[Image, ...], ToldApart] = ()


Token = Annotated[
    str, StringConstraints(pattern=r"^[ -~一-鿿，；、]*[A-Za-z][ -~一-鿿，；、]*$", max_length=60)
]
Part = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$", max_length=20)]


class WordList(Record):
    """The Latin words that may stand in texts, in names, and in asks alone."""

    words: Annotated[tuple[Token, ...], Distinct] = ()
    parts: Annotated[tuple[Part, ...], Distinct] = ()
    asks: Annotated[tuple[Token, ...], Distinct] = ()


def _paired(pattern: str) -> str:
    if pattern.count("[") != pattern.count("]"):
        raise ValueError("方括号没有成对，补上另一半")
    return pattern


Patterns = Annotated[tuple[Annotated[Line, AfterValidator(_paired)], ...], Distinct]
"""What ``foreign/pattern.py`` reads."""


class Phrases(Record):
    """What is told by its words: words that others sound like, refused phrases, ``demands`` that
    only who asks may tell of, warnings, baits, questions.

    ``shapes`` of names of products and firms, what stands before one
    (``choosing``), what makes no name with them (``plain``), ``channels`` where anybody may speak under
    a name, the reviewed ``brands``; characters that are words ``alone``, ``usual`` words that no dictionary
    has, ``calls`` after which only reviewed words may stand.
    """

    sounds: Words = ()
    refused: Patterns = ()
    demands: Patterns = ()
    warned: Patterns = ()
    baits: Patterns = ()
    asking: Patterns = ()
    shapes: Patterns = ()
    channels: Words = ()
    choosing: Words = ()
    plain: Words = ()
    brands: Words = ()
    alone: Patterns = ()
    usual: Words = ()
    calls: Patterns = ()


class Redirect(Record):
    """An address that moved. ``old`` and ``new`` are paths below the site."""

    old: Line
    new: Line
