"""Where files lead, and the pages that are gone: several files still lead to them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable

from kb.content.address import page_url
from kb.content.files import SETTINGS, Files
from kb.content.handbook import Handbook
from kb.content.markdown import PAGE_LINK, matches

MENU = re.compile(r"[\w/-]+\.md(?!\w)")
CODE = ("overrides/", "docs/assets/")
ADDRESS = re.compile(r"""['"]([a-z0-9-]+(?:/[a-z0-9-]+)*/)['"]""")
"""An address that a template or a script writes out: ``"ask/"``."""
LEAST = 2
"""Files that lead to a page from which on it is likelier gone than misspelt in each of them."""


def leads(files: Files, handbook: Handbook | None, topics: Iterable[str]) -> Counter[str]:
    """Return how many files lead to each page, by its path: links, menu, data, code; some are not there."""
    uses: Counter[str] = Counter()
    for file, text in files.texts.items():
        if file.endswith(".md"):
            folder = posixpath.dirname(file)
            paths = {link["path"] for _, link in matches(PAGE_LINK, text) if link["path"]}
            uses.update({posixpath.normpath(posixpath.join(folder, path)) for path in paths})
    menu = {f"docs/{path}" for path in MENU.findall(files.texts.get(SETTINGS, ""))}
    code = [text for file, text in files.texts.items() if file.startswith(CODE)]
    quoted = {address for text in code for address in ADDRESS.findall(text)}
    uses.update(menu)
    uses.update({file for file in menu if page_url(file.removeprefix("docs/")) in quoted})
    if handbook:
        uses.update({f"docs/{path}" for path in handbook.pages.model_dump(exclude_none=True).values()})
    uses.update(f"docs/topics/{topic}.md" for topic in topics)
    return uses


def lost_pages(uses: Counter[str], files: Files, asked: Iterable[str]) -> frozenset[str]:
    """Return the paths of pages that are gone though files lead to them.

    ``asked``: names of files of asks, ``pages/about-contact``.
    """
    there = {page_url(file.removeprefix("docs/")) for file in files.names if file.endswith(".md")}
    pages = {file for file in uses if file.endswith(".md") and file.startswith("docs/")} - files.names
    gone = {file for file in pages if page_url(file.removeprefix("docs/")) not in there}
    names = set(asked)
    return frozenset(file for file in gone if uses[file] + (asks_name(file) in names) >= LEAST)


def asks_name(file: str) -> str:
    """Return ``pages/topics-print`` for ``docs/topics/print.md``, ``pages/home`` for the home page."""
    return "pages/" + (page_url(file.removeprefix("docs/")).strip("/").replace("/", "-") or "home")
