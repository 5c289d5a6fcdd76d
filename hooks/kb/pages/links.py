"""Links between cards: definitions for what a text mentions, and who mentions whom."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.markdown import CARD_REFERENCE, FOOTNOTE, matches
from kb.content.records import Source
from kb.content.schema import Cause, Head, Remedy


def definitions(markdown: str, src_uri: str, library: Library) -> str:
    """Return the Markdown definitions of the cards and sources that ``markdown`` mentions.

    ``[文字][编号]`` and ``[^source-id]`` are ordinary Markdown references; only their
    definitions are supplied, with paths relative to ``src_uri`` (from ``docs/``).
    """
    start = posixpath.dirname(src_uri) or "."
    lines = []
    for card_id in sorted(mentioned(markdown)):
        card = library.cards[card_id]
        path = posixpath.relpath(card.src_uri, start)
        lines.append(f'[{card_id}]: {path} "{card.id} {html.escape(card.head.title)}"')
    for source_id in dict.fromkeys(note["id"] for _, note in matches(FOOTNOTE, markdown)):  # numbered so
        source = library.source_by_id[source_id]
        page = posixpath.relpath(library.book.pages.sources, start)
        lines.append(f"[^{source_id}]: [{literal(source.title)}]({page}#{source_id})，{citation(source)}")
    return "\n".join(["", "", *lines, ""]) if lines else ""


NOTE = re.compile(r'<li id="fn:([^"]+)">\s*<p>(.*?)\s*(?:&#160;)?<a class="footnote-backref"', re.S)
REFERENCE = re.compile(r'<a class="footnote-ref" href="#fn:([^"]+)"')
MARK = '<sup id="fnref'
JOINED = f"\u2060{MARK}"
ELEMENT = re.compile(r"<[^>]*>")


def with_sources(page: str) -> str:
    """Return rendered HTML whose marks of footnotes begin no line and, pointed at, say what the note says."""
    page = page.replace(MARK, JOINED)
    notes = {name: ELEMENT.sub("", note).replace('"', "&quot;") for name, note in NOTE.findall(page)}
    return REFERENCE.sub(lambda m: f'{m[0]} title="{notes[m[1]]}"' if m[1] in notes else m[0], page)


SIGNS = re.compile(r"[\\`*_{}\[\]]")


def literal(text: str) -> str:
    """Return the Markdown that shows ``text`` as it is, and is part of a line."""
    return SIGNS.sub(r"\\\g<0>", html.escape(text, quote=False))


def citation(source: Source) -> str:
    """Return publisher, year and grade of a source as one phrase of Markdown."""
    return f"{literal(source.publisher)}，{source.year} 年，{labels.GRADES[source.grade]}"


def source_list(library: Library) -> str:
    """Return the Markdown list of all sources by grade, each with its id as anchor."""
    lines = []
    for grade, name in labels.GRADES.items():
        lines += ["", f"## {name} {{#grade-{grade}}}", "", f"{labels.GRADE_MEANINGS[grade]}。", ""]
        for source in library.sources.entries:
            if source.grade == grade:
                title = literal(source.title)
                linked = f"[{title}]({source.url})" if source.url else title
                lines.append(
                    f"- {linked}，{literal(source.publisher)}，{source.year} 年\n    {{: #{source.id} }}"
                )
    return "\n".join([*lines, ""])


def mentioned(markdown: str) -> set[str]:
    """Return the ids of the cards that ``markdown`` links to."""
    return {link["id"] for _, link in matches(CARD_REFERENCE, markdown)}


def told(page: str, site_url: str, short: Mapping[str, str], text: str, href: str) -> str:
    """Return the text of a link with its address behind it, short for a card, for where links are lost.

    ``page``: its own address. The space keeps a chat from taking the bracket for a part of the address.
    """
    if not href or href.startswith("#") or ":" in href:
        return text
    bare = href.partition("#")[0]
    path = posixpath.normpath(posixpath.join(page, bare))
    path = "" if path == "." else path + "/" * bare.endswith("/")
    return f"{text}（{site_url}{short.get(path, path)} ）"


def links_from(card: Card[Head]) -> set[str]:
    """Return the ids of the cards that ``card`` names in its head or links to in its text."""
    head = card.head
    named = head.remedies if isinstance(head, Cause) else head.after if isinstance(head, Remedy) else ()
    return mentioned(card.body) | set(named)


def backlinks(library: Library) -> dict[str, list[str]]:
    """Return for each card the ids of the cards that lead to it, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for card in library.of(Head):
        for wanted in links_from(card) - {card.id}:
            found[wanted].append(card.id)
    return dict(found)
