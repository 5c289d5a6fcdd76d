"""Every rule on good and bad input, from ``golden/findings.yml``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from kb.checks import RULES, check

from tests.conftest import TESTS

CASES = yaml.safe_load((TESTS / "golden/findings.yml").read_text("utf-8"))


def in_order(lines: list[str]) -> list[str]:
    """Sort by file, line and column, as an editor reads them."""

    def place(line: str) -> tuple[str, int, int, str]:
        file, number, rest = line.split(":", 2)
        return file, int(number), int(rest.split(" ")[0]), rest

    return sorted(lines, key=place)


def test_the_fixture_has_no_findings(small_site: Path) -> None:
    assert check(small_site)[1] == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_findings(case: dict, small_site: Path) -> None:
    if "copy" in case:
        shutil.copy(*(small_site / path for path in case["copy"]))
    if "move" in case:
        shutil.move(*(small_site / path for path in case["move"]))
    if "delete" in case:
        (small_site / case["delete"]).unlink()
    if "write" in case:
        path = small_site / case["write"][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["write"][1], "utf-8")
    if "edit" in case:
        file, old, new = case["edit"]
        text = (small_site / file).read_text("utf-8")
        assert old in text
        (small_site / file).write_text(text.replace(old, new), "utf-8")
    lines = [str(finding) for finding in check(small_site)[1]]
    if case.get("good"):
        assert lines == []
    if "expect" in case:
        assert lines == in_order(case["expect"])
    if "expect_start" in case:
        assert lines[: len(case["expect_start"])] == case["expect_start"]
    if "expect_any" in case:
        assert set(case["expect_any"]) <= set(lines)
    if "expect_rule" in case:
        assert {line.split()[1] for line in lines} == {case["expect_rule"]}


def test_every_rule_has_examples() -> None:
    for rule in RULES:
        text = rule.check.__doc__ or ""
        assert "Bad:" in text and "Good:" in text, rule.name


def test_one_line_each_whatever_the_value(small_site: Path) -> None:
    path = small_site / "docs/causes/credit.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("owner: lakala", 'owner: "a\\nb\\u202e\\0' + "x" * 1_000_000 + '"'), "utf-8")
    lines = [str(finding) for finding in check(small_site)[1]]
    assert lines and all("\n" not in line and len(line) < 300 for line in lines)


def test_a_card_that_cannot_be_read_does_not_blame_the_others(small_site: Path) -> None:
    path = small_site / "docs/remedies/ask.md"
    path.write_text(path.read_text("utf-8").replace("effort: 20m", "effort: long"), "utf-8")
    assert [finding.path for finding in check(small_site)[1]] == ["docs/remedies/ask.md"]
