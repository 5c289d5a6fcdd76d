"""The library: everything editors wrote, read once, typed and indexed by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from kb.content import data, schema
from kb.content.asks import Ask, read_asks
from kb.content.cards import Card, claimed_id, read_card
from kb.content.data import DataFile
from kb.content.findings import Finding
from kb.content.kinds import BY_FOLDER
from kb.content.published import read_published

H = TypeVar("H", bound=schema.Head)


@dataclass(frozen=True)
class TextFile:
    """Any text that becomes part of the site, as written."""

    file: str
    text: str


@dataclass(frozen=True)
class Unreadable:
    """Ids and slugs of the cards that could not be read; ``unknown`` if not even the id of one is known.

    A card that cannot be read is one finding, not one more for each card that names it.
    """

    names: frozenset[str]
    unknown: bool = False

    def __bool__(self) -> bool:
        return self.unknown or bool(self.names)

    def may_be(self, name: str) -> bool:
        return self.unknown or name in self.names


@dataclass(frozen=True)
class Library:
    """All cards and data. What could not be read is left out and named in ``unreadable``."""

    root: Path
    cards: dict[str, Card[schema.Head]]
    duplicates: tuple[Card[schema.Head], ...]
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
    asks: dict[str, tuple[Ask, ...]]
    texts: tuple[TextFile, ...]

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
        """Return the sentences of a file below ``docs/_data/asks``: ``cards/C20``, ``nothing``."""
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
    """Read ``root/docs``. Return what could be read, and every fault met on the way."""
    findings: list[Finding] = []
    cards, duplicates, unreadable = _cards(root, findings)
    folder = data.Folder(root, findings)
    library = Library(
        root=root,
        cards=cards,
        duplicates=duplicates,
        unreadable=unreadable,
        handbook=folder.single("handbook.yml", schema.Handbook),
        topics=folder.table("topics.yml", schema.Topic),
        sources=folder.table("sources.yml", schema.Source),
        prompts=folder.table("prompts.yml", schema.Prompt),
        codes=folder.table("codes.yml", schema.Code),
        elsewhere=folder.table("elsewhere.yml", schema.Elsewhere, needed=False),
        terms=folder.table("glossary.yml", schema.Term),
        wordings=folder.table("terms.yml", schema.Wording),
        redirects=folder.table("redirects.yml", schema.Redirect),
        tags=folder.words("tags.yml"),
        contacts=folder.single("contacts.yml", schema.Contacts)
        or schema.Contacts(phones=(), emails=(), hosts=()),
        vocabulary=folder.single("vocabulary.yml", schema.Vocabulary) or schema.Vocabulary(),
        asks=read_asks(root),
        texts=tuple(_texts(root, findings)),
    )
    return library, findings


def _cards(
    root: Path, findings: list[Finding]
) -> tuple[dict[str, Card[schema.Head]], tuple[Card[schema.Head], ...], Unreadable]:
    cards: dict[str, Card[schema.Head]] = {}
    duplicates: list[Card[schema.Head]] = []
    names: set[str] = set()
    unknown = False
    published = {entry.url for entry in read_published(root)}
    for path in card_files(root):
        content = path.read_bytes()
        card = read_card(content, path.relative_to(root).as_posix())
        if isinstance(card, list):
            findings += card
            claimed = claimed_id(content)
            unknown = unknown or claimed is None
            names |= {claimed or "", path.stem}
        elif card.id in cards and card.url in published:  # the other one is the copy
            duplicates.append(cards[card.id])
            cards[card.id] = card
        elif card.id in cards:
            duplicates.append(card)
        else:
            cards[card.id] = card
    return cards, tuple(duplicates), Unreadable(frozenset(names), unknown)


def card_files(root: Path) -> Iterator[Path]:
    """Yield the card files in a stable order; ``index.md`` is a listing, not a card."""
    for folder in BY_FOLDER:
        for path in sorted((root / "docs" / folder).glob("*.md")):
            if path.name != "index.md":
                yield path


UNPUBLISHED = ("docs/_data/lock/", "docs/adr/")
"""Not texts of the site: written by commands, or for developers. ``exclude_docs`` in
``hooks/mkdocs.yml`` holds the same."""

TEXT_SUFFIXES = frozenset(".md .yml .yaml .html .css .js .svg .json .txt .xml".split())


def _texts(root: Path, findings: list[Finding]) -> Iterator[TextFile]:
    """Yield every text that becomes part of the site: pages, data, templates, scripts, settings."""
    paths = [root / "mkdocs.yml"]
    for folder in ("docs", "overrides"):
        paths += sorted(p for p in (root / folder).rglob("*") if p.suffix in TEXT_SUFFIXES and p.is_file())
    for path in paths:
        file = path.relative_to(root).as_posix()
        if file.startswith(UNPUBLISHED):
            continue
        try:
            yield TextFile(file, path.read_text("utf-8"))
        except (UnicodeDecodeError, FileNotFoundError):
            if not any(finding.path == file for finding in findings):
                remedy = "用编辑器“另存为 UTF-8”再提交"
                findings.append(Finding(file, 1, 1, "front-matter", path.name, "不是 UTF-8 编码", remedy))
