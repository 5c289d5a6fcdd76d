"""Fragments: what is shown of a result, fetched only if it is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.memory import Memory, key
from kb.search.documents import Document
from kb.search.together import beside_engine, counted

SHOWN = 70
"""Characters kept of a section: what an excerpt shows."""
MAX_OUTLINES = 8
SHARE = 100
"""An outline stands once for all if more than one document in so many has it: every reader fetches it."""
ROWS = 24
"""Documents in one file of those that no ask shows, on a site with asks, whose rows have no texts."""
GROUP = 3
"""Sections in one file on a site without asks, where pages are long: the others of a page are not fetched."""
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
    """``data``: name → what the file has. On a site with asks ``d<n>``: rows of documents, ``x<n>``: texts of
    the sections of document *n*, fetched only if one of them is what was found; on another ``d<n>-<g>``:
    the row of document *n* with its sections of group *g* (``GROUP``), and their texts.

    ``files``: the number of the file with the row of each document, ``None`` without asks.
    """

    data: dict[str, list[Any]]
    files: list[int] | None


def fragments(
    documents: Sequence[Document], shared: Sequence[Outline], shown: Sequence[Sequence[int]], memory: Memory
) -> Fragments:
    """Return the fragments. ``shared`` outlines stand as their number; ``shown``: what each ask shows."""
    numbers = {outline: number for number, outline in enumerate(shared)}
    found: dict[str, list[Any]] = {}
    rows: list[list[object]] = []
    for number, document in enumerate(documents):
        texts = [" ".join(section.text.split())[:SHOWN] for section in document.sections]
        outline = _outline(document)
        if shown:
            rows.append(_row(document, numbers.get(outline, outline), []))
            if texts:
                found[f"x{number}"] = texts
            continue
        for group, start in enumerate(range(0, max(1, len(texts)), GROUP)):
            some = slice(start, start + GROUP)
            part = numbers.get(outline[some], outline[some])
            found[f"d{number}-{group}"] = [_row(document, part, texts[some])]
    if not shown:
        return Fragments(found, None)
    files = _files(rows, shown, memory)
    found |= {f"d{number}": [rows[at] for at in file] for number, file in enumerate(files)}
    own = {at: number for number, file in enumerate(files) for at in file}
    return Fragments(found, [own[at] for at in range(len(rows))])


def _row(document: Document, outline: Outline | int, texts: Sequence[str]) -> list[object]:
    return [
        document.answer,
        document.url,
        document.title,
        [tag for tag in (document.kind, *document.badges) if tag],
        document.summary,
        document.light,
        document.action,
        outline,
        texts,
        int(document.unproven),
    ]


def _files(rows: Sequence[object], shown: Sequence[Sequence[int]], memory: Memory) -> list[list[int]]:
    """Return the documents whose rows share a file: those that asks show together.

    The first comes with the engine.
    """
    used = sorted(set().union(*shown))
    place = {document: at for at, document in enumerate(used)}
    sizes = [len(json.dumps(rows[document], ensure_ascii=False).encode()) // PACKED for document in used]
    wanted = [sorted({place[document] for document in some}) for some in counted(shown)]
    files = memory.recall(key(__file__, [sizes, wanted]), lambda: beside_engine(sizes, wanted))
    rest = [document for document in range(len(rows)) if document not in place]
    return [
        *(sorted(used[at] for at in file) for file in files),
        *(rest[start : start + ROWS] for start in range(0, len(rest), ROWS)),
    ]


def _outline(document: Document) -> Outline:
    return tuple((section.anchor, section.title) for section in document.sections)
