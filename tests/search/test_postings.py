"""The columns of the index against the definition, worked out one record and one term after the other."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from itertools import accumulate, pairwise

import numpy as np
from jieba import Tokenizer
from kb.search import Document, Index, Section, Vocabulary, build
from kb.search.build import cutter_of
from kb.search.documents import FIELDS
from kb.search.encode import bodies, varint
from kb.search.levels import FINE
from kb.search.occurrences import Cutter
from kb.search.postings import K1, LIMIT, B, Postings
from kb.search.segment import is_bigram, name

from tests.conftest import ROOT
from tests.search.samples import PLAIN, tokenizer_of

SCRIPTS = ROOT / "docs/assets"
Row = tuple[int, int, int, int]
"""Record, fine step, inside a word, residues."""


def naive(documents: tuple[Document, ...], cutter: Cutter, jieba: Tokenizer) -> dict[str, list[Row]]:
    """Return term → rows of all terms but names, records rising."""
    records = [fields for document in documents for fields in document.records()]
    normal = [{f: cutter.normal(t) for f, t in fields.items() if t} for fields in records]
    lengths: defaultdict[str, list[int]] = defaultdict(list)
    for fields in normal:
        for field, text in fields.items():
            lengths[field].append(len(text))
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for record, fields in enumerate(normal):
        weights: Counter[str] = Counter()
        inside, residues = set(), Counter()
        for field, text in fields.items():
            average = sum(lengths[field]) / len(lengths[field])
            share = FIELDS[field] / (1 - B + B * len(text) / average)
            for at, term in terms(text, cutter):
                weights[term] += share
                residues[term] |= 1 << at % 4
            for run in re.findall("[\u3400-\u9fff]+", text):
                for word in jieba.cut(run, HMM=False):
                    inside |= {a + b for a, b in pairwise(word)}
        for term, weight in weights.items():
            step = int(weight / (K1 + weight) * FINE)
            rows[term].append((record, step, term in inside, residues[term]))
    return dict(rows)


def terms(text: str, cutter: Cutter):
    """Yield place and term of a normalised text."""
    yield from ((m.start(), m[0]) for m in re.finditer("[0-9a-z]+|[\u3400-\u9fff]", text))
    yield from ((m.start(), m[1]) for m in re.finditer("(?=([\u3400-\u9fff]{2}))", text))
    for chunk in re.finditer("[0-9a-z\u3400-\u9fff]+", text):
        at, end = chunk.span()
        while at < end:
            found = max((p for p in cutter.phrases.meanings if fits(p, text, at)), key=len, default="")
            if found:
                yield at, f"~{cutter.phrases.meanings[found]}"
            at += len(found) or 1


def fits(phrase: str, text: str, at: int) -> bool:
    """Whether a phrase stands at a place and splits no run of letters."""
    if not text.startswith(phrase, at):
        return False
    around = (text[at - 1 : at] + phrase[0], phrase[-1] + text[at + len(phrase) :][:1])
    return not any(re.fullmatch("[0-9a-z]{2}", pair) for pair in around)


def levels(steps: list[int], count: int) -> list[int]:
    """Return the level of every fine step: as many postings below it as there are in so many levels."""
    held = Counter(steps)
    below = [sum(held[s] for s in range(step)) for step in range(FINE)]
    return [min(count - 1, count * n // len(steps)) for n in below]


def test_postings_are_those_of_the_definition(plain_index: Index, vocabulary: Vocabulary):
    expected = naive(PLAIN, cutter_of(vocabulary), tokenizer_of(vocabulary))
    plain = plain_index.plain()["terms"]
    assert {term for term in plain if term[0] != "="} == expected.keys()
    pair = levels([row[1] for term, rows in expected.items() if is_bigram(term) for row in rows], 8)
    single = levels([row[1] for term, rows in expected.items() if not is_bigram(term) for row in rows], 16)
    for term, rows in expected.items():
        bigram = is_bigram(term)
        nibbles = [pair[step] << 1 | inside if bigram else single[step] for _, step, inside, _ in rows]
        residues = [row[3] for row in rows] if bigram else []
        assert plain[term] == [len(rows), [row[0] for row in rows], nibbles, residues], term


def test_names_point_to_the_heads_of_their_documents(plain_index: Index, vocabulary: Vocabulary):
    plain, cutter, head = plain_index.plain()["terms"], cutter_of(vocabulary), 0
    for document in PLAIN:
        for text in document.names():
            if term := name(cutter.normal(text)):
                assert head in plain[term][1]
        head += 1 + len(document.sections)


def test_the_strongest_postings_are_kept(vocabulary: Vocabulary):
    """Of a character in more records than ``LIMIT``: the records where it means most, the first of equals."""
    chance = random.Random(6)
    texts = ["花" + "草" * chance.randint(0, 40) for _ in range(LIMIT + 300)]
    documents = [Document(f"{n}/", "", sections=(Section("", "", text),)) for n, text in enumerate(texts)]
    frequency, records, _, _ = build(documents, vocabulary, SCRIPTS).plain()["terms"]["花"]
    average = sum(map(len, texts)) / len(texts)
    steps = [int((w := 1 / (1 - B + B * len(text) / average)) / (K1 + w) * FINE) for text in texts]
    strongest = sorted(range(len(texts)), key=lambda at: (-steps[at], at))[:LIMIT]
    assert frequency == len(texts)
    assert [(record - 1) // 2 for record in records] == sorted(strongest)


def test_bytes_are_those_of_the_format():
    """Random postings, some cut short, with gaps of one to three bytes; read as ``FORMAT.md`` says."""
    chance = np.random.default_rng(7)
    kept = chance.integers(1, 40, 200)
    starts = np.concatenate([[0], np.cumsum(kept)])
    records = np.concatenate([np.sort(chance.choice(10 ** chance.integers(2, 7), n, False)) for n in kept])
    frequencies = kept + chance.choice([0, 0, 1, 5000], len(kept))
    nibbles, residues = chance.integers(0, 16, (2, len(records))).astype(np.uint8)
    placed = chance.random(len(kept)) < 0.5
    terms = [str(number) for number in range(len(kept))]
    postings = Postings(terms, starts, frequencies, placed, records.astype(np.int32), nibbles, residues)
    for body, (frequency, rows, levels, places) in zip(
        bodies(postings), postings.plain().values(), strict=True
    ):
        count, *rest = varints(body)
        assert (count >> 1, bool(count & 1)) == (frequency, frequency > len(rows))
        if count & 1:
            assert rest.pop(0) == len(rows)
        gaps = rest[: len(rows)]
        assert list(accumulate(gap + 1 for gap in gaps)) == [row + 1 for row in rows]
        head = b"".join(varint(n) for n in (count, *([len(rows)] if count & 1 else []), *gaps))
        packed = [n for byte in body[len(head) :] for n in (byte & 15, byte >> 4)]
        half = (len(rows) + 1) // 2 * 2
        assert packed[: len(rows)] == levels
        assert packed[half : half + len(rows)] == places or not places
        assert len(packed) == half * (1 + bool(places))


def varints(data: bytes) -> list[int]:
    """Return all of ``data`` as LEB128, up to its last whole number."""
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers


def test_a_site_without_words_has_an_index(vocabulary: Vocabulary):
    index = build([Document("", "")], vocabulary, SCRIPTS)
    assert index.plain()["terms"] == {}
