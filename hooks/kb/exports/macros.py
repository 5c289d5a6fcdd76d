"""Ready answers in a form of our own: ``macros.csv`` for spreadsheets, ``macros.json`` for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.exports.replies import Reply
from kb.exports.tables import csv_file

VERSION = 1
"""Version of the form of ``macros.json``: ``{version, macros: [{name, id, tags, content}]}``."""


def macros_csv(entries: Iterable[Reply]) -> bytes:
    """Return a table for Excel: without a byte order mark it would read UTF-8 Chinese as GBK."""
    rows = [(entry.name, entry.id, ",".join(entry.tags), entry.content) for entry in entries]
    return csv_file([("name", "id", "tags", "content"), *rows], "utf-8-sig")


def macros_json(entries: Iterable[Reply]) -> str:
    """Return the same for programs, tags as a list."""
    rows = [{"name": e.name, "id": e.id, "tags": list(e.tags), "content": e.content} for e in entries]
    return json.dumps({"version": VERSION, "macros": rows}, ensure_ascii=False, indent=1)
