"""Postings: for every term the records that contain it, with how much it means there.

BM25F after Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004):
``tf' = Σ_field weight·tf / (1 - b + b·length/average)``, ``impact = tf' / (k1 + tf')``, between 0 and 1.
The inverse document frequency is left to the browser, which has the count of records at hand.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kb.search.documents import FIELDS, Document
from kb.search.levels import FINE, Levels
from kb.search.normalise import normalise
from kb.search.segment import Phrases, concepts, grams, name, residues
from kb.search.words import Words

K1 = 3.6
"""Large beside the customary 1.2 because the field weights of ``documents.py`` go up to three."""
B = 0.75
PLACE = FINE.bit_length()
SHIFT = PLACE + 4
"""A packed posting: record, residues, fine impact, word bit; the latter three take ``SHIFT`` bits."""
FINE_PRINT = "."
"""First character of terms in the sections of a document with asks: most questions are answered without."""
REMEMBERED = 5000
"""Texts whose cut is remembered: while serving, an edit changes one of them."""
LIMIT = 2000
LIMIT_PAIR = 8000
"""Postings kept for one term, the strongest. More are kept of a bigram, because a short query asks for the
records that have all of its bigrams: with 2,000 one compound in twelve was lost at 9,000 records."""


@dataclass(frozen=True)
class Posting:
    """The records of one term: ``frequency`` counts all, ``records`` and ``nibbles`` those that are kept.

    A nibble is a level of ``Impacts.single``; for a bigram its lowest bit says "inside a word" and the
    other three are a level of ``Impacts.pair``. ``residues``: where a bigram begins (``segment.residues``);
    empty for other terms, and for the asks and heads of a site with fine print, which are short.
    """

    frequency: int
    records: tuple[int, ...]
    nibbles: tuple[int, ...]
    residues: tuple[int, ...]


@dataclass(frozen=True)
class Impacts:
    """What the levels stand for: the mean impact of each, 16 for single terms and 8 for bigrams, rising."""

    single: tuple[float, ...]
    pair: tuple[float, ...]


class Cutter:
    """Cuts the fields of records into terms; ``table`` and ``spellings`` make the normal form."""

    def __init__(self, table: dict[int, int], spellings: Phrases, phrases: Phrases, words: Words) -> None:
        self.table, self.spellings, self.phrases, self.words = table, spellings, phrases, words
        self.cut = lru_cache(maxsize=REMEMBERED)(self._cut)

    def normal(self, text: str) -> str:
        """Return the normal form that both sides cut."""
        return self.spellings.replace(normalise(text, self.table))

    def record(self, fields: dict[str, str], average: dict[str, float]) -> dict[str, int]:
        """Return term → residues, fine impact and word bit, packed, of a record of normalised fields."""
        weight: defaultdict[str, float] = defaultdict(float)
        inside: set[str] = set()
        places: defaultdict[str, int] = defaultdict(int)
        for field, text in fields.items():
            if not text:
                continue
            share = FIELDS[field] / (1 - B + B * len(text) / average[field])
            counts, pairs, begins = self.cut(text)
            for term, count in counts.items():
                weight[term] += share * count
            inside |= pairs
            for pair, remainders in begins.items():
                places[pair] |= remainders
        return {
            term: places.get(term, 0) << PLACE | int(tf / (K1 + tf) * FINE) << 1 | (term in inside)
            for term, tf in weight.items()
        }

    def _cut(self, text: str) -> tuple[Counter[str], set[str], dict[str, int]]:
        """Return counts of terms, bigrams inside words, and residues of a normalised text."""
        counts = Counter(chain(grams(text), concepts(text, self.phrases)))
        return counts, self.words.pairs(text), residues(text)


def is_bigram(term: str) -> bool:
    """Say whether a term is two Han characters, in the fine print or elsewhere."""
    return len(term) - (term[0] == FINE_PRINT) == 2 and term[-2] >= "\u3400"


def collect(documents: Sequence[Document], cutter: Cutter) -> tuple[dict[str, Posting], Impacts]:
    """Return term → posting over all records, numbered in the order of ``documents``, and the levels."""
    normal = [
        {field: cutter.normal(text) for field, text in record.items()}
        for document in documents
        for record in document.records()
    ]
    average = _average_lengths(normal)
    lists: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
    for number, (fields, mark) in enumerate(zip(normal, _marks(documents), strict=True)):
        for term, value in cutter.record(fields, average).items():
            lists[mark + term].append(number << SHIFT | value)
    pairs = Levels((v for term, packed in lists.items() if is_bigram(term) for v in packed), 8)
    singles = Levels((v for term, packed in lists.items() if not is_bigram(term) for v in packed), 16)
    for term, numbers in _names(documents, cutter).items():
        lists[term] = array("L", (number << SHIFT | (FINE - 1) << 1 for number in sorted(numbers)))
    fine = any(document.asks for document in documents)
    postings = {
        term: _pair(lists[term], pairs.of, placed=term[0] == FINE_PRINT or not fine)
        if is_bigram(term)
        else _single(lists[term], singles.of)
        for term in sorted(lists)
    }
    return postings, Impacts(singles.means, pairs.means)


def _marks(documents: Iterable[Document]) -> Iterator[str]:
    """Yield for every record the mark of its terms: sections are fine print beside asks."""
    for document in documents:
        yield from [""] * (1 + len(document.asks))
        yield from [FINE_PRINT if document.asks else ""] * len(document.sections)


def _average_lengths(records: Iterable[dict[str, str]]) -> dict[str, float]:
    total, count = Counter(), Counter()
    for fields in records:
        for field, text in fields.items():
            total[field] += len(text)
            count[field] += bool(text)
    return {field: total[field] / max(count[field], 1) for field in FIELDS}


def _names(documents: Iterable[Document], cutter: Cutter) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    head = 0
    for document in documents:
        for text in document.names():
            if term := name(cutter.normal(text)):
                found[term].add(head)
        head += 1 + len(document.asks) + len(document.sections)
    return found


def _single(packed: array[int], level: Sequence[int]) -> Posting:
    kept = _strongest(packed, LIMIT)
    return Posting(len(packed), _records(kept), tuple(level[_step(value)] for value in kept), ())


def _pair(packed: array[int], level: Sequence[int], *, placed: bool) -> Posting:
    kept = _strongest(packed, LIMIT_PAIR)
    nibbles = tuple(level[_step(value)] << 1 | value & 1 for value in kept)
    places = tuple(value >> PLACE & 15 for value in kept) if placed else ()
    return Posting(len(packed), _records(kept), nibbles, places)


def _strongest(packed: array[int], limit: int) -> Sequence[int]:
    if len(packed) <= limit:
        return packed
    return sorted(sorted(packed, key=lambda value: (-_step(value), value))[:limit])


def _records(packed: Iterable[int]) -> tuple[int, ...]:
    return tuple(value >> SHIFT for value in packed)


def _step(value: int) -> int:
    return value >> 1 & FINE - 1
