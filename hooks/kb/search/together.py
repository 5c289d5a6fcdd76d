"""What readers want together lies in one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeVar

import numpy as np

from kb.search.occurrences import changes

REQUEST = 2400
"""Bytes that a request more may save: a phone far away waits as long for it."""


R = TypeVar("R")
MOST = 20_000
"""Readers who are counted: of more, as many, evenly spread. What is often wanted together shows in them."""


def counted(readers: Sequence[R]) -> Sequence[R]:
    """Return those of all readers who are counted."""
    return readers[:: max(1, -(-len(readers) // MOST))]


def together(sizes: Sequence[int], wanted: Sequence[Collection[int]]) -> list[list[int]]:
    """Return the things that share a file, the files that are wanted most often first.

    ``sizes``: bytes of each thing; ``wanted``: what each reader wants. Beginning with a file for each, the
    two are made one that save the readers most, the first of equals, as long as that saves any. Files that
    no reader wants both of save nothing and are never looked at.
    """
    files = _Files(sizes, wanted)
    heap = [*files.savings(range(len(sizes)))]
    heapify(heap)
    while heap:
        more, one, other = heappop(heap)
        if files.shared[one].get(other) and files.more(one, other) == more:  # else of files as they were
            files.join(one, other)
            for saving in files.savings([one]):
                heappush(heap, saving)
    return files.often_first()


def beside_engine(sizes: Sequence[int], wanted: Sequence[Collection[int]]) -> list[list[int]]:
    """Return the same, but first what lies in a file that every reader fetches; perhaps nothing."""
    files = together([0, *sizes], [{0, *(thing + 1 for thing in things)} for things in wanted])
    return [[thing - 1 for thing in file if thing] for file in files]


def _pairs(wanted: Sequence[Collection[int]], things: int) -> Iterator[tuple[int, int, int]]:
    """Yield two of so many things and how many readers want both, if any do."""
    alike: defaultdict[int, list[list[int]]] = defaultdict(list)
    for some in wanted:
        alike[len(some)].append(sorted(some))
    found = [np.zeros(0, np.int64)]
    for size, rows in alike.items():
        table, (left, right) = np.array(rows, np.int64).reshape(-1, size), np.triu_indices(size, 1)
        found.append((table[:, left] * things + table[:, right]).ravel())
    pairs = np.sort(np.concatenate(found))
    first = np.flatnonzero(changes(pairs))
    counts = np.diff(first, append=len(pairs)).tolist()
    for pair, count in zip(pairs[first].tolist(), counts, strict=True):
        yield *divmod(pair, things), count


class _Files:
    def __init__(self, sizes: Sequence[int], wanted: Sequence[Collection[int]]) -> None:
        self.things = [[at] for at in range(len(sizes))]
        self.sizes = list(sizes)
        self.of = [set(things) for things in wanted]
        """The files of each reader."""
        self.readers: list[set[int]] = [set() for _ in sizes]
        for reader, things in enumerate(self.of):
            for thing in things:
                self.readers[thing].add(reader)
        self.shared: list[defaultdict[int, int]] = [defaultdict(int) for _ in sizes]
        """File → another file → readers who want both, if any do."""
        for one, other, count in _pairs(self.of, len(sizes)):
            self.shared[one][other] = self.shared[other][one] = count

    def more(self, one: int, other: int) -> int:
        """Return how many bytes more all readers fetch if two files are made one."""
        often, often_other, both = len(self.readers[one]), len(self.readers[other]), self.shared[one][other]
        size, size_other = self.sizes[one], self.sizes[other]
        alone = often * size + often_other * size_other + both * REQUEST
        return (often + often_other - both) * (size + size_other) - alone

    def savings(self, files: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """Yield what is saved, below zero, if some files are joined with others: bytes, lower, higher."""
        for one in files:
            for other in self.shared[one]:
                if (more := self.more(one, other)) < 0:
                    yield more, min(one, other), max(one, other)

    def join(self, one: int, other: int) -> None:
        """Put all of ``other`` into ``one``."""
        self.things[one] += self.things[other]
        self.sizes[one] += self.sizes[other]
        for file in self.shared[other]:
            del self.shared[file][other]
        for reader in self.readers[other]:
            has = self.of[reader]
            has.remove(other)
            if one not in has:
                for file in has:
                    self.shared[one][file] += 1
                    self.shared[file][one] += 1
                has.add(one)
        self.readers[one] |= self.readers[other]
        self.things[other], self.readers[other] = [], set()
        self.shared[other].clear()

    def often_first(self) -> list[list[int]]:
        order = sorted(range(len(self.things)), key=lambda file: -len(self.readers[file]))
        return [self.things[file] for file in order if self.things[file]]
