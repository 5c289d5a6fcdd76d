"""What the agents' desk shows and copies: a file a card, ``replies/<id>.json``, in three tones.

The browser's half is ``docs/assets/desk/replies.js``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kb.content import labels
from kb.content.cards import Card
from kb.content.schema import AnswerCard, Cause, Head, Remedy
from kb.exports.plain import plain
from kb.pages.site import Site

MOST_STEPS = 5
MOST_LINKS = 2
"""Pages whose addresses stand behind their names; of more nobody knows which to open."""
YOU = re.compile("你(?!们)")
ITEM = re.compile(r"\d+\. |· ")


def spoken(site: Site) -> Iterator[tuple[str, str]]:
    """Yield path and content of the replies of every card."""
    for card in site.library.of(Head):
        head = card.head
        reader, say = (head.reader, head.say) if isinstance(head, AnswerCard) else (None, None)
        is_said = say and not reader and site.topic(card).at_till
        texts = {
            "title": head.title,
            "verified": head.verified.isoformat(),
            "link": site.address(card),
            "short": _polite("\n".join(_short(card, site))),
            "parts": [_polite(text) for text in _few_links(list(_parts(card, site)), site)],
            "further": [(title, _polite(*_few_links([text], site))) for title, text in _further(card, site)],
            "other": bool(reader),
            "say": f"您好，{site.book.retell(say)}" if say and is_said else "",
            "ticket": _ticket(card, site),
            "full": _polite(site.full_text(card)),
        }
        yield f"replies/{card.id}.json", json.dumps(texts, ensure_ascii=False)


def _polite(text: str) -> str:
    """Return what the pages say to their reader as one writes it to a customer."""
    return YOU.sub("您", text)


def _short(card: Card[Head], site: Site) -> Iterator[str]:
    """What is sent first: what it is and what to do now, what not to do and whose job it is, one address."""
    yield plain(site.opening(card))
    yield from site.facts(card)
    yield _closing(card, site)


def _closing(card: Card[Head], site: Site) -> str:
    differs = "和您的情况不一样，就告诉我哪里不同。" if isinstance(card.head, Cause) else ""
    return f"{differs}详细的看 {site.address(card)}"


def _parts(card: Card[Head], site: Site) -> Iterator[str]:
    """What may be sent piece by piece: what it is about, each step, the words to say."""
    texts = {section.anchor: section for section in site.replied[card.id]}
    steps, *others = card.spec.replied or ("",)
    yield plain(site.opening(card))
    first = _first_list(texts[steps].text) if steps in texts else []
    if first:
        yield f"{_doer(card, site)}\n{first[0]}"
        yield from first[1:]
    for anchor in others:
        if anchor in texts:
            yield f"{texts[anchor].title}：\n{plain(texts[anchor].text)}"
    yield _closing(card, site)


def _few_links(texts: list[str], site: Site) -> list[str]:
    """Return texts that are sent together without the addresses behind names, if there are too many."""
    address = re.compile(rf"（({re.escape(site.site_url)}[^ ]+) ）")
    if len({found for text in texts for found in address.findall(text)}) <= MOST_LINKS:
        return texts
    return [address.sub("", text) for text in texts]


def _doer(card: Card[Head], site: Site) -> str:
    """What introduces the steps: who has to act, or how long it takes."""
    head = card.head
    if isinstance(head, Cause) and head.owner in site.book.elsewhere:
        return f"这归{site.owner(head.owner)}管，您可以："
    return f"这样做（{labels.EFFORTS[head.effort]}）：" if isinstance(head, Remedy) else "这样做："


def _first_list(text: str) -> list[str]:
    """Return the first items of the first list; else the paragraphs.

    What is below an item goes, unless the item announces it with a colon.
    """
    items: list[str] = []
    for line in text.split("\n"):
        if ITEM.match(line):
            items.append(line)
        elif items and items[-1].partition("\n")[0].endswith("："):
            items[-1] += f"\n{line}"
        elif items and not line.startswith(" "):
            break
    shown = items or [line for line in text.split("\n") if not line.startswith(" ")]
    return [plain(item) for item in shown[:MOST_STEPS]]


def _further(card: Card[Head], site: Site) -> Iterator[tuple[str, str]]:
    """What may be sent after the reply: the title of a section, its text."""
    for section in site.replied[card.id]:
        if section.anchor in card.spec.further:
            yield section.title, plain(section.text)


def _ticket(card: Card[Head], site: Site) -> str:
    """The end of a ticket, in the form of the diagnosis' summary; what only tells how has its own heading."""
    head = card.head
    if not isinstance(head, Cause):
        return "\n".join(
            [f"【{head.title}】（{card.id}）", head.summary, *site.facts(card), site.address(card)]
        )
    first = site.library.remedy(head.remedies[0])
    lines = [
        f"【{site.topic(card).name}】情况摘要",
        f"可能的原因：{head.title}（{card.id}）",
        *site.facts(card),
        f"先做：{first.head.title}（{first.id}）",
    ]
    return "\n".join([*lines, site.address(card)])
