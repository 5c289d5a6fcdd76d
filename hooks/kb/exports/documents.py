"""What the search engine is given: cards, codes and pages as documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kb.content import labels
from kb.content.cards import Card
from kb.content.schema import Code
from kb.pages.plaintext import HtmlSection, sections
from kb.pages.site import Site
from kb.search import Document, Index, Section, Vocabulary, build

FREQUENCY_WEIGHTS = {"common": 1.1, "sometimes": 1.0, "rare": 0.9}
QUESTION_WEIGHT = 0.8
"""A question of the diagnosis is rarely what a reader looks for."""

SCRIPTS = "docs/assets/search"
"""The browser's half of the engine."""


def index_of(site: Site, pages: dict[str, tuple[str, str]]) -> Index:
    """Build the index of the site. ``pages``: address → (title, path from ``docs/``) of all but cards."""
    documents = [*map(lambda card: _card(card, site), site.library.cards.values())]
    documents += [_code(code, site) for code in site.library.codes.entries]
    documents += [_page(url, title, src, site) for url, (title, src) in pages.items()]
    vocabulary = Vocabulary.from_data(site.library.vocabulary.model_dump())
    return _build(tuple(documents), vocabulary, site.library.root / SCRIPTS)


@lru_cache(maxsize=1)
def _build(documents: tuple[Document, ...], vocabulary: Vocabulary, scripts: Path) -> Index:
    """Remember the last index: while serving, most rebuilds change no text."""
    return build(documents, vocabulary, scripts)


def _card(card: Card, site: Site) -> Document:
    head = card.head
    kind, owner = labels.KINDS[card.kind], getattr(head, "owner", None)
    weight = (
        QUESTION_WEIGHT
        if card.kind == "question"
        else FREQUENCY_WEIGHTS.get(getattr(head, "frequency", ""), 1.0)
    )
    return Document(
        url=card.url,
        title=head.title,
        kind=kind,
        id=card.id,
        badges=(labels.OWNERS[owner],) if owner else (),
        summary=head.summary,
        asks=site.library.asks_of(card),
        prompts=tuple(_spellings(card, site)),
        aliases=getattr(head, "aliases", ()),
        codes=getattr(head, "codes", ()),
        sections=_sections(site.sections[card.id]),
        weight=weight,
    )


def _spellings(card: Card, site: Site) -> Iterator[str]:
    for text in getattr(card.head, "prompts", ()):
        yield text
        yield from site.prompt_of(text).variants


def _code(code: Code, site: Site) -> Document:
    return Document(
        url=f"codes/#{code.code.lower()}",
        title=f"{code.code} {code.meaning}",
        kind=f"{labels.SYSTEMS[code.system]}错误码",
        badges=(labels.OWNERS[code.owner], labels.RETRIES[code.retry]),
        summary=code.action,
        aliases=code.aliases,
        codes=(code.code,),
    )


def _page(url: str, title: str, src: str, site: Site) -> Document:
    return Document(url=url, title=title, kind="页面", sections=_sections(sections(site.rendered[src])))


def _sections(parts: list[HtmlSection]) -> tuple[Section, ...]:
    return tuple(Section(part.anchor, part.title, part.text.replace("\n", " ")) for part in parts)
