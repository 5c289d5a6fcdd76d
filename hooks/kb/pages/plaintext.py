"""Rendered HTML as plain text: for pasting into a chat, and as sections for search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import html

BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre table tr ul ol dl dt dd div section".split())
SILENT = frozenset("script style sup svg button template".split())
MARKS = frozenset("footnote-ref footnote-backref headerlink".split())
"""Links that are no references."""
SPACE = re.compile(r"[ \t\r\n\u200b]+")


@dataclass(frozen=True)
class HtmlSection:
    """A part of a page below a heading. The part above the first heading has no anchor or title."""

    anchor: str
    title: str
    text: str


Link = Callable[[str, str], str]
"""What a link says where it cannot be followed, by its text and its target."""


def as_text(text: str, target: str) -> str:
    return text


def quoted(text: str, target: str) -> str:
    """The name of another page stands in quotation marks, those within it in single ones."""
    inner = text.replace("“", "‘").replace("”", "’")
    return text if target.startswith("#") else f"“{inner}”"


def sections(markup: str, link: Link = as_text) -> list[HtmlSection]:
    """Cut rendered ``markup`` at its h1 and h2; footnotes and marks of the theme are left out."""
    root = html.fragment_fromstring(markup or "<p></p>", create_parent="div")
    result: list[tuple[str, str, list[str]]] = [("", "", [])]
    for child in root:
        if child.tag in ("h1", "h2"):
            result.append((child.get("id", ""), _inline(child, as_text), []))
        elif "footnote" not in (child.get("class") or "") and isinstance(child.tag, str):
            result[-1][2].extend(_lines(child, "", link))
    return [HtmlSection(a, t, "\n".join(lines)) for a, t, lines in result if t or lines]


def _lines(node: html.HtmlElement, mark: str, link: Link) -> Iterator[str]:
    """Yield the text of a block, a line a paragraph or list item."""
    if node.tag in SILENT:
        return
    if node.tag in ("ul", "ol"):
        for number, item in enumerate(node.iterchildren("li"), 1):
            yield from _lines(item, f"{mark}{number}. " if node.tag == "ol" else f"{mark}· ", link)
        return
    if node.tag == "tr":
        yield mark + " | ".join(_inline(cell, link) for cell in node)
        return
    blocks = [child for child in node if child.tag in BLOCKS or child.tag in ("thead", "tbody")]
    if not blocks:
        text = _inline(node, link)
        if text:
            yield mark + text
        return
    own = _inline(node, link, stop=blocks[0])
    if own:
        yield mark + own
    indent = "  " if mark and own else mark
    for block in blocks:
        yield from _lines(block, indent if block.tag not in ("ul", "ol") else "  " * bool(mark), link)
        indent = "  " if mark else ""


def _inline(node: html.HtmlElement, link: Link, stop: html.HtmlElement | None = None) -> str:
    """Return the text of ``node`` on one line, up to the child ``stop``."""
    parts: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in SILENT or element.get("class") == "headerlink":
            return
        parts.append(element.text or "")
        for child in element:
            if child is stop:
                return
            start = len(parts)
            if child.tag == "br":
                parts.append("\n")
            else:
                walk(child)
            if child.tag == "a" and child.get("class") not in MARKS:
                parts[start:] = [link("".join(parts[start:]), child.get("href", ""))]
            parts.append(child.tail or "")

    walk(node)
    return SPACE.sub(" ", "".join(parts)).strip()
