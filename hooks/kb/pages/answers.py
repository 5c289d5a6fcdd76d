"""A card as plain text for pasting, and as structured data for search engines."""

from __future__ import annotations

import json

from kb.content import labels
from kb.content.cards import Card
from kb.content.handbook import Handbook, Topic
from kb.content.schema import Cause, Head, Remedy
from kb.pages.plaintext import HtmlSection


def short_text(card: Card[Head], address: str, topic: Topic, book: Handbook) -> str:
    """Return the answer in a few lines: title, summary, who acts, short link."""
    return "\n".join([f"【{card.head.title}】", card.head.summary, *facts(card, topic, book), address])


def opening(card: Card[Head]) -> str:
    """Return the first sentence of a reply, which does not claim what a customer has not said."""
    name = f"这像是“{card.head.title}”" if isinstance(card.head, Cause) else f"关于“{card.head.title}”"
    return f"您好，{name}：{card.head.summary}"


def full_text(
    card: Card[Head], sections: list[HtmlSection], address: str, topic: Topic, book: Handbook
) -> str:
    """Return the whole answer as plain text, line breaks kept; ``sections`` are the rendered ones."""
    lines = [f"【{card.head.title}】（{card.id}）", card.head.summary, *facts(card, topic, book)]
    for section in sections:
        if section.anchor in card.spec.pasted:
            lines += ["", f"■ {section.title}", section.text]
    if isinstance(card.head, Remedy):
        lines += ["", f"怎样算好了：{card.head.verify}"]
    lines += ["", f"核实于 {card.head.verified}；以机构答复和协议为准", address]
    return "\n".join(lines)


def facts(card: Card[Head], topic: Topic, book: Handbook) -> list[str]:
    """Return who acts, whether to try again and how well founded it is, on one line, if that can be said."""
    head = card.head
    if isinstance(head, Cause):
        retry = f"｜{book.retries.says(head.retry)}" if topic.at_till else ""
        return [f"谁来办：{book.owner_names[head.owner]}{retry}｜依据：{labels.GRADES[head.evidence]}"]
    if isinstance(head, Remedy):
        return [f"谁来做：{book.owner_names[head.owner]}｜{labels.EFFORTS[head.effort]}"]
    return []


def structured_data(card: Card[Head], topic: Topic, site_url: str, publisher: str) -> str:
    """Return JSON-LD for a card's page: an Article with its true date, and the way to it (schema.org)."""
    way = [
        (topic.name, f"topics/{topic.id}/"),
        (card.spec.label, f"{card.spec.folder}/"),
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
