"""What a sentence of a customer opens now, and the file to which it would be added."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.asks import FOLDER
from kb.content.library import Library
from kb.editing.effect.answers import Opened
from kb.search.documents import ELSEWHERE

MOST = 3
"""Answers that are named."""


def ask(library: Library, sentence: str) -> Iterator[str]:
    """Yield the answers that the words alone put first, best first, each with its file of asks."""
    opened = Opened(library)
    titles = {entry.id: entry.title for entry in library.elsewhere.entries}
    if opened.lost([sentence]):
        yield "现在搜不到，和哪一张都不像：照意思选一张，加进它的问法。"
    odds = opened.odds([sentence])[sentence]
    if len(set(odds.values())) == 1:
        return  # no word of it occurs in any
    for place, answer in enumerate(sorted(odds, key=lambda name: -odds[name])[:MOST], 1):
        if answer.startswith(ELSEWHERE.upper()):
            kind = answer.removeprefix(ELSEWHERE.upper())
            yield f"{place}. 不归这里：{titles[kind]}（{FOLDER}/elsewhere/{kind}.txt）"
        else:
            yield f"{place}. {answer} {library.every[answer].head.title}（{FOLDER}/cards/{answer}.txt）"
