"""The lock: every card address ever published, one line a card, so that none is lost unnoticed.

``docs/_data/lock/cards.txt``, sorted: ``C20 causes/credit-disabled/ #symptom #confirm #fix #evidence``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.content.cards import Card

LOCK = "docs/_data/lock/cards.txt"


@dataclass(frozen=True)
class LockEntry:
    """A published card. ``line`` is its line in the lock file."""

    id: str
    url: str
    anchors: tuple[str, ...]
    line: int
    file: str = LOCK


def read_lock(root: Path) -> list[LockEntry]:
    """Return the published cards; an absent lock is an empty one."""
    path = root / LOCK
    if not path.exists():
        return []
    entries = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            card_id, url, *anchors = line.split()
            entries.append(LockEntry(card_id, url, tuple(a.removeprefix("#") for a in anchors), number))
    return entries


def write_lock(root: Path, cards: dict[str, Card]) -> list[str]:
    """Add what is new to the lock; nothing is ever taken out. Return the ids added or extended."""
    old = {entry.id: entry for entry in read_lock(root)}
    lines, changed = {}, []
    for card_id in sorted(old.keys() | cards.keys()):
        entry, card = old.get(card_id), cards.get(card_id)
        anchors = list(entry.anchors) if entry else []
        anchors += [s.anchor for s in card.sections if s.anchor not in anchors] if card else []
        url = card.url if card else entry.url
        lines[card_id] = " ".join([card_id, url, *(f"#{anchor}" for anchor in anchors)])
        if entry is None or (entry.url, list(entry.anchors)) != (url, anchors):
            changed.append(card_id)
    path = root / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{lines[card_id]}\n" for card_id in sorted(lines)), "utf-8")
    return changed
