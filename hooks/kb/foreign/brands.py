"""Names of products and firms: one has a shape, and stands in the list unless it is foreign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .model import Known
from .pattern import alternatives


@dataclass(frozen=True)
class Brands:
    """The shapes of names, the names that somebody reviewed, and the words of reviewed sentences.

    ``known``: pairs of characters in reviewed texts; one of them, or a word of ``plain``, before what ends a
    name (收款, 付) makes no name.
    """

    shape: re.Pattern[str]
    known: frozenset[str]
    plain: tuple[str, ...]

    @classmethod
    def of(cls, known: Known, reviewed: Iterable[str]) -> Brands:
        begin, end = alternatives(known.choosing), alternatives(known.shapes)
        shape = rf"(?:^|，|{begin})(?=(?P<front>[一-龥]{{2,4}}?)(?P<end>{end}))"
        pairs = {"".join(pair) for text in (*known.brands, *reviewed) for pair in pairwise(text)}
        return cls(re.compile(shape), frozenset(pairs), known.plain)

    def foreign(self, sentence: str) -> Iterator[str]:
        """Yield the names of a squeezed sentence that nobody reviewed.

        Bad: ``换成蓝鲸收银``. Good: ``换成余额付``.
        """
        shortest = {found.end("end"): found for found in self.shape.finditer(sentence)}
        for found in shortest.values():
            front = found["front"]
            if front[-2:] not in self.known and not front.endswith(self.plain):
                yield front + found["end"]
