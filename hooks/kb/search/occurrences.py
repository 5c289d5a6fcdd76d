"""The rule that cuts texts into terms, for all texts of a site at once. The browser has it in ``segment.js``;
a test compares them.

Terms are strings. ``花`` and ``花费`` are one and two neighbouring Han characters, ``acq`` a run of a–z and
digits, ``~不能`` says that the text has one of the ways to say 不能.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from kb.search.normalise import Simplifier, normalise
from kb.search.segment import Phrases
from kb.search.words import HAN_FIRST, HAN_LAST, Words

LETTERS = re.compile("[0-9a-z]+")
INSIDE = 16
"""Mark of a bigram inside a word; the bits below are its residue, bit *i* for *i*: the remainder by 4 of the
place where it begins in the text. Bigrams that follow each other have remainders that do so too. That tells a
compound of the query from its parts strewn over a record, but for one chance in four at each further bigram,
in half a byte."""
BATCH = 20_000
"""Texts whose places are held at once."""
OTHERS = 1 << 40
"""Keys from here on are numbers of terms that are neither one nor two characters."""


@dataclass(frozen=True)
class Text:
    """A normalised text of a record; ``share``: what a term in it is worth."""

    record: int
    text: str
    share: float


@dataclass(frozen=True)
class Occurrences:
    """One row for each place where a term stands, sorted by term, then record.

    ``names``: the terms, by the numbers in ``terms``; ``shares`` and ``records``: those of the text;
    ``marks``: ``INSIDE`` and the residue of a bigram, else 0.
    """

    names: list[str]
    terms: NDArray[np.int32]
    records: NDArray[np.int32]
    shares: NDArray[np.float64]
    marks: NDArray[np.uint8]


@dataclass(frozen=True)
class Cutter:
    """What the rule goes by; ``simplify`` and ``spellings`` make the normal form."""

    simplify: Simplifier
    spellings: Phrases
    phrases: Phrases
    words: Words

    def normal(self, text: str) -> str:
        """Return the normal form that both sides cut."""
        return self.spellings.replace(normalise(text, self.simplify))

    def normals(self, texts: Sequence[str]) -> list[str]:
        """Return the normal form of each text; a NUL, which parts them meanwhile, counts as a space."""
        return self.normal("".join(text.replace("\0", " ") + "\0" for text in texts)).split("\0")[:-1]


def occurrences(texts: Sequence[Text], cutter: Cutter) -> Occurrences:
    """Return every occurrence of every term in ``texts``, whose records rise."""
    places = _places([text.text for text in texts], cutter.phrases)
    pair = places.pairs
    starts = np.cumsum([0, *(len(text.text) + 1 for text in texts)])
    place = places.at[pair] - starts[places.texts[pair]]
    marks = np.zeros(len(places.at), np.uint8)
    marks[pair] = 1 << place % 4 | INSIDE * cutter.words.inside(places.codes, places.han)[places.at[pair]]
    order = np.argsort(places.keys, kind="stable")
    keys, text_of = places.keys[order], places.texts[order]
    first = changes(keys)
    return Occurrences(
        _names(keys[first], places.others),
        np.cumsum(first, dtype=np.int32) - 1,
        np.array([text.record for text in texts], np.int32)[text_of],
        np.array([text.share for text in texts], float)[text_of],
        marks[order],
    )


def grams_of(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    """Return what ``segment.grams`` finds in normalised texts: the terms, sorted; and a row for each term of
    each text, by text, then term: numbers of both.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    of, at = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for start in range(0, len(texts), BATCH):
        places = _places(texts[start : start + BATCH], Phrases({}))
        keys, number = np.unique(places.keys, return_inverse=True)
        named = np.array([numbers[name] for name in _names(keys, places.others)], np.int32)
        of.append(named[number])
        at.append((places.texts + start).astype(np.int32))
    names = sorted(numbers)
    rank = np.argsort([numbers[name] for name in names])
    rows = np.concatenate(at).astype(np.int64) * len(names) + rank[np.concatenate(of)]
    rows.sort()
    text, term = np.divmod(rows[changes(rows)], max(1, len(names)))
    return names, term.astype(np.int32), text.astype(np.int32)


def changes(column: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return where a column differs from the row before, the first row included."""
    return np.concatenate([column[:1] == column[:1], column[1:] != column[:-1]])


def spans(
    starts: NDArray[np.int64], numbers: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of each number, of which ``starts`` has the first and the end; and whose each is."""
    sizes = starts[numbers + 1] - starts[numbers]
    of = np.repeat(np.arange(len(numbers)), sizes)
    return np.arange(len(of)) + (starts[numbers] - np.cumsum(sizes) + sizes)[of], of


@dataclass(frozen=True)
class _Places:
    """Where terms stand in texts that follow each other: single characters, ``pairs``, then ``others``.

    ``codes`` and ``han``: of every character; ``keys``, ``at``, ``texts``: of every place where a term stands
    what tells it from others, its first character, and its text.
    """

    codes: NDArray[np.int64]
    han: NDArray[np.bool_]
    keys: NDArray[np.int64]
    at: NDArray[np.int64]
    texts: NDArray[np.int64]
    pairs: slice
    others: list[str]


def _places(texts: Sequence[str], phrases: Phrases) -> _Places:
    joined = "".join(f"{text}\n" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    of = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    han = (codes >= HAN_FIRST) & (codes <= HAN_LAST)
    single, pair = np.flatnonzero(han), np.flatnonzero(han[:-1] & han[1:])
    starts, other = _others(joined, phrases)
    numbers = dict(zip(dict.fromkeys(other), count(OTHERS), strict=False))
    at = np.concatenate([single, pair, np.array(starts, np.int64)])
    words = np.fromiter(map(numbers.__getitem__, other), np.int64, len(other))
    keys = np.concatenate([codes[single], codes[pair] << 16 | codes[pair + 1], words])
    pairs = slice(len(single), len(single) + len(pair))
    return _Places(codes, han, keys, at, of[at], pairs, list(numbers))


def _others(joined: str, phrases: Phrases) -> tuple[list[int], list[str]]:
    """Return the places of runs of letters and of phrases, and their terms."""
    starts = [match.start() for match in LETTERS.finditer(joined)]
    found = list(phrases.scan(joined))
    terms = [*LETTERS.findall(joined), *(f"~{meaning}" for _, meaning in found)]
    return [*starts, *(start for start, _ in found)], terms


def _names(keys: NDArray[np.int64], others: Sequence[str]) -> list[str]:
    """Return the terms of keys."""
    return [
        others[key - OTHERS] if key >= OTHERS else f"{chr(key >> 16)}{chr(key & 0xFFFF)}".lstrip("\0")
        for key in keys.tolist()
    ]
