"""The cards that are due for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Head


def overdue(library: Library, today: date) -> list[tuple[str, Card[Head]]]:
    """Return the cards past their review day with their owners, by owner, longest overdue first."""
    due = [(_owner(card), card) for card in library.of(Head) if card.head.review_by < today]
    return sorted(due, key=lambda pair: (pair[0], pair[1].head.review_by, pair[1].order))


def _owner(card: Card[Head]) -> str:
    return card.head.owner if isinstance(card.head, AnswerCard) else ""


def stale(library: Library, today: date) -> Iterator[str]:
    """Yield a line for each card past its review day."""
    names = library.handbook.owner_names if library.handbook else {}
    due = overdue(library, today)
    for owner, card in due:
        yield f"{names.get(owner, '—')}\t{card.head.review_by}\t{card.id}\t{card.head.title}\t{card.file}"
    if not due:
        yield "没有过期的卡片"
