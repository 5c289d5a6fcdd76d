"""Index and query are cut by the same rule: Python's terms and the browser's, on random strings."""

from __future__ import annotations

import random
import re
import weakref
from collections import Counter
from dataclasses import replace
from pathlib import Path

import jieba
import numpy as np
import pytest
from kb.search import Index, Vocabulary
from kb.search.build import cutter_of
from kb.search.normalise import Simplifier
from kb.search.occurrences import Text, occurrences
from kb.search.segment import name
from kb.search.words import MAX_RUN, Words, words_with
from playwright.sync_api import Page

from tests.search.samples import DOCUMENTS, tokenizer_of

STRINGS = 10_000
NOISE = [
    "ＡＢＣ１２３",
    "後還費碼",
    "…",
    " ",
    "\n",
    "\u200b",
    "\u202e",
    "’",
    "_",
    ".",
    "Ⅷ",
    "㎏",
    "é",
    "かな",
    "한",
    "😀",
    "<b>",
]


def strings(vocabulary: Vocabulary) -> list[str]:
    """Return random mixtures of the site's words, codes, characters and noise."""
    chance = random.Random(4)
    pieces = [*vocabulary.words, *NOISE, *(p for group in vocabulary.same for p in group)]
    pieces += [wrong for wrong, _ in vocabulary.spellings]
    texts = [text for document in DOCUMENTS for record in document.records() for text in record.values()]
    pieces += [text for text in texts if text] + [c for text in texts for c in text]
    return ["".join(chance.choices(pieces, k=chance.randint(0, 9))) for _ in range(STRINGS)]


def test_both_sides_cut_alike(modules: Page, plain_index: Index, vocabulary: Vocabulary):
    index = plain_index
    pairs = index.traditional
    simplify = Simplifier(dict(zip(pairs[::2], pairs[1::2], strict=True)))
    cutter = replace(cutter_of(vocabulary), simplify=simplify)
    given = strings(vocabulary)
    cut = modules.evaluate(
        """([strings, meta]) => {
            const table = kb.traditionalTable(meta.traditional);
            const rewrite = new kb.Phrases(meta.spellings);
            const phrases = new kb.Phrases(meta.same.flatMap((group) => group.map((p) => [p, group[0]])));
            return strings.map((s) => kb.queryTerms(rewrite.replace(kb.normalise(s, table)), phrases));
        }""",
        [
            given,
            {
                "traditional": index.traditional,
                "spellings": index.meta["spellings"],
                "same": index.meta["same"],
            },
        ],
    )
    normals = [cutter.normal(text) for text in given]
    found = occurrences([Text(number, text, 1.0) for number, text in enumerate(normals)], cutter)
    ours = [{term} - {""} for term in map(name, normals)]
    for term, record in zip(found.terms.tolist(), found.records.tolist(), strict=True):
        ours[record].add(found.names[term])
    both = zip(given, ours, map(set, cut), strict=True)
    assert not [(text, mine, theirs) for text, mine, theirs in both if mine != theirs][:3]
    assert sum(map(len, ours)) > STRINGS


def test_normal_forms_are_the_same_alone_and_together(vocabulary: Vocabulary):
    cutter, given = cutter_of(vocabulary), strings(vocabulary)
    assert cutter.normals(given) == [cutter.normal(text) for text in given]


def test_words_are_those_of_jieba(vocabulary: Vocabulary):
    words, jieba = cutter_of(vocabulary).words, tokenizer_of(vocabulary)
    runs = {run for text in strings(vocabulary) for run in re.findall("[\u3400-\u9fff]+", text)}
    runs |= {word for word in jieba.FREQ if len(word) > 6 and re.fullmatch("[\u4e00-\u9fa5]+", word)}
    text = "。".join(sorted(runs))
    codes = np.array([ord(character) for character in text])
    inside = words.inside(codes, (codes >= 0x3400) & (codes <= 0x9FFF))
    cut = (word for run in text.split("。") for word in (*jieba.cut(run, HMM=False), "。"))
    expected = [step < len(word) - 1 for word in cut for step in range(len(word))][:-1]
    assert inside.tolist() == expected
    assert sum(expected) > STRINGS
    parts = Counter(part for run in runs for part in jieba.cut_for_search(run, HMM=False) if len(part) > 1)
    assert words.overlapping(text) == parts


def test_nobody_holds_the_dictionary(vocabulary: Vocabulary):
    jieba = tokenizer_of(vocabulary)
    words, held = Words.of(jieba), weakref.ref(jieba)
    del jieba
    assert words.packed and held() is None


@pytest.mark.parametrize("broken", [None, b"", b"PK cut short"])
def test_kept_words_are_the_same(broken: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also where the file was cut short: then they are made anew."""
    monkeypatch.setattr(jieba.dt, "tmp_dir", str(tmp_path))
    made = words_with(["花呗", "一个很长的机构名字"])
    (kept,) = tmp_path.glob("words-*")
    if broken is not None:
        kept.write_bytes(broken)
    again = words_with(["花呗", "一个很长的机构名字"])
    assert again is not made and again.long == made.long and "一个很长的机构名字" in again.long
    np.testing.assert_array_equal(again.single, made.single)
    np.testing.assert_equal(again.packed, made.packed)
    words_with(["花呗"])
    assert kept not in tmp_path.glob("words-*"), "those of another vocabulary stay"


def test_a_very_long_run_is_cut_in_pieces(vocabulary: Vocabulary):
    words = cutter_of(vocabulary).words
    codes = np.array([ord(character) for character in "收款" * MAX_RUN])
    inside = words.inside(codes, np.ones(len(codes), bool))
    assert inside.tolist() == [True, False] * MAX_RUN
