"""The cards that are due for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Head


def stale(library: Library, today: date) -> Iterator[str]:
    """Yield a line for each card past its review day, by owner, longest overdue first."""
    names = library.handbook.owner_names if library.handbook else {}

    def owner(card: Card[Head]) -> str:
        return card.head.owner if isinstance(card.head, AnswerCard) else ""

    due = [card for card in library.of(Head) if card.head.review_by < today]
    for card in sorted(due, key=lambda card: (owner(card), card.head.review_by, card.order)):
        name = names.get(owner(card), "—")
        yield f"{name}\t{card.head.review_by}\t{card.id}\t{card.head.title}\t{card.file}"
    if not due:
        yield "没有过期的卡片"
