"""Numbers to call in parts, with words, letters or units in their gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import BLANK

RUN = re.compile(r"[0-9](?:[\W_]{0,8}[0-9])*")
"""Digits without words in their gaps, which are judged as one number."""
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?<![0-9])1[3-9][0-9][^0-9\n]{1,12}[0-9]{4}[^0-9\n]{1,12}[0-9]{4}(?![0-9])",
        r"(?<![0-9])[48]00[^0-9\n]{1,12}[0-9]{3,4}[^0-9\n]{1,12}[0-9]{3,4}(?![0-9])",
        r"(?<![0-9])1[^0-9\n]{0,6}[3-9](?:[^0-9\n]{0,6}[0-9]){9}(?![0-9])",
    )
)
"""Numbers to call with words or letters in their gaps: ``138 开头，0013 居中，8000 收尾``, ``1转3转8…``."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}|[48]00[0-9]{7}")
LONGEST, WIDEST = 11, 12
"""Digits of a number to call, and characters between two of its parts that are told as quantities."""
_NOUGHT = re.compile(r"(?<![0-9.,])0[0-9]")
"""No quantity begins with nought."""
_WHOLE = re.compile(r"[0-9\s-]+")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_PART = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
"""An amount or a time is one part."""
_PRESSED = re.compile(r"[拨摁]|按[进下住键到出一]|[位个一]按|打[过出]|照打|电话|号码|数字|末尾接")
_SENTENCE = re.compile(r"[^。！？]+")


def scattered(digits: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where numbers to call stand in ``text``.

    ``digits``: the text with one sign for each of its characters, digits of any kind as ``0`` to ``9``, and
    without quantities.
    """
    for shape in _SHAPES:
        for found in shape.finditer(digits):
            if not RUN.fullmatch(found[0]):
                yield found.span()
    for sentence in _SENTENCE.finditer(text):
        for start, end in _in_units(sentence[0]):
            yield sentence.start() + start, sentence.start() + end


def _in_units(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield numbers to call that are told as quantities: ``138 元 0013 元 8000 元``, ``13:80、01:38、00:0``.

    One that no nought gives away is told where something is dialled: ``138 元、1234 元、5678 元，拨``.
    """
    sentence = _DATE.sub(lambda date: BLANK * len(date[0]), sentence)
    parts = [(re.sub("[.,:]", "", part[0]), *part.span()) for part in _PART.finditer(sentence)]
    dialled = _PRESSED.search(sentence)
    for first, (digits, start, end) in enumerate(parts):
        for more, begin, behind in parts[first + 1 : first + LONGEST]:
            digits += more
            if len(digits) > LONGEST or begin - end > WIDEST:
                break
            end = behind
            if len(digits) < LONGEST - 1 or not _MOBILE.fullmatch(digits):
                continue
            whole = sentence[start:end]
            if not _WHOLE.fullmatch(whole) and (dialled or _NOUGHT.search(whole)):
                yield start, end
