"""Advertising and calls to contact somebody: the one thing that is known by its words.

Most are known by examples (``learnt.py``). Patterns are plain words with ``[甲|乙]`` for one of several (an
empty one too), ``?`` behind what may be missing, ``[^甲|乙]`` for what must not follow (or, at the start,
precede; one character each), ``…`` for up to eight characters of the same clause, ``@`` for a letter, ``^``
and ``$`` for the ends of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .learnt import is_advert, learn
from .model import BLANK, Find, Known
from .sounds import homophones

_TOKEN = re.compile(r"\[(\^?)([^\]]*)\](\??)|.", re.DOTALL)
_SIGNS = {
    "…": r"[^，。\n]{0,8}",
    "?": "?",
    "@": "[a-z]",
    "^": r"(?<![^，。\n])",
    "$": r"(?![^，。\n])",
}
_SINGLE = re.compile(r"(?<![一-鿿])([一-鿿])[，、。！？,.!?:：;·\s-]+(?=[一-鿿](?![一-鿿]))")
"""Characters that stand alone between marks: ``加、微、信``."""
_HELD = re.compile(r"[（(【\[]([一-鿿])[】\])）]")
"""One character held apart: ``公（众）号``."""
_MARK = re.compile(rf"[^\w，。\n]+|[_{BLANK}]+")
_PAUSE = str.maketrans("、：；:;,（）()", "，" * 10)
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」]?)?|[。！？!?]+")
_HAN = re.compile(r"[一-龿]")


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
            pieces.append(_SIGNS.get(token[0]) or re.escape(token[0]))
    return "".join(pieces)


def squeeze(text: str) -> str:
    """Return a text in lower case without spaces and marks; what makes a pause becomes ``，``."""
    return _MARK.sub("", _HELD.sub(r"\1", text.lower()).translate(_PAUSE))


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text that are Chinese and more than a character, as shown and squeezed."""
    for shown in _SENTENCE.findall(_SINGLE.sub(r"\1", text)):
        sentence = squeeze(shown).strip("，。")
        if len(sentence) > 1 and _HAN.search(sentence):
            yield shown.strip(), sentence


@dataclass(frozen=True)
class _Judge:
    """The lists of phrases and examples, ready to judge sentences."""

    refused: re.Pattern[str]
    warned: re.Pattern[str]
    baits: re.Pattern[str]
    harmless: frozenset[str]
    weights: Mapping[str, float]

    def warns(self, sentence: str) -> bool:
        return self.warned.search(sentence) is not None and self.baits.search(sentence) is None


@lru_cache(maxsize=4)
def _judge(known: Known) -> _Judge:
    adverts, harmless = (
        tuple(sentence for line in lines for _, sentence in sentences(line))
        for lines in (known.adverts, known.harmless)
    )
    return _Judge(
        refused=_any(known.refused),
        warned=_any(known.warned),
        baits=_any(known.baits),
        harmless=frozenset(harmless),
        weights=learn(adverts, harmless),
    )


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(regex, patterns)) or r"(?!)")


def phrases(text: str, known: Known) -> Iterator[Find]:
    """Yield what advertises in a text, unless its sentence warns or stands among the harmless examples.

    A warning cannot be abused: a number, a word or a link that leads to somebody is refused by other rules.

    Bad: ``加 微 信``, ``免费领 POS 机``, ``别错过套现``. Good: ``有人让你加微信办机器，别信``.
    """
    judge = _judge(known)
    for shown, sentence in sentences(text):
        if sentence in judge.harmless or judge.warns(sentence):
            continue
        found = [match[0] for match in judge.refused.finditer(sentence)]
        found += homophones(sentence, known.sounds)
        if not found and is_advert(sentence, judge.weights):
            found.append(shown)
        yield from (Find("phrase", one) for one in found)
