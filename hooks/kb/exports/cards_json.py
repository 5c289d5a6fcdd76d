"""What other programs read: ``cards.json`` (``docs/schema/cards.schema.json``) and plain-text answers."""

from __future__ import annotations

import json

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Topic
from kb.pages.plaintext import HtmlSection

FULL = {
    "cause": ("confirm", "fix", "avoid"),
    "remedy": ("steps", "script", "next", "avoid"),
    "question": ("how",),
}
"""The sections that a pasted answer carries."""


def short_text(card: Card, address: str, at_till: bool) -> str:
    """Return the answer in a few lines: title, summary, who acts, short link.

    ``at_till``: whether the topic is about a customer who waits, so that scanning again matters.
    """
    return "\n".join([f"【{card.head.title}】", card.head.summary, *_facts(card, at_till), address])


def full_text(card: Card, sections: list[HtmlSection], address: str, at_till: bool) -> str:
    """Return the whole answer as plain text, line breaks kept; ``sections`` are the rendered ones."""
    lines = [f"【{card.head.title}】（{card.id}）", card.head.summary, *_facts(card, at_till)]
    for section in sections:
        if section.anchor in FULL[card.kind]:
            lines += ["", f"■ {section.title}", section.text]
    if card.kind == "remedy":
        lines += ["", f"怎样算好了：{card.head.verify}"]
    lines += ["", f"核实于 {card.head.verified}；以机构答复和协议为准", address]
    return "\n".join(lines)


def structured_data(card: Card, topic: Topic, site_url: str, publisher: str) -> str:
    """Return JSON-LD for a card's page: an Article with its true date, and the way to it (schema.org)."""
    folder = card.url.split("/")[0] + "/"
    way = [
        (topic.name, f"topics/{topic.id}/"),
        (labels.KINDS[card.kind], folder),
        (card.head.title, card.url),
    ]
    graph = [
        {
            "@type": "Article",
            "headline": card.head.title,
            "description": card.head.summary,
            "dateModified": card.head.verified.isoformat(),
            "inLanguage": "zh-CN",
            "url": site_url + card.url,
            "publisher": {"@type": "Organization", "name": publisher},
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": site_url + url}
                for place, (name, url) in enumerate(way, 1)
            ],
        },
    ]
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return data.replace("<", "\\u003c")  # nothing in it may end the script element


def _facts(card: Card, at_till: bool) -> list[str]:
    head = card.head
    if card.kind == "cause":
        grade = labels.GRADES[head.evidence]
        retry = f"｜{labels.RETRIES[head.retry]}" if at_till else ""
        return [f"谁来办：{labels.OWNERS[head.owner]}{retry}｜依据：{grade}"]
    if card.kind == "remedy":
        return [f"谁来做：{labels.OWNERS[head.owner]}｜{labels.EFFORTS[head.effort]}"]
    return []


def cards_json(
    library: Library, tags: dict[str, list[str]], sections: dict[str, list[HtmlSection]], site_url: str
) -> str:
    """Return ``cards.json``: one object a card, sorted by id. ``sections`` are the rendered ones by id."""
    rows = []
    for card in sorted(library.cards.values(), key=lambda card: card.id):
        head = card.head
        rows.append(
            {
                "id": card.id,
                "kind": card.kind,
                "topic": head.topic,
                "layer": getattr(head, "layer", None),
                "title": head.title,
                "summary": head.summary,
                "url": card.url,
                "short_url": card.short_url,
                "owner": getattr(head, "owner", None),
                "retry": getattr(head, "retry", None),
                "evidence": getattr(head, "evidence", None),
                "tags": tags[card.id],
                "aliases": list(getattr(head, "aliases", ())),
                "prompts": list(getattr(head, "prompts", ())),
                "codes": list(getattr(head, "codes", ())),
                "remedies": list(getattr(head, "remedies", ())),
                "verified": head.verified.isoformat(),
                "text": full_text(
                    card, sections[card.id], site_url + card.short_url, library.topic[head.topic].at_till
                ),
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=1)
