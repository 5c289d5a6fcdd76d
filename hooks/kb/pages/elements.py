"""The HTML that Markdown makes: an allow-list of elements and attributes, and what lies outside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

ANYWHERE = frozenset({"id", "class"})
ELEMENTS = {
    **dict.fromkeys(
        "p h1 h2 h3 h4 h5 h6 ul li dl dt dd strong em code pre blockquote hr br".split(), frozenset[str]()
    ),
    **dict.fromkeys("blockquote table thead tbody tr div sup summary span".split(), frozenset[str]()),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"style"}),
    "td": frozenset({"style"}),
    "details": frozenset({"open"}),
}
"""Element → the attributes that it may have beside ``ANYWHERE``."""

CLASSES = re.compile(r"footnote(?:-ref|-backref)?|language-[a-z0-9]+|note")
ADDRESS = re.compile(r"https?://|mailto:|tel:|[^:]*$|[^:]*[/?#]", re.I)
"""Addresses that start no program: relative, or of a scheme that opens a page, a letter or a call."""
ALIGNMENT = re.compile(r"text-align: (?:left|right|center);?")


def strange(markup: str) -> Iterator[str]:
    """Yield each element, attribute or address of rendered Markdown that is not on the list."""
    if not markup.strip():
        return
    for node in html.fragment_fromstring(markup, create_parent="div").iterdescendants():
        if not isinstance(node.tag, str):
            yield "<!-- -->"
        elif node.tag not in ELEMENTS:
            yield f"<{node.tag}>"
        else:
            for name, value in node.items():
                if not _allowed(node.tag, name, value):
                    yield f'<{node.tag} {name}="{value}">'


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return all(map(CLASSES.fullmatch, value.split()))
    if name == "style":
        return name in ELEMENTS[tag] and bool(ALIGNMENT.fullmatch(value))
    if name in ("href", "src"):
        return name in ELEMENTS[tag] and bool(ADDRESS.match(value.strip()))
    return name in ELEMENTS[tag] or name in ANYWHERE
