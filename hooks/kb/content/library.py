"""The library: everything editors wrote, read once, typed and indexed by id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from kb.content import data, schema
from kb.content.address import page_url
from kb.content.asks import Ask, read_asks
from kb.content.cards import Card, card_of, claimed_id
from kb.content.data import DataFile
from kb.content.files import Files, read_files
from kb.content.findings import Finding, Place
from kb.content.kinds import BY_FOLDER
from kb.content.pages import Page, read_page
from kb.content.published import FOLDER as LOCK
from kb.content.published import PublishedCard, published_of
from kb.content.strict_yaml import Marks

PAGE = re.compile(r"docs/(?:[a-z0-9-]+/)?[a-z0-9-]+\.md")
"""Where a page stands that the site shows."""

H = TypeVar("H", bound=schema.Head)


@dataclass(frozen=True)
class TextFile:
    """Any text that becomes part of the site, as written."""

    file: str
    text: str


@dataclass(frozen=True)
class Unreadable:
    """Ids and slugs of the cards that cannot be read, or were published and are gone.

    ``unknown`` if not even the id of one is known. Such a card is one finding, not one more for each card
    that names it.
    """

    names: frozenset[str]
    unknown: bool = False
    lost: frozenset[str] = frozenset()
    """Published ids that no file claims."""

    def __bool__(self) -> bool:
        return self.unknown or bool(self.names)

    def may_be(self, name: str) -> bool:
        return self.unknown or name in self.names


@dataclass(frozen=True)
class Library:
    """All cards and data. What could not be read is left out and named in ``unreadable``."""

    root: Path
    files: Files
    published: tuple[PublishedCard, ...]
    cards: dict[str, Card[schema.Head]]
    duplicates: tuple[Card[schema.Head], ...]
    pages: dict[str, Page]
    """The readable pages that are no cards by path from the root."""
    unreadable: Unreadable
    handbook: schema.Handbook | None
    topics: DataFile[schema.Topic]
    sources: DataFile[schema.Source]
    prompts: DataFile[schema.Prompt]
    codes: DataFile[schema.Code]
    elsewhere: DataFile[schema.Elsewhere]
    terms: DataFile[schema.Term]
    wordings: DataFile[schema.Wording]
    redirects: DataFile[schema.Redirect]
    tags: DataFile[str]
    contacts: schema.Contacts
    vocabulary: schema.Vocabulary
    marks: dict[str, Marks]
    """Where the values of ``handbook.yml`` and other files of one record stand, by file name."""
    broken: frozenset[str]
    """Names of the data files with a fault: what seems missing may be there."""
    asks: dict[str, tuple[Ask, ...]]
    texts: tuple[TextFile, ...]

    def at(self, name: str, *path: str | int) -> Place:
        """Return the place of a value in a data file that is one record, such as ``handbook.yml``."""
        return Place(f"docs/_data/{name}", *self.marks.get(name, Marks()).find(path))

    @property
    def book(self) -> schema.Handbook:
        """The handbook file. Raise ``LookupError`` if it could not be read: nothing is built without it."""
        if self.handbook is None:
            raise LookupError("_data/handbook.yml")
        return self.handbook

    def asks_of(self, card: Card[schema.Head]) -> tuple[str, ...]:
        """Return the sentences with which people ask for ``card``."""
        return self.asks_named(f"cards/{card.id}")

    def asks_named(self, name: str) -> tuple[str, ...]:
        """Return the sentences of a file below ``docs/_data/asks``, such as ``nothing``."""
        return tuple(ask.text for ask in self.asks.get(name, ()))

    @cached_property
    def topic_by_id(self) -> dict[str, schema.Topic]:
        return {topic.id: topic for topic in self.topics.entries}

    @cached_property
    def source_by_id(self) -> dict[str, schema.Source]:
        return {source.id: source for source in self.sources.entries}

    @cached_property
    def prompt_by_text(self) -> dict[str, schema.Prompt]:
        return {prompt.text: prompt for prompt in self.prompts.entries}

    @cached_property
    def code_by_name(self) -> dict[str, schema.Code]:
        return {code.code: code for code in self.codes.entries}

    @cached_property
    def question_by_slug(self) -> dict[str, Card[schema.Question]]:
        """Questions by slug, the name that ``answers`` uses."""
        return {card.slug: card for card in self.of(schema.Question)}

    @cached_property
    def renumbered(self) -> frozenset[str]:
        """Ids of cards that stand where another id was published."""
        ids = {entry.url: entry.id for entry in self.published}
        return frozenset(card.id for card in self.cards.values() if ids.get(card.url, card.id) != card.id)

    def may_have(self, name: str) -> bool:
        """Return whether there is a card of this id, or an unreadable one that may be it."""
        return name in self.cards or self.unreadable.may_be(name)

    @cached_property
    def _by_type(self) -> dict[type[schema.Head], list[Card[schema.Head]]]:
        found: dict[type[schema.Head], list[Card[schema.Head]]] = {}
        for card in sorted(self.cards.values(), key=lambda card: card.order):
            for base in type(card.head).__mro__:
                if issubclass(base, schema.Head):
                    found.setdefault(base, []).append(card)
        return found

    def of(self, head: type[H], topic: str | None = None) -> list[Card[H]]:
        """Return the cards whose head is a ``head``, of one topic if given, by id."""
        cards = cast("list[Card[H]]", self._by_type.get(head, []))
        return [card for card in cards if topic is None or card.head.topic == topic]

    def remedy(self, card_id: str) -> Card[schema.Remedy]:
        """Return the remedy of this id; a check has made sure that it is one."""
        return cast("Card[schema.Remedy]", self.cards[card_id])

    def cause(self, card_id: str) -> Card[schema.Cause]:
        """Return the cause of this id; a check has made sure that it is one."""
        return cast("Card[schema.Cause]", self.cards[card_id])


def read_library(root: Path) -> tuple[Library, list[Finding]]:
    """Read everything that a build reads. Return what could be read, and every fault met on the way."""
    files = read_files(root)
    findings: list[Finding] = []
    published, faults = published_of(files)
    folder = data.Folder(files, findings)
    redirects = folder.table("redirects.yml", schema.Redirect, empty=True)
    moved = {entry.old for entry in redirects.entries}
    cards, duplicates, unreadable = _cards(files, published, moved, findings)
    library = Library(
        root=root,
        files=files,
        published=published,
        cards=cards,
        duplicates=duplicates,
        pages=_pages(files, findings),
        unreadable=unreadable,
        handbook=folder.single("handbook.yml", schema.Handbook),
        topics=folder.table("topics.yml", schema.Topic),
        sources=folder.table("sources.yml", schema.Source),
        prompts=folder.table("prompts.yml", schema.Prompt),
        codes=folder.table("codes.yml", schema.Code),
        elsewhere=folder.table("elsewhere.yml", schema.Elsewhere),
        terms=folder.table("glossary.yml", schema.Term),
        wordings=folder.table("terms.yml", schema.Wording),
        redirects=redirects,
        tags=folder.words("tags.yml"),
        contacts=folder.single("contacts.yml", schema.Contacts)
        or schema.Contacts(phones=(), emails=(), hosts=()),
        vocabulary=folder.single("vocabulary.yml", schema.Vocabulary) or schema.Vocabulary(),
        marks=folder.marks,
        broken=frozenset(folder.broken),
        asks=read_asks(files),
        texts=tuple(TextFile(*text) for text in files.texts.items() if not text[0].startswith(LOCK)),
    )
    return library, [*findings, *faults, *files.findings.values()]


def _cards(
    files: Files, published: Iterable[PublishedCard], moved: Set[str], findings: list[Finding]
) -> tuple[dict[str, Card[schema.Head]], tuple[Card[schema.Head], ...], Unreadable]:
    cards: dict[str, Card[schema.Head]] = {}
    duplicates: list[Card[schema.Head]] = []
    names: set[str] = set()
    unknown = False
    ids = {entry.url: entry.id for entry in published}
    for file in sorted(file for file in files.names if is_card(file)):
        card = card_of(files.texts[file], file) if file in files.texts else []
        if isinstance(card, list):
            findings += card if PAGE.fullmatch(file) else []  # a bad name is fault enough
            claimed = claimed_id(files.data.get(file) or files.texts.get(file, "").encode())
            claimed = claimed or ids.get(page_url(file.removeprefix("docs/")))
            unknown = unknown or claimed is None
            names |= {claimed or "", Path(file).stem}
        elif card.id in cards and card.url in ids:  # the other one is the copy
            duplicates.append(cards[card.id])
            cards[card.id] = card
        elif card.id in cards:
            duplicates.append(card)
        else:
            cards[card.id] = card
    gone = [entry for entry in published if entry.id not in {*cards, *names} and entry.url not in moved]
    names |= {name for entry in gone for name in (entry.id, entry.slug)}
    lost = frozenset(entry.id for entry in gone)
    return cards, tuple(duplicates), Unreadable(frozenset(names), unknown, lost)


def _pages(files: Files, findings: list[Finding]) -> dict[str, Page]:
    pages = {}
    for file, text in files.texts.items():
        if PAGE.fullmatch(file) and not is_card(file):
            page = read_page(text, file)
            if isinstance(page, list):
                findings += page
            else:
                pages[file] = page
    return pages


def is_card(file: str) -> bool:
    """Return whether a card stands at this path: ``index.md`` is a listing."""
    top, _, rest = file.partition("/")
    folder, _, name = rest.partition("/")
    return (
        top == "docs"
        and folder in BY_FOLDER
        and name.endswith(".md")
        and "/" not in name
        and name != "index.md"
    )
