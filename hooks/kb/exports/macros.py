"""Canned answers for import into a help desk: ``macros.csv`` and ``macros.json``.

A card gives two macros: its id names the short answer, the id with ``-full`` the whole one.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kb.content.schema import Head
from kb.pages.site import Site

VERSION = 1
"""Version of the form of ``macros.json``: ``{version, macros: [{name, id, tags, content}]}``."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Macro:
    """One canned answer; ``content`` is plain text with line breaks."""

    name: str
    id: str
    tags: tuple[str, ...]
    content: str


def macros(site: Site) -> list[Macro]:
    """Return the macros of all cards, sorted by id."""
    result = []
    for card in site.library.of(Head):
        name = f"{card.id} {card.head.title}"
        names = tuple(tag.rpartition("/")[2] for tag in site.tags[card.id])
        result.append(Macro(name, card.id, names, site.short_text(card)))
        result.append(Macro(f"{name}（全文）", f"{card.id}-full", names, site.full_text(card)))
    return result


def macros_csv(entries: Iterable[Macro]) -> bytes:
    """Return RFC 4180 lines; with a byte order mark, or Excel reads UTF-8 Chinese as GBK."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("name", "id", "tags", "content"))
    for entry in entries:
        writer.writerow(map(safe_cell, (entry.name, entry.id, ",".join(entry.tags), entry.content)))
    return out.getvalue().encode("utf-8-sig")


def macros_json(entries: Iterable[Macro]) -> str:
    """Return the same macros for programs, tags as a list."""
    return json.dumps({"version": VERSION, "macros": list(map(vars, entries))}, ensure_ascii=False, indent=1)


def safe_cell(value: str) -> str:
    """Put ``'`` before what a spreadsheet would run as a formula, in half or full width."""
    return f"'{value}" if unicodedata.normalize("NFKC", value[:1]) in FORMULA_STARTS else value
