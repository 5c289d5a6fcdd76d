"""Fragments: what is shown of a result, fetched only if it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.search.documents import Document

SHOWN = 70
"""Characters kept of a section: what an excerpt shows."""
MAX_OUTLINES = 8
SHARE = 100
"""An outline stands once for all if more than one document in so many has it: every reader fetches it."""
ROWS = 24
"""Documents in one file on a site with asks, whose rows have no texts."""
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


def rows_in_file(documents: Sequence[Document]) -> int:
    return ROWS if any(document.asks for document in documents) else 1


def fragments(documents: Sequence[Document], shared: Sequence[Outline]) -> dict[str, list[object]]:
    """Return name → data: ``d<n>`` has the rows of some documents; ``x<n>``, on a site with asks, the texts
    of the sections of document *n*, fetched only if one of them is what was found.

    ``shared`` outlines stand as their number.
    """
    numbers = {outline: number for number, outline in enumerate(shared)}
    size = rows_in_file(documents)
    found: dict[str, list[object]] = {}
    for number, document in enumerate(documents):
        texts: list[object] = [" ".join(section.text.split())[:SHOWN] for section in document.sections]
        if size > 1 and texts:
            found[f"x{number}"], texts = texts, []
        row = [
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
        found.setdefault(f"d{number // size}", []).append(row)
    return found


def _outline(document: Document) -> Outline:
    return tuple((section.anchor, section.title) for section in document.sections)
