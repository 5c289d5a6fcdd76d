"""The site's own words: what jieba must not cut, what means the same, what is often misspelt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Vocabulary:
    """``docs/_data/vocabulary.yml`` as read.

    ``words`` feed jieba's user dictionary; each tuple of ``same`` lists ways to say one thing, the first
    names it; ``spellings`` replaces a misspelling that pinyin cannot explain, on both sides; ``english`` is
    what English words mean here, empty for those that mean nothing; ``asides`` are words of threats, which
    tell nothing about what is the matter.
    """

    words: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    english: tuple[tuple[str, str], ...] = ()
    asides: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Vocabulary:
        """Read the parsed YAML: ``spellings`` and ``english`` are mappings, all others lists."""
        return cls(
            words=tuple(data.get("words") or ()),
            same=tuple(tuple(group) for group in data.get("same") or ()),
            spellings=tuple((data.get("spellings") or {}).items()),
            english=tuple((data.get("english") or {}).items()),
            asides=tuple(data.get("asides") or ()),
        )
