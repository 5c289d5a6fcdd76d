"""Words written with other characters of the same sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

from .characters import HAN

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")


@lru_cache(maxsize=1)
def _sounds() -> dict[int, str]:
    """Return for each character the first one that sounds like it, tones apart, in its commonest reading."""
    first: dict[str, str] = {}
    sounds = {}
    for character in sorted(HAN):
        reading = pinyin_dict.get(ord(character), character).split(",")[0].translate(_TONES)
        sounds[ord(character)] = first.setdefault(reading, character)
    return sounds


@lru_cache(maxsize=4)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(word.translate(_sounds()) for word in longest) or r"(?!)")


def homophones(text: str, words: tuple[str, ...]) -> Iterator[str]:
    """Yield what sounds like one of the words and is another. Bad: ``薇芯``. Good: ``微信``."""
    for found in _any(words).finditer(text.translate(_sounds())):
        written = text[found.start() : found.end()]
        if written not in words:
            yield written
