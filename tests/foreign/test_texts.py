"""Texts of a page: what is refused, by its name, and what is not."""

from __future__ import annotations

import pytest
import yaml
from kb.content.data import lines_of

from tests.conftest import ROOT
from tests.foreign.known import KNOWN, finds


def cases(name: str) -> list[object]:
    lists = yaml.safe_load((ROOT / f"tests/golden/{name}.yml").read_text("utf-8"))
    return [
        pytest.param(kind, str(text).replace("⏎", "\n"), id=f"{kind}-{number}")
        for kind, texts in lists.items()
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(("kind", "text"), cases("refused"))
def test_refused(kind: str, text: str) -> None:
    found = finds(text)
    assert kind in {match.kind for match in found}, found
    assert all(match.problem and match.remedy and not match.remedy.endswith("。") for match in found)


@pytest.mark.parametrize(("kind", "text"), cases("allowed"))
def test_allowed(kind: str, text: str) -> None:
    assert finds(text) == []


def unseen(name: str) -> list[str]:
    lines = lines_of((ROOT / f"tests/golden/unseen-{name}.txt").read_text("utf-8"))
    assert len(lines) > 100 and not set(lines) & {*KNOWN.adverts, *KNOWN.harmless}
    return [line.replace("⏎", "\n") for line in lines]


def test_adverts_like_none_of_the_examples_are_refused() -> None:
    """They were made hard: of the patterns that stood before the examples 82 % were let in."""
    let_in = [text for text in unseen("adverts") if not finds(text)]
    assert len(let_in) <= 0.1 * len(unseen("adverts")), let_in


def test_harmless_sentences_like_none_of_the_examples_get_in() -> None:
    """They were made hard: most are of the same things that adverts speak of."""
    refused = [text for text in unseen("harmless") if finds(text)]
    assert len(refused) <= 0.05 * len(unseen("harmless")), refused


def test_every_example_counts() -> None:
    """What was learnt fits nearly all that it was learnt from; a harmless example gets in as it stands."""
    known = [text for text in KNOWN.adverts if finds(text)]
    assert len(known) >= 0.99 * len(KNOWN.adverts)
    assert not any(match.kind == "phrase" for text in KNOWN.harmless for match in finds(text))


@pytest.mark.parametrize("text", ["薇芯", "斗音", "公粽号", "伽我", "撕聊", "花贝", "妃率", "莲系我"])
def test_words_of_the_same_sound_are_refused(text: str) -> None:
    assert "phrase" in {match.kind for match in finds(f"{text}，价好")}


def test_definitions_of_links_are_read() -> None:
    assert finds("[办机找我]: ../index.md")
    assert finds('[看]: ../index.md "办机找我"')
    assert finds("[看]: https://mifupos.com")
    assert finds('[看][甲]\n\n[甲]: ../index.md "说明"') == []
