"""Normal form of a text, the same in the browser (``docs/assets/search/normalise.js``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from zhconv.zhconv import getdict

UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
"""Only A–Z: full Unicode case folding differs between Python's and the browser's Unicode version."""


def is_han(character: str) -> bool:
    """Say whether a character is Han: the unified ideographs of the basic plane."""
    return "\u3400" <= character <= "\u9fff"


def traditional_to_simplified() -> dict[str, str]:
    """Return single traditional characters → simplified (source: zhconv, which takes MediaWiki's table)."""
    return {
        traditional: simplified
        for traditional, simplified in getdict("zh-hans").items()
        if len(traditional) == len(simplified) == 1 and is_han(traditional) and is_han(simplified)
    }


def normalise(text: str, table: Mapping[int, int]) -> str:
    """Return the text in NFKC, A–Z lower, traditional characters replaced. ``table``: by code point."""
    return unicodedata.normalize("NFKC", text).translate(UPPER).translate(table)
