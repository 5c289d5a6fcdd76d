"""``cards.json``: all cards for other programs, and its schema: one table says both."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from kb.content.cards import Card
from kb.content.kinds import ALL, BY_FOLDER, BY_LETTER
from kb.content.schema import Head
from kb.pages.site import Site

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
ID = f"[{''.join(BY_LETTER)}][0-9]{{2,5}}"


class Field(NamedTuple):
    """A key of a row: what JSON Schema says of it, and its value for a card."""

    schema: Schema
    value: Callable[[Card[Head], Site], object]


def of_head(name: str, absent: object = None) -> Callable[[Card[Head], Site], object]:
    """Return what reads a value of the head, which not every kind has."""

    def value(card: Card[Head], site: Site) -> object:
        found = getattr(card.head, name, absent)
        return list(found) if isinstance(found, tuple) else found

    return value


FIELDS = {
    "id": Field(
        {"description": "permanent, never reused", "type": "string", "pattern": f"^{ID}$"},
        lambda card, site: card.id,
    ),
    "kind": Field({"enum": [kind.name for kind in ALL]}, lambda card, site: card.kind),
    "topic": Field(TEXT, of_head("topic")),
    "layer": Field({"description": "causes only"} | MAYBE, of_head("layer")),
    "title": Field(TEXT, of_head("title")),
    "summary": Field({"description": "the answer in one sentence"} | TEXT, of_head("summary")),
    "url": Field(
        {"type": "string", "pattern": f"^({'|'.join(BY_FOLDER)})/[a-z0-9-]+/$"}, lambda card, site: card.url
    ),
    "short_url": Field({"type": "string", "pattern": f"^c/{ID}/$"}, lambda card, site: card.short_url),
    "owner": Field({"description": "whose problem it is, or who does it"} | MAYBE, of_head("owner")),
    "retry": Field(
        {"description": "causes only: may it be tried again", "enum": ["never", "once", "after-fix", None]},
        of_head("retry"),
    ),
    "evidence": Field(
        {"enum": ["official", "corroborated", "reported", "unproven", None]}, of_head("evidence")
    ),
    "tags": Field({"description": "group/name"} | TEXTS, lambda card, site: site.tags[card.id]),
    "aliases": Field(TEXTS, of_head("aliases", ())),
    "prompts": Field({"description": "words on the screen, verbatim"} | TEXTS, of_head("prompts", ())),
    "codes": Field(TEXTS, of_head("codes", ())),
    "remedies": Field({"description": "ids, first things first"} | TEXTS, of_head("remedies", ())),
    "verified": Field(
        {"type": "string", "format": "date"}, lambda card, site: card.head.verified.isoformat()
    ),
    "text": Field(
        {"description": "the whole answer as plain text, for pasting"} | TEXT,
        lambda card, site: site.full_text(card),
    ),
}


def cards_json(site: Site, topic: str | None = None) -> str:
    """Return one object a card, of one topic if given, sorted by id."""
    cards = site.library.of(Head, topic)
    rows = [{name: field.value(card, site) for name, field in FIELDS.items()} for card in cards]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def cards_schema() -> str:
    """Return the schema of ``cards.json`` (JSON Schema, draft 2020-12)."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cards.json and exports/cards-<topic>.json, version 1",
        "description": "Every card of the handbook or of a topic, sorted by id. Addresses are relative to "
        "the site. Of very many cards cards.json is the list of the other files: parts.schema.json.",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": list(FIELDS),
            "properties": {name: field.schema for name, field in FIELDS.items()},
        },
    }
    return json.dumps(schema, ensure_ascii=False, indent=1)
