"""Phrases and names in a text; what ``segment.js`` does in the browser. A test compares them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

CHUNK = re.compile("[0-9a-z\u3400-\u9fff]+")
RUN = re.compile("[0-9a-z]+|[\u3400-\u9fff]+")
MAX_NAME = 40
"""Characters of a name that are compared; longer ones are cut on both sides."""


class Phrases:
    """Finds phrases in a text, left to right, longest first. ``meanings``: phrase → what it stands for.

    A phrase never splits a run of letters or digits.
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = dict(meanings)
        rest: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in sorted(filter(CHUNK.fullmatch, meanings), key=len, reverse=True):
            after = "(?![0-9a-z])" if phrase[-1].isascii() else ""
            rest[phrase[0]].append(phrase[1:] + after)
        branches = (
            first + (f"(?<![0-9a-z]{first})" if first.isascii() else "") + f"(?:{'|'.join(ends)})"
            for first, ends in rest.items()
        )
        self.pattern = re.compile("|".join(branches) or "(?!)")

    def scan(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each phrase starts, and its meaning."""
        for match in self.pattern.finditer(text):
            yield match.start(), self.meanings[match[0]]

    def replace(self, text: str) -> str:
        """Return the text with every phrase replaced by its meaning."""
        return self.pattern.sub(lambda match: self.meanings[match[0]], text)


def grams(text: str) -> list[str]:
    """Return Han characters, neighbouring pairs of them, and runs of letters and digits of a normal form."""
    found = []
    for run in RUN.findall(text):
        if run < "\u3400":
            found.append(run)
        else:
            found += [*run, *map("".join, pairwise(run))]
    return found


def is_bigram(term: str) -> bool:
    """Say whether a term is two Han characters."""
    return len(term) == 2 and term[0] >= "\u3400"


def name(text: str) -> str:
    """Return ``=`` and a digest of the letters, digits and Han of a normalised text; empty without any."""
    bare = "".join(CHUNK.findall(text))[:MAX_NAME]
    return f"={bare[:2]}{fnv1a(bare) & 0xFFFFF:x}" if bare else ""


def fnv1a(text: str) -> int:
    """Hash UTF-16 code units to 32 bits (FNV-1a); the browser does the same with ``charCodeAt``."""
    value = 0x811C9DC5
    for character in text:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return value
