"""Which shard holds a term, and how many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.memory import Memory, key
from kb.search.postings import Postings
from kb.search.segment import fnv1a, is_bigram
from kb.search.together import beside_engine, counted

COMMON = 160
SMALL = 500_000
"""Bytes of postings up to which a site is small: a shard has all that hangs on a character, so that a
sentence costs one shard a character and not two. On a larger one it would grow with the site."""
TARGET = {1: 300, 2: 1200}
"""Bytes of a hashed shard by ``width``: few for the rare characters of a small site."""
OWN = 300
"""Characters at most that asks use most and that have a place of their own."""


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

    def key(self, term: str) -> str:
        """Return what chooses the shard: the first of Han (``width`` of them), two of letters, or a meaning.

        On a small site a pair lies with the one of its two whose group comes later, or that has none: a
        query that has the pair wants both, and the common ones stay small. A meaning is not kept with its
        characters: the query that has it was said in others.
        """
        if self.width == 1 and is_bigram(term):
            one, other = term[0], term[1]
            place, last = self.own.get, len(self.groups)
            return other if place(other, last) > place(one, last) else one
        bare = term.lstrip("=")
        if bare[0] == "~":
            return bare
        return bare[: self.width if bare[0] >= "\u3400" else 2]

    def shard(self, term: str) -> int:
        """Return the number of the shard that holds a term; the same as ``shardOf`` in ``decode.js``."""
        key = self.key(term)
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
    return _hashed(groups, postings.terms, sizes, width)


def _hashed(groups: Sequence[str], terms: Sequence[str], sizes: Iterable[int], width: int) -> Plan:
    """Return the plan with these groups and as many shards beside them as the other terms need."""
    found = Plan(tuple(groups), len(groups) + 1, width)
    rest = sum(size for term, size in zip(terms, sizes, strict=True) if found.key(term) not in found.own)
    return replace(found, count=len(groups) + max(1, round(rest / TARGET[width])))


def grouped(taught: Postings, sizes: Sequence[int], texts: Sequence[str], memory: Memory) -> Plan:
    """Return the plan for what asks teach: characters that ``texts`` use together share a shard.

    The first comes with the engine.
    """
    named = key(__file__, [taught.terms, sizes, texts])
    groups = memory.recall(named, lambda: _groups(taught, sizes, texts))
    return _hashed(groups, taught.terms, sizes, 1)


def _groups(taught: Postings, sizes: Sequence[int], texts: Sequence[str]) -> list[str]:
    used = Counter(character for text in texts for character in set(text))
    own = sorted(set(commonest(taught, len(taught.terms))), key=lambda c: (-used[c], c))[:OWN]
    alone = Plan(tuple(own), len(own) + 1, 1)
    bytes_of: Counter[str] = Counter()
    for term, length in zip(taught.terms, sizes, strict=True):
        bytes_of[alone.key(term)] += length
    wanted = [{alone.own[c] for c in set(text) if c in alone.own} for text in counted(texts)]
    files = beside_engine([bytes_of[character] for character in own], wanted)
    return ["".join(own[at] for at in file) for file in files]
