"""Tags of a card, derived from its head and free, and the cards it shares most with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import log

import numpy as np
from numpy.typing import NDArray

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
    tags = [f"主题/{topic.name}"]
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


def related(
    tags: dict[str, list[str]], linked: Mapping[str, Iterable[str]], unproven: Collection[str]
) -> dict[str, list[str]]:
    """Return for each card the ids of the cards it shares most with, best first.

    Rare tags weigh more: a shared tag counts ``log(cards / cards with the tag)``, as the inverse
    document frequency of Spärck Jones (1972). Cards already ``linked`` are left out; what is ``unproven``
    is proposed by its like only. The sums of one card stand in one column: a tag that a third of ten
    thousand cards hold costs microseconds.
    """
    ids = sorted(tags)
    place = {card_id: number for number, card_id in enumerate(ids)}
    numbers: dict[str, list[int]] = defaultdict(list)
    for card_id in ids:
        for name in tags[card_id]:
            numbers[name].append(place[card_id])
    holders = {name: np.array(held) for name, held in numbers.items()}
    shy = np.array([card_id in unproven for card_id in ids])
    result = {}
    for card_id, names in tags.items():
        weight = np.full(len(ids), -np.inf)
        for name in names:
            weight[holders[name]] = np.maximum(weight[holders[name]], 0) + log(len(ids) / len(holders[name]))
        if card_id not in unproven:
            weight[shy] = -np.inf
        left_out = {card_id, *linked.get(card_id, ())}
        weight[[place[known] for known in left_out if known in place]] = -np.inf
        result[card_id] = [ids[number] for number in _largest(weight, MAX_RELATED)]
    return result


def _largest(weight: NDArray[np.float64], count: int) -> list[int]:
    """Return the places of the largest finite values, of equal ones the first."""
    least = np.partition(weight, -count)[-count] if len(weight) > count else -np.inf
    found = np.flatnonzero((weight >= least) & (weight > -np.inf))
    return [int(number) for number in found[np.argsort(-weight[found], kind="stable")][:count]]
