"""Reads everything that editors wrote into a library, and says what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from pathlib import Path
from typing import get_args

from kb.content import data, records, schema
from kb.content.address import page_url
from kb.content.asks import read_asks
from kb.content.cards import Card, card_of, claimed_id
from kb.content.files import Files, read_files
from kb.content.findings import Finding
from kb.content.handbook import Handbook
from kb.content.kinds import BY_FOLDER
from kb.content.library import Library, Unreadable
from kb.content.pages import Page, read_page
from kb.content.published import PublishedCard, published_of
from kb.content.topics import Topic
from kb.content.validation import EMPTIED, NO_SLUG

PAGE = re.compile(r"docs/(?:[a-z0-9-]+/)?[a-z0-9-]+\.md")
"""Where a page stands that the site shows."""


def read_library(root: Path) -> tuple[Library, list[Finding]]:
    """Read everything that a build reads. Return what could be read, and every fault met on the way."""
    files = read_files(root)
    findings: list[Finding] = []
    published, faults = published_of(files)
    folder = data.Folder(files, findings)
    redirects = folder.table("redirects.yml", records.Redirect, empty=True)
    moved = {entry.old for entry in redirects.entries}
    every, duplicates, unreadable = _cards(files, published, moved, findings)
    drafts, cards, retired = (_in_state(every, state) for state in get_args(schema.State))
    library = Library(
        root=root,
        files=files,
        published=published,
        cards=cards,
        drafts=drafts,
        retired=retired,
        duplicates=duplicates,
        pages=_pages(files, findings),
        unreadable=unreadable,
        handbook=folder.single("handbook.yml", Handbook),
        topics=folder.table("topics.yml", Topic),
        sources=folder.table("sources.yml", records.Source),
        prompts=folder.table("prompts.yml", records.Prompt),
        codes=folder.table("codes.yml", records.Code),
        elsewhere=folder.table("elsewhere.yml", records.Elsewhere),
        terms=folder.table("glossary.yml", records.Term),
        wordings=folder.table("terms.yml", records.Wording),
        redirects=redirects,
        tags=folder.words("tags.yml"),
        contacts=folder.single("contacts.yml", records.Contacts)
        or records.Contacts(phones=(), emails=(), hosts=()),
        words=folder.single("words.yml", records.WordList) or records.WordList(),
        phrases=folder.single("phrases.yml", records.Phrases) or records.Phrases(),
        adverts=folder.lines("adverts.txt"),
        harmless=folder.lines("harmless.txt"),
        vocabulary=folder.single("vocabulary.yml", records.Vocabulary) or records.Vocabulary(),
        marks=folder.marks,
        broken=frozenset(folder.broken),
        asks=read_asks(files),
    )
    return library, [_chosen(finding, library) for finding in findings] + [*faults, *files.findings.values()]


def _chosen(finding: Finding, library: Library) -> Finding:
    """Return what is said of a key without a value, with the values of the handbook's lists."""
    owners = library.handbook.owner_names if library.handbook else {}
    if finding.problem == NO_SLUG:
        names = owners | {topic.id: topic.name for topic in library.topics.entries}
        meant = finding.value.strip(" ,，;；.。、")
        ids = [slug for slug, name in names.items() if meant and (meant == slug or name.startswith(meant))]
        return replace(finding, remedy=f"写成“{ids[0]}”") if ids else finding
    lists: dict[str, Iterable[str]] = {"owner": owners, "reader": owners, "topic": library.topic_by_id}
    known = lists.get(finding.value) if finding.problem == EMPTIED else None
    return replace(finding, remedy=f"{finding.remedy}，可选：{'、'.join(known)}") if known else finding


def _cards(
    files: Files, published: Iterable[PublishedCard], moved: Set[str], findings: list[Finding]
) -> tuple[dict[str, Card[schema.Head]], tuple[Card[schema.Head], ...], Unreadable]:
    cards: dict[str, Card[schema.Head]] = {}
    duplicates: list[Card[schema.Head]] = []
    names: set[str] = set()
    unknown = False
    ids = {entry.url: entry.id for entry in published}
    for file in files.names:
        if is_misplaced_card(file):
            names |= {claimed_id(files.texts.get(file, "").encode()) or "", Path(file).stem}
    for file in sorted(file for file in files.names if is_card(file)):
        card = card_of(files.texts[file], file) if file in files.texts else []
        if isinstance(card, list):
            findings += card if PAGE.fullmatch(file) else []  # a bad name is fault enough
            claimed = claimed_id(files.data.get(file) or files.texts.get(file, "").encode())
            claimed = claimed or ids.get(page_url(file.removeprefix("docs/")))
            unknown = unknown or claimed is None
            names |= {claimed or "", Path(file).stem}
        elif not card.id.startswith(card.spec.letter):
            published_id = ids.get(card.url)
            findings.append(_of_another_kind(card, published_id))
            unknown = unknown or published_id is None
            names |= {published_id or "", card.slug}
        elif card.id in cards and ids.get(card.url) == card.id:  # the other one is the copy
            duplicates.append(cards[card.id])
            cards[card.id] = card
        elif card.id in cards:
            duplicates.append(card)
        else:
            cards[card.id] = card
    gone = [entry for entry in published if entry.id not in {*cards, *names} and entry.url not in moved]
    names |= {name for entry in gone for name in (entry.id, entry.slug)}
    lost = frozenset(entry.id for entry in gone)
    return cards, tuple(duplicates), Unreadable(frozenset(names), unknown, lost)


def _of_another_kind(card: Card[schema.Head], published_id: str | None) -> Finding:
    """Return the finding for an id with the letter of another kind."""
    if published_id:
        return card.at("id").finding(
            card.id, "编号改了", f"发布时是 {published_id}，改回 {published_id}", "lock"
        )
    return card.at("id").finding(card.id, "编号写法不对", f"应是 {card.spec.shape}", "ids")


def _in_state(cards: dict[str, Card[schema.Head]], state: str) -> dict[str, Card[schema.Head]]:
    return {card_id: card for card_id, card in cards.items() if card.head.state == state}


def _pages(files: Files, findings: list[Finding]) -> dict[str, Page]:
    pages = {}
    for file, text in files.texts.items():
        if is_page(file):
            page = read_page(text, file)
            if isinstance(page, list):
                findings += page
            else:
                pages[file] = page
    return pages


def is_page(file: str) -> bool:
    """Return whether a page that is no card stands at this path."""
    return PAGE.fullmatch(file) is not None and not is_card(file)


def is_misplaced_card(file: str) -> bool:
    """Return whether a card stands in a folder below its own."""
    parts = file.split("/")
    return parts[0] == "docs" and len(parts) > 3 and parts[1] in BY_FOLDER and file.endswith(".md")


def is_card(file: str) -> bool:
    """Return whether a card stands at this path: ``index.md`` is a listing."""
    top, _, rest = file.partition("/")
    folder, _, name = rest.partition("/")
    return (
        top == "docs"
        and folder in BY_FOLDER
        and name.endswith(".md")
        and "/" not in name
        and name != "index.md"
    )
