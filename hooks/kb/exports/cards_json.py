"""``cards.json``: all cards for other programs (``docs/schema/cards.schema.json``)."""

from __future__ import annotations

import json

from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Head
from kb.pages.site import Site


def cards_json(site: Site) -> str:
    """Return one object a card, sorted by id."""
    rows = [_row(card, site) for card in site.library.of(Head)]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _row(card: Card[Head], site: Site) -> dict[str, object]:
    head = card.head
    answer = head if isinstance(head, AnswerCard) else None
    cause = head if isinstance(head, Cause) else None
    return {
        "id": card.id,
        "kind": card.kind,
        "topic": head.topic,
        "layer": cause and cause.layer,
        "title": head.title,
        "summary": head.summary,
        "url": card.url,
        "short_url": card.short_url,
        "owner": answer and answer.owner,
        "retry": cause and cause.retry,
        "evidence": answer and answer.evidence,
        "tags": site.tags[card.id],
        "aliases": list(answer.aliases if answer else ()),
        "prompts": list(cause.prompts if cause else ()),
        "codes": list(cause.codes if cause else ()),
        "remedies": list(cause.remedies if cause else ()),
        "verified": head.verified.isoformat(),
        "text": site.full_text(card),
    }
