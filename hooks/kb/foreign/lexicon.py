"""Which characters belong together: the pairs that words consist of, from the segmenter's dictionary."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_WORD = re.compile(r"^([一-龥]{2,4}) \d+ (?!n[rstz])", re.MULTILINE)
"""A line of the dictionary: a word, how often it was counted, its part of speech; names are left out."""


@cache
def pairs() -> frozenset[str]:
    """Return the pairs of neighbouring characters in the words of two to four."""
    package = find_spec("jieba")
    assert package and package.submodule_search_locations
    path = Path(package.submodule_search_locations[0], "dict.txt")
    words = _WORD.findall(path.read_text("utf-8"))
    found = {word[:2] for word in words}
    found |= {word[1:3] for word in words if len(word) > 2}
    found |= {word[2:] for word in words if len(word) > 3}
    return frozenset(found)
