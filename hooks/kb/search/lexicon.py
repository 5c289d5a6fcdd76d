"""The pinyin lexicon: the site's words with their readings, for queries in pinyin and for homophones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache

import jieba
import pypinyin
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from kb.memory import Memory, key
from kb.search.documents import Document
from kb.search.occurrences import Cutter
from kb.search.vocabulary import Vocabulary

LETTERS = re.compile("(?<![0-9a-z])[a-z]{3,}(?![0-9a-z])")
MAX_WORDS = 6000
MAX_LENGTH = 6
COMMON = range(0xB0, 0xD8)
"""First bytes of GB 2312 level 1, the 3,755 common characters: what a reader may type by mistake."""


def lexicon(
    documents: Iterable[Document], vocabulary: Vocabulary, cutter: Cutter, memory: Memory
) -> dict[str, object]:
    """Return ``{"syllables": {"hua": "花…"}, "words": [[word, count], …], "readings": {word: "hai huan"},
    "english": {"fee": "手续费"}}``; the characters of a syllable stand by how often titles have them.

    ``words`` are the commonest of titles, asks, prompts and aliases and all of the vocabulary, Han or
    letters; ``readings`` lists only those that differ from the readings of their characters.
    """
    text = "\n".join(cutter.normals([text for document in documents for text in _titles(document)]))
    named = key(__file__, [jieba.__version__, pypinyin.__version__, text, asdict(vocabulary)])
    return memory.recall(named, lambda: _lexicon(text, vocabulary, cutter))


def _lexicon(text: str, vocabulary: Vocabulary, cutter: Cutter) -> dict[str, object]:
    seen = Counter(text)
    counts = Counter(LETTERS.findall(text))
    counts.update({w: n for w, n in cutter.words.overlapping(text).items() if len(w) <= MAX_LENGTH})
    counts.update({cutter.normal(word): 3 for word in vocabulary.words})
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_WORDS]
    characters = _common() | {c for word, _ in kept for c in word if not c.isascii()}
    return {
        "syllables": _by_syllable(sorted(characters, key=lambda c: (-seen[c], c))),
        "words": [[word, count] for word, count in kept],
        "readings": {
            word: " ".join(reading)
            for word, _ in kept
            if not word.isascii() and (reading := _reading(word)) != [_reading(c)[0] for c in word]
        },
        "english": dict(vocabulary.english),
    }


def _titles(document: Document) -> Iterator[str]:
    yield from (document.title, *document.asks, *document.prompts, *document.aliases, *document.codes)
    yield from (section.title for section in document.sections)


def _common() -> set[str]:
    pairs = (bytes((high, low)) for high in COMMON for low in range(0xA1, 0xFF))
    return {pair.decode("gb2312", "ignore") for pair in pairs} - {""}


def _by_syllable(characters: Iterable[str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for character in characters:
        if ord(character) in PINYIN_DICT:
            syllable = _reading(character)[0]
            table[syllable] = table.get(syllable, "") + character
    return dict(sorted(table.items()))


@cache
def _reading(word: str) -> list[str]:
    return lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)
