"""Fragments: what is shown of a result, fetched only if it is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from kb.memory import Memory, key
from kb.search.documents import Document
from kb.search.together import beside_engine

SHOWN = 70
"""Characters kept of a section: what an excerpt shows."""
MAX_OUTLINES = 8
SHARE = 100
"""An outline stands once for all if more than one document in so many has it: every reader fetches it."""
ROWS = 24
"""Documents in one file of those that no ask shows, on a site with asks, whose rows have no texts."""
PACKED = 3
"""How much shorter a row is on the wire."""
Outline = tuple[tuple[str, str], ...]
"""Anchor and title of every section of a document."""


def outlines(documents: Sequence[Document]) -> list[Outline]:
    """Return the commonest outlines that documents share: all cards of a kind have the same headings."""
    counts = Counter(map(_outline, documents))
    return [
        outline
        for outline, count in counts.most_common(MAX_OUTLINES)
        if outline and count > max(1, len(documents) // SHARE)
    ]


@dataclass(frozen=True)
class Fragments:
    """``data``: name → what the file has. ``d<n>``: rows of documents; ``x<n>``, on a site with asks: texts
    of the sections of document *n*, fetched only if one of them is what was found.

    ``files``: the number of the file with the row of each document, ``None`` if each has one of its own.
    """

    data: dict[str, list[Any]]
    files: list[int] | None


def fragments(
    documents: Sequence[Document], shared: Sequence[Outline], shown: Sequence[Set[int]], memory: Memory
) -> Fragments:
    """Return the fragments. ``shared`` outlines stand as their number; ``shown``: what each ask shows."""
    numbers = {outline: number for number, outline in enumerate(shared)}
    found: dict[str, list[Any]] = {}
    rows = []
    for number, document in enumerate(documents):
        texts: list[object] = [" ".join(section.text.split())[:SHOWN] for section in document.sections]
        if shown and texts:
            found[f"x{number}"], texts = texts, []
        row: list[object] = [
            document.answer,
            document.url,
            document.title,
            [tag for tag in (document.kind, *document.badges) if tag],
            document.summary,
            document.light,
            document.action,
            numbers.get(outline := _outline(document), outline),
            texts,
            int(document.unproven),
        ]
        rows.append(row)
    if not shown:
        return Fragments({f"d{number}": [row] for number, row in enumerate(rows)}, None)
    files = _files(rows, shown, memory)
    found |= {f"d{number}": [rows[at] for at in file] for number, file in enumerate(files)}
    own = {at: number for number, file in enumerate(files) for at in file}
    return Fragments(found, [own[at] for at in range(len(rows))])


def _files(rows: Sequence[object], shown: Sequence[Set[int]], memory: Memory) -> list[list[int]]:
    """Return the documents whose rows share a file: those that asks show together.

    The first comes with the engine.
    """
    used = sorted(set().union(*shown))
    place = {document: at for at, document in enumerate(used)}
    sizes = [len(json.dumps(rows[document], ensure_ascii=False).encode()) // PACKED for document in used]
    wanted = [sorted(place[document] for document in some) for some in shown]
    files = memory.recall(key(__file__, [sizes, wanted]), lambda: beside_engine(sizes, wanted))
    rest = [document for document in range(len(rows)) if document not in place]
    return [
        *(sorted(used[at] for at in file) for file in files),
        *(rest[start : start + ROWS] for start in range(0, len(rest), ROWS)),
    ]


def _outline(document: Document) -> Outline:
    return tuple((section.anchor, section.title) for section in document.sections)
