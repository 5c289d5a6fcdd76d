"""Addresses: a set of answers as the end of a URL, the same whatever the order of asking."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

UNKNOWN = "x"
"""The option 不清楚 of every question."""

Given = frozenset[tuple[str, str]]
"""Answers as (question, option) pairs."""


def address(answers: Iterable[tuple[str, str]]) -> str:
    """Return ``balance.ok/credit-card.fail/``; the empty string if nothing is answered."""
    return "".join(sorted(f"{question}.{option}/" for question, option in answers))


@lru_cache(maxsize=1 << 16)
def answers_of(path: str) -> Given:
    """Return the answers in an address. Raise ``ValueError`` if it is none."""
    parts = [part.partition(".") for part in path.strip("/").split("/") if part]
    if not all(question and option for question, _, option in parts):
        raise ValueError(f"not an address: {path!r}")
    return frozenset((question, option) for question, _, option in parts)


def in_order(answers: Given) -> tuple[tuple[str, str], ...]:
    """Return the answers in the order of their address."""
    return tuple(sorted(answers, key=lambda answer: ".".join(answer)))
