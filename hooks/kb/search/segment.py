"""The rule that cuts a text into terms. The browser has it in ``segment.js``; a test compares them.

Terms are strings. ``花`` and ``花呗`` are one and two neighbouring Han characters, ``acq`` a run of a–z and
digits, ``~不能`` says that the text contains one of the ways to say 不能. ``=付款5ec0a1b2`` is a whole name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import add

from kb.search.normalise import is_han

CHUNK = re.compile("[0-9a-z\u3400-\u9fff]+")
RUN = re.compile("[0-9a-z]+|[\u3400-\u9fff]+")
HAN_RUN = re.compile("[\u3400-\u9fff]{2,}")
MAX_NAME = 40
"""Characters of a name that are compared; longer ones are cut on both sides."""


class Phrases:
    """Finds phrases in a text, left to right, longest first. ``meanings``: phrase → what it stands for."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = dict(meanings)
        self.longest: dict[str, int] = {}
        for phrase in self.meanings:
            self.longest[phrase[0]] = max(self.longest.get(phrase[0], 0), len(phrase))
        self.first = re.compile(f"[{''.join(map(re.escape, self.longest))}]") if self.meanings else None

    def scan(self, chunk: str) -> Iterator[tuple[int, int, str]]:
        """Yield ``(start, end, meaning)``; a phrase never splits a run of letters or digits."""
        found = self.first.search(chunk) if self.first else None
        while found:
            start = done = found.start()
            for end in range(min(start + self.longest[chunk[start]], len(chunk)), start, -1):
                meaning = self.meanings.get(chunk[start:end])
                if meaning is not None and not _splits(chunk, start) and not _splits(chunk, end):
                    yield start, end, meaning
                    done = end - 1
                    break
            found = self.first.search(chunk, done + 1)

    def replace(self, text: str) -> str:
        """Return the text with every phrase replaced by its meaning."""
        return CHUNK.sub(lambda match: self._replace_chunk(match[0]), text) if self.meanings else text

    def _replace_chunk(self, chunk: str) -> str:
        parts, done = [], 0
        for start, end, meaning in self.scan(chunk):
            parts += chunk[done:start], meaning
            done = end
        return "".join(parts) + chunk[done:]


def _splits(chunk: str, at: int) -> bool:
    return 0 < at < len(chunk) and not is_han(chunk[at - 1]) and not is_han(chunk[at])


def grams(text: str) -> Iterator[str]:
    """Yield Han unigrams and bigrams, and runs of letters and digits, of a normalised text."""
    for match in RUN.finditer(text):
        run = match[0]
        if is_han(run[0]):
            yield from run
            yield from map(add, run, run[1:])
        else:
            yield run


def residues(text: str) -> dict[str, int]:
    """Return bigram → remainders by 4 of the places where it begins in a normalised text, bit *i* for *i*.

    Bigrams that follow each other have remainders that do so too. That tells a compound of the query from
    its parts strewn over a record, but for one chance in four at each further bigram, in half a byte.
    """
    found: defaultdict[str, int] = defaultdict(int)
    for match in HAN_RUN.finditer(text):
        run = match[0]
        for at, pair in enumerate(map(add, run, run[1:]), match.start()):
            found[pair] |= 1 << at % 4
    return found


def concepts(text: str, phrases: Phrases) -> Iterator[str]:
    """Yield ``~meaning`` for every phrase of the vocabulary in a normalised text."""
    for match in CHUNK.finditer(text):
        for _, _, meaning in phrases.scan(match[0]):
            yield "~" + meaning


def name(text: str) -> str:
    """Return ``=`` and a digest of the letters, digits and Han of a normalised text; empty without any."""
    bare = "".join(CHUNK.findall(text))[:MAX_NAME]
    return f"={bare[:2]}{fnv1a(bare):x}" if bare else ""


def fnv1a(text: str) -> int:
    """Hash UTF-16 code units to 32 bits (FNV-1a); the browser does the same with ``charCodeAt``."""
    value = 0x811C9DC5
    for character in text:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return value
