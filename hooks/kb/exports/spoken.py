"""What the agents' desk shows and copies: a file a card, ``replies/<id>.json``, in three tones.

The browser's half is ``docs/assets/desk/replies.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Head, Remedy
from kb.pages.site import Site


def spoken(site: Site) -> Iterator[tuple[str, str]]:
    """Yield path and content of the replies of every card."""
    for card in site.library.of(Head):
        texts = {
            "title": card.head.title,
            "verified": card.head.verified.isoformat(),
            "link": site.address(card),
            "merchant": _steps(card, site),
            "customer": _said(card, site),
            "ticket": _ticket(card, site),
            "full": site.full_text(card),
        }
        yield f"replies/{card.id}.json", json.dumps(texts, ensure_ascii=False)


def _steps(card: Card[Head], site: Site) -> str:
    """The answer step by step, with the words to say and how to see that it is done."""
    lines = [f"您好，{card.head.summary}"]
    for section in site.pasted[card.id]:
        if section.anchor in card.spec.replied:
            lines += ["", f"{section.title}：", section.text]
    if isinstance(card.head, Remedy):
        lines += ["", f"怎样算好了：{card.head.verify}"]
    return "\n".join([*lines, "", f"全文 {site.address(card)}"])


def _said(card: Card[Head], site: Site) -> str:
    """What is said to the customer who is waiting; all of a card that speaks to him."""
    head = card.head
    if isinstance(head, AnswerCard) and head.reader:
        return _steps(card, site)
    return f"您好，{(head.say if isinstance(head, AnswerCard) else None) or head.summary}"


def _ticket(card: Card[Head], site: Site) -> str:
    """The end of a ticket, in the form of the diagnosis' summary."""
    head = card.head
    if isinstance(head, Cause):
        first = site.library.remedy(head.remedies[0])
        lines = [
            f"可能的原因：{head.title}（{card.id}）",
            *site.facts(card),
            f"先做：{first.head.title}（{first.id} {site.address(first)} ）",
        ]
    else:
        lines = [f"先做：{head.title}（{card.id}）", head.summary, *site.facts(card)]
    return "\n".join([f"【{site.topic(card).short}】情况摘要", *lines, site.address(card)])
