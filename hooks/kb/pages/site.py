"""One build of the site: what templates and exports read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from markupsafe import Markup

from kb.content import labels
from kb.content.address import page_url
from kb.content.cards import Card
from kb.content.kinds import ALL
from kb.content.markdown import CARD_REFERENCE, MARKUP
from kb.content.records import Prompt
from kb.content.schema import AnswerCard, Cause, Head, Remedy, Retry
from kb.content.topics import Topic
from kb.diagnosis.diagnosis import Diagnosis, diagnoses
from kb.pages import answers, links, tags
from kb.pages.choice import Choice
from kb.pages.plaintext import HtmlSection, Link, as_text, quoted, sections
from kb.pages.qr import qr_svg
from kb.tree import UNKNOWN

CUT = re.compile(r'(?=<h2 id="|<div class="footnote">)')
HEADING = re.compile(r'<h2 id="([^"]+)"')
STEP = re.compile(r"^1\. (.+)$", re.M)


@dataclass
class Site(Choice):
    """The interface of the templates, as ``kb``. ``rendered`` fills as pages are rendered."""

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
    UNKNOWN = UNKNOWN
    MOST_CODES = 8
    """Codes that a card lists with their meanings; of more only the names."""

    def owner(self, owner: str) -> str:
        """Return the name of an owner."""
        return self.book.owner_names[owner]

    def whose(self, owner: str) -> str:
        """Return whose matter something is, said to the reader."""
        return "自己就能办" if owner == self.book.owners[0].id else f"归{self.owner(owner)}管"

    def system(self, system: str) -> str:
        """Return the name of a system of codes."""
        return self.book.system_names[system]

    def retry(self, retry: Retry) -> str:
        """Return in words whether it may be tried again."""
        return self.book.retries.says(retry)

    def light(self, retry: Retry) -> str:
        """Return in large words what to do at once."""
        return self.book.retries.light.says(retry)

    def retry_of(self, card: Card[Head]) -> Retry | None:
        """Return the light of an answer: where somebody waits at the till, or what its own reader is told."""
        head = card.head
        if isinstance(head, AnswerCard) and head.reader:
            return head.light.retry if head.light else None
        if isinstance(head, Cause) and self.topic(card).is_at_till(head.answers):
            return head.retry
        return "never" if card.id in self._urgent else None

    @cached_property
    def _urgent(self) -> set[str]:
        """The remedies that begin by stopping: the first of each caution."""
        cautions = (c.card for topic in self.library.topics.entries for c in topic.cautions)
        return {self.library.cause(card_id).head.remedies[0] for card_id in cautions}

    def first_step(self, remedy: Card[Head]) -> str:
        """Return the first step of a remedy as plain text, what it links to in quotation marks."""
        steps = next((s.text for s in remedy.sections if s.anchor == "steps"), "")
        found = STEP.search(steps)
        if not found:
            return remedy.head.summary
        return MARKUP.sub("", CARD_REFERENCE.sub(lambda link: f"“{link['text']}”", found[1]))

    def parts(self, markup: str) -> dict[str, Markup]:
        """Cut a rendered page at its second headings: anchor → HTML, ``footnotes`` last."""
        found = {"": Markup()}
        for part in CUT.split(markup):
            heading = HEADING.match(part)
            found[heading[1] if heading else "footnotes" if part.startswith("<div") else ""] = Markup(part)
        return found

    def key_page(self, name: str) -> str:
        """Return the address of a key page of the handbook, such as ``contact``; empty if it has none."""
        path: str | None = getattr(self.book.pages, name)
        return page_url(path) if path else ""

    @cached_property
    def diagnoses(self) -> dict[str, Diagnosis]:
        """The solved tree of each topic."""
        return diagnoses(self.library)

    def diagnosis_for(self, prompt: Prompt) -> Diagnosis:
        """Return the diagnosis for somebody who has seen ``prompt``.

        It is that of the topic whose causes show it: two topics may have options of one name.
        """
        return self.diagnoses[self.causes_saying(prompt)[0].head.topic]

    def told_by(self, prompt: Prompt) -> list[tuple[str, str, str]]:
        """Return what words on a screen fill in a case: blank, the words, and the answer that they are."""
        screen = self.diagnosis_for(prompt).topic.screen
        fact = f"{screen}.{prompt.option}"
        return [(fill.blank, prompt.text, fact) for fill in self.book.blanks.told if fill.question == screen]

    def warning_for(self, prompt: Prompt) -> Card[Cause] | None:
        """Return what warns somebody who has seen ``prompt``: a caution, or a cause not to try again."""
        topic = self.diagnosis_for(prompt).topic
        for caution in topic.cautions:
            if (caution.question, caution.option) == (topic.screen, prompt.option):
                return self.library.cause(caution.card)
        return next((card for card in self.causes_saying(prompt) if self.retry_of(card) == "never"), None)

    def shared_retry(self, cards: Iterable[Card[Head]]) -> str | None:
        """Return what all cards say of trying again, if they say the same."""
        found = {self.retry_of(card) for card in cards}
        return found.pop() if len(found) == 1 else None

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

    def tags_in(self, topic: Topic) -> dict[str, dict[str, list[Card[Head]]]]:
        """Return the cards of a topic by group and name of their tags."""
        found: dict[str, dict[str, list[Card[Head]]]] = {}
        for card in self.library.of(Head, topic.id):
            for tag in self.tags[card.id]:
                group, _, name = tag.partition("/")
                found.setdefault(group, {}).setdefault(name, []).append(card)
        return found

    @cached_property
    def backlinks(self) -> dict[str, list[str]]:
        return links.backlinks(self.library)

    @cached_property
    def related(self) -> dict[str, list[str]]:
        linked = {card.id: links.links_from(card) for card in self.library.cards.values()}
        unproven = {card.id for card in self.library.of(Cause) if card.head.evidence == "unproven"}
        return tags.related(self.tags, linked, unproven)

    @cached_property
    def sections(self) -> dict[str, list[HtmlSection]]:
        """Rendered sections of every card by id; complete once all pages are rendered."""
        return {card.id: sections(self.rendered[card.src_uri]) for card in self.library.cards.values()}

    @cached_property
    def pasted(self) -> dict[str, list[HtmlSection]]:
        """The same for pasting: the address of what a text refers to stands behind its name."""
        return {card.id: self._read(card, as_text) for card in self.library.cards.values()}

    @cached_property
    def replied(self) -> dict[str, list[HtmlSection]]:
        """The same for a reply, which has names in quotation marks."""
        return {card.id: self._read(card, quoted) for card in self.library.cards.values()}

    def _read(self, card: Card[Head], named: Link) -> list[HtmlSection]:
        def told(text: str, href: str) -> str:
            return links.told(card.url, self.site_url, self._short, named(text, href), href)

        return sections(self.rendered[card.src_uri], told)

    @cached_property
    def _short(self) -> dict[str, str]:
        return {card.url: card.short_url for card in self.library.cards.values()}

    def at_till(self) -> Iterator[tuple[Retry, list[tuple[Card[Remedy], list[Prompt]]]]]:
        """Yield the bands of the till's sheet: a light, and by first remedy the messages of payments."""
        found: dict[Retry, dict[str, list[Prompt]]] = {"never": {}, "after-fix": {}, "once": {}}
        for prompt in self.library.prompts.entries:
            cause = self.warning_for(prompt) or self.causes_saying(prompt)[0]
            if prompt.option != self.topic(cause).off_till:
                found[cause.head.retry].setdefault(cause.head.remedies[0], []).append(prompt)
        for retry, remedies in found.items():
            if remedies:
                yield retry, [(self.library.remedy(first), prompts) for first, prompts in remedies.items()]

    def is_stale(self, card: Card[Head]) -> bool:
        return card.head.review_by < self.today

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
        return answers.short_text(card, self.address(card), self.facts(card))

    def opening(self, card: Card[Head]) -> str:
        return answers.opening(card)

    def facts(self, card: Card[Head]) -> list[str]:
        retry = self.retry_of(card)
        return answers.facts(card, self.light(retry) if retry else "", self.whose)

    def full_text(self, card: Card[Head]) -> str:
        text = self.pasted[card.id]
        return answers.full_text(card, text, self.address(card), self.facts(card))

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
