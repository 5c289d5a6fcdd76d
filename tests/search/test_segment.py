"""Index and query are cut by the same rule: Python's terms and the browser's, on random strings."""

from __future__ import annotations

import random
import re

from kb.search import Index, Vocabulary
from kb.search.build import _cutter
from kb.search.normalise import normalise
from kb.search.segment import Phrases, concepts, grams, name
from playwright.sync_api import Page
from samples import DOCUMENTS

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


def terms(text: str, index: Index, vocabulary: Vocabulary) -> list[str]:
    pairs = index.traditional
    table = {ord(pairs[at]): ord(pairs[at + 1]) for at in range(0, len(pairs), 2)}
    normal = Phrases(dict(index.meta["spellings"])).replace(normalise(text, table))
    found = [*grams(normal), *concepts(normal, _cutter(vocabulary).phrases), name(normal)]
    return [term for term in dict.fromkeys(found) if term]


def test_both_sides_cut_alike(modules: Page, index: Index, vocabulary: Vocabulary, monkeypatch):
    cutter = _cutter(vocabulary)
    monkeypatch.setattr("test_segment._cutter", lambda _: cutter)
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
    different = [
        (text, ours, theirs)
        for text, theirs in zip(given, cut, strict=True)
        if (ours := terms(text, index, vocabulary)) != theirs
    ]
    assert not different[:3]


def test_words_are_those_of_jieba(vocabulary: Vocabulary):
    words = _cutter(vocabulary).words
    runs = {run for text in strings(vocabulary) for run in re.findall("[\u4e00-\u9fa5]{2,}", text)}
    for run in runs:
        expected = [word for word in words.tokenizer.cut(run, HMM=False) if len(word) > 1]
        assert list(words.cut(run)) == expected
