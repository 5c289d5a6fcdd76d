"""One build of the site: the library, what is derived from it, and the rendered pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Code, Prompt
from kb.diagnosis.diagnosis import Diagnosis
from kb.exports import cards_json as exports
from kb.pages import links, tags
from kb.pages.plaintext import HtmlSection, sections
from kb.pages.qr import qr_svg

FREQUENCY_ORDER = ("common", "sometimes", "rare")


@dataclass
class Site:
    """What templates and exports read. ``rendered`` fills as pages are rendered."""

    library: Library
    site_url: str
    today: date
    rendered: dict[str, str] = field(default_factory=dict)
    """HTML of a page's Markdown by its path from ``docs/``."""

    labels = labels

    @cached_property
    def diagnoses(self) -> dict[str, Diagnosis]:
        """The solved tree of each topic."""
        return {topic.id: Diagnosis(self.library, topic) for topic in self.library.topics.entries}

    def start_for(self, prompt: Prompt) -> str:
        """Return the address of the diagnosis for somebody who has seen ``prompt``."""
        diagnosis = next(d for d in self.diagnoses.values() if prompt.option in d.starts)
        return diagnosis.start_for(prompt.option)

    @cached_property
    def by_src(self) -> dict[str, Card]:
        return {card.src_uri: card for card in self.library.cards.values()}

    @cached_property
    def tags(self) -> dict[str, list[str]]:
        return tags.all_tags(self.library)

    @cached_property
    def backlinks(self) -> dict[str, list[str]]:
        return links.backlinks(self.library)

    @cached_property
    def related(self) -> dict[str, list[str]]:
        linked = {card.id: links.links_from(card) for card in self.library.cards.values()}
        return tags.related(self.tags, linked)

    @cached_property
    def sections(self) -> dict[str, list[HtmlSection]]:
        """Rendered sections of every card by id; complete once all pages are rendered."""
        return {card.id: sections(self.rendered[card.src_uri]) for card in self.library.cards.values()}

    def cards(self, ids: list[str] | tuple[str, ...]) -> list[Card]:
        return [self.library.cards[card_id] for card_id in ids]

    def causes_by_layer(self, topic_id: str) -> Iterator[tuple[str, list[Card]]]:
        """Yield each layer's name with its causes, likelier ones first."""
        causes = self.library.of_kind("cause", topic_id)
        for layer in self.library.topic[topic_id].layers:
            found = [card for card in causes if card.head.layer == layer.id]
            yield layer.name, sorted(found, key=self.likelihood)

    @staticmethod
    def likelihood(card: Card) -> tuple[bool, int, str]:
        """Sort key of causes: proven before unproven, common before rare."""
        head = card.head
        return head.evidence == "unproven", FREQUENCY_ORDER.index(head.frequency), card.id

    def causes_of(self, remedy: Card) -> list[Card]:
        found = [c for c in self.library.of_kind("cause") if remedy.id in c.head.remedies]
        return sorted(found, key=self.likelihood)

    def causes_saying(self, prompt: Prompt) -> list[Card]:
        """Return the causes whose screen shows ``prompt``, likelier ones first."""
        found = [c for c in self.library.of_kind("cause") if prompt.text in c.head.prompts]
        return sorted(found, key=self.likelihood)

    def codes_of(self, card: Card) -> list[Code]:
        """Return the codes that the card names or that lead to it."""
        named = set(getattr(card.head, "codes", ()))
        return [c for c in self.library.codes.entries if c.code in named or card.id in c.cards]

    def codes_leading_to(self, card: Card) -> list[Code]:
        """Return the codes whose first card this is: a code leads to one card at most."""
        return [c for c in self.library.codes.entries if c.cards[:1] == (card.id,)]

    def prompt_of(self, text: str) -> Prompt:
        return self.library.prompt[text]

    def is_stale(self, card: Card) -> bool:
        return card.head.review_by < self.today

    def at_till(self, card: Card) -> bool:
        return self.library.topic[card.head.topic].at_till

    def address(self, card: Card) -> str:
        """Return the absolute short link."""
        return self.site_url + card.short_url

    def qr(self, address: str) -> str:
        """Return an address as a QR code, for print."""
        return qr_svg(address)

    def short_text(self, card: Card) -> str:
        return exports.short_text(card, self.address(card), self.at_till(card))

    def full_text(self, card: Card) -> str:
        return exports.full_text(card, self.sections[card.id], self.address(card), self.at_till(card))

    def structured(self, card: Card, publisher: str) -> str:
        return exports.structured_data(card, self.library.topic[card.head.topic], self.site_url, publisher)

    def redirects(self) -> Iterator[tuple[str, str, str]]:
        """Yield ``(address, target, title)`` of every static forwarding page."""
        for card in self.library.cards.values():
            yield card.short_url, card.url, card.head.title
        for entry in self.library.redirects.entries:
            yield entry.old, entry.new, "页面搬走了"
