"""The library: everything editors wrote, read once, typed and indexed by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from kb import schema
from kb.asks import Ask, read_asks
from kb.cards import KINDS, Card, claimed_id, read_card
from kb.findings import Finding
from kb.lock import read_lock
from kb.strict_yaml import Marks, load
from kb.validation import validate

T = TypeVar("T", bound=BaseModel)

ANY = "*"
"""Claimed by a card that cannot be read so badly that not even its id is known."""

DATA_MAX_BYTES = 512 * 1024


@dataclass(frozen=True)
class Table:
    """The entries of one file under ``_data`` with their positions."""

    file: str
    entries: tuple
    marks: Marks
    complete: bool = True
    """Whether every entry could be read; if not, what seems missing may be there."""

    def place(self, index: int, *path: str | int) -> tuple[int, int]:
        return self.marks.find((index, *path))


@dataclass(frozen=True)
class TextFile:
    """Any text that becomes part of the site, as written."""

    file: str
    text: str


@dataclass(frozen=True)
class Library:
    """All cards and data. Cards that could not be read are left out; ``claimed`` has their ids and slugs."""

    root: Path
    cards: dict[str, Card]
    duplicates: tuple[Card, ...]
    claimed: frozenset[str]
    topics: Table
    sources: Table
    prompts: Table
    codes: Table
    elsewhere: Table
    terms: Table
    redirects: Table
    tags: tuple[str, ...]
    contacts: schema.Contacts
    vocabulary: schema.Vocabulary
    asks: dict[str, tuple[Ask, ...]]
    texts: tuple[TextFile, ...]

    def asks_of(self, card: Card) -> tuple[str, ...]:
        """Return the sentences with which people ask for ``card``."""
        return self.asks_named(f"cards/{card.id}")

    def asks_named(self, name: str) -> tuple[str, ...]:
        """Return the sentences of a file below ``docs/_data/asks``: ``cards/C20``, ``nothing``."""
        return tuple(ask.text for ask in self.asks.get(name, ()))

    @cached_property
    def topic(self) -> dict[str, schema.Topic]:
        return {topic.id: topic for topic in self.topics.entries}

    @cached_property
    def source(self) -> dict[str, schema.Source]:
        return {source.id: source for source in self.sources.entries}

    @cached_property
    def prompt(self) -> dict[str, schema.Prompt]:
        return {prompt.text: prompt for prompt in self.prompts.entries}

    @cached_property
    def code(self) -> dict[str, schema.Code]:
        return {code.code: code for code in self.codes.entries}

    @cached_property
    def question(self) -> dict[str, Card]:
        """Questions by slug, the name that ``answers`` uses."""
        return {card.slug: card for card in self.of_kind("question")}

    def knows(self, name: str) -> bool:
        """Return whether there is a card of this id, or an unreadable one that may be it.

        A card that cannot be read is one finding, not one more for each card that names it.
        """
        return name in self.cards or name in self.claimed or ANY in self.claimed

    def of_kind(self, kind: str, topic: str | None = None) -> list[Card]:
        """Return the cards of one kind, and one topic if given, by id."""
        cards = (card for card in self.cards.values() if card.kind == kind)
        return sorted((c for c in cards if topic is None or c.head.topic == topic), key=lambda c: c.id)


def read_library(root: Path) -> tuple[Library, list[Finding]]:
    """Read ``root/docs``. Return what could be read, and every fault met on the way."""
    findings: list[Finding] = []
    cards: dict[str, Card] = {}
    duplicates: list[Card] = []
    claimed: set[str] = set()
    published = {entry.url for entry in read_lock(root)}
    for path in card_files(root):
        data = path.read_bytes()
        card = read_card(data, path.relative_to(root).as_posix())
        if isinstance(card, list):
            findings += card
            claimed |= {claimed_id(data) or ANY, path.stem}
        elif card.id in cards and card.url in published:  # the other one is the copy
            duplicates.append(cards[card.id])
            cards[card.id] = card
        elif card.id in cards:
            duplicates.append(card)
        else:
            cards[card.id] = card

    def table(name: str, model: type[BaseModel], *, needed: bool = True) -> Table:
        path = root / "docs/_data" / name
        if not needed and not path.exists():
            return Table(f"docs/_data/{name}", (), Marks())
        return _read_table(path, root, model, findings)

    tags, _ = _read_data(root / "docs/_data/tags.yml", root, findings)

    def single(name: str, model: type[T], empty: T) -> T:
        value, marks = _read_data(root / "docs/_data" / name, root, findings)
        read = empty if value is None else validate(model, value, marks, f"docs/_data/{name}")
        if isinstance(read, list):
            findings.extend(read)
            return empty
        return read

    library = Library(
        root=root,
        cards=cards,
        duplicates=tuple(duplicates),
        claimed=frozenset(claimed),
        topics=table("topics.yml", schema.Topic),
        sources=table("sources.yml", schema.Source),
        prompts=table("prompts.yml", schema.Prompt),
        codes=table("codes.yml", schema.Code),
        elsewhere=table("elsewhere.yml", schema.Elsewhere, needed=False),
        terms=table("glossary.yml", schema.Term),
        redirects=table("redirects.yml", schema.Redirect),
        tags=tuple(TypeAdapter(tuple[str, ...]).validate_python(tags if isinstance(tags, list) else ())),
        contacts=single("contacts.yml", schema.Contacts, schema.Contacts(phones=(), emails=(), hosts=())),
        vocabulary=single("vocabulary.yml", schema.Vocabulary, schema.Vocabulary()),
        asks=read_asks(root),
        texts=tuple(_texts(root, findings)),
    )
    return library, findings


def card_files(root: Path) -> Iterator[Path]:
    """Yield the card files in a stable order; ``index.md`` is a listing, not a card."""
    for folder in KINDS:
        for path in sorted((root / "docs" / folder).glob("*.md")):
            if path.name != "index.md":
                yield path


TEXT_SUFFIXES = frozenset(".md .yml .yaml .html .css .js .svg .json .txt .xml".split())


def _texts(root: Path, findings: list[Finding]) -> Iterator[TextFile]:
    """Yield every text that becomes part of the site: pages, data, templates, scripts, settings."""
    paths = [root / "mkdocs.yml"]
    for folder in ("docs", "overrides"):
        paths += sorted(p for p in (root / folder).rglob("*") if p.suffix in TEXT_SUFFIXES and p.is_file())
    for path in paths:
        file = path.relative_to(root).as_posix()
        if file.startswith("docs/_data/lock/"):
            continue  # written by make lock, never published
        try:
            yield TextFile(file, path.read_text("utf-8"))
        except (UnicodeDecodeError, FileNotFoundError):
            if not any(finding.path == file for finding in findings):
                remedy = "用编辑器“另存为 UTF-8”再提交"
                findings.append(Finding(file, 1, 1, "front-matter", path.name, "不是 UTF-8 编码", remedy))


def _read_data(path: Path, root: Path, findings: list[Finding]) -> tuple[object, Marks]:
    file = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        findings.append(Finding(file, 1, 1, "front-matter", path.name, "缺少这个文件", "从版本库里恢复它"))
        return None, Marks()
    try:
        if len(data) > DATA_MAX_BYTES:
            raise ValueError
        text = data.decode("utf-8")
    except ValueError:
        remedy = "存成 UTF-8，并且不超过 512 KB"
        findings.append(Finding(file, 1, 1, "front-matter", path.name, "读不懂这个文件", remedy))
        return None, Marks()
    loaded = load(text, file)
    findings += loaded.findings
    return loaded.value, loaded.marks


def _read_table(path: Path, root: Path, model: type[T], findings: list[Finding]) -> Table:
    file = path.relative_to(root).as_posix()
    value, marks = _read_data(path, root, findings)
    if value in (None, {}):  # unread, or nothing but comments
        return Table(file, (), marks, value == {})
    if not isinstance(value, list):
        findings.append(Finding(file, 1, 1, "schema", path.name, "这里要写成列表", "每一项以“- ”开头"))
        return Table(file, (), marks, False)
    entries = []
    for index, raw in enumerate(value):
        inner = Marks({p[1:]: place for p, place in marks.places.items() if p[:1] == (index,)})
        entry = validate(model, raw, inner, file)
        if isinstance(entry, list):
            findings += entry
        else:
            entries.append((index, entry))
    kept = {index: new for new, (index, _) in enumerate(entries)}
    places = {(kept[p[0]], *p[1:]): place for p, place in marks.places.items() if p and p[0] in kept}
    return Table(file, tuple(entry for _, entry in entries), Marks(places), len(entries) == len(value))
