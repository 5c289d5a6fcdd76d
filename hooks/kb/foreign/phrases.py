"""Advertising and calls to contact somebody: the one thing that is known by its words.

Most are known by examples (``learnt.py``), names by their shape (``brands.py``); few patterns are left.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from .brands import Brands
from .learnt import Learnt, remembered
from .model import BLANK, Find, Known
from .pattern import alternatives
from .sounds import homophones

_SINGLE = re.compile(r"(?<![一-鿿])([一-鿿])[，、。！？,.!?:：;·\s-]+(?=[一-鿿](?![一-鿿]))")
"""Characters that stand alone between marks: ``加、微、信``."""
_HELD = re.compile(r"[（(【\[]([一-鿿])[】\])）]")
"""One character held apart: ``公（众）号``."""
_INSIDE = itemgetter(1)
"""What the group of a match has: a template takes five times as long where nothing matches."""
_MARK = re.compile(rf"[^\w，。\n]+|[_{BLANK}]+")
_PAUSE = re.compile(r"[、：:,（）()]")
_SENTENCE = re.compile(r"[^。！？；!?;\n]+(?:[。！？；!?;]+[”’」]?)?|[。！？；!?;]+")
"""A semicolon ends what is judged as a whole: what stands behind it is not thinned by what stands before."""
_HAN = re.compile(r"[一-龿]")
_ONE_CLAUSE = re.compile(r"[：，、:,]?“[^”]*”|、")
"""What somebody else says belongs to the clause that tells of it, and so does each item of a list."""
_PAUSES = re.compile(r"[、：；:;,，。！？（）()]")


def squeeze(text: str) -> str:
    """Return a text in lower case without spaces and marks; what makes a pause becomes ``，``."""
    return _MARK.sub("", _PAUSE.sub("，", _HELD.sub(_INSIDE, text.lower())))


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a text that are Chinese and more than a character, as shown and squeezed."""
    for shown in _SENTENCE.findall(_SINGLE.sub(_INSIDE, text)):
        sentence = squeeze(shown).strip("，。")
        if len(sentence) > 1 and _HAN.search(sentence):
            yield shown.strip(), sentence


ASKED = "问："
"""Stands before what people ask, in examples too: they say what our texts do not."""
A_WORD = len("问，一个词语")
"""Length of an ask up to which it is a word of the vocabulary, not a sentence."""
SHORT_ASK = 12
"""Characters of an advert up to which it may stand among the asks."""
LEAST, SHORT = 3, 4
"""Different characters from which on a text is like something; up to how many there is little to judge by."""
ENOUGH, ENOUGH_BEHIND, ENOUGH_STRING = -0.3, 0.0, 0.4
ENOUGH_SAID, ENOUGH_ASKED, ENOUGH_SHORT, ENOUGH_CUT = 0.2, 0.9, 0.8, 1.0
"""Scores above which a text is taken for an advert: one that readers see; one behind a warning, or a comment;
a string of a program; what stands among the asks and asks nothing, and a question; a word or two, and what is
put together of blocks as short, or is written for editors. Tuned on texts that had not been learnt then."""


