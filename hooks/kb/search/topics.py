"""What the index has of each topic: a row in META, which tells whose questions are told, and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

Topic = Mapping[str, Any]
"""A table of causes (``kb.exports.facts``)."""


def row(topic: Topic, place: Mapping[str, int]) -> list[list[Any]]:
    """Return the slugs of a topic's questions, and the documents of its causes and of their remedies.

    ``place``: id of a document → its number.
    """
    remedies = {remedy for some in topic["remedies"] for remedy in some}
    slugs = [question["slug"] for question in topic["questions"]]
    return [slugs, *(_gaps(place[card] for card in cards) for cards in (topic["causes"], remedies))]


def file(topic: Topic, number: int, place: Mapping[str, int]) -> dict[str, Any]:
    """Return the table of the topic with this ``number``, its causes by their documents."""
    return {
        **topic,
        "number": number,
        "documents": [place[cause] for cause in topic["causes"]],
        "vague": [questions for _, questions in topic["vague"]],
    }


def _gaps(numbers: Iterable[int]) -> list[int]:
    """Return the numbers in their order, each less the one before."""
    return [number - before for before, number in pairwise([0, *sorted(numbers)])]
