"""What other programs read of all cards and trees: a file a topic, and everything at one address.

In a handbook of very many cards that address holds the list of the files instead, which grows with the
topics only. A file of a topic has the form of the whole at any size.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kb.exports.cards_json import cards_json
from kb.exports.llms import llms, llms_index
from kb.exports.macros import macros_csv, macros_json
from kb.exports.replies import replies
from kb.exports.tables import csv_file
from kb.exports.tree_json import tree_json
from kb.pages.site import Site

VERSION = 1
"""Version of the form of ``schema/parts.schema.json``."""

Parts = Mapping[str, str]
"""Topic → address of its file."""


class List(NamedTuple):
    """An address with all there is, what writes it, of one topic if given, and the list of its parts."""

    path: str
    write: Callable[[Site, str | None], str | bytes]
    contents: Callable[[Site, Parts], str | bytes]

    def parts(self, site: Site) -> Parts:
        stem, _, ending = self.path.partition(".")
        return {name: f"exports/{stem}-{name}.{ending}" for name in site.library.topic_by_id}


def parts_json(site: Site, parts: Parts) -> str:
    rows = [{"topic": topic, "url": path} for topic, path in parts.items()]
    return json.dumps({"version": VERSION, "parts": rows}, ensure_ascii=False, indent=1)


def parts_csv(site: Site, parts: Parts) -> bytes:
    """Return a table with whole addresses: people open it in Excel."""
    rows = [(topic, site.site_url + path) for topic, path in parts.items()]
    return csv_file([("topic", "url"), *rows], "utf-8-sig")


LISTS = (
    List("cards.json", cards_json, parts_json),
    List("macros.csv", lambda site, topic: macros_csv(replies(site, topic)), parts_csv),
    List("macros.json", lambda site, topic: macros_json(replies(site, topic)), parts_json),
    List("tree.json", tree_json, parts_json),
    List("llms.txt", llms, llms_index),
)


def lists(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of every list and its parts."""
    for form in LISTS:
        parts = form.parts(site)
        for topic, path in parts.items():
            yield path, form.write(site, topic)
        yield form.path, form.contents(site, parts) if site.split else form.write(site, None)
