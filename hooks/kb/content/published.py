"""What was published, one line a card or page, so that no id, address or anchor is lost unnoticed.

``docs/_data/lock/cards.txt``, sorted: ``C1 causes/card-off/ #symptom #confirm #fix #evidence``. The first
address is the present one; former ones follow it, and a redirect must lead on from each. A card may have
two lines, as a merge by union leaves it: they are read as one.

``docs/_data/lock/pages.txt``, of pages that are no cards: ``about/search/ #how #missing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content.cards import Card
from kb.content.files import Files
from kb.content.findings import Finding, Place
from kb.content.schema import Head

FOLDER = "docs/_data/lock"
FILE = f"{FOLDER}/cards.txt"
PAGES = f"{FOLDER}/pages.txt"
RULE = "lock"
_REMEDY = "这个文件由 make lock 写，不用手改：从版本库里恢复这一行"
UNREADABLE = "这一行读不懂", _REMEDY
TAKEN_OUT = "登记过的一行不见了", _REMEDY
NO_PAGE = "没有这一页，登记不了", "这个文件由 make lock 写，不用手改：删掉这一行"
UNENDED = "这一行没有写完，末尾没有换行", _REMEDY
"""Problem and remedy of a line that was changed, of one that is gone, of one without a page, of a cut one."""

PAGE = re.compile(r"((?:[a-z0-9]+(?:-[a-z0-9]+)*/)+)((?: #[a-z0-9-]+)*)")
LINE = re.compile(r"([A-Z][0-9]{2,5})((?: [a-z0-9-]+/[a-z0-9-]+/)+)((?: #[a-z0-9-]+)*)")


@dataclass(frozen=True)
class PublishedCard:
    """A published card. ``line`` is its line in the file, ``former`` the addresses it had before."""

    id: str
    url: str
    anchors: tuple[str, ...]
    line: int
    former: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(FILE, self.line)

    @property
    def slug(self) -> str:
        return self.url.split("/")[1]

    def joined(self, other: PublishedCard) -> PublishedCard:
        """Return what two lines on one card say; the newer address is the one that left the other."""
        url = other.url if self.url in other.former else self.url
        former = dict.fromkeys((self.url, other.url, *self.former, *other.former))
        anchors = dict.fromkeys((*self.anchors, *other.anchors))
        return PublishedCard(self.id, url, tuple(anchors), self.line, tuple(u for u in former if u != url))

    def text(self) -> str:
        return " ".join([self.id, self.url, *self.former, *(f"#{anchor}" for anchor in self.anchors)])


@dataclass(frozen=True)
class PublishedPage:
    """A published page that is no card. ``line`` is its line in the file."""

    url: str
    anchors: frozenset[str]
    line: int = 0

    @property
    def place(self) -> Place:
        return Place(PAGES, self.line)

    def text(self) -> str:
        return " ".join([self.url, *(f"#{anchor}" for anchor in sorted(self.anchors))])


def parse_published(text: str) -> Iterator[PublishedCard | Finding]:
    """Yield the card of each line, or what is wrong with the line."""
    seen: dict[str, PublishedCard] = {}
    whole = text.count("\n")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entry, place = LINE.fullmatch(line.rstrip()), Place(FILE, number)
        if entry is None or number > whole:
            yield place.finding(line, *(UNENDED if entry else UNREADABLE), RULE)
        else:
            url, *former = entry[2].split()
            anchors = tuple(anchor.removeprefix("#") for anchor in entry[3].split())
            card = PublishedCard(entry[1], url, anchors, number, tuple(former))
            seen[card.id] = seen[card.id].joined(card) if card.id in seen else card
    yield from seen.values()


def parse_pages(text: str) -> tuple[dict[str, PublishedPage], list[Finding]]:
    """Return the published pages by their addresses, and what is wrong with lines of their list."""
    pages: dict[str, PublishedPage] = {}
    faults = []
    whole = text.count("\n")
    for number, line in enumerate(text.split("\n"), 1):
        page = PAGE.fullmatch(line.rstrip())
        if line.strip() and (page is None or number > whole):
            faults.append(Place(PAGES, number).finding(line, *(UNENDED if page else UNREADABLE), RULE))
        elif page:
            anchors = frozenset(page[2].replace("#", "").split())
            known = pages[page[1]].anchors if page[1] in pages else frozenset()
            pages[page[1]] = PublishedPage(page[1], anchors | known, number)
    return pages, faults


def published_of(files: Files) -> tuple[tuple[PublishedCard, ...], list[Finding]]:
    """Return the published cards, and the faults of their list."""
    text = files.text(FILE)
    parsed = list(parse_published(text)) if text is not None else []
    entries = tuple(entry for entry in parsed if isinstance(entry, PublishedCard))
    return entries, [entry for entry in parsed if isinstance(entry, Finding)]


def write_published(
    root: Path, published: Iterable[PublishedCard], cards: Mapping[str, Card[Head]]
) -> list[str]:
    """Add what is new to the published cards; nothing is ever taken out. Return the ids added or extended."""
    entries = {entry.id: entry for entry in published}
    changed = []
    for card_id, card in cards.items():
        old = entries.get(card_id) or PublishedCard(card_id, card.url, (), 0)
        former = tuple(url for url in (old.url, *old.former) if url != card.url)
        anchors = old.anchors + tuple(s.anchor for s in card.sections if s.anchor not in old.anchors)
        entry = PublishedCard(card_id, card.url, anchors, old.line, former)
        if entry != entries.get(card_id):
            changed.append(card_id)
            entries[card_id] = entry
    _write(root / FILE, (entries[card_id].text() for card_id in sorted(entries)))
    return sorted(changed)


def write_pages(root: Path, published: str, pages: Mapping[str, Iterable[str]]) -> list[str]:
    """Add the addresses of ``pages`` and their anchors to what is ``published``. Return those with news."""
    listed, _ = parse_pages(published)
    entries = dict(listed)
    for url, anchors in pages.items():
        known = listed[url].anchors if url in listed else frozenset()
        entries[url] = PublishedPage(url, known.union(anchors))
    _write(root / PAGES, (entries[url].text() for url in sorted(entries)))
    return sorted(url for url in pages if url not in listed or entries[url].anchors != listed[url].anchors)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
