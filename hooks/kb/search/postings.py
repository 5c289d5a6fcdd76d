"""Postings: for every term the records that contain it, with how much it means there.

BM25F after Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004):
``tf' = Σ_field weight·tf / (1 - b + b·length/average)``, ``impact = tf' / (k1 + tf')``, between 0 and 1.
The inverse document frequency is left to the browser, which has the count of records at hand.

Postings are columns, one row for each record of a term, because they are millions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kb.search.documents import FIELDS, Document
from kb.search.levels import FINE, Levels
from kb.search.occurrences import INSIDE, Cutter, Text, changes, occurrences
from kb.search.segment import is_bigram, name

K1 = 3.6
"""Large beside the customary 1.2 because the field weights of ``documents.py`` go up to three."""
B = 0.75
LIMIT = 2000
LIMIT_PAIR = 4000
"""Postings kept for one term, the strongest. More are kept of a bigram, because a short query asks for the
records that have all of its bigrams; a record may have one of which not all postings are kept, too."""


@dataclass(frozen=True)
class Postings:
    """All terms, sorted, and their postings: ``terms[i]`` has rows ``starts[i]`` to ``starts[i + 1]``.

    ``frequencies`` counts all records of a term, the rows are those that are kept. A nibble is a level of
    ``Impacts.single``; for a bigram its lowest bit says "inside a word" and the other three are a level of
    ``Impacts.pair``. ``residues``: where a bigram begins (``occurrences.py``); only for terms that are
    ``placed``: the bigrams.
    """

    terms: list[str]
    starts: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    placed: NDArray[np.bool_]
    records: NDArray[np.int32]
    nibbles: NDArray[np.uint8]
    residues: NDArray[np.uint8]

    def plain(self) -> dict[str, list[int | list[int]]]:
        """Return term → frequency, records, nibbles, residues, as plain lists."""
        spans = zip(self.starts.tolist(), self.starts[1:].tolist(), strict=False)
        return {
            term: [
                int(self.frequencies[at]),
                self.records[start:end].tolist(),
                self.nibbles[start:end].tolist(),
                self.residues[start:end].tolist() if self.placed[at] else [],
            ]
            for at, (term, (start, end)) in enumerate(zip(self.terms, spans, strict=True))
        }


@dataclass(frozen=True)
class Impacts:
    """What the levels stand for: the mean impact of each, 16 for single terms and 8 for bigrams, rising."""

    single: tuple[float, ...]
    pair: tuple[float, ...]


def collect(documents: Sequence[Document], cutter: Cutter, *, named: bool = True) -> tuple[Postings, Impacts]:
    """Return the postings of all records, numbered in the order of ``documents``, and the levels.

    ``named``: whether the names of documents are among the terms.
    """
    found = occurrences(_texts(documents, cutter), cutter)
    first = np.flatnonzero(changes(found.terms) | changes(found.records))
    terms, records = found.terms[first], found.records[first]
    weight = np.add.reduceat(found.shares, first) if len(first) else found.shares
    steps = (weight / (K1 + weight) * FINE).astype(np.int16)
    marks = np.bitwise_or.reduceat(found.marks, first) if len(first) else found.marks
    pair = np.array([is_bigram(term) for term in found.names], bool)[terms]
    levels_pair, levels_single = Levels(steps[pair], 8), Levels(steps[~pair], 16)
    inside = marks // INSIDE
    nibbles = np.where(pair, levels_pair.of[steps] << 1 | inside, levels_single.of[steps])
    names = _names(documents, cutter) if named else {}
    numbers = np.repeat(np.arange(len(names)) + len(found.names), [len(heads) for heads in names.values()])
    heads = [head for heads in names.values() for head in sorted(heads)]
    rows = _Rows(
        [*found.names, *names],
        np.concatenate([terms, numbers]).astype(np.int32),
        np.concatenate([records, heads]).astype(np.int32),
        np.concatenate([steps, np.full(len(heads), FINE - 1, np.int16)]),
        np.concatenate([nibbles, np.full(len(heads), levels_single.of[-1])]).astype(np.uint8),
        np.concatenate([marks % INSIDE, np.zeros(len(heads), np.uint8)]).astype(np.uint8),
    )
    return rows.postings(), Impacts(levels_single.means, levels_pair.means)


@dataclass(frozen=True)
class _Rows:
    """Postings not yet sorted by term; the rows of a term are together, their records rising."""

    names: list[str]
    terms: NDArray[np.int32]
    records: NDArray[np.int32]
    steps: NDArray[np.int16]
    nibbles: NDArray[np.uint8]
    residues: NDArray[np.uint8]

    def postings(self) -> Postings:
        """Return the strongest of each term, the terms sorted."""
        kept = np.flatnonzero(self._strong())
        frequencies = np.bincount(self.terms, minlength=len(self.names))
        counts = np.bincount(self.terms[kept], minlength=len(self.names))
        order = np.array(sorted(range(len(self.names)), key=self.names.__getitem__), np.int64)
        starts = np.concatenate([[0], np.cumsum(counts[order])])
        before = (np.cumsum(counts) - counts)[order]
        rows = kept[np.repeat(before - starts[:-1], counts[order]) + np.arange(len(kept))]
        terms = [self.names[at] for at in order]
        placed = [is_bigram(term) for term in terms]
        return Postings(
            terms,
            starts,
            frequencies[order],
            np.array(placed, bool),
            self.records[rows],
            self.nibbles[rows],
            self.residues[rows],
        )

    def _strong(self) -> NDArray[np.bool_]:
        """Return which rows are kept: all of a term, or its strongest, the first of equals."""
        strong = np.ones(len(self.terms), bool)
        edges = [*np.flatnonzero(changes(self.terms)).tolist(), len(self.terms)]
        for start, end in pairwise(edges):
            limit = LIMIT
            if end - start > limit and is_bigram(self.names[self.terms[start]]):
                limit = LIMIT_PAIR
            if end - start > limit:
                by_strength = np.argsort(-self.steps[start:end], kind="stable")
                strong[start + by_strength[limit:]] = False
        return strong


def _texts(documents: Iterable[Document], cutter: Cutter) -> list[Text]:
    """Return the normalised texts of all fields with what an occurrence in each is worth."""
    rows = [
        (record, field, text)
        for record, fields in enumerate(fields for document in documents for fields in document.records())
        for field, text in fields.items()
        if text
    ]
    normals = cutter.normals([text for _, _, text in rows])
    lengths: defaultdict[str, list[int]] = defaultdict(list)
    for (_, field, _), normal in zip(rows, normals, strict=True):
        lengths[field].append(len(normal))
    average = {field: sum(found) / len(found) for field, found in lengths.items()}
    return [
        Text(record, normal, FIELDS[field] / (1 - B + B * len(normal) / average[field]))
        for (record, field, _), normal in zip(rows, normals, strict=True)
    ]


def _names(documents: Iterable[Document], cutter: Cutter) -> dict[str, set[int]]:
    """Return the names (``segment.name``) of documents → records of their heads."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    head = 0
    for document in documents:
        for text in document.names():
            if term := name(cutter.normal(text)):
                found[term].add(head)
        head += 1 + len(document.sections)
    return found
