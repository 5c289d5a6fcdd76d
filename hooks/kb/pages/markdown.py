"""What becomes of a page's Markdown: its template and tags before it is rendered, its terms after."""

from __future__ import annotations

import posixpath
from typing import Any, Protocol

from kb.content.address import page_url
from kb.content.schema import Head
from kb.pages.glossary import explain
from kb.pages.links import definitions, source_list
from kb.pages.site import Site


class PageFile(Protocol):
    src_uri: str


class MarkdownPage(Protocol):
    """A page as MkDocs has it."""

    file: PageFile
    title: Any
    meta: Any
    update_date: str
    url: str


def prepare(markdown: str, page: MarkdownPage, site: Site) -> str:
    """Give a card its template and tags; return the Markdown with what it refers to defined."""
    page.meta["search"] = {"exclude": True}  # from Material's index, which ours replaces
    card = site.by_src.get(page.file.src_uri)
    if card:
        head: Head = card.head
        page.title = page.meta["title"] = head.title
        page.meta |= {"template": "card.html", "description": head.summary, "tags": site.tags[card.id]}
        page.update_date = head.verified.isoformat()
    if page.file.src_uri == site.book.pages.sources:
        markdown += source_list(site.library)
    return markdown + definitions(markdown, page.file.src_uri, site.library)


def rendered(html: str, page: MarkdownPage, site: Site) -> str:
    """Keep the rendered text for exports and search; return it with terms of the trade explained."""
    src = page.file.src_uri
    site.rendered[src] = html
    if src not in site.by_src:
        site.titles[src] = str(page.title)
    glossary = site.book.pages.glossary
    if src == glossary:
        return html
    address = posixpath.relpath(page_url(glossary), page.url or ".") + "/"
    return explain(html, site.library.terms.entries, address)
