"""Punctuation and the space between Han and Latin, wherever something is told in sentences."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import chain

import autocorrect_py

from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import blocks, items, unpaired
from kb.content.pages import Page
from kb.content.schema import Head

UNSPOKEN = re.compile(r"\s*(?:[#|>$]|\?{3}|\[\^)")
"""What begins a block that is no sentence: headings, tables, folded parts."""
CLAUSE = re.compile(r"[一-鿿”）][，。；！？]")
"""What a sentence has that is more than the name of something."""

TEXTS = (
    *("title", "description", "lead", "exact", "summary", "say", "verify", "why", "how"),
    *("says", "answer", "meaning", "action"),
)
"""Keys of heads and of data that hold text."""
SENTENCES = tuple(key for key in TEXTS if key not in ("title", "exact", "meaning"))
"""Those of them that hold a sentence."""

BY_FIX = "（python hooks/cli.py fix 会替你改）"


@rule("typography")
def check_typography(library: Library) -> Iterator[Finding]:
    """Chinese typography: full-width punctuation, a space between Han and Latin (autocorrect).

    Bad: ``等24小时,再试``.
    Good: ``等 24 小时，再试``.
    """
    for page in library.written:
        for line, column, old, new in _lint(page.body):
            place = page.line(line + page.body_line - 1, column)
            yield place.finding(old, "排版不规范", f"写成“{new}”{BY_FIX}")
    for place, value in _values(library, TEXTS):
        corrected = autocorrect_py.format(value)
        if corrected != value:
            hint = BY_FIX if place.file.endswith(".md") else ""
            yield place.finding(value, "排版不规范", f"写成“{corrected}”{hint}")


@rule("typography")
def check_pairs(library: Library) -> Iterator[Finding]:
    """A quote that is opened is closed in its paragraph, and the other way round.

    Bad: ``屏幕写着“交易失败，先别重扫``.
    Good: ``屏幕写着“交易失败”，先别重扫``.
    """
    for page in library.written:
        for number, text in chain.from_iterable(_passages(page)):
            if (at := unpaired(text)) is not None:
                column = at - text.rfind("\n", 0, at)
                yield _unpaired(page.line(number + text.count("\n", 0, at), column), text, at)
    for place, value in _values(library, TEXTS):
        if (at := unpaired(value)) is not None:
            yield _unpaired(place, value, at)


ITEM, OTHERS = re.compile(r" *(?:[-*]|[0-9]+\.) "), 2
"""An item of a list, and how many others say how it ends."""
UNDERLINE = re.compile(r"\n(?:=+|-+) *$")
"""What makes a heading of a paragraph; the rule ``markup`` says so."""

STOP = re.compile(r"[。！？：；…][”）]*(?:\s*(?:\[\^[^\]]*\]|\[[^\]]*\]|\*\*|[”）)]))*$|）$|\]\([^)]*\)$")
"""What ends a sentence: its stop, then what may follow it."""


@rule("typography")
def check_stops(library: Library) -> Iterator[Finding]:
    """Sentences end with a stop, in the head and at the end of a paragraph, an item, a step.

    Bad: ``summary: 换一种方式收``; ``says: 先问清楚`` in a data file; an item unlike its others.
    Good: ``summary: 换一种方式收。``; a list of names.
    """
    for page in library.written:
        for passages in _passages(page):
            texts = [(number, passage.rstrip()) for number, passage in passages]
            others, stops = len(texts) - 1, sum(bool(STOP.search(text)) for _, text in texts)
            for number, text in texts:
                unlike = others >= OTHERS and stops == others and ITEM.match(text)
                spoken = unlike or (CLAUSE.search(text) and not UNSPOKEN.match(text))
                if spoken and not UNDERLINE.search(text) and not STOP.search(text):
                    yield _endless(page.line(number + text.count("\n")), text)
    for place, value in _values(library, SENTENCES):
        if not STOP.search(value):
            yield _endless(place, value)


def _values(library: Library, keys: Container[str]) -> Iterator[tuple[Place, str]]:
    """Yield place and text of each value under ``keys`` in the heads of pages and in the data files."""
    for page in library.written:
        for key in TEXTS:
            if key in keys and (value := getattr(page.head, key, None)):
                yield page.at(key), value
    yield from ((place, value) for place, key, value in library.told() if key in keys)


def _passages(page: Card[Head] | Page) -> Iterator[list[tuple[int, str]]]:
    """Yield block by block the first line and the text of each paragraph, item, row or heading."""
    for number, block in blocks(page.body, page.body_line):
        yield [(number + first, "\n".join(block[first:last])) for first, last in items(block)]


def _endless(place: Place, text: str) -> Finding:
    end = text.split("\n")[-1][-12:]
    return place.finding(end, "末尾没有标点，像是没有写完", f"写成“{end}。”，或补上少了的话")


def _unpaired(place: Place, text: str, at: int) -> Finding:
    other = "”" if text[at] == "“" else "“"
    shown = text[at:].split("\n")[0] if other == "”" else text[: at + 1].split("\n")[-1]
    return place.finding(shown, "引号只有一半", f"补上另一半 {other}，或删掉这一半")


@lru_cache(maxsize=1 << 16)
def _lint(markdown: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return line, column, old and new text of each fault; remembered from build to build."""
    return tuple(
        (fault.line, fault.col, fault.old, fault.new)
        for fault in autocorrect_py.lint_for(markdown, "markdown").lines
    )
