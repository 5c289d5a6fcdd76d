"""Tags of a card, derived from its head and free, and the cards it shares most with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Cause, Head

MAX_RELATED = 4
"""Cards that a page lists as related."""


def tags_of(card: Card[Head], library: Library) -> list[str]:
    """Return the tags of ``card`` as ``group/name``, derived ones first."""
    head = card.head
    topic = library.topic_by_id[head.topic]
    tags = [f"主题/{topic.short}"]
    if isinstance(head, Cause):
        layer = next(layer for layer in topic.layers if layer.id == head.layer)
        tags.append(f"层面/{layer.name}")
        tags += [f"现象/{text}" for text in head.prompts]
    if isinstance(head, AnswerCard):
        tags.append(f"谁来办/{library.book.owner_names[head.owner]}")
        tags.append(f"依据/{labels.GRADES[head.evidence]}")
        tags += [f"标签/{tag}" for tag in head.tags]
    return tags


def all_tags(library: Library) -> dict[str, list[str]]:
    """Return the tags of every card by id."""
    return {card.id: tags_of(card, library) for card in library.cards.values()}


def related(tags: dict[str, list[str]], linked: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return for each card the ids of the cards it shares most with, best first.

    Rare tags weigh more: a shared tag counts ``log(cards / cards with the tag)``, as the inverse
    document frequency of Spärck Jones (1972). Cards already ``linked`` are left out.
    """
    holders: dict[str, list[str]] = defaultdict(list)
    for card_id, names in tags.items():
        for name in names:
            holders[name].append(card_id)
    result = {}
    for card_id, names in tags.items():
        weight: defaultdict[str, float] = defaultdict(float)
        for name in names:
            for other in holders[name]:
                weight[other] += log(len(tags) / len(holders[name]))
        known = {card_id, *linked.get(card_id, ())}
        ranked = sorted((c for c in weight if c not in known), key=lambda c: (-weight[c], c))
        result[card_id] = ranked[:MAX_RELATED]
    return result
