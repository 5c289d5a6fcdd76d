"""Word boundaries from jieba: one bit for each pair of neighbouring characters, and the words themselves."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import jieba
import numpy as np
from numpy.typing import NDArray

from kb.memory import Columns, Memory, key

HAN = re.compile("[\u3400-\u9fff]+")
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF
PACKED = 4
"""Characters of a word that fit into 64 bits; the few longer words are looked up one by one."""
LINES = 20_000
"""Lines of a text that are cut at once: memory grows with them."""
MAX_RUN = 500
"""Han characters in a row that are cut as one: nobody writes more without a stop."""

logging.getLogger("jieba").setLevel(logging.WARNING)


def keep_dictionary(folder: Path) -> None:
    """Let jieba keep its dictionary in ``folder``: what lies among temporary files may be another user's."""
    folder.mkdir(exist_ok=True)
    jieba.dt.tmp_dir = str(folder)


def tokenizer_with(words: Iterable[str]) -> jieba.Tokenizer:
    """Return a tokenizer of its own with the site's words, so that other users of jieba keep theirs."""
    made = jieba.Tokenizer()
    made.tmp_dir = jieba.dt.tmp_dir
    for word in words:
        made.add_word(word)
    made.check_initialized()
    return made


def words_with(words: Iterable[str]) -> Words:
    """Return the words of jieba and of the site as columns, kept where jieba keeps its dictionary."""
    given = list(words)
    memory = Memory(Path(jieba.dt.tmp_dir) if jieba.dt.tmp_dir else None, 1)
    name = f"words-{key(__file__, [jieba.__version__, given])}"
    return Words.read(memory.recall_columns(name, lambda: Words.of(tokenizer_with(given)).columns()))


