"""Words of the trade explain themselves where they first occur on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from lxml import etree, html

from kb.content.records import Term

READ = frozenset(["p", "li", "td", "dd", "strong", "em"])
"""Elements whose text is running text."""

SKIPPED = frozenset(["a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "blockquote", "sup", "abbr"])
"""Elements in which a link would be in the way: headings, links, and words to be read out on the phone."""


def explain(markup: str, terms: Iterable[Term], page: str) -> str:
    """Return ``markup`` with each term linked to ``page`` (relative address) where it first occurs.

    The meaning is the link's title, shown as a tooltip; the link works without scripts.
    """
    meanings = {term.term: term.says for term in terms}
    if not meanings or not markup:
        return markup
    longest_first = sorted(meanings, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    root = html.fragment_fromstring(markup, create_parent="div")
    for event, node in list(etree.iterwalk(root, events=("start", "end"))):
        owner = node if event == "start" else node.getparent()  # whose text stands in it, or behind it
        if owner is None or owner.tag not in READ:
            continue
        if not any(map(_is_skipped, (owner, *owner.iterancestors()))):
            _explain_text(owner, None if owner is node else node, pattern, meanings, page)
    text = escape(root.text or "", quote=False)
    return text + "".join(html.tostring(child, encoding="unicode") for child in root)


def _is_skipped(node: html.HtmlElement) -> bool:
    return node.tag in SKIPPED or "footnote" in node.get("class", "")


def _explain_text(
    node: html.HtmlElement,
    child: html.HtmlElement | None,
    pattern: re.Pattern[str],
    meanings: dict[str, str],
    page: str,
) -> None:
    """Link terms in the text of ``node`` behind ``child``, or before all its children; each is done with."""
    while (link := _link(node.text if child is None else child.tail, pattern, meanings, page)) is not None:
        rest = len(link.text) + len(link.tail)
        if child is None:
            node.text = node.text[:-rest]
            node.insert(0, link)
        else:
            child.tail = child.tail[:-rest]
            child.addnext(link)
        child = link  # the rest of the text is its tail


def _link(
    text: str | None, pattern: re.Pattern[str], meanings: dict[str, str], page: str
) -> html.HtmlElement | None:
    """Return the link for the first term in ``text`` that has none yet, with what follows it as its tail."""
    found = next((match for match in pattern.finditer(text or "") if match[0] in meanings), None)
    if found is None or text is None:
        return None
    term = found[0]
    link = html.Element("a", {"class": "kb-term", "href": f"{page}#{term}", "title": meanings.pop(term)})
    link.text, link.tail = term, text[found.end() :]
    return link
