"""Fragments: what is shown of a result, one file for each document, fetched only if it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from kb.search.documents import Document

SHOWN = 70
"""Characters kept of a section: what an excerpt shows."""


def fragments(documents: Sequence[Document]) -> dict[str, object]:
    """Return name → data: ``d<n>`` is shown of document *n*; ``x<n>``, the texts of the sections, only if one
    of them is what was found, for documents with asks, which have a summary to show.
    """
    found: dict[str, object] = {}
    for number, document in enumerate(documents):
        texts = [" ".join(section.text.split())[:SHOWN] for section in document.sections]
        if document.asks:
            found[f"x{number}"], texts = texts, []
        found[f"d{number}"] = {
            "url": document.url,
            "title": document.title,
            "tags": [tag for tag in (document.kind, *document.badges) if tag],
            "summary": document.summary,
            "sections": [[section.anchor, section.title] for section in document.sections],
            "texts": texts,
        }
    return found
