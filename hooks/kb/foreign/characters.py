"""The characters that may stand in the site: Han in use, ASCII, and the signs our texts need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Find


def _han() -> str:
    """Return the 6,763 characters of GB 2312, levels 1 and 2."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in rows)


STROKES = frozenset(
    "丶丨丿乀乁乂亅亠亻仂冂冖冫凵勹匚匸卩厶囗夂夊宀屮巛彐彡彳忄扌"
    "攴攵殳氵灬爿犭疒癶礻糸纟罒艹虍衤讠豸辶阝钅隹饣髟丬刂丌"
)
"""Strokes and halves of characters: nobody writes them but to draw another one."""
HAN = frozenset(_han()) - STROKES

SIGNS = "·〇×÷–—‘’“”…→←↑↓①②③④⑤⑥⑦⑧⑨⑩≥≤≈≠±−%‰°℃¥￥√✓、。《》「」【】〔〕（），：；！？"
CODE_SIGNS = SIGNS + "鿿›・％∞０３５８ＡＵＴＨ～＝／㐀"
"""Scripts fold full-width forms and name the ends of ranges."""


def _none_of(signs: str) -> re.Pattern[str]:
    """Return what finds a character that is neither Han in use nor one of these."""
    return re.compile(f"[^{''.join(HAN)}{re.escape(signs)}]")


_ASCII = "\n\t" + "".join(map(chr, range(0x20, 0x7F)))
_PROSE = _none_of(_ASCII + SIGNS + "＝／")
_CODE = _none_of(_ASCII + CODE_SIGNS)


def characters(text: str, code: bool = False) -> Iterator[Find]:
    """Yield each character that is not allowed, once.

    Bad: ``ｖ``, ``а`` (Cyrillic), U+200B, ``➀``, ``㣲``.
    """
    strange = (_CODE if code else _PROSE).findall(text)
    return (Find("character", one) for one in dict.fromkeys(strange))
