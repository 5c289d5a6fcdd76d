"""The sentences people ask with: enough of them, each leading to one answer."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.asks import FOLDER
from kb.content.findings import Finding
from kb.content.library import Library

FEWEST = 5


def check_asks(library: Library) -> Iterator[Finding]:
    """Every cause and remedy has at least five asks; no sentence stands twice; every file has its card.

    Bad: the same question in ``cards/C18.txt`` and ``cards/C20.txt``; ``cards/C99.txt`` without a card.
    Good: one sentence a line, in the words of people.
    """
    seen: dict[str, str] = {}
    for name, asks in library.asks.items():
        folder, _, card_id = name.partition("/")
        file = f"{FOLDER}/{name}.txt"
        if folder == "cards" and not library.knows(card_id):
            yield Finding(file, 1, 1, "asks", card_id, "没有这张卡片", "文件名要是现有的编号，例如 C20.txt")
        for ask in asks:
            if ask.text in seen:
                remedy = f"{seen[ask.text]} 已经有了，只留一处"
                yield Finding(ask.file, ask.line, 1, "asks", ask.text, "这一句写了两次", remedy)
            seen.setdefault(ask.text, f"{ask.file}:{ask.line}")
    for card in library.cards.values():
        found = len(library.asks_of(card))
        if card.kind != "question" and found < FEWEST:
            file = f"{FOLDER}/cards/{card.id}.txt"
            remedy = f"一行一句，至少 {FEWEST} 句，用大家嘴里的话"
            yield Finding(file, 1, 1, "asks", card.id, f"只有 {found} 句问法", remedy)
