"""What the search engine is given: cards, codes, pages and kinds of questions answered elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kb import facts, labels
from kb.cards import Card
from kb.plaintext import HtmlSection, sections
from kb.schema import Code, Elsewhere
from kb.search import Document, Index, Section, Vocabulary, build
from kb.search.documents import ELSEWHERE
from kb.search.needs import Report
from kb.site import Site

FREQUENCY_WEIGHTS = {"common": 1.1, "sometimes": 1.0, "rare": 0.9}
QUESTION_WEIGHT = 0.8
"""A question of the diagnosis is rarely what a reader looks for."""
LIGHTS = {"never": "red", "after-fix": "amber", "once": "green"}
"""May the cashier scan again → what a light says."""

SCRIPTS = "docs/assets"
"""The browser's half of the engine."""
CACHE = ".cache/search"
WORST = 10
"""Asks that a build names."""


def index_of(site: Site, pages: dict[str, tuple[str, str]]) -> Index:
    """Build the index of the site. ``pages``: address → (title, path from ``docs/``) of all but cards."""
    library = site.library
    order = ("cause", "remedy", "question")
    documents = [_card(card, site) for kind in order for card in library.of_kind(kind)]
    documents.sort(key=lambda document: -document.weight)  # rows that are shown together share files
    documents += [
        _elsewhere(entry, library.asks_named(f"elsewhere/{entry.id}")) for entry in library.elsewhere.entries
    ]
    documents += [_page(url, title, src, site) for url, (title, src) in pages.items()]
    documents += [_code(code, site) for code in library.codes.entries]
    vocabulary = Vocabulary.from_data(library.vocabulary.model_dump())
    tables = json.dumps(facts.tables(site.diagnoses.values()), ensure_ascii=False)
    return _build(tuple(documents), vocabulary, library.root, library.asks_named("nothing"), tables)


@lru_cache(maxsize=1)
def _build(
    documents: tuple[Document, ...], vocabulary: Vocabulary, root: Path, nothing: tuple[str, ...], tables: str
) -> Index:
    """Remember the last index: while serving, most rebuilds change no text. ``tables`` are JSON."""
    return build(documents, vocabulary, root / SCRIPTS, nothing, root / CACHE, json.loads(tables))


def told_apart(report: Report) -> str:
    """Return how well the asks are told apart, each judged by all others, and the ten that are worst."""
    first, three = report.share(1), report.share(3)
    lines = [f"问法互查：{len(report.guesses)} 句，首条对 {first:.1%}，前三有 {three:.1%}；最不像的："]
    lines += [f"  {stray.own}：“{stray.text}”，这句更像 {stray.other}" for stray in report.strays()[:WORST]]
    return "\n".join(lines)


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
        need=getattr(head, "cause", None) or "",
        light=LIGHTS.get(getattr(head, "retry", ""), "") if site.at_till(card) else "",
        action=_first(getattr(head, "remedies", ()), site),
        badges=(labels.OWNERS[owner],) if owner else (),
        summary=head.summary,
        asks=site.library.asks_of(card),
        prompts=tuple(_spellings(card, site)),
        aliases=(*filter(None, [getattr(head, "exact", None)]), *getattr(head, "aliases", ())),
        codes=getattr(head, "codes", ()),
        sections=_sections(site.sections[card.id]),
        weight=weight,
    )


def _spellings(card: Card, site: Site) -> Iterator[str]:
    for text in getattr(card.head, "prompts", ()):
        yield text
        yield from site.prompt_of(text).variants


def _first(cards: tuple[str, ...], site: Site) -> tuple[str, str, str] | tuple[()]:
    """Return id, address and title of the first of some cards."""
    for card in site.cards(cards[:1]):
        return card.id, card.url, card.head.title
    return ()


def _elsewhere(entry: Elsewhere, asks: tuple[str, ...]) -> Document:
    return Document(
        url=f"{ELSEWHERE}{entry.id}", title=entry.title, kind="不归这里", summary=entry.answer, asks=asks
    )


def _code(code: Code, site: Site) -> Document:
    return Document(
        url=f"codes/#{code.code.lower()}",
        title=f"{code.code} {code.meaning}",
        kind=f"{labels.SYSTEMS[code.system]}错误码",
        light=LIGHTS[code.retry],
        action=_first(code.cards, site),
        badges=(labels.OWNERS[code.owner], labels.RETRIES[code.retry]),
        summary=code.action,
        aliases=code.aliases,
        codes=(code.code,),
    )


def _page(url: str, title: str, src: str, site: Site) -> Document:
    """The asks of ``about/search/`` are those of ``pages/about-search``, of the home page ``pages/home``."""
    asks = site.library.asks_named(f"pages/{url.strip('/').replace('/', '-') or 'home'}")
    return Document(
        url=url, title=title, kind="页面", asks=asks, sections=_sections(sections(site.rendered[src]))
    )


def _sections(parts: list[HtmlSection]) -> tuple[Section, ...]:
    return tuple(Section(part.anchor, part.title, part.text.replace("\n", " ")) for part in parts)
