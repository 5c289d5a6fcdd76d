"""Word boundaries from jieba: one bit for each pair of neighbouring characters, and the words themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from copy import copy
from math import log

import jieba

from kb.search.segment import HAN_RUN

UNKNOWN = object()
logging.getLogger("jieba").setLevel(logging.WARNING)


class Words:
    """A jieba tokenizer of its own with the site's words, so that other users of jieba keep theirs.

    The hidden Markov model is off: it joins unknown characters by guess, and a guessed word is no evidence.
    """

    def __init__(self, words: Iterable[str]) -> None:
        jieba.initialize()
        self.tokenizer = copy(jieba.dt)
        self.tokenizer.FREQ = dict(jieba.dt.FREQ)
        for word in words:
            self.tokenizer.add_word(word)
        total = log(self.tokenizer.total)
        self.rare = -total
        self.costs = {w: log(f) - total if f else None for w, f in self.tokenizer.FREQ.items()}
        """Word → logarithm of its probability; ``None`` for what only begins one."""

    def cut(self, text: str) -> Iterator[str]:
        """Yield the words of two characters and more in a normalised text, not overlapping."""
        for run in HAN_RUN.findall(text):
            yield from self._cut(run)

    def _cut(self, run: str) -> Iterator[str]:
        """Yield the words on the likeliest path, as ``jieba.cut(run, HMM=False)`` does in twice the time."""
        costs, length = self.costs, len(run)
        best, ends = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            score, last = self.rare + best[start + 1], 0
            for end in range(start + 1, length + 1):
                cost = costs.get(run[start:end], UNKNOWN)
                if cost is UNKNOWN:
                    break
                if cost is not None and (not last or cost + best[end] >= score):
                    score, last = cost + best[end], end
            best[start], ends[start] = score, last or start + 1
        at = 0
        while at < length:
            if ends[at] > at + 1:
                yield run[at : ends[at]]
            at = ends[at]

    def pairs(self, text: str) -> set[str]:
        """Return the bigrams that lie inside a word at least once in a normalised text."""
        return {word[at : at + 2] for word in self.cut(text) for at in range(len(word) - 1)}

    def overlapping(self, text: str) -> Iterator[str]:
        """Yield also the shorter words inside long ones (``cut_for_search``), for the pinyin lexicon."""
        for run in HAN_RUN.findall(text):
            yield from (word for word in self.tokenizer.cut_for_search(run, HMM=False) if len(word) > 1)
