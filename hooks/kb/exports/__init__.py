"""Files for other programs; :func:`files` is the one list of what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kb.exports.atom import atom
from kb.exports.cards_json import cards_schema
from kb.exports.desks import FORMATS, desk_files
from kb.exports.facts import words
from kb.exports.lists import lists
from kb.exports.llms import plain_cards, robots
from kb.exports.opensearch import opensearch
from kb.exports.spoken import spoken
from kb.pages.site import Site

__all__ = ["FORMATS", "files"]


def files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of every export, once all pages are rendered."""
    for diagnosis in site.diagnoses.values():
        yield diagnosis.url("tree.txt"), diagnosis.plan.text()
        yield diagnosis.url("states.json"), json.dumps(list(diagnosis.plan.nodes))
        yield diagnosis.url("questions.json"), json.dumps(words(diagnosis), ensure_ascii=False)
    yield from plain_cards(site)
    yield "atom.xml", atom(site)
    yield "robots.txt", robots(site)
    yield "opensearch.xml", opensearch(site)
    yield from lists(site)
    yield from desk_files(site)
    yield from spoken(site)
    yield "schema/cards.schema.json", cards_schema()
    for path in sorted((Path(__file__).parent / "schema").iterdir()):
        yield f"schema/{path.name}", path.read_text("utf-8")
