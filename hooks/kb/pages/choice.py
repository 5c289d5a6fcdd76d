"""Which cards a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.content.cards import Card
from kb.content.handbook import Handbook, Named
from kb.content.kinds import ALL, KINDS
from kb.content.library import Library
from kb.content.records import Code, Prompt
from kb.content.schema import AnswerCard, Cause, Head, Remedy
from kb.content.topics import Topic

MOST_LISTED = 300
"""Cards that stand in one list: of more, each topic has lists of its own."""

FREQUENCY_ORDER = ("common", "sometimes", "rare")


@dataclass
class Choice:
    """The cards of a library as pages choose them."""

    library: Library

    @property
    def book(self) -> Handbook:
        return self.library.book

    @property
    def split(self) -> bool:
        """Whether the lists of all cards are one for each topic."""
        return len(self.library.cards) > MOST_LISTED

    def topic(self, card: Card[Head]) -> Topic:
        return self.library.topic_by_id[card.head.topic]

    def for_others(self) -> list[Card[AnswerCard]]:
        """Return the cards that speak to somebody else than the reader."""
        return [card for card in self.library.of(AnswerCard) if card.head.reader]

    def cards(self, ids: Iterable[str]) -> list[Card[Head]]:
        return [self.library.cards[card_id] for card_id in ids]

    def of_kind(self, kind: str, topic: str | None = None) -> list[Card[Head]]:
        """Return the cards of a kind by its name, and of one topic if given, by id."""
        cards = self.library.of(Head, topic)
        return [card for card in cards if card.kind == kind]

    def groups(self, kind: str, topic: Topic) -> Iterator[tuple[str, Sequence[Card[Head]]]]:
        """Yield the cards of a kind in a topic: causes by layer, likelier ones first; others in one group."""
        if KINDS[kind].head is Cause:
            yield from self.causes_by_layer(topic.id)
        else:
            yield "", self.of_kind(kind, topic.id)

    def desk_groups(self) -> Iterator[tuple[str, Sequence[Card[Head]]]]:
        """Yield the groups of the agents' page: causes by topic and layer, then each other kind."""
        for kind in ALL:
            if kind.head is Cause:
                for topic in self.library.topics.entries:
                    for layer, causes in self.causes_by_layer(topic.id):
                        yield f"{topic.name} · {layer}", causes
            else:
                yield kind.label, self.of_kind(kind.name)

    @property
    def taken(self) -> dict[str, dict[str, object]]:
        """How fields of a case are recognised, by their names."""
        return {name: mark.model_dump(exclude_defaults=True) for name, mark in self.book.blanks.taken.items()}

    @property
    def heard(self) -> list[dict[str, object]]:
        """What a customer's words answer, of all topics."""
        return [heard.model_dump() for topic in self.library.topics.entries for heard in topic.heard]

    @property
    def held(self) -> list[str]:
        """The answers after which nobody pays again, ``question.option``, of all topics."""
        return [f"{c.question}.{c.option}" for t in self.library.topics.entries for c in t.cautions]

    def askers(self) -> dict[str, tuple[str, str]]:
        """Return what a tone of the desk says of who asks: ``merchant``, ``customer`` → question and option.

        A customer is whoever cards for others speak to.
        """
        for topic in self.library.topics.entries:
            if topic.asker:
                options = [option.id for option in self.library.question_by_slug[topic.asker].head.options]
                others = {card.head.reader for card in self.for_others()}
                return {
                    "customer" if option in others else "merchant": (topic.asker, option)
                    for option in reversed(options)
                }
        return {}

    def first_asked(self) -> list[str]:
        """Return what to ask somebody of whom nothing is known: who asks, then the first of each topic."""
        topics = self.library.topics.entries
        slugs = [topic.asker for topic in topics] + [topic.first for topic in topics]
        return [self.library.question_by_slug[slug].head.title for slug in slugs if slug]

    def for_reader(self, cause: Card[Cause]) -> list[Card[Remedy]]:
        """Return the remedies of a cause that its reader can do, in order: the buttons of its page."""
        return [remedy for remedy in map(self.library.remedy, cause.head.remedies) if self._does(remedy)]

    def not_for_reader(self, cause: Card[Cause]) -> list[Card[Remedy]]:
        return [remedy for remedy in map(self.library.remedy, cause.head.remedies) if not self._does(remedy)]

    def _does(self, remedy: Card[Remedy]) -> bool:
        return remedy.head.owner not in self.book.elsewhere

    def causes_by_layer(self, topic_id: str) -> Iterator[tuple[str, list[Card[Cause]]]]:
        """Yield each layer's name with its causes, likelier ones first."""
        causes = self.library.of(Cause, topic_id)
        for layer in self.library.topic_by_id[topic_id].layers:
            found = [card for card in causes if card.head.layer == layer.id]
            yield layer.name, sorted(found, key=self.likelihood)

    @staticmethod
    def likelihood(card: Card[Cause]) -> tuple[bool, int, tuple[str, int]]:
        """Sort key of causes: proven before unproven, common before rare."""
        head = card.head
        return head.evidence == "unproven", FREQUENCY_ORDER.index(head.frequency), card.order

    def causes_of(self, remedy: Card[Head]) -> list[Card[Cause]]:
        return sorted(self.library.causes_with.get(remedy.id, ()), key=self.likelihood)

    def causes_saying(self, prompt: Prompt) -> list[Card[Cause]]:
        """Return the causes whose screen shows ``prompt``, likelier ones first."""
        return sorted(self.library.causes_showing.get(prompt.text, ()), key=self.likelihood)

    def codes_by_system(self) -> Iterator[tuple[Named, list[Code]]]:
        """Yield each system with its codes."""
        for system in self.book.systems:
            yield system, [code for code in self.library.codes.entries if code.system == system.id]

    def codes_of(self, card: Card[Head]) -> list[Code]:
        """Return the codes that the card names or that lead to it."""
        return self.library.codes_to.get(card.id, [])

    def examples(self) -> list[str]:
        """Return what may be typed to find a card: an id, a code, a message."""
        ids = [card.id.lower() for card in self.library.of(Head)[:1]]
        codes = [code.code for code in self.library.codes.entries[:1]]
        return ids + codes + [prompt.text for prompt in self.library.prompts.entries[:1]]
