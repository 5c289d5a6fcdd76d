"""Every factual sentence has a source or says what it is worth, or a row explains why it needs neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handbook.unsourced import ROOT, allowed, explains, findings

PAGE = "---\nsummary: 甲。\n---\n\n## 乙 {{#a}}\n\n{}\n"


def listed(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/_data/glossary.yml").write_text("- term: 甲\n  says: 乙。\n", "utf-8")
    (tmp_path / "docs/page.md").write_text(PAGE.format(text), "utf-8")
    return [sentence.text for sentence in findings(tmp_path)]


def test_nothing_is_said_without_a_source_or_a_mark() -> None:
    rows = allowed()
    assert [str(each) for each in findings(ROOT) if not any(explains(row, each) for row in rows)] == []


def test_every_row_explains_a_sentence_that_stands() -> None:
    found = findings(ROOT)
    for row in allowed():
        assert len(row) == 3 and row[2], row
        assert any(explains(row, each) for each in found), row


@pytest.mark.parametrize(
    "sentence",
    ["2024 年起不收。", "一笔最多 500 元。", "条例要公示。", "支付宝规定要实名。", "三个月没交易就停。"],
)
def test_a_bare_fact_is_noticed_until_it_is_settled(sentence: str, tmp_path: Path) -> None:
    assert listed(tmp_path / "bare", f"- {sentence}") == [sentence]
    assert listed(tmp_path / "sourced", f"- {sentence}[^source]") == []
    assert listed(tmp_path / "marked", f"- **推论**：{sentence}") == []
    assert listed(tmp_path / "repeated", f"- {sentence}[^source]\n- {sentence}") == []
    assert listed(tmp_path / "said", f"> {sentence}") == []


def test_what_is_no_fact_needs_nothing(tmp_path: Path) -> None:
    assert listed(tmp_path, "1. 请顾客换一种方式付。\n2. 等一分钟再看。") == []
