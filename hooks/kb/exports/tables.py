"""Rows as files: CSV and XLSX whose cells no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from xlsxwriter import Workbook

Rows = Iterable[Sequence[str]]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

NO_DAY = datetime(1980, 1, 1)
"""Stands in every workbook: the same rows give the same file."""


def csv_file(rows: Rows, encoding: str = "utf-8") -> bytes:
    """Return RFC 4180 lines, without a byte order mark: importers take it for a part of the first header."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(safe_cell, row) for row in rows)
    return out.getvalue().encode(encoding)


def xlsx_file(rows: Rows) -> bytes:
    """Return a workbook with one sheet whose cells are texts."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": NO_DAY})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, safe_cell(cell))
    return out.getvalue()


def safe_cell(value: str) -> str:
    """Put ``'`` before what a spreadsheet would run as a formula, in half or full width."""
    return f"'{value}" if unicodedata.normalize("NFKC", value[:1]) in FORMULA_STARTS else value
