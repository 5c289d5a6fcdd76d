"""Nothing of one subject in the program: it stands in ``docs/_data``, in cards, in word lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SUBJECT = re.compile(r"花呗|拉卡拉|支付宝|lakala|alipay|huabei", re.I)
CARD = re.compile(r"\b[CRQ]\d\d\b")
CODE = {".py", ".html", ".js", ".css", ".md", ".yml", ".json"}


def sources() -> list[Path]:
    folders = (ROOT / "hooks", ROOT / "overrides", ROOT / "docs/assets")
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in CODE]


@pytest.mark.parametrize("pattern", [SUBJECT, CARD], ids=["words", "cards"])
def test_the_program_names_nothing_of_one_subject(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number} {match[0]}"
        for path in sources()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        for match in pattern.finditer(line)
    ]
    assert found == []
