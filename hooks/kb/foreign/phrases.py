"""Advertising and calls to contact somebody: the one thing that is known by its words.

Patterns are plain words with ``[甲|乙]`` for one of several (an empty one too), ``?`` behind what may be
missing, ``[^甲|乙]`` for what must not follow (or, at the start, precede; one character each), and ``…``
for up to eight characters of the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .model import Find, Known

_TOKEN = re.compile(r"\[(\^?)([^\]]*)\](\??)|…|\?|.", re.DOTALL)
_SINGLE = re.compile(r"(?<![一-鿿])([一-鿿])[，、,:：;·\s-]+(?=[一-鿿](?![一-鿿]))")
"""Characters that stand alone between marks: ``加、微、信``."""
_MARK = re.compile(r"[^\w，。\n]+|_+")
_PAUSE = str.maketrans("、：；:;,（）()", "，" * 10)
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」]?)?|[。！？!?]+")


def regex(pattern: str) -> str:
    """Return the regular expression of a pattern in plain words."""
    pieces = []
    for token in _TOKEN.finditer(pattern.lower()):
        options = "|".join(map(re.escape, (token[2] or "").split("|")))
        if token[1] and not token.start():
            pieces.append(f"(?<![{options.replace('|', '')}])")
        elif token[1]:
            pieces.append(f"(?!{options})")
        elif token[2] is not None:
            pieces.append(f"(?:{options}){token[3]}")
        else:
            pieces.append({"…": "[^，。\\n]{0,8}", "?": "?"}.get(token[0]) or re.escape(token[0]))
    return "".join(pieces)


@lru_cache(maxsize=16)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(regex, patterns)) or r"(?!)")


def squeeze(text: str) -> str:
    """Return a text in lower case without spaces and marks; what makes a pause becomes ``，``."""
    text = _SINGLE.sub(r"\1", text.lower())
    return _MARK.sub("", text.translate(_PAUSE))


def phrases(text: str, known: Known) -> Iterator[Find]:
    """Yield the refused phrases of a text, unless their sentence warns against them or has been reviewed.

    A warning cannot be abused: a number, a word or a link that leads to somebody is refused by other rules.

    Bad: ``加 微 信``, ``免费领 POS 机``, ``别错过套现``. Good: ``有人让你加微信办机器，别信``.
    """
    refused = _any(known.refused)
    if not refused.search(squeeze(text)):
        return
    for sentence in known.reviewed:
        text = re.sub(rf"(?<![^。！？\n“”]){re.escape(sentence)}(?![^。！？\n“”])", "", text)
    for shown in _SENTENCE.findall(text):
        clause = squeeze(shown)
        if _any(known.warned).search(clause) and not _any(known.baits).search(clause):
            continue
        for found in refused.finditer(clause):
            yield Find("phrase", found[0])
