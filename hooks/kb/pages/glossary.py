"""Words of the trade explain themselves where they first occur on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html

from kb.content.records import Term

READ = frozenset(["p", "li", "td", "dd", "strong", "em"])
"""Elements whose text is running text."""

SKIPPED = frozenset(["a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "blockquote", "sup", "abbr"])
"""Elements in which a link would be in the way: headings, links, and words to be read out on the phone."""


def explain(markup: str, terms: Iterable[Term], page: str) -> str:
    """Return ``markup`` with each term linked once to ``page`` (relative address).

    A stretch of text between two elements explains one term only; another one in it waits for its next
    occurrence.

    The meaning is the link's title, shown as a tooltip; the link works without scripts.
    """
    meanings = {term.term: term.says for term in terms}
    if not meanings or not markup:
        return markup
    longest_first = sorted(meanings, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    root = html.fragment_fromstring(markup, create_parent="div")
    for node in list(root.iter(*READ)):
        if not any(_is_skipped(element) for element in (node, *node.iterancestors())):
            _explain_text(node, pattern, meanings, page)
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _is_skipped(node: html.HtmlElement) -> bool:
    return node.tag in SKIPPED or "footnote" in node.get("class", "")


def _explain_text(
    node: html.HtmlElement, pattern: re.Pattern[str], meanings: dict[str, str], page: str
) -> None:
    """Link terms in the node's own text and in the tails of its children; a term found is done with."""
    for place in (None, *list(node)):
        child = place
        while True:
            link = _link(node.text if child is None else child.tail, pattern, meanings, page)
            if link is None:
                break
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
