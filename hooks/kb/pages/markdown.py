"""What becomes of a page's Markdown: its template and tags before it is rendered, its terms after."""

from __future__ import annotations

import posixpath

from kb.content.address import page_url
from kb.content.cards import Card
from kb.content.schema import Cause, Head
from kb.pages.glossary import explain
from kb.pages.links import definitions, source_list, with_sources
from kb.pages.phones import phone_list, with_calls
from kb.pages.site import Site

ALL_TAGS = "<!-- material/tags -->"
"""Where the tags plugin of Material lists all tags with all their cards."""


def prepare(markdown: str, src_uri: str, site: Site) -> tuple[str, dict[str, object]]:
    """Return the Markdown with what it refers to defined, and what to add to the page's meta."""
    meta: dict[str, object] = {"search": {"exclude": True}}  # from Material's index, which ours replaces
    card = site.by_src.get(src_uri)
    if card:
        head = card.head
        meta |= {"title": head.title, "description": head.summary, "tags": site.tags[card.id]}
        meta |= {"template": "card.html", "date": head.verified.isoformat()}
        meta |= {"kind": f"{card.spec.label} {card.id}"}
        if isinstance(head, Cause):
            meta |= {"said": {text: f"says/{site.library.prompt_by_text[text].id}/" for text in head.prompts}}
        meta |= {"hide": ["toc"]}  # in the order of the file, which is not that of the page
    if retired := site.retired.get(src_uri):
        markdown = leads_on(retired)
        meta |= {"title": f"已停用：{retired.head.title}", "tags": []}
        meta["description"] = "停用的一页，写着改看哪一页。"
    if site.split:
        markdown = markdown.replace(ALL_TAGS, "")
    if src_uri == site.book.pages.contact:
        markdown += phone_list(site.library.contacts.phones)
    if src_uri == site.book.pages.sources:
        markdown += source_list(site.library)
    return markdown + definitions(markdown, src_uri, site.library), meta


def leads_on(card: Card[Head]) -> str:
    """Return the Markdown of a retired card: its headings, since links lead to them, and where to go."""
    where = f"[这一张][{card.head.instead}]"
    sections = (f"## {section.title} {{#{section.anchor}}}\n\n见{where}。" for section in card.sections)
    return "\n\n".join([f"**{card.head.id} 停用了，不要照旧的做。现在看{where}。**", *sections, ""])


def rendered(html: str, src_uri: str, title: str, site: Site) -> str:
    """Keep the rendered text for exports and search; return it with terms explained and numbers to call."""
    site.rendered[src_uri] = html
    if src_uri not in site.by_src and src_uri not in site.retired:
        site.titles[src_uri] = title
    html = with_sources(with_calls(html, site.library.contacts.phones))
    glossary = site.book.pages.glossary
    if src_uri == glossary:
        return html
    address = posixpath.relpath(page_url(glossary), page_url(src_uri) or ".") + "/"
    return explain(html, site.library.terms.entries, address)
