"""The words of a diagnosis: answers as they were chosen, the case as text, labels of the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from kb import tree
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause, Option, Remedy
from kb.content.topics import Topic

WORDS = {"likely": "很可能", "possible": "有可能", "unlikely": "不太可能"}
"""A probability in words; the thresholds are those of ``kb.tree.verdict``."""

UNSURE = "还分不清是哪一种原因"

SURE = 0.85
"""Chance from which a cause is all but certain."""

WORTHWHILE = 0.1
"""Chance to help from which a remedy is shown on a result page."""

MOST_STEPS = 4
"""Remedies on a result page."""

MOST_NAMES = 5
"""Causes named on a result page in all."""

ROOM = 11
"""Characters of a label in the drawing."""


class Wording:
    """What the pages of a topic's tree say of its nodes, in the words of the cards."""

    def __init__(self, library: Library, topic: Topic) -> None:
        self.library = library
        self.topic = topic

    def label(self, slug: str, option: str) -> str:
        """Return the words of an option, as the reader chose them."""
        found = self._option(slug, option)
        return found.label if found else "不清楚" if option == tree.UNKNOWN else option

    def said(self, slug: str, option: str) -> str:
        """Return the words of an answer that stands alone: 不清楚 says what of."""
        label = self.label(slug, option)
        return f"{self.question_title(slug)}：{label}" if option == tree.UNKNOWN else label

    def report(self, slug: str, option: str) -> str:
        """Return the line of an answer for the ticket."""
        found = self._option(slug, option)
        if found:
            return found.report
        return f"{self.question_title(slug)}：不清楚" if option == tree.UNKNOWN else option

    def _option(self, slug: str, option: str) -> Option | None:
        card = self.library.question_by_slug.get(slug)
        return next((o for o in card.head.options if o.id == option), None) if card else None

    def question_title(self, slug: str) -> str:
        """Return the title of a question, or its slug if a retired page names one that is gone."""
        card = self.library.question_by_slug.get(slug)
        return card.head.title if card else slug

    def told(self, answers: Collection[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """Return what the answers fill in a case: blank, words, and the answer that says so."""
        fills = self.library.book.blanks.told
        return [
            (fill.blank, fill.says[option], f"{slug}.{option}")
            for slug, option in answers
            for fill in fills
            if fill.question == slug and option in fill.says
        ]

    @cached_property
    def blanks(self) -> list[str]:
        """Return the blanks in the texts of the topic's cards: what a case of it is about."""
        texts = [card.body for card in self.library.cards.values() if card.head.topic == self.topic.id]
        return [name for name in self.library.book.blanks.all if any(f"【{name}】" in text for text in texts)]

    def cautions(self, answers: Collection[tuple[str, str]]) -> list[Card[Cause]]:
        """Return the cards that warn a reader who has given these answers."""
        found = [c.card for c in self.topic.cautions if (c.question, c.option) in answers]
        return [self.library.cause(card_id) for card_id in dict.fromkeys(found)]

    def collected(self, answers: Collection[tuple[str, str]]) -> bool:
        """Return whether these answers say that the money of the sale may be in by now."""
        return any((answer.question, answer.option) in answers for answer in self.topic.collected)

    def worthwhile(self, node: tree.Node) -> list[tree.Step]:
        """Return the steps that may well help, in order; at least the first remedy of the likeliest cause.

        What a caution on the page asks for comes before all others; there, and where the money is in, what is
        for those who wait is left out, and what the page's own cause asks for comes first: nothing is in a
        hurry, and a first step for another cause would contradict the heading.
        Where nothing is clear, what must not be tried again, if it may be, comes first as well. The remedies
        of a cause that is all but certain are in the order of its card, which says what comes before what.
        """
        likeliest = node.ranked[0]
        order = self.library.cause(likeliest.cause).head.remedies
        warned = {card.head.remedies[0] for card in self.cautions(node.answers)}
        feared = {c.card for c in self.topic.cautions} & {r.cause for r in node.ranked if node.unsure}
        causes = [self.library.cause(card_id).head for card_id in feared]
        urgent = warned | {cause.remedies[0] for cause in causes if cause.retry == "never"}
        steps = [s for s in node.steps if s.chance >= WORTHWHILE or s.remedy in {order[0], *urgent}]
        if warned or self.collected(node.answers):
            steps = [s for s in steps if s.remedy != self.topic.meanwhile or s.remedy in urgent]
            if not node.unsure:
                steps = sorted(steps, key=lambda step: step.remedy not in order)
        if likeliest.chance >= SURE:
            steps = _as_written(steps, order)
        return sorted(steps, key=lambda step: step.remedy not in urgent)[:MOST_STEPS]

    def first_remedy(self, node: tree.Node) -> Card[Remedy]:
        return self.library.remedy(self.worthwhile(node)[0].remedy)

    def summary(self, node: tree.Node, answers: Iterable[tuple[str, str]], address: str) -> str:
        """Return the case as plain text for a ticket: answers in order, likely causes, first remedy, link."""
        reports = (self.report(slug, option) for slug, option in answers)
        likely = {word: "" if node.unsure else f"，{said}" for word, said in WORDS.items()}
        causes = "、".join(
            f"{self.library.cards[r.cause].head.title}（{r.cause}{likely[r.word]}）" for r in node.ranked[:3]
        )
        first = self.first_remedy(node)
        return "\n".join(
            [
                f"【{self.topic.name}】情况摘要",
                *(f"· {line}" for line in reports),
                f"可能的原因：{'还分不清，排在前面的是' if node.unsure else ''}{causes}",
                f"先做：{first.head.title}（{first.id}）",
                address,
            ]
        )


def shorten(text: str) -> str:
    """Return ``text`` as far as a box of the drawing has room."""
    return text if len(text) <= ROOM else text[: ROOM - 1] + "…"


def _as_written(steps: list[tree.Step], order: tuple[str, ...]) -> list[tree.Step]:
    """Put the steps that ``order`` names into its order, in the places that they have."""
    own = iter(sorted((s for s in steps if s.remedy in order), key=lambda s: order.index(s.remedy)))
    return [next(own) if step.remedy in order else step for step in steps]
