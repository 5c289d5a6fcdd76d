"""One build of the site: what templates and exports read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from markupsafe import Markup

from kb.content import labels
from kb.content.address import page_url
from kb.content.cards import Card
from kb.content.handbook import Handbook, Topic
from kb.content.kinds import ALL, KINDS
from kb.content.library import Library
from kb.content.records import Code, Prompt
from kb.content.schema import AnswerCard, Cause, Head, Remedy, Retry
from kb.diagnosis.diagnosis import Diagnosis
from kb.pages import answers, links, tags
from kb.pages.plaintext import HtmlSection, sections
from kb.pages.qr import qr_svg

FREQUENCY_ORDER = ("common", "sometimes", "rare")


@dataclass
class Site:
    """The interface of the templates, as ``kb``. ``rendered`` fills as pages are rendered."""

    library: Library
    name: str
    description: str
    site_url: str
    today: date
    rendered: dict[str, str] = field(default_factory=dict)
    """HTML of a page's Markdown by its path from ``docs/``."""
    titles: dict[str, str] = field(default_factory=dict)
    """Titles of the pages that are no cards by their path from ``docs/``."""

    labels = labels
    kinds = ALL

    @property
    def book(self) -> Handbook:
        return self.library.book

    def owner(self, owner: str) -> str:
        """Return the name of an owner."""
        return self.book.owner_names[owner]

    def system(self, system: str) -> str:
        """Return the name of a system of codes."""
        return self.book.system_names[system]

    def retry(self, retry: Retry) -> str:
        """Return in words whether it may be tried again."""
        return self.book.retries.says(retry)

    def key_page(self, name: str) -> str:
        """Return the address of a key page of the handbook, such as ``contact``; empty if it has none."""
        path: str | None = getattr(self.book.pages, name)
        return page_url(path) if path else ""

    @cached_property
    def diagnoses(self) -> dict[str, Diagnosis]:
        """The solved tree of each topic."""
        return {topic.id: Diagnosis(self.library, topic) for topic in self.library.topics.entries}

    def start_for(self, prompt: Prompt) -> str:
        """Return the address of the diagnosis for somebody who has seen ``prompt``.

        It is that of the topic whose causes show it: two topics may have options of one name.
        """
        diagnosis = self.diagnoses[self.causes_saying(prompt)[0].head.topic]
        return diagnosis.start_for(prompt.option) if prompt.option in diagnosis.starts else diagnosis.url("")

    @cached_property
    def by_src(self) -> dict[str, Card[Head]]:
        return {card.src_uri: card for card in self.library.cards.values()}

    @cached_property
    def retired(self) -> dict[str, Card[Head]]:
        """The retired cards by path from ``docs/``."""
        return {card.src_uri: card for card in self.library.retired.values()}

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

    @cached_property
    def pasted(self) -> dict[str, list[HtmlSection]]:
        """The same for pasting: the address of what a text refers to stands behind its name."""
        short = {card.url: card.short_url for card in self.library.cards.values()}

        def read(card: Card[Head]) -> list[HtmlSection]:
            return sections(self.rendered[card.src_uri], partial(links.told, card.url, self.site_url, short))

        return {card.id: read(card) for card in self.library.cards.values()}

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
                        yield f"{topic.short} · {layer}", causes
            else:
                yield kind.label, self.of_kind(kind.name)

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
        found = [c for c in self.library.of(Cause) if remedy.id in c.head.remedies]
        return sorted(found, key=self.likelihood)

    def causes_saying(self, prompt: Prompt) -> list[Card[Cause]]:
        """Return the causes whose screen shows ``prompt``, likelier ones first."""
        found = [c for c in self.library.of(Cause) if prompt.text in c.head.prompts]
        return sorted(found, key=self.likelihood)

    def codes_of(self, card: Card[Head]) -> list[Code]:
        """Return the codes that the card names or that lead to it."""
        named = set(card.head.codes) if isinstance(card.head, Cause) else set()
        return [c for c in self.library.codes.entries if c.code in named or card.id in c.cards]

    def keys_of(self, card: Card[Head]) -> list[str]:
        """Return what an agent types to find a card: the codes that lead to it first, messages, aliases."""
        head = card.head
        codes = [code.code for code in self.library.codes.entries if code.cards[:1] == (card.id,)]
        prompts = list(head.prompts) if isinstance(head, Cause) else []
        return codes + prompts + (list(head.aliases) if isinstance(head, AnswerCard) else [])

    def examples(self) -> list[str]:
        """Return what may be typed to find a card: an id, a code, a message."""
        ids = [card.id.lower() for card in self.library.of(Head)[:1]]
        codes = [code.code for code in self.library.codes.entries[:1]]
        return ids + codes + [prompt.text for prompt in self.library.prompts.entries[:1]]

    def is_stale(self, card: Card[Head]) -> bool:
        return card.head.review_by < self.today

    def topic(self, card: Card[Head]) -> Topic:
        return self.library.topic_by_id[card.head.topic]

    def address(self, card: Card[Head]) -> str:
        """Return the absolute short link."""
        return self.site_url + card.short_url

    @cached_property
    def newest(self) -> date:
        """The day on which a card was verified last."""
        return max((card.head.verified for card in self.library.cards.values()), default=self.today)

    def qr(self, address: str) -> Markup:
        """Return an address as a QR code, for print: inline SVG."""
        return Markup(qr_svg(address))

    def short_text(self, card: Card[Head]) -> str:
        return answers.short_text(card, self.address(card), self.topic(card), self.book)

    def full_text(self, card: Card[Head]) -> str:
        text = self.pasted[card.id]
        return answers.full_text(card, text, self.address(card), self.topic(card), self.book)

    def structured(self, card: Card[Head]) -> str:
        return answers.structured_data(card, self.topic(card), self.site_url, self.name)

    def redirects(self) -> Iterator[tuple[str, str, str]]:
        """Yield ``(address, target, title)`` of every static forwarding page."""
        for card in (*self.library.cards.values(), *self.library.retired.values()):
            yield card.short_url, card.url, card.head.title
        moved = {entry.old: entry.new for entry in self.library.redirects.entries}
        for published in self.library.published:
            short = f"c/{published.id}/"
            if published.id not in self.library.every and published.url in moved and short not in moved:
                yield short, moved[published.url], "页面搬走了"
        for entry in self.library.redirects.entries:
            yield entry.old, entry.new, "页面搬走了"
