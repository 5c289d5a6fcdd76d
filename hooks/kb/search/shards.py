"""Which shard holds a term, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.search.postings import Postings
from kb.search.segment import fnv1a

COMMON = 160
SMALL = 500_000
"""Bytes of postings up to which a site is small: all terms with the same first character share a shard, so
that a sentence costs one shard a character and not two. On a larger one it would grow with the site."""
TARGET = {1: 300, 2: 3500}
"""Bytes of a hashed shard by ``width``: few for the rare characters of a small site."""
GROUP = 1600
"""Bytes of a shard of what asks teach: a question of twenty characters costs eight, not thirty small ones."""
SHARED = 300
REQUEST = 500


def shard_key(term: str, width: int) -> str:
    """Return what chooses the shard: the first of Han (``width`` of them), two of letters, all of a meaning.

    A meaning is not kept with its characters: the query that has it was said in others.
    """
    bare = term.lstrip("=")
    if bare[0] == "~":
        return bare
    return bare[:2] if bare[0] < "\u3400" else bare[:width]


@dataclass(frozen=True)
class Plan:
    """``groups``: common characters, those of one group share a shard; all other keys are hashed.

    ``count``: all shards; ``width``: Han characters that choose the shard, 1 on a small site, else 2.
    """

    groups: tuple[str, ...]
    count: int
    width: int

    @cached_property
    def own(self) -> dict[str, int]:
        return {character: number for number, group in enumerate(self.groups) for character in group}

    def shard(self, term: str) -> int:
        """Return the number of the shard that holds a term; the same as ``shardOf`` in ``decode.js``."""
        key = shard_key(term, self.width)
        hashed = len(self.groups) + fnv1a(key) % (self.count - len(self.groups))
        return self.own.get(key, hashed)

    def split(self, terms: Iterable[str]) -> list[list[int]]:
        """Return the numbers of the terms of every shard, in the order given."""
        shards: defaultdict[int, list[int]] = defaultdict(list)
        for number, term in enumerate(terms):
            shards[self.shard(term)].append(number)
        return [shards[number] for number in range(self.count)]


def commonest(postings: Postings, most: int = COMMON) -> str:
    """Return the commonest characters, most first."""
    frequencies = dict(zip(postings.terms, postings.frequencies.tolist(), strict=True))
    characters = (term for term in postings.terms if len(term) == 1 and term >= "\u3400")
    return "".join(sorted(characters, key=lambda c: (-frequencies[c], c))[:most])


def plan(postings: Postings, sizes: Sequence[int]) -> Plan:
    """Return the plan for terms whose postings have these sizes in bytes."""
    width = 1 if sum(sizes) <= SMALL else 2
    groups = tuple(commonest(postings)) if width == 1 else ()
    hashed = _hashed(groups, postings.terms, sizes, width)
    return Plan(groups, len(groups) + max(1, round(hashed / TARGET[width])), width)


def _hashed(groups: Iterable[str], terms: Iterable[str], sizes: Iterable[int], width: int) -> int:
    own = set("".join(groups))
    return sum(size for term, size in zip(terms, sizes, strict=True) if shard_key(term, width) not in own)


def grouped(taught: Postings, sizes: Sequence[int], texts: Sequence[str]) -> Plan:
    """Return the plan for what asks teach: characters that ``texts`` use together share a shard.

    Beginning with a shard for each common character, the two are made one that cost the readers of ``texts``
    the fewest bytes more, a request less counting for ``REQUEST`` of them.
    """
    bytes_of: defaultdict[str, int] = defaultdict(int)
    for term, length in zip(taught.terms, sizes, strict=True):
        bytes_of[shard_key(term, 1)] += length
    groups = list(commonest(taught, SHARED))
    size = np.array([bytes_of[character] for character in groups], float)
    has = np.array([[character in text for text in texts] for character in groups], float)
    both = has @ has.T  # whole numbers, so the same on every machine
    count = max(1, round(size.sum() / GROUP))
    while len(groups) > count:
        number: NDArray[np.float64] = both.diagonal()
        union = number[:, None] + number - both
        more = union * (size[:, None] + size) - (number * size)[:, None] - number * size - both * REQUEST
        more[np.tril_indices(len(groups))] = np.inf
        one, other = divmod(int(np.argmin(more)), len(groups))
        groups[one] += groups.pop(other)
        size[one] += size[other]
        has[one] = np.maximum(has[one], has[other])
        size, has = np.delete(size, other), np.delete(has, other, axis=0)
        both = np.delete(np.delete(both, other, axis=0), other, axis=1)
        both[one] = both[:, one] = has @ has[one]
    hashed = _hashed(groups, taught.terms, sizes, 1)
    return Plan(tuple(groups), len(groups) + max(1, round(hashed / GROUP)), 1)
