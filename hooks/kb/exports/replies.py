"""Ready answers of the cards, from which every export for help desks is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Head
from kb.exports.plain import plain
from kb.pages.site import Site

FULL = "-full"
"""Ends the id of a whole answer; the id of a card alone is that of its short one."""
MOST_ASKS = 60
"""Of a card that go along: some importers take no more than two million bytes at once."""


@dataclass(frozen=True)
class Reply:
    """One ready answer. ``id`` is stable, ``title`` is not; ``group`` is where a help desk files it.

    ``words``: what agents type to find it; ``asks``: how customers ask for it; ``content`` has line breaks.
    """

    id: str
    title: str
    group: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    asks: tuple[str, ...]
    content: str

    @property
    def name(self) -> str:
        return f"{self.id.removesuffix(FULL)} {self.title}{'（全文）' if self.is_full else ''}"

    @property
    def is_full(self) -> bool:
        return self.id.endswith(FULL)


def replies(site: Site, topic: str | None = None) -> Iterator[Reply]:
    """Yield the short and the full answer of every card, of one topic if given, by id."""
    for card in site.library.of(Head, topic):
        yield _reply(card, site, "", short_reply(card, site))
        yield _reply(card, site, FULL, site.full_text(card))


def short_reply(card: Card[Head], site: Site) -> str:
    """The opening, who acts, the address."""
    return "\n".join([plain(site.opening(card)), *site.facts(card), site.address(card)])


def _reply(card: Card[Head], site: Site, ending: str, content: str) -> Reply:
    head = card.head
    return Reply(
        id=card.id + ending,
        title=head.title,
        group=f"{site.topic(card).name}·{card.spec.label}",
        tags=tuple(tag.rpartition("/")[2] for tag in site.tags[card.id]),
        words=(*(head.aliases if isinstance(head, AnswerCard) else ()), *_codes(head)),
        asks=site.library.asks_of(card)[:MOST_ASKS],
        content=content,
    )


def _codes(head: Head) -> tuple[str, ...]:
    return head.codes if isinstance(head, Cause) else ()
