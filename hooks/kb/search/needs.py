"""Needs: documents that answer one question are one, and the index learns from the asks of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from kb.memory import Memory, key
from kb.search import learn
from kb.search.documents import Document
from kb.search.lessons import NOWHERE, Guess, Learnt, Lesson
from kb.search.occurrences import LETTERS, Cutter
from kb.search.postings import Postings
from kb.search.scale import LEVELS, SIGNED
from kb.search.segment import name
from kb.search.words import HAN

CACHE, KEPT = ".cache/index", 16
"""Where a build keeps what asks taught, and how many values: four of each of the last builds."""

FAR = 12.0
"""``Guess.behind`` from which an ask stands with the wrong card. Of sixty that were put to cards drawn by lot
three in five are as far behind; of those that editors have looked through, none."""


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
        Lesson(text, need[leader[at]], how.get(at, 0), number if number < len(asks) else -1)
        for number, ((at, _), text) in enumerate(zip(rows, normals, strict=False))
    ]
    lessons += [Lesson(text, NOWHERE) for text in normals[len(rows) :]]
    weights = tuple(documents[lead].weight for lead in leads)
    return School(tuple(leads), tuple(twins), tuple(lessons), tuple(asks), weights)


def learnt(taught: School, memory: Memory) -> Learnt:
    """Return what the lessons teach, or what they taught before if they are the very same."""
    lessons = [(lesson.text, lesson.need, lesson.how, lesson.ask) for lesson in taught.lessons]
    kept = memory.recall(
        key(__file__, [taught.weights, lessons]),
        lambda: learn.learn(taught.lessons, taught.weights).as_dict(),
    )
    return Learnt.from_dict(kept)


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
    records = np.array([*taught.leads, len(documents), len(documents) + 1], np.int32)
    rows: dict[str, list[tuple[int, int]]] = {}
    for term, target, level in zip(found.of, found.targets, found.levels, strict=True):
        rows.setdefault(found.terms[term], []).append((int(records[target]), int(level)))
    taught_by = {*taught.leads, *(remedy for _, remedy in taught.twins)}
    for at in sorted(taught_by):
        document = documents[at]
        for term in {
            name(cutter.normal(text)) for text in (document.title, *document.prompts, *document.aliases)
        }:
            rows.setdefault(term, []).append((at, LEVELS - 1))
    for first, lists in enumerate(vague, len(documents) + len(SIGNED)):
        for record, queries in zip(count(first, len(vague)), lists, strict=False):
            for term in {name(cutter.normal(query)) for query in queries}:
                rows.setdefault(term, []).append((record, LEVELS - 1))
    terms = sorted(rows)
    flat = [row for term in terms for row in sorted(rows[term])]
    counts = np.array([len(rows[term]) for term in terms], np.int64)
    return Postings(
        terms,
        np.concatenate([[0], np.cumsum(counts)]),
        counts,
        np.zeros(len(terms), bool),
        np.array([record for record, _ in flat], np.int32),
        np.array([level for _, level in flat], np.uint8),
        np.zeros(len(flat), np.uint8),
    )


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
    guesses: tuple[Guess, ...]
    names: tuple[str, ...]
    """Of all documents."""

    def share(self, first: int) -> float:
        """Return the share of asks whose own need is among the ``first``."""
        right = sum(guess.need in guess.first[:first] for guess in self.guesses)
        return right / max(1, len(self.guesses))

    def shown(self) -> list[set[int]]:
        """Return the documents that each ask shows; who asks for a remedy is shown remedies."""
        remedies = dict(self.school.twins)
        found = []
        for guess in self.guesses:
            leads = [self.school.leads[need] for need in guess.first]
            hows = self.school.asks[guess.ask][0] in remedies.values()
            found.append({remedies.get(lead, lead) if hows else lead for lead in leads})
        return found

    def strays(self, behind: float = 0.0) -> list[Stray]:
        """Return the asks whose own need is so far ``behind`` another, the farthest first."""
        found = sorted((g for g in self.guesses if g.behind > behind), key=lambda g: (-g.behind, g.ask))
        asks, leads, names = self.school.asks, self.school.leads, self.names
        return [Stray(asks[g.ask][1], names[asks[g.ask][0]], names[leads[g.first[0]]]) for g in found]

    def lost(self) -> list[Stray]:
        """Return the strays that an editor has to move or rewrite: Chinese, and far behind three others."""
        asks = self.school.asks
        far = (
            guess
            for guess in self.guesses
            if guess.behind > FAR and guess.need not in guess.first[:3] and HAN.search(asks[guess.ask][1])
        )
        return replace(self, guesses=tuple(far)).strays()
