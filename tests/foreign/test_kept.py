"""What was found is kept for the very same files, lists and program, and never where a change is judged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from kb.checks import check
from kb.foreign import kept, scan_all

from tests.foreign.known import KNOWN, PAGE


def test_finds_are_kept_until_text_or_lists_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, texts = replace(KNOWN, cache=tmp_path), {PAGE: "打 139 0013 8000"}
    first = list(scan_all(texts, known))
    assert [match.kind for match in first[0][1]] == ["mobile"]
    monkeypatch.setattr(kept, "scan", lambda *_: pytest.fail("looked again"))
    assert list(scan_all(texts, known)) == first
    monkeypatch.setattr(kept, "scan", lambda *_: [])
    assert list(scan_all({PAGE: "打 139 0013 8001"}, known)) == [(PAGE, [])]
    assert list(scan_all(texts, replace(known, phones=frozenset({"13900138000"})))) == [(PAGE, [])]


def test_many_files_are_looked_through_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"docs/about/page-{number}.md": f"打 139 0013 80{number}" for number in range(10, 30)}
    alone = list(scan_all(texts, KNOWN))
    monkeypatch.setattr(kept, "MANY", 0)
    assert list(scan_all(texts, KNOWN)) == alone
    assert all(found for _, found in alone)


def test_what_judges_a_change_trusts_no_file_of_it(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = small_site / "docs/about/index.md"
    page.write_text(page.read_text("utf-8") + "\n打 139 0013 8000。\n", "utf-8")
    monkeypatch.delenv("CI", raising=False)
    assert check(small_site)[1]
    finds = small_site / ".cache/foreign" / kept.NAME
    finds.write_text(json.dumps({key: [] for key in json.loads(finds.read_text("utf-8"))}), "utf-8")
    assert check(small_site)[1] == []  # whoever may write there only deceives himself
    monkeypatch.setenv("CI", "true")
    assert {finding.rule for finding in check(small_site)[1]} == {"privacy"}
