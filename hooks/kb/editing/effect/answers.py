"""What the questions of people open, by what the index learns from asks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Cause, Remedy
from kb.memory import Memory
from kb.search import learn
from kb.search.build import cutter_of
from kb.search.documents import ELSEWHERE, Document
from kb.search.encode import bodies
from kb.search.lessons import Learnt
from kb.search.needs import CACHE, KEPT, School, Stray, learnt, school, table
from kb.search.needs import Report as NeedsReport
from kb.search.occurrences import Cutter
from kb.search.scale import FOR, SIGNED
from kb.search.segment import grams
from kb.search.vocabulary import Vocabulary


@dataclass(frozen=True)
class Opened:
    """The questions of one version, and what opens first for any text."""

    library: Library

    @cached_property
    def documents(self) -> list[Document]:
        found = [_document(card, self.library) for card in self.library.of(AnswerCard)]
        for entry in self.library.elsewhere.entries:
            asks = self.library.asks_named(f"elsewhere/{entry.id}")
            found.append(Document(f"{ELSEWHERE}{entry.id}", entry.title, summary=entry.answer, asks=asks))
        return found

    @cached_property
    def owners(self) -> dict[str, str]:
        """Ask → what it is written for."""
        return {ask: document.answer for document in self.documents for ask in document.asks}

    @cached_property
    def _cutter(self) -> Cutter:
        return cutter_of(Vocabulary.from_data(self.library.vocabulary.model_dump()))

    @cached_property
    def _school(self) -> School:
        return school(self.documents, self.library.asks_named("nothing"), self._cutter)

    @cached_property
    def _learnt(self) -> Learnt:
        return learnt(self._school, Memory(Path(self.library.root, CACHE), KEPT))

    @property
    def size(self) -> int:
        """Bytes of what the index learnt."""
        weights = table(self._learnt, self._school, self.documents, self._cutter)
        return sum(map(len, bodies(weights)))

    def first(self, texts: list[str]) -> dict[str, str]:
        """Return for each text the answer that opens first: an id, or a kind of question for others."""
        return {text: max(odds, key=odds.__getitem__) for text, odds in self.odds(texts).items()}

    def odds(self, texts: list[str]) -> dict[str, dict[str, float]]:
        """Return for each text the logarithm of the odds of each answer, up to a constant."""
        found = self._learnt
        count = len(found.sizes)
        weights: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for term, target, level in zip(found.of, found.targets, found.levels, strict=True):
            if target < count:
                weights[found.terms[term]].append((int(target), FOR.step * float(level)))
        absent = np.log(learn.MASS / (learn.MASS + np.array(found.sizes)))
        leads = [self.documents[lead].answer for lead in self._school.leads]
        judged = {}
        for text, normal in zip(texts, self._cutter.normals(texts), strict=True):
            score = np.zeros(count)
            terms = set(grams(normal))
            for term in terms & weights.keys():
                score += absent
                for need, weight in weights[term]:
                    score[need] += weight
            sure = found.sure / np.sqrt(max(1, len(terms)))
            judged[text] = dict(zip(leads, (sure * score).tolist(), strict=True))
        return judged

    def lost(self, texts: list[str]) -> set[str]:
        """Return the texts that fit nothing here, judged as the browser does."""
        found, scale = self._learnt, SIGNED[learn.NOTHING]
        nothing = {
            found.terms[term]: scale.step * (int(level) - scale.zero)
            for term, target, level in zip(found.of, found.targets, found.levels, strict=True)
            if target == len(found.sizes) + learn.NOTHING
        }
        known = {found.terms[term] for term in found.of}
        lost = set()
        for text, normal in zip(texts, self._cutter.normals(texts), strict=True):
            terms = set(grams(normal))
            telling = [term for term in terms if len(term) > 1]
            if telling:
                share = sum(term in known for term in telling) / len(telling)
                doubt = sum(nothing.get(term, 0.0) for term in terms) / len(terms) - learn.COVERED * share
                lost |= {text} if doubt > found.doubt else set()
        return lost

    def strays(self) -> list[Stray]:
        """Return the asks that are more like those of another answer, the worst first."""
        names = tuple(document.answer for document in self.documents)
        return NeedsReport(self._school, self._learnt.guesses, names).strays()

    def need(self, answer: str) -> str:
        """Return what leads the need of an answer: a remedy of one cause alone is one need with it."""
        card = self.library.cards.get(answer)
        return card.head.cause or answer if card and isinstance(card.head, Remedy) else answer


CLOSE = 0.25
"""Logarithm of odds below which two answers are next to equal: any change of any card may turn them round.

What one more clause in another summary turned round was within 0.05."""


@dataclass(frozen=True)
class Moved:
    """A question that opens another answer than before.

    ``stolen``: it still is written for the old one; ``close``: the two were and are next to equal.
    """

    ask: str
    old: str
    new: str
    stolen: bool
    close: bool


def moved(before: Opened, after: Opened) -> Iterator[Moved]:
    """Yield the project's own questions, of both versions, that now open another answer."""
    same = before.library.vocabulary == after.library.vocabulary
    if same and before.documents == after.documents:
        return
    asks = sorted({*before.owners, *after.owners})
    was, now = before.odds(asks), after.odds(asks)
    for ask in asks:
        one, other = (max(odds, key=odds.__getitem__) for odds in (was[ask], now[ask]))
        old_need, new_need = before.need(one), after.need(other)
        if old_need != new_need:
            ahead = was[ask][one] - was[ask].get(other, -math.inf)
            behind = now[ask][other] - now[ask].get(one, -math.inf)
            owner = after.need(after.owners.get(ask, ""))
            close = max(ahead, behind) < CLOSE
            yield Moved(ask, old_need, new_need, stolen=owner == old_need, close=close)


def new_asks(before: Opened, after: Opened) -> dict[str, str]:
    """Return the questions that stand with another answer than before or are new, with that answer."""
    return {ask: answer for ask, answer in after.owners.items() if before.owners.get(ask) != answer}


def misfiled(before: Opened, after: Opened) -> list[Stray]:
    """Return those of them that are more like the questions of another answer, the farthest first."""
    come = new_asks(before, after)
    return [stray for stray in after.strays() if stray.text in come] if come else []


def _document(card: Card[AnswerCard], library: Library) -> Document:
    head = card.head
    prompts = [library.prompt_by_text[text] for text in head.prompts] if isinstance(head, Cause) else []
    return Document(
        url=card.url,
        title=head.title,
        id=card.id,
        need=(head.cause or "") if isinstance(head, Remedy) else "",
        summary=head.summary,
        asks=library.asks_of(card),
        prompts=tuple(text for prompt in prompts for text in (prompt.text, *prompt.variants)),
        aliases=((head.exact,) if head.exact else ()) + head.aliases,
    )
