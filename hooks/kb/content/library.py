"""The library: everything editors wrote, read once, typed and indexed by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from kb.content import records, schema
from kb.content.asks import Ask
from kb.content.cards import Card
from kb.content.data import DataFile
from kb.content.files import Files
from kb.content.findings import Place
from kb.content.handbook import Handbook
from kb.content.lost import leads, lost_pages
from kb.content.pages import Page
from kb.content.published import PublishedCard
from kb.content.strict_yaml import Marks
from kb.content.topics import Topic

H = TypeVar("H", bound=schema.Head)
T = TypeVar("T")


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


def _by_name(entries: Iterable[tuple[Iterable[str], T]]) -> dict[str, list[T]]:
    """Return what stands under each of its names, once, in order."""
    found: dict[str, list[T]] = {}
    for names, entry in entries:
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(entry)
    return found


@dataclass(frozen=True)
class Library:
    """All cards and data. What could not be read is left out and named in ``unreadable``."""

    root: Path
    files: Files
    published: tuple[PublishedCard, ...]
    cards: dict[str, Card[schema.Head]]
    """The published cards: what search, lists, trees and exports are made of."""
    drafts: dict[str, Card[schema.Head]]
    retired: dict[str, Card[schema.Head]]
    duplicates: tuple[Card[schema.Head], ...]
    pages: dict[str, Page]
    """The readable pages that are no cards by path from the root."""
    unreadable: Unreadable
    handbook: Handbook | None
    topics: DataFile[Topic]
    sources: DataFile[records.Source]
    prompts: DataFile[records.Prompt]
    codes: DataFile[records.Code]
    elsewhere: DataFile[records.Elsewhere]
    terms: DataFile[records.Term]
    wordings: DataFile[records.Wording]
    redirects: DataFile[records.Redirect]
    tags: DataFile[str]
    contacts: records.Contacts
    words: records.WordList
    phrases: records.Phrases
    adverts: tuple[str, ...]
    harmless: tuple[str, ...]
    """Examples, one sentence each, of what rule ``foreign`` refuses and of what it lets in."""
    vocabulary: records.Vocabulary
    marks: dict[str, Marks]
    """Where the values of ``handbook.yml`` and other files of one record stand, by file name."""
    broken: frozenset[str]
    """Names of the data files with a fault: what seems missing may be there."""
    asks: dict[str, tuple[Ask, ...]]

    def at(self, name: str, *path: str | int) -> Place:
        """Return the place of a value in a data file that is one record, such as ``handbook.yml``."""
        return Place(f"docs/_data/{name}", *self.marks.get(name, Marks()).find(path))

    @property
    def book(self) -> Handbook:
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

    @property
    def written(self) -> tuple[Card[schema.Head] | Page, ...]:
        """The cards and the other pages."""
        return *self.of(schema.Head), *self.pages.values()

    def told(self) -> Iterator[tuple[Place, str, str]]:
        """Yield place, key and text of what the lists tell readers in words of their own."""
        for table, keys in (
            (self.terms, ("says",)),
            (self.elsewhere, ("title", "answer")),
            (self.codes, ("meaning", "action")),
            (self.topics, ("summary",)),
            (self.sources, ("title",)),
        ):
            for index, entry in enumerate(cast("DataFile[schema.Record]", table).entries):
                yield from ((table.at(index, key), key, getattr(entry, key)) for key in keys)

    @cached_property
    def lost(self) -> frozenset[str]:
        """Paths of pages that are gone, though several files lead to them."""
        return lost_pages(self.leads, self.files, self.asks)

    @cached_property
    def leads(self) -> Counter[str]:
        """How many files lead to each page, by its path."""
        return leads(self.files, self.handbook, self.topic_by_id)

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics.entries}

    @cached_property
    def source_by_id(self) -> dict[str, records.Source]:
        found: dict[str, records.Source] = {}
        for source in self.sources.entries:
            found.setdefault(source.id, source)
        return found

    @cached_property
    def prompt_by_text(self) -> dict[str, records.Prompt]:
        return {prompt.text: prompt for prompt in self.prompts.entries}

    @cached_property
    def code_by_name(self) -> dict[str, records.Code]:
        return {code.code: code for code in self.codes.entries}

    @cached_property
    def question_by_slug(self) -> dict[str, Card[schema.Question]]:
        """Questions by slug, the name that ``answers`` uses."""
        return {card.slug: card for card in self.of(schema.Question)}

    @cached_property
    def id_by_file(self) -> dict[str, str]:
        """Ids of the published cards."""
        return {card.file: card.id for card in self.cards.values()}

    @cached_property
    def renumbered(self) -> frozenset[str]:
        """Ids of cards that stand where another id was published."""
        ids = {entry.url: entry.id for entry in self.published}
        return frozenset(card.id for card in self.every.values() if ids.get(card.url, card.id) != card.id)

    def may_have(self, name: str) -> bool:
        """Return whether there is a card of this id, in any state, or an unreadable one that may be it."""
        return name in self.every or self.unreadable.may_be(name)

    @cached_property
    def every(self) -> dict[str, Card[schema.Head]]:
        """The cards of all states by id."""
        return {**self.drafts, **self.retired, **self.cards}

    @cached_property
    def _by_type(self) -> dict[tuple[type[schema.Head], str | None], list[Card[schema.Head]]]:
        found: dict[tuple[type[schema.Head], str | None], list[Card[schema.Head]]] = {}
        for card in sorted(self.cards.values(), key=lambda card: card.order):
            for base in type(card.head).__mro__:
                if issubclass(base, schema.Head):
                    for topic in (None, card.head.topic):
                        found.setdefault((base, topic), []).append(card)
        return found

    def of(self, head: type[H], topic: str | None = None) -> list[Card[H]]:
        """Return the cards whose head is a ``head``, of one topic if given, by id."""
        return cast("list[Card[H]]", self._by_type.get((head, topic), []))

    @cached_property
    def widgets(self) -> dict[str, Card[schema.AnswerCard]]:
        """The first card that has a widget, by the name of the widget."""
        cards = reversed(self.of(schema.AnswerCard))
        return {card.head.widget.name: card for card in cards if card.head.widget}

    @cached_property
    def causes_with(self) -> dict[str, list[Card[schema.Cause]]]:
        """The causes that list a remedy, by its id."""
        return _by_name((cause.head.remedies, cause) for cause in self.of(schema.Cause))

    @cached_property
    def causes_showing(self) -> dict[str, list[Card[schema.Cause]]]:
        """The causes that show a message, by its text."""
        return _by_name((cause.head.prompts, cause) for cause in self.of(schema.Cause))

    @cached_property
    def codes_to(self) -> dict[str, list[records.Code]]:
        """The codes that lead to a card or that it names, by its id, in the order of their file."""
        named = _by_name((cause.head.codes, cause.id) for cause in self.of(schema.Cause))
        return _by_name(((*code.cards, *named.get(code.code, ())), code) for code in self.codes.entries)

    def remedy(self, card_id: str) -> Card[schema.Remedy]:
        """Return the remedy of this id; a check has made sure that it is one."""
        return cast("Card[schema.Remedy]", self.cards[card_id])

    def cause(self, card_id: str) -> Card[schema.Cause]:
        """Return the cause of this id; a check has made sure that it is one."""
        return cast("Card[schema.Cause]", self.cards[card_id])
