"""The sentences people ask with: enough of them, each leading to one answer."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.asks import FOLDER
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.schema import AnswerCard

FEWEST = 5


@rule("asks")
def check_asks(library: Library) -> Iterator[Finding]:
    """Every cause and remedy has at least five asks; no sentence stands twice; every file has its card.

    Bad: the same question in the files of two cards; a file whose name is no card's id.
    Good: one sentence a line, in the words of people.
    """
    seen: dict[str, str] = {}
    for name, asks in library.asks.items():
        folder, _, card_id = name.partition("/")
        if folder == "cards" and not library.may_have(card_id):
            place = Place(f"{FOLDER}/{name}.txt")
            yield place.finding(card_id, "没有这张卡片", "文件名要是现有卡片的编号")
        for ask in asks:
            if ask.text in seen:
                remedy = f"{seen[ask.text]} 已经有了，只留一处"
                yield Place(ask.file, ask.line).finding(ask.text, "这一句写了两次", remedy)
            seen.setdefault(ask.text, f"{ask.file}:{ask.line}")
    for card in library.of(AnswerCard):
        if card.id in library.renumbered or f"{FOLDER}/cards/{card.id}.txt" in library.files.findings:
            continue
        found = len(library.asks_of(card))
        if found < FEWEST:
            remedy = f"一行一句，至少 {FEWEST} 句，用大家嘴里的话"
            yield Place(f"{FOLDER}/cards/{card.id}.txt").finding(card.id, f"只有 {found} 句问法", remedy)
