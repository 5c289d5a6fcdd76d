"""How much there is to read, in bytes."""

from __future__ import annotations

from kb.content.library import Library


def bytes_of(library: Library) -> dict[str, int]:
    """Return the UTF-8 bytes of what each page says, by id of the card or by file."""
    cards = {card.id: card.body for card in library.cards.values()}
    pages = {page.file: page.body for page in library.pages.values()}
    return {name: len(body.encode()) for name, body in {**cards, **pages}.items()}
