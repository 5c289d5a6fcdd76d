"""Texts of a page: what is refused, by its name, and what is not."""

from __future__ import annotations

import pytest
import yaml

from tests.conftest import ROOT
from tests.foreign.known import finds


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
