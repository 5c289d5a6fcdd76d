"""Names of products, firms and people that nobody reviewed, told by their shape, place or characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from . import lexicon
from .model import Known
from .pattern import alternatives

_CALLED = r"(?:里|上)?(?:的|搜索?|叫)?[“《「]([^”》」]{2,12})[”》」]"
_SURNAMES = (
    "王李张刘陈杨赵吴徐孙朱郭林梁宋郑韩唐冯董萧程曹袁邓傅沈彭吕苏卢"
    "蒋蔡贾丁魏薛潘杜戴钟汪姜范姚谭廖邹熊陆郝孔崔邱秦侯邵孟贺龚"
)
"""Common surnames that are seldom other words."""
_PERSON = re.compile(rf"(?:员|经理|客服|师傅|老师|老板|店长|主任|主管)(?P<name>[{_SURNAMES}][一-龥]{{1,2}})")
_RUN = re.compile(r"[一-龥]{2,}")


@dataclass(frozen=True)
class Brands:
    """The shapes of names, the names that somebody reviewed, and the words of reviewed sentences.

    ``known``: pairs of characters in reviewed texts; one of them, or a word of ``plain``, before what ends a
    name (收款, 付) makes no name. ``called`` finds who or what follows a call to turn to somebody.
    ``apart`` finds characters that are no words by themselves.
    """

    shape: re.Pattern[str]
    channel: re.Pattern[str]
    called: re.Pattern[str]
    apart: re.Pattern[str]
    known: frozenset[str]
    plain: tuple[str, ...]
    reviewed: frozenset[str]

    @classmethod
    def of(cls, known: Known, reviewed: Iterable[str]) -> Brands:
        begin, end = alternatives(known.choosing), alternatives(known.shapes)
        shape = rf"(?:^|，|{begin})(?=(?P<front>[一-龥]{{2,4}}?)(?P<end>{end}))"
        texts = (*known.brands, *known.usual, *known.sounds, *reviewed)
        alone = "".join(known.alone)
        return cls(
            shape=re.compile(shape),
            channel=re.compile(alternatives(known.channels) + _CALLED),
            called=re.compile(alternatives(known.calls) + r"(?=([一-龥]{2})([一-龥]{0,2}))"),
            apart=re.compile(f"(?![{alone}])[一-龥]" if alone else r"(?!)"),
            known=frozenset("".join(pair) for text in texts for pair in pairwise(text)),
            plain=known.plain,
            reviewed=frozenset(known.brands),
        )

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

    def called_upon(self, sentence: str) -> Iterator[str]:
        """Yield whom or what a squeezed sentence calls to turn to, unless a reviewed text has it.

        Bad: ``找百川开``. Good: ``找发卡行``.
        """
        for found in self.called.finditer(sentence):
            if found[1] not in self.known:
                yield found[1] + found[2]

    def strange(self, sentence: str) -> Iterator[str]:
        """Yield runs of characters that are no words by themselves, nor part of one with a neighbour.

        One on either side is told with them; so is a surname behind what somebody does, with what follows.
        Bad: ``启盈付``, ``找秋姐``, ``店员张建国``. Good: ``顺利``, ``阿姨``, ``人员张贴``.
        """
        yield from (found["name"] for found in _PERSON.finditer(sentence) if self._is_name(found["name"]))
        for run in _RUN.finditer(sentence):
            end = 0
            for found in self.apart.finditer(run[0]):
                at = found.start()
                if at >= end and self._is_strange(run[0], at):
                    end = at + 1
                    while (
                        end < len(run[0]) and self.apart.match(run[0], end) and self._is_strange(run[0], end)
                    ):
                        end += 1
                    yield run[0][max(0, at - 1) : end + 1]

    def _is_name(self, name: str) -> bool:
        return name[:2] not in self.known and not lexicon.are_together(name[:2])

    def _is_strange(self, run: str, at: int) -> bool:
        pairs = {run[at : at + 2], run[max(0, at - 1) : at + 1]}
        return pairs.isdisjoint(self.known) and not any(map(lexicon.are_together, pairs))
