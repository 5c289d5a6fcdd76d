"""Needs: documents that answer one question are one, and the index learns from the asks of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from kb.memory import Memory, key
from kb.search import learn
from kb.search.documents import Document
from kb.search.lessons import NOWHERE, Guesses, Learnt, Lesson
from kb.search.occurrences import LETTERS, Cutter
from kb.search.postings import Postings
from kb.search.scale import LEVELS, SIGNED
from kb.search.segment import name
from kb.search.words import HAN

CACHE, KEPT = ".cache/index", 16
"""Where a build keeps what asks taught, and how many values: four of each of the last builds."""

FAR = 12.0
"""``Guesses.behind`` from which an ask stands with the wrong card. Of sixty that were put to cards drawn by
lot three in five are as far behind; of those that editors have looked through, none."""


@dataclass(frozen=True)
class School:
    """What is taught. ``leads``: the document that leads each need; ``asks``: document and text of each ask.

    Only documents with asks, or with the asks of a twin, are needs.
    """

    leads: tuple[int, ...]
    twins: tuple[tuple[int, int], ...]
    """Documents of cause and own remedy."""
    lessons: tuple[Lesson, ...]
    asks: tuple[tuple[int, str], ...]
    weights: tuple[float, ...]
    """Of the documents that lead the needs."""


def school(documents: Sequence[Document], nothing: Sequence[str], cutter: Cutter) -> School:
    """Return the lessons of all needs that people ask for, and of sentences that fit ``nothing``."""
    place = {document.id: at for at, document in enumerate(documents) if document.id}
    leader = [place.get(document.need, at) for at, document in enumerate(documents)]
    taught = {leader[at] for at, document in enumerate(documents) if document.asks}
    leads = sorted(taught)
    need = {lead: number for number, lead in enumerate(leads)}
    twins = [(lead, at) for at, lead in enumerate(leader) if lead != at]
    how = {at: sign for twin in twins for at, sign in zip(twin, (-1, 1), strict=True)}
    asks = [(at, ask) for at, document in enumerate(documents) for ask in document.asks]
    others = [
        (at, text)
        for at, document in enumerate(documents)
        if leader[at] in taught
        for text in document.lessons()
    ]
    rows = [*asks, *others]
    normals = cutter.normals([*(text for _, text in rows), *nothing])
    lessons = [
        Lesson(text, need[leader[at]], how.get(at, 0), number < len(asks))
        for number, ((at, _), text) in enumerate(zip(rows, normals, strict=False))
    ]
    lessons += [Lesson(text, NOWHERE) for text in normals[len(rows) :]]
    weights = tuple(documents[lead].weight for lead in leads)
    return School(tuple(leads), tuple(twins), tuple(lessons), tuple(asks), weights)


def learnt(taught: School, memory: Memory) -> Learnt:
    """Return what the lessons teach, or what they taught before if they are the very same."""
    lessons = [(lesson.text, lesson.need, lesson.how, lesson.ask) for lesson in taught.lessons]
    kept = memory.recall_columns(
        key(__file__, [taught.weights, lessons]),
        lambda: learn.learn(taught.lessons, taught.weights).columns(),
    )
    return Learnt.read(kept)


def table(
    found: Learnt,
    taught: School,
    documents: Sequence[Document],
    cutter: Cutter,
    vague: Sequence[Sequence[Sequence[str]]] = (),
) -> Postings:
    """Return the weights as postings. A record is the document that leads a need, or a signed target.

    Names (``segment.name``) of needs stand among the terms; their records are the very documents. So do
    queries that are too ``vague`` for a topic, of which it has lists; their records stand after the targets,
    the first list of every topic, the second of every topic and so on.
    """
    leads = np.array([*taught.leads, len(documents), len(documents) + 1], np.int32)
    names: dict[str, list[int]] = {}
    for at in sorted({*taught.leads, *(remedy for _, remedy in taught.twins)}):
        document = documents[at]
        for term in _names(cutter, [document.title, *document.prompts, *document.aliases]):
            names.setdefault(term, []).append(at)
    for first, lists in enumerate(vague, len(documents) + len(SIGNED)):
        for record, queries in zip(count(first, len(vague)), lists, strict=False):
            for term in _names(cutter, queries):
                names.setdefault(term, []).append(record)
    used = np.unique(found.of)
    terms = sorted([*(found.terms[term] for term in used.tolist()), *names])
    place = {term: at for at, term in enumerate(terms)}
    seats = np.array([place.get(term, 0) for term in found.terms], np.int64)
    of = np.repeat([place[term] for term in names], [*map(len, names.values())]).astype(np.int64)
    of = np.concatenate([seats[found.of], of])
    records = np.concatenate([leads[found.targets], np.array([*chain(*names.values())], np.int32)])
    levels = np.full(len(of), LEVELS - 1, np.uint8)
    levels[: len(found.of)] = found.levels
    order = np.lexsort((records, of))
    counts = np.bincount(of, minlength=len(terms))
    return Postings(
        terms,
        np.concatenate([[0], np.cumsum(counts)]),
        counts,
        np.zeros(len(terms), bool),
        records[order],
        levels[order],
        np.zeros(len(of), np.uint8),
    )


def _names(cutter: Cutter, texts: Sequence[str]) -> set[str]:
    return {name(cutter.normal(text)) for text in texts}


def codes(documents: Sequence[Document], cutter: Cutter) -> list[tuple[str, int]]:
    """Return ids, and codes of documents that have none, in letters and digits alone, with the document."""
    return [
        ("".join(LETTERS.findall(cutter.normal(code))), at)
        for at, document in enumerate(documents)
        for code in ([document.id] if document.id else document.codes)
    ]


@dataclass(frozen=True)
class Stray:
    """An ask, the document it stands with, and the one that it belongs to more, as they are named."""

    text: str
    own: str
    other: str


@dataclass(frozen=True)
class Report:
    """How well the asks are told apart, each judged by all others."""

    school: School
    guesses: Guesses
    names: tuple[str, ...]
    """Of all documents."""

    def share(self, first: int) -> float:
        """Return the share of asks whose own need is among the ``first``."""
        return int(self.guesses.right(first).sum()) / max(1, len(self.guesses))

    def shown(self) -> NDArray[np.int64]:
        """Return [ask, place] → document; who asks for a remedy is shown remedies."""
        leads = np.array(self.school.leads, np.int64)
        remedies = dict(self.school.twins)
        how = np.array([remedies.get(lead, lead) for lead in self.school.leads], np.int64)
        hows = np.isin([at for at, _ in self.school.asks], [*remedies.values()])
        first = self.guesses.first
        return np.where(hows[self.guesses.asks, None], how[first], leads[first])

    def strays(self) -> list[Stray]:
        """Return the asks whose own need is behind another, the farthest first."""
        return self._strays(self.guesses.behind > 0)

    def lost(self) -> list[Stray]:
        """Return the strays that an editor has to move or rewrite: Chinese, and far behind three others."""
        far = self._strays((self.guesses.behind > FAR) & ~self.guesses.right(3))
        return [stray for stray in far if HAN.search(stray.text)]

    def _strays(self, chosen: NDArray[np.bool_]) -> list[Stray]:
        found = self.guesses.at(np.flatnonzero(chosen))
        found = found.at(np.lexsort((found.asks, -found.behind)))
        asks = [self.school.asks[ask] for ask in found.asks.tolist()]
        others = [self.names[self.school.leads[need]] for need in found.first[:, 0].tolist()]
        return [Stray(text, self.names[at], other) for (at, text), other in zip(asks, others, strict=True)]
