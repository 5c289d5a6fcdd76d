"""What the search engine is given: cards, codes and pages as documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kb.content.address import page_url
from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Code, Head, Question
from kb.pages.plaintext import HtmlSection, sections
from kb.pages.site import Site
from kb.search import Document, Index, Section, Vocabulary, build

FREQUENCY_WEIGHTS = {"common": 1.1, "sometimes": 1.0, "rare": 0.9}
QUESTION_WEIGHT = 0.8
"""A question of the diagnosis is rarely what a reader looks for."""

SCRIPTS = "docs/assets/search"
"""The browser's half of the engine."""


def index_of(site: Site) -> Index:
    """Build the index of the site, once all pages are rendered."""
    documents = [_card(card, site) for card in site.library.cards.values()]
    if codes := site.key_page("codes"):
        documents += [_code(code, codes, site) for code in site.library.codes.entries]
    documents += [_page(src, title, site) for src, title in site.titles.items()]
    vocabulary = Vocabulary.from_data(site.library.vocabulary.model_dump())
    return _build(tuple(documents), vocabulary, site.library.root / SCRIPTS)


@lru_cache(maxsize=1)
def _build(documents: tuple[Document, ...], vocabulary: Vocabulary, scripts: Path) -> Index:
    """Remember the last index: while serving, most rebuilds change no text."""
    return build(documents, vocabulary, scripts)


def _card(card: Card[Head], site: Site) -> Document:
    head = card.head
    answer = head if isinstance(head, AnswerCard) else None
    cause = head if isinstance(head, Cause) else None
    weight = FREQUENCY_WEIGHTS[cause.frequency] if cause else 1.0
    return Document(
        url=card.url,
        title=head.title,
        kind=card.spec.label,
        id=card.id,
        badges=(site.owner(answer.owner),) if answer else (),
        summary=head.summary,
        asks=site.library.asks_of(card),
        prompts=tuple(_spellings(cause, site)) if cause else (),
        aliases=answer.aliases if answer else (),
        codes=cause.codes if cause else (),
        sections=_sections(site.sections[card.id]),
        weight=QUESTION_WEIGHT if isinstance(head, Question) else weight,
    )


def _spellings(cause: Cause, site: Site) -> Iterator[str]:
    for text in cause.prompts:
        yield text
        yield from site.library.prompt_by_text[text].variants


def _code(code: Code, page: str, site: Site) -> Document:
    return Document(
        url=f"{page}#{code.code.lower()}",
        title=f"{code.code} {code.meaning}",
        kind=f"{site.system(code.system)}错误码",
        badges=(site.owner(code.owner), site.retry(code.retry)),
        summary=code.action,
        aliases=code.aliases,
        codes=(code.code,),
    )


def _page(src_uri: str, title: str, site: Site) -> Document:
    parts = _sections(sections(site.rendered[src_uri]))
    return Document(url=page_url(src_uri), title=title, kind="页面", sections=parts)


def _sections(parts: list[HtmlSection]) -> tuple[Section, ...]:
    return tuple(Section(part.anchor, part.title, part.text.replace("\n", " ")) for part in parts)
