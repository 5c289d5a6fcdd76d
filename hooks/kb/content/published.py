"""The published cards, one line a card, so that no id, address or anchor is lost unnoticed.

``docs/_data/lock/cards.txt``, sorted: ``<id> causes/card-off/ #symptom #confirm #fix #evidence``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content.cards import Card
from kb.content.findings import Place
from kb.content.schema import Head

FILE = "docs/_data/lock/cards.txt"


@dataclass(frozen=True)
class PublishedCard:
    """A published card. ``line`` is its line in the file."""

    id: str
    url: str
    anchors: tuple[str, ...]
    line: int

    @property
    def place(self) -> Place:
        return Place(FILE, self.line)


def read_published(root: Path) -> list[PublishedCard]:
    """Return the published cards; an absent file is an empty one."""
    path = root / FILE
    if not path.exists():
        return []
    entries = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            card_id, url, *anchors = line.split()
            entries.append(PublishedCard(card_id, url, tuple(a.removeprefix("#") for a in anchors), number))
    return entries


def write_published(root: Path, cards: Mapping[str, Card[Head]]) -> list[str]:
    """Add what is new to the file; no id or anchor is taken out. Return the ids added or changed.

    Of an address that moved only the new one is kept: the old one is in ``_data/redirects.yml``.
    """
    old = {entry.id: entry for entry in read_published(root)}
    lines, changed = {}, []
    for card_id in sorted(old.keys() | cards.keys()):
        entry, card = old.get(card_id), cards.get(card_id)
        anchors = list(entry.anchors) if entry else []
        anchors += [s.anchor for s in card.sections if s.anchor not in anchors] if card else []
        url = card.url if card else entry.url if entry else ""
        lines[card_id] = " ".join([card_id, url, *(f"#{anchor}" for anchor in anchors)])
        if entry is None or (entry.url, list(entry.anchors)) != (url, anchors):
            changed.append(card_id)
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{lines[card_id]}\n" for card_id in sorted(lines)), "utf-8")
    return changed
