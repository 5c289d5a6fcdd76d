"""Names of products and firms: one has a shape, and stands in the list unless it is foreign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .model import Known
from .pattern import alternatives

_CALLED = r"(?:里|上)?(?:的|搜索?|叫)?[“《「]([^”》」]{2,12})[”》」]"


@dataclass(frozen=True)
class Brands:
    """The shapes of names, the names that somebody reviewed, and the words of reviewed sentences.

    ``known``: pairs of characters in reviewed texts; one of them, or a word of ``plain``, before what ends a
    name (收款, 付) makes no name.
    """

    shape: re.Pattern[str]
    channel: re.Pattern[str]
    known: frozenset[str]
    plain: tuple[str, ...]
    reviewed: frozenset[str]

    @classmethod
    def of(cls, known: Known, reviewed: Iterable[str]) -> Brands:
        begin, end = alternatives(known.choosing), alternatives(known.shapes)
        shape = rf"(?:^|，|{begin})(?=(?P<front>[一-龥]{{2,4}}?)(?P<end>{end}))"
        pairs = {"".join(pair) for text in (*known.brands, *reviewed) for pair in pairwise(text)}
        channel = re.compile(alternatives(known.channels) + _CALLED)
        return cls(re.compile(shape), channel, frozenset(pairs), known.plain, frozenset(known.brands))

    def channels(self, shown: str) -> Iterator[str]:
        """Yield what a channel where anybody may speak is called. Bad: ``公众号搜“收款之家”``."""
        return (found[1] for found in self.channel.finditer(shown) if found[1] not in self.reviewed)

    def foreign(self, sentence: str) -> Iterator[str]:
        """Yield the names of a squeezed sentence that nobody reviewed.

        Bad: ``换成蓝鲸收银``. Good: ``换成余额付``.
        """
        shortest = {found.end("end"): found for found in self.shape.finditer(sentence)}
        for found in shortest.values():
            front = found["front"]
            if front[-2:] not in self.known and not front.endswith(self.plain):
                yield front + found["end"]
