"""What a character looks like: one table that folds look-alikes onto plain ASCII and simplified Chinese."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import unicodedata

_LOOK_ALIKE = {
    # Cyrillic, Greek, Armenian and Cherokee letters, small capitals and phonetic letters, by what they look like.
    "a": "аαɑᴀａ", "b": "ЬВвΒβʙƅᖯ", "c": "сϲᴄⅽСϹ", "d": "ԁɗᴅժ", "e": "еεєɛᴇҽЕΕ", "f": "ғƒꜰϝ", "g": "ɡգɢ",
    "h": "һНнΗհʜ", "i": "іιɩıɪІΙӏ", "j": "јϳᴊЈ", "k": "кκҝᴋКΚ", "l": "ⅼʟון", "m": "мΜмᴍⅿМ", "n": "пηոɴΝ",
    "o": "оοσօᴏОΟ", "p": "рρᴘРΡ", "q": "ԛգզ", "r": "гɾʀꭇ", "s": "ѕꜱՏЅ", "t": "тτᴛТΤ", "u": "υսᴜʋц", "v": "ѵνᴠⅴ∨",
    "w": "ԝωшᴡѡԜ", "x": "хχⅹ×ХΧ", "y": "уγʏүΥУ", "z": "ᴢʐΖ",
    "+": "➕＋﹢✚", "-": "‐‑‒–—―−﹘－⁃➖", "/": "⁄∕⧸╱", "\\": "∖⧵╲﹨", ":": "：꞉˸∶ː", "·": "•・‧∙⋅●⸱",
    "信": "伩訫❤♥💗💓💕💖❣🧡💛💚💙💜", "微": "溦嶶㣲", "电": "電☎", "话": "話", "联": "聯連", "系": "繫係", "办": "辦",
    "费": "費", "领": "領", "扫": "掃", "码": "碼", "开": "開", "机": "機", "号": "號", "点": "點", "现": "現",
    "热": "熱", "线": "線", "务": "務", "书": "書", "证": "證", "个": "個", "团": "團", "网": "網", "台": "臺",
    "卖": "賣", "询": "詢", "请": "請", "购": "購", "这": "這", "额": "額", "脸": "臉", "刷": "唰",
    "企": "🐧", "零": "〇○◯⭕", "二": "贰貳弐", "三": "叁參叄", "四": "肆", "五": "伍", "六": "陆陸", "七": "柒",
    "八": "捌", "九": "玖", "一": "壹弌幺",
}  # fmt: skip
_FOLD = {glyph: plain for plain, glyphs in _LOOK_ALIKE.items() for glyph in glyphs}
_FOLD |= {chr(start + n): chr(97 + n) for start in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


def is_invisible(character: str) -> bool:
    """Return whether a character leaves no ink and is not white space."""
    if character in "\t\n\r":
        return False
    return (
        unicodedata.category(character) in {"Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp"}
        or character in _FILLERS
        or is_selector(character)
    )


def is_selector(character: str) -> bool:
    """Return whether a character picks a variant of the one before it."""
    code = ord(character)
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180D


class _Folding(dict[str, str]):
    """Fold a character the first time it is met: at most one entry for each character of Unicode."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _fold(character)
        return folded


def _fold(character: str) -> str:
    if character in _FOLD:
        return _FOLD[character]
    if character.isspace():
        return character if character in "\n\t " else " "
    if is_invisible(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", character)
    if plain == character:
        return character.lower()[:1]
    return "".join(FOLDING[part] for part in plain)


FOLDING: dict[str, str] = _Folding()
"""Character → how it reads: ``"１" → "1"``, ``"а" → "a"``, ``"②" → "2"``, zero-width → ``""``."""
