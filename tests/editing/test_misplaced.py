"""New asks that stand with the wrong answer, before a build has judged them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from kb.content.asks import FOLDER, Ask
from kb.content.library import Library
from kb.editing.misplaced import MOST_NEW, misplaced


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("cards/C18", "收款音箱不响了怎么办，声音太小", "device-repair"),
        ("cards/R12", "费率没通知我就悄悄涨了", "C49"),
        ("cards/C45", "只有余额付得成，花呗和信用卡都不行", "C20"),
    ],
)
def test_an_ask_of_another_answer_is_told(name: str, text: str, other: str, library: Library) -> None:
    file = f"{FOLDER}/{name}.txt"
    ask = Ask(text, file, 999)
    asked = replace(library, asks={**library.asks, name: (*library.asks[name], ask)})
    (finding,) = misplaced(asked, {file: {999}})
    assert (finding.path, finding.line, finding.value) == (file, 999, text)
    assert finding.problem.startswith(f"这句更像 {other}")


def test_of_an_ask_that_stands_twice_nothing_more_is_said(library: Library) -> None:
    file, text = f"{FOLDER}/cards/C45.txt", library.asks["cards/C20"][0].text
    asks = (*library.asks["cards/C45"], Ask(text, file, 999))
    assert list(misplaced(replace(library, asks={**library.asks, "cards/C45": asks}), {file: {999}})) == []


def test_asks_that_stand_where_they_belong_are_not_told(library: Library) -> None:
    """Those of one answer as if all were new: one in two hundred may be told."""
    files = [f"{FOLDER}/{name}.txt" for name, asks in library.asks.items() if len(asks) <= MOST_NEW]
    told = total = 0
    for file in random.Random(7).sample(files, 8):
        told += len(list(misplaced(library, {file: set()})))
        total += len(library.asks[file.removeprefix(f"{FOLDER}/").removesuffix(".txt")])
    assert total > 500 and told <= total / 200 + 1
