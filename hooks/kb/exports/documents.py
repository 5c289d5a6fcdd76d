"""What the search engine is given: cards, codes, pages and kinds of questions answered elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kb.content import labels
from kb.content.address import page_url
from kb.content.asks import STRAYS
from kb.content.cards import Card
from kb.content.kinds import ALL
from kb.content.lost import asks_name
from kb.content.records import Code, Elsewhere, Prompt
from kb.content.schema import AnswerCard, Cause, Head, Question, Remedy
from kb.exports import facts
from kb.pages.plaintext import HtmlSection, sections
from kb.pages.site import Site
from kb.search import Document, Index, Message, Section, Vocabulary, build
from kb.search.documents import ELSEWHERE
from kb.search.needs import CACHE, Report

FREQUENCY_WEIGHTS = {"common": 1.1, "sometimes": 1.0, "rare": 0.9}
QUESTION_WEIGHT = 0.8
"""A question of the diagnosis is rarely what a reader looks for."""

LIGHTS = {"never": "red", "after-fix": "amber", "once": "green"}
"""May it be tried again → what a light says."""

SCRIPTS = "docs/assets"
"""The browser's half of the engine."""

WORST = 10
"""Asks that a build names."""


def index_of(site: Site) -> Index:
    """Build the index of the site, once all pages are rendered."""
    library = site.library
    documents = [_card(card, site) for kind in ALL for card in library.of(kind.head)]
    documents.sort(key=lambda document: -document.weight)  # rows that are shown together share files
    documents += [
        _elsewhere(entry, library.asks_named(f"elsewhere/{entry.id}"), site)
        for entry in library.elsewhere.entries
    ]
    documents += [_page(src, title, site) for src, title in site.titles.items()]
    if codes := site.key_page("codes"):
        documents += [_code(code, codes, site) for code in library.codes.entries]
    vocabulary = Vocabulary.from_data(library.vocabulary.model_dump())
    tables = facts.tables(site.diagnoses.values())
    says = tuple(_message(prompt, site) for prompt in library.prompts.entries)
    root, nothing = library.root, library.asks_named("nothing")
    return build(documents, vocabulary, root / SCRIPTS, nothing, root / CACHE, tables, says)


def keep_strays(report: Report, root: Path) -> None:
    """Write down for ``make check`` which asks belong to another answer: to find them takes a build."""
    path = root / STRAYS
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [[stray.text, stray.own, stray.other] for stray in report.lost()]
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


def told_apart(report: Report) -> str:
    """Return how well the asks are told apart, each judged by all others, and the ten that are worst."""
    first, three = report.share(1), report.share(3)
    lines = [f"问法互查：{len(report.guesses)} 句，首条对 {first:.1%}，前三有 {three:.1%}；最不像的："]
    lines += [f"  {stray.own}：“{stray.text}”，这句更像 {stray.other}" for stray in report.strays()[:WORST]]
    return "\n".join(lines)


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
        need=(head.cause or "") if isinstance(head, Remedy) else "",
        light=LIGHTS[retry] if cause and (retry := site.retry_of(card)) else "",
        action=(card.id, card.url, "") if isinstance(head, Remedy) else _first(_remedies(head), site),
        badges=tuple(_badges(card, site)),
        summary=head.summary,
        asks=site.library.asks_of(card),
        prompts=tuple(_spellings(cause, site)) if cause else (),
        aliases=((answer.exact,) if answer.exact else ()) + answer.aliases if answer else (),
        codes=cause.codes if cause else (),
        sections=(*_sections(site.sections[card.id]), *_shown(head)),
        unproven=cause is not None and cause.evidence == "unproven",
        reader=(answer.reader or "") if answer else "",
        weight=QUESTION_WEIGHT if isinstance(head, Question) else weight,
    )


def _remedies(head: Head) -> tuple[str, ...]:
    return head.remedies if isinstance(head, Cause) else ()


