"""Which characters belong together: the pairs that words consist of, from the segmenter's dictionary."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FIRST, _LAST = ord("一"), ord("龥")
_NAMES = [ord(one) for one in "rstz"]
"""Behind ``n`` in the part of speech: names of people, places, firms and others. They are left out."""


def are_together(pair: str) -> bool:
    """Return whether two characters stand side by side in a word of two to four."""
    if len(pair) != 2:
        return False
    pairs, wanted = _pairs(), (ord(pair[0]) << 21) + ord(pair[1])
    at = int(np.searchsorted(pairs, wanted))
    return at < len(pairs) and bool(pairs[at] == wanted)


def load() -> None:
    """Read the dictionary now, for processes that inherit it."""
    _pairs()


@cache
def _pairs() -> NDArray[np.int64]:
    """Return the pairs in order. A line is a word, how often it was counted, and its part of speech."""
    package = find_spec("jieba")
    assert package and package.submodule_search_locations
    text = Path(package.submodule_search_locations[0], "dict.txt").read_text("utf-8").strip() + "\n"
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    ends = np.flatnonzero(codes == ord("\n"))
    begins = np.concatenate([[0], ends[:-1] + 1])
    spaces = np.flatnonzero(codes == ord(" ")).reshape(-1, 2)
    lengths, kinds = spaces[:, 0] - begins, spaces[:, 1] + 1
    names = (codes[kinds] == ord("n")) & np.isin(codes[kinds + 1], _NAMES)
    words = (lengths >= 2) & (lengths <= 4) & ~names
    firsts = np.concatenate([begins[words & (lengths > place + 1)] + place for place in range(3)])
    one, other = codes[firsts], codes[firsts + 1]
    han = (one >= _FIRST) & (one <= _LAST) & (other >= _FIRST) & (other <= _LAST)
    return np.unique((one[han] << 21) + other[han])