@dataclass(frozen=True)
class Undecided:
    """A find if one of these squeezed texts is more like the adverts than that."""

    find: Find
    texts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class _Judge:
    """The lists of phrases and examples, ready to judge sentences."""

    refused: re.Pattern[str]
    demands: re.Pattern[str]
    warned: re.Pattern[str]
    baits: re.Pattern[str]
    asking: re.Pattern[str]
    brands: Brands
    adverts: frozenset[str]
    harmless: frozenset[str]
    learnt: Learnt

    def judged(self, shown: str, sentence: str) -> tuple[str, bool]:
        """Return what of a sentence is judged, squeezed, and whether it is what stands behind a warning.

        ``谨防代办，找我们`` leads to ``找我们``: it excuses what it tells of, not what it offers instead.
        """
        whole = sentence
        if "“" in shown or "、" in shown:
            whole = squeeze(_ONE_CLAUSE.sub(lambda part: _PAUSES.sub("", part[0]), shown)).strip("，。")
        clauses = whole.split("，")
        warnings = [number for number, clause in enumerate(clauses, 1) if self.warned.search(clause)]
        if not warnings or self.baits.search(sentence):
            return sentence, False
        return "，".join(clauses[warnings[-1] :]), True

    def answered(self, question: str) -> str:
        """Return what stands behind the last clause that asks. Bad: ``怎么开通，点我看``."""
        clauses = question.split("，")
        last = max(number for number, clause in enumerate(clauses, 1) if self.asking.search(clause))
        return squeeze(ASKED) + "，".join(clauses[last:])

    def patterns(self, rest: str, known: Known, asked: bool) -> Iterator[str]:
        """Yield what a judged sentence says in a way that nobody here does; who asks may tell of demands."""
        for pattern in (self.refused,) if asked else (self.refused, self.demands):
            yield from (match[0] for match in pattern.finditer(rest))
        yield from (one for one in homophones(rest, known.sounds) if one not in known.usual)

    def called(self, find: Find, squeezed: str, known: Known) -> Find | Undecided:
        """Return what becomes a find if a text that is no sentence for readers advertises or calls."""
        if any(self.patterns(squeezed, known, asked=False)) or squeezed in self.adverts:
            return find
        return Undecided(find, ((squeezed, ENOUGH_CUT),))

    def decided(self, undecided: Sequence[Undecided]) -> Iterator[bool]:
        """Yield for each whether it is a find."""
        scores = iter(self.scores([text for one in undecided for text, _ in one.texts]))
        return (any([next(scores) > enough for _, enough in one.texts]) for one in undecided)

    def scores(self, texts: Sequence[str]) -> Iterator[float]:
        """Yield how much squeezed texts are like the adverts; what is too short to tell is not like them."""
        long = [text for text in texts if len(set(_HAN.findall(text))) >= LEAST]
        scores = dict(zip(long, self.learnt.scores(long).tolist(), strict=True))
        return (scores.get(text, -math.inf) for text in texts)


@lru_cache(maxsize=4)
def judge_of(known: Known) -> _Judge:
    """Return what judges by these lists; it takes a while to learn, and less to read what was kept."""
    adverts, harmless = (
        tuple(sentence for line in lines for _, sentence in sentences(line))
        for lines in (known.adverts, known.harmless)
    )
    asked = (squeeze(ASKED) + advert for advert in adverts if len(advert) <= SHORT_ASK)
    return _Judge(
        refused=re.compile(alternatives(known.refused)),
        demands=re.compile(alternatives(known.demands)),
        warned=re.compile(alternatives(known.warned)),
        baits=re.compile(alternatives(known.baits)),
        asking=re.compile(alternatives(known.asking)),
        brands=Brands.of(known, harmless),
        adverts=frozenset(adverts),
        harmless=frozenset(harmless),
        learnt=remembered((*adverts, *asked), harmless, known.cache and known.cache / "learnt"),
    )


def phrases(
    text: str, known: Known, *, asked: bool = False, program: bool = False, aside: bool = False
) -> Iterator[Find | Undecided]:
    """Yield what advertises in a text, unless its sentence warns or stands among the harmless examples.

    A warning cannot be abused: a number, a word or a link that leads to somebody is refused by other rules, a
    name that nobody reviewed by its shape or its characters. Who asks may name a firm of a known shape or
    channel. ``program``: the text is a string of a program, or a pattern; ``aside``: a comment.

    Bad: ``加 微 信``, ``免费领 POS 机``, ``别错过套现``. Good: ``有人让你加微信办机器，别信``.
    """
    judge = judge_of(known)
    for shown, sentence in sentences(ASKED + text if asked else text):
        if sentence in judge.harmless:
            continue
        questions = asked and judge.asking.search(sentence)
        names = [] if questions else [*judge.brands.foreign(sentence), *judge.brands.channels(shown)]
        if not asked:
            names += judge.brands.called_upon(sentence)
        yield from (Find("brand", name) for name in names)
        rest, behind = judge.judged(shown, sentence)
        found = [] if names else list(judge.patterns(rest, known, asked))
        strange = [] if names or found else list(judge.brands.strange(sentence))
        yield from (Find("strange", name) for name in strange)
        enough = ENOUGH_BEHIND if behind or aside else ENOUGH
        if asked:
            enough = ENOUGH_ASKED if questions else ENOUGH_SAID
        elif program or len(rest) <= SHORT:
            enough = ENOUGH_STRING if program else ENOUGH_SHORT
        yield from (Find("phrase", one) for one in found)
        if names or found or strange or (asked and len(sentence) <= A_WORD):
            continue
        find = Find("phrase", shown.removeprefix(ASKED))
        texts = [(rest, enough), *([(judge.answered(sentence), ENOUGH_SAID)] if questions else [])]
        yield find if sentence in judge.adverts else Undecided(find, tuple(texts))