def _badges(card: Card[Head], site: Site) -> Iterator[str]:
    """Yield what is said of a card beside its title: may it be tried again, who acts, that it is unproven."""
    head = card.head
    if isinstance(head, Cause) and (retry := site.retry_of(card)):
        yield site.retry(retry)
    if isinstance(head, AnswerCard):
        yield site.owner(head.owner)
    if isinstance(head, Cause) and head.evidence == "unproven":
        yield labels.GRADES["unproven"]


def _message(prompt: Prompt, site: Site) -> Message:
    """Return words on a screen; their light is that of what warns, or that of all their causes."""
    warning = site.warning_for(prompt)
    causes = [warning] if warning else site.causes_saying(prompt)
    retries = {retry for cause in causes if (retry := site.retry_of(cause))}
    retry = retries.pop() if len(retries) == 1 else None
    return Message(
        id=prompt.id,
        url=f"says/{prompt.id}/",
        text=prompt.text,
        names=(prompt.text, *prompt.variants),
        light=LIGHTS[retry] if retry else "",
        advice=site.light(retry) if retry else "",
        action=_first(causes[0].head.remedies, site) if warning or len(causes) == 1 else (),
        fact=f"{site.diagnosis_for(prompt).topic.screen}.{prompt.option}",
    )


def _shown(head: Head) -> Iterator[Section]:
    """Yield what the page shows of the head beside title and summary: every text on it can be found."""
    if isinstance(head, Remedy):
        yield Section("", "怎样算好了", head.verify)
    if isinstance(head, Question):
        options = "；".join(option.label for option in head.options)
        yield Section("", "怎样试", f"{head.how}{head.why}{options}")


def _spellings(cause: Cause, site: Site) -> Iterator[str]:
    for text in cause.prompts:
        yield text
        yield from site.library.prompt_by_text[text].variants


def _first(cards: tuple[str, ...], site: Site) -> tuple[str, str, str] | tuple[()]:
    """Return id, address and title of the first of some cards."""
    for card in site.cards(cards[:1]):
        return card.id, card.url, card.head.title
    return ()


def _elsewhere(entry: Elsewhere, asks: tuple[str, ...], site: Site) -> Document:
    page = site.key_page("contact")
    whom = f"{page}#{entry.place}" if entry.place else page
    return Document(
        url=f"{ELSEWHERE}{entry.id}",
        title=entry.title,
        kind="先停下" if entry.stop else "先看这里" if entry.card else "不归这里",
        light=LIGHTS["never"] if entry.stop else "",
        action=_first((entry.card,), site) if entry.card else (f"PAGE:{page}", whom, "该找谁、怎么问"),
        summary=entry.answer,
        asks=asks,
        aliases=entry.aliases,
        reader=entry.reader or "",
    )


def _code(code: Code, page: str, site: Site) -> Document:
    return Document(
        url=f"{page}#{code.code.lower()}",
        title=f"{code.code} {code.meaning}",
        kind=f"{site.system(code.system)}错误码",
        light=LIGHTS[code.retry],
        action=_first(code.cards, site),
        badges=(site.owner(code.owner), site.retry(code.retry)),
        summary=code.action,
        aliases=code.aliases,
        codes=(code.code,),
    )


def _page(src_uri: str, title: str, site: Site) -> Document:
    asks = site.library.asks_named(asks_name(f"docs/{src_uri}"))
    parts = _sections(sections(site.rendered[src_uri]))
    if src_uri == site.book.pages.glossary:
        terms = site.library.terms.entries
        parts += tuple(Section(term.term, term.term, term.says) for term in terms)
    return Document(url=page_url(src_uri), title=title, kind="页面", asks=asks, sections=parts)


def _sections(parts: list[HtmlSection]) -> tuple[Section, ...]:
    return tuple(Section(part.anchor, part.title, part.text.replace("\n", " ")) for part in parts)
