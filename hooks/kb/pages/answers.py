"""A card as plain text for pasting, and as structured data for search engines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from kb.content import labels
from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Head, Remedy
from kb.content.topics import Topic
from kb.pages.plaintext import HtmlSection


def short_text(card: Card[Head], address: str, facts: Sequence[str]) -> str:
    """Return the answer in a few lines: title, summary, who acts, short link."""
    return "\n".join([f"【{card.head.title}】", card.head.summary, *facts, address])


def opening(card: Card[Head]) -> str:
    """Return the first sentence of a reply, which does not claim what a customer has not said."""
    name = f"这像是“{card.head.title}”" if isinstance(card.head, Cause) else f"关于“{card.head.title}”"
    return f"您好，{name}：{card.head.summary}"


def full_text(card: Card[Head], sections: list[HtmlSection], address: str, facts: Sequence[str]) -> str:
    """Return the whole answer as plain text, line breaks kept; ``sections`` are the rendered ones."""
    lines = [f"【{card.head.title}】（{card.id}）", card.head.summary, *facts]
    for section in sections:
        if section.anchor in card.spec.pasted:
            lines += ["", f"■ {section.title}", section.text]
    if isinstance(card.head, Remedy):
        lines += ["", f"怎样算好了：{card.head.verify}"]
    lines += ["", f"核实于 {card.head.verified}；以机构答复和协议为准", address]
    return "\n".join(lines)


def facts(card: Card[Head], light: str, whose: Callable[[str], str]) -> list[str]:
    """Return one sentence for whoever gets the text: ``light``, who acts, and what nobody has shown."""
    head = card.head
    if not isinstance(head, AnswerCard) or head.reader:
        return []
    if isinstance(head, Cause):
        unproven = labels.GRADE_SAYS["unproven"] if head.evidence == "unproven" else ""
        return ["；".join(filter(None, (light, whose(head.owner), unproven))) + "。"]
    return [f"{whose(head.owner)}，{labels.EFFORTS[head.effort]}。"] if isinstance(head, Remedy) else []


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