@dataclass(frozen=True)
class Words:
    """The words of a tokenizer as columns: its dictionary takes a hundred megabytes, and nobody holds it.

    The costs are logarithms of probabilities; minus infinity for what only begins a word. ``packed``: length
    → words as sorted numbers, and their costs; ``single``: the cost of every character; ``long``: of longer
    words.
    The hidden Markov model is off: it joins unknown characters by guess, and a guessed word is no evidence.
    """

    packed: dict[int, tuple[NDArray[np.uint64], NDArray[np.float64]]]
    single: NDArray[np.float64]
    long: dict[str, float]

    @classmethod
    def of(cls, tokenizer: jieba.Tokenizer) -> Words:
        known, frequencies = list(tokenizer.FREQ), np.array(list(tokenizer.FREQ.values()), float)
        with np.errstate(divide="ignore"):
            costs = np.log(frequencies) - log(tokenizer.total)
        lengths = np.fromiter(map(len, known), np.int64, len(known))
        by_length = {size: np.flatnonzero(lengths == size) for size in range(1, PACKED + 1)}
        packed = {
            size: _packed([known[at] for at in rows], costs[rows], size) for size, rows in by_length.items()
        }
        single = np.full(1 << 16, -log(tokenizer.total))
        characters, worth = packed.pop(1)
        single[characters] = np.maximum(worth, single[characters])
        long = {known[at]: float(costs[at]) for at in np.flatnonzero(lengths > PACKED)}
        return cls(packed, single, long)

    @classmethod
    def read(cls, columns: Columns) -> Words:
        """Read what :meth:`columns` returned."""
        packed = {size: (columns[f"keys{size}"], columns[f"costs{size}"]) for size in range(2, PACKED + 1)}
        long = zip(str(columns["long"]).split("\n"), columns["long_costs"].tolist(), strict=True)
        return cls(packed, columns["single"], dict(long))

    def columns(self) -> Columns:
        """Return the words as columns by their names."""
        columns: dict[str, NDArray[Any]] = {"single": self.single}
        for size, (keys, costs) in self.packed.items():
            columns |= {f"keys{size}": keys, f"costs{size}": costs}
        return columns | {
            "long": np.array("\n".join(self.long)),
            "long_costs": np.array([*self.long.values()]),
        }

    def inside(self, codes: NDArray[np.int64], han: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for every place of a text whether its character and the next lie in one word.

        ``codes`` are code points, ``han`` says which are Han. The words are those on the likeliest path, as
        ``jieba.cut(text, HMM=False)`` finds them; here all runs of Han are walked at once.
        """
        places = np.flatnonzero(han)
        text = codes[places]
        first = np.flatnonzero(np.diff(places, prepend=-2) > 1)
        sizes = np.diff(first, append=len(places))
        offset = np.arange(len(places)) - np.repeat(first, sizes)
        left = np.minimum(np.repeat(sizes, sizes) - offset, MAX_RUN - offset % MAX_RUN)
        lengths = self._lengths(text, left)
        within = np.zeros(len(places), bool)
        at = np.flatnonzero(offset % MAX_RUN == 0)
        while len(at):
            for step in range(1, lengths[at].max()):
                within[at[lengths[at] > step] + step - 1] = True
            at = (at + lengths[at])[left[at] > lengths[at]]
        found = np.zeros(len(codes), bool)
        found[places] = within
        return found

    def _lengths(self, text: NDArray[np.int64], left: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the length of the word that begins at each place, if one does, on the likeliest path.

        ``left``: characters up to the end of the run. Dynamic programming from the ends, of all runs at once.
        """
        costs, long = self._costs(text, left)
        best, lengths = np.zeros(len(text)), np.ones(len(text), np.int64)
        by_left = np.split(np.argsort(left, kind="stable"), np.cumsum(np.bincount(left))[:-1])
        for remaining, places in enumerate(by_left[1:], 1):
            score, length = np.full(len(places), -np.inf), np.ones(len(places), np.int64)
            for size in range(1, min(PACKED, remaining) + 1):
                total = costs[size][places]
                if size < remaining:
                    total += best[places + size]
                better = total >= score
                score[better], length[better] = total[better], size
            best[places], lengths[places] = score, length
            for place, size, cost in long.get(remaining, ()):
                whole = cost + (best[place + size] if size < remaining else 0.0)
                if whole >= best[place]:
                    best[place], lengths[place] = whole, size
        return lengths

    def _costs(
        self, text: NDArray[np.int64], left: NDArray[np.int64]
    ) -> tuple[dict[int, NDArray[np.float64]], dict[int, list[tuple[int, int, float]]]]:
        """Return length → cost of the word at each place, and the long ones: left → place, length, cost."""
        costs = {1: self.single[text]}
        places, key = np.arange(len(text)), text.astype(np.uint64)
        for length, (keys, values) in self.packed.items():
            goes_on = left[places] >= length
            places = places[goes_on]
            key = key[goes_on] << np.uint64(16) | text[places + length - 1].astype(np.uint64)
            row = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            known = keys[row] == key
            places, key = places[known], key[known]
            costs[length] = np.full(len(text), -np.inf)
            costs[length][places] = values[row[known]]
        long: dict[int, list[tuple[int, int, float]]] = {}
        for place in places[left[places] > PACKED].tolist():
            remaining = int(left[place])
            run = "".join(map(chr, text[place : place + remaining]))
            for length in range(PACKED + 1, remaining + 1):
                cost = self.long.get(run[:length])
                if cost is None:
                    break
                if cost > -np.inf:
                    long.setdefault(remaining, []).append((place, length, cost))
        return costs, long

    def overlapping(self, text: str) -> Counter[str]:
        """Return how often each word stands in a text, for the pinyin lexicon.

        Words of two or three characters inside longer ones count as well, as in ``jieba.cut_for_search``.
        """
        lines = text.split("\n")
        found: Counter[str] = Counter()
        for first in range(0, len(lines), LINES):
            found.update(self._cut("\n".join(lines[first : first + LINES])))
        for word, count in [*found.items()]:
            for size in (2, 3):
                for start in range(len(word) - size + 1 if len(word) > size else 0):
                    if self._has(part := word[start : start + size]):
                        found[part] += count
        return Counter({word: count for word, count in found.items() if len(word) > 1})

    def _cut(self, text: str) -> Iterator[str]:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
        han = (codes >= HAN_FIRST) & (codes <= HAN_LAST)
        within = self.inside(codes, han)
        starts = np.flatnonzero(han & ~np.roll(within, 1))
        ends = np.flatnonzero(han & ~within) + 1
        yield from (text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))

    def _has(self, word: str) -> bool:
        """Return whether two or three characters are a word, and do not only begin one."""
        keys, costs = self.packed[len(word)]
        key = np.uint64(int.from_bytes(word.encode("utf-16-be"), "big"))
        row = min(int(np.searchsorted(keys, key)), len(keys) - 1)
        return bool(keys[row] == key and costs[row] > -np.inf)


def _packed(
    words: list[str], costs: NDArray[np.float64], length: int
) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """Return the words of one length as numbers of 16 bits a character, sorted, and their costs."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), "<u4").reshape(-1, length)
    short = (codes < 1 << 16).all(axis=1)
    keys = np.zeros(short.sum(), np.uint64)
    for column in codes[short].T:
        keys = keys << np.uint64(16) | column
    order = np.argsort(keys)
    return keys[order], costs[short][order]
