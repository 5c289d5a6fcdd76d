"""Which shard holds a term, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.search.postings import Postings
from kb.search.segment import FINE_PRINT, fnv1a

COMMON = 160
SMALL = 500_000
"""Bytes of postings up to which a site is small: all terms with the same first character share a shard, so
that a sentence costs one shard a character and not two. On a larger one it would grow with the site."""
TARGET = {1: 300, 2: 3500}
"""Bytes of a hashed shard by ``width``: few for the rare characters of a small site."""


def shard_key(term: str, width: int) -> str:
    """Return what chooses the shard: the first of Han (``width`` of them), two of letters, all of a meaning.

    A meaning is not kept with its characters: the query that has it was said in others.
    """
    bare = term.lstrip(FINE_PRINT + "=")
    if bare[0] == "~":
        return bare
    return bare[:2] if bare[0] < "\u3400" else bare[:width]


@dataclass(frozen=True)
class Plan:
    """``common``: the commonest characters, most first; on a small site each has shards of its own.

    ``count``: all shards; ``width``: Han characters that choose the shard, 1 on a small site, else 2;
    ``fine``: whether there is fine print, which has shards of its own.
    """

    common: str
    count: int
    width: int
    fine: bool

    @cached_property
    def own(self) -> int:
        """Return how many shards belong to one common character each."""
        return len(self.common) * (1 + self.fine) if self.width == 1 else 0

    def shard(self, term: str) -> int:
        """Return the number of the shard that holds a term; the same as ``shardOf`` in ``decode.js``."""
        key, fine = shard_key(term, self.width), term[0] == FINE_PRINT
        at = self.common.find(key) if self.own else -1
        if at >= 0:
            return at + fine * len(self.common)
        return self.own + fnv1a(FINE_PRINT * fine + key) % (self.count - self.own)

    def split(self, terms: Iterable[str]) -> list[list[int]]:
        """Return the numbers of the terms of every shard, in the order given."""
        shards: defaultdict[int, list[int]] = defaultdict(list)
        for number, term in enumerate(terms):
            shards[self.shard(term)].append(number)
        return [shards[number] for number in range(self.count)]


def plan(postings: Postings, sizes: Sequence[int]) -> Plan:
    """Return the plan for terms whose postings have these sizes in bytes."""
    frequencies = dict(zip(postings.terms, postings.frequencies.tolist(), strict=True))
    characters = (term for term in postings.terms if len(term) == 1 and term >= "\u3400")
    common = "".join(sorted(characters, key=lambda c: (-frequencies[c], c))[:COMMON])
    width = 1 if sum(sizes) <= SMALL else 2
    fine = any(term[0] == FINE_PRINT for term in postings.terms)
    bare = Plan(common, 0, width, fine)
    own = set(common) if bare.own else set()
    keys = zip(postings.terms, sizes, strict=True)
    hashed = sum(size for term, size in keys if shard_key(term, width) not in own)
    return Plan(common, bare.own + max(1, round(hashed / TARGET[width])), width, fine)
