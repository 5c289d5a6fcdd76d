"""Drafts and retired cards: what readers see leads to neither, and a retired card says where to go."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kb.checks.rules import rule
from kb.content.asks import FOLDER as ASKS
from kb.content.cards import Card
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import PAGE_LINK, matches
from kb.content.published import FOLDER as PUBLISHED
from kb.content.schema import Head

MOST = 3
"""Findings of one cause that an editor still reads."""

NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][0-9]{2,5}(?![A-Za-z0-9])")


@rule("state")
def check_instead(library: Library) -> Iterator[Finding]:
    """A retired card names a published one to go to, has no asks of its own, and no published id is a draft.

    Bad: ``state: retired`` without ``instead``; ``instead`` on a published card; a published id made a draft.
    Good: ``state: retired`` and ``instead`` with the id of the card that answers now.
    """
    for card in library.every.values():
        head = card.head
        if head.instead and head.state != "retired":
            yield card.at("instead").finding(head.instead, "没有停用，不用写改看哪一张", "把这一行整行删掉")
        elif head.state == "retired" and not head.instead:
            remedy = "在卡片头加一行 instead:，写现在该看的那张卡片的编号"
            yield card.at("state").finding(card.id, "停用了，没有说改看哪一张", remedy)
        elif head.instead in library.cards and library.cards[head.instead].kind != card.kind:
            remedy = f"写一张{card.spec.label}的编号"
            yield card.at("instead").finding(head.instead, "和这张不是同一类卡片", remedy)
        elif head.instead and head.instead not in library.cards and not library.unreadable:
            remedy = "写一张已经发布、没有停用的卡片的编号"
            yield card.at("instead").finding(head.instead, "读者看不到这张卡片", remedy)
    published = {entry.id for entry in library.published}
    for card in library.drafts.values():
        if card.id in published:
            remedy = "删掉 state 这一行；不用了，就运行 cli.py retire"
            yield card.at("state").finding(card.id, "发布过，不能改回草稿", remedy)
    for card in library.retired.values():
        asks = library.asks.get(f"cards/{card.id}")
        if asks and _leads(card, library):
            remedy = f"整个文件的句子移到 {ASKS}/cards/{card.head.instead}.txt，再删掉这个文件"
            yield Place(asks[0].file).finding(card.id, "停用的卡片不留问法", remedy)


@rule("state")
def check_hidden(library: Library) -> Iterator[Finding]:
    """Nothing that readers see names a draft or a retired card.

    More than ``MOST`` places are told where the card says that it is hidden: that was changed, not they.

    Bad: ``[文字][编号]`` with the id of a draft; a code whose ``cards`` name a retired card.
    Good: the card that the retired one names under ``instead``.
    """
    leading = {name: card for name, card in library.retired.items() if _leads(card, library)}
    published = {entry.id for entry in library.published}
    drafts = {card_id: card for card_id, card in library.drafts.items() if card_id not in published}
    hidden = {**drafts, **leading}
    files = {card.file: card for card in hidden.values()}
    found: dict[str, list[Finding]] = {card_id: [] for card_id in hidden}
    for file, text in library.files.texts.items() if hidden else ():
        if file in files or file.startswith((f"{PUBLISHED}/", f"{ASKS}/")) or not file.startswith("docs/"):
            continue
        for number, named in matches(NAME, text):
            if named[0] in hidden:
                place = Place(file, number, named.start() + 1)
                found[named[0]].append(_hidden(place, named[0], hidden[named[0]]))
        for number, link in matches(PAGE_LINK, text) if file.endswith(".md") else ():
            target = posixpath.normpath(posixpath.join(posixpath.dirname(file), link["path"] or ""))
            if target in files:
                card, place = files[target], Place(file, number, link.start("path") + 1)
                found[card.id].append(_hidden(place, link["path"], card))
    for card_id, findings in found.items():
        yield from findings if len(findings) <= MOST else [_summed(hidden[card_id], findings)]


def _leads(card: Card[Head], library: Library) -> bool:
    """Return whether a retired card says where to go: to a published card of its kind."""
    instead = library.cards.get(card.head.instead or "")
    return instead is not None and instead.kind == card.kind


def _summed(card: Card[Head], findings: list[Finding]) -> Finding:
    files = "、".join(dict.fromkeys(f"{PurePosixPath(one.path).name}:{one.line}" for one in findings))
    problem = f"读者看不到了，还有 {len(findings)} 处提到它：{files}"
    if card.head.state == "retired":
        remedy = (
            f"删掉 state 和 instead 这两行，运行 python hooks/cli.py retire {card.id} {card.head.instead}"
        )
    else:
        remedy = "删掉 state 这一行就是发布，或把每一处改掉"
    return card.at("state").finding(card.id, problem, remedy)


def _hidden(place: Place, value: str, card: Card[Head]) -> Finding:
    if card.head.state == "retired":
        return place.finding(value, "这张卡片停用了", f"改成 {card.head.instead}，或从这里删掉它")
    return place.finding(value, "这张卡片还是草稿", "先发布它（删掉它的 state 一行），或从这里删掉它")
