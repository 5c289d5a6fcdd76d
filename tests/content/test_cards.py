"""The reader of cards: any bytes give a card or findings, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kb.content.asks import FOLDER, Ask, read_asks
from kb.content.cards import Card, card_of
from kb.content.files import Files, decoded
from kb.content.findings import Finding
from kb.content.markdown import open_fence, sections_of, visible
from kb.content.schema import Head
from kb.content.strict_yaml import load

from tests.conftest import FIXTURE

GOOD = (FIXTURE / "docs/causes/credit.md").read_bytes()


def read_card(data: bytes, file: str) -> Card[Head] | list[Finding]:
    """Read a card as the library does."""
    text = decoded(data, file)
    return [text] if isinstance(text, Finding) else card_of(text.replace("\r\n", "\n"), file)


def outcome(data: bytes) -> None:
    result = read_card(data, "docs/causes/x.md")
    assert result
    for finding in result if isinstance(result, list) else []:
        assert finding.path == "docs/causes/x.md"
        assert finding.line >= 1 and finding.column >= 1
        assert "\n" not in str(finding)
        assert finding.problem and finding.remedy


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    outcome(data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_head(text: str) -> None:
    outcome(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"))


@settings(max_examples=500, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40), st.binary(max_size=12))
def test_a_good_card_with_a_hole(start: int, length: int, filling: bytes) -> None:
    outcome(GOOD[:start] + filling + GOOD[start + length :])


YAML_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["id", "title", "aliases", "answers", "remedies", "verified", "sources", "codes"]),
    YAML_VALUES,
)
def test_any_value_of_a_key(key: str, value: object) -> None:
    import yaml

    head = yaml.safe_load(GOOD.split(b"---\n")[1])
    head = {k: str(v) if not isinstance(v, (list, dict)) else v for k, v in head.items()} | {key: value}
    outcome(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n".encode("utf-8", "surrogatepass"))


FENCES = {
    "`a` b\n```\nc\n```\nd": ("    b\n   \n \n   \nd", None),
    "~~~\n```\n~~~~\nd": ("   \n   \n    \nd", None),
    "a\n```x\nb\n``` c": ("a\n    \n \n     ", ("```", 3)),
}


@pytest.mark.parametrize("text", FENCES)
def test_code_is_seen_by_nobody_and_its_open_end_is_known(text: str) -> None:
    assert (visible(text), open_fence(text, 2)) == FENCES[text]


def test_an_ask_is_a_line_that_is_no_remark() -> None:
    files = Files(FIXTURE, (), texts={f"{FOLDER}/cards/C20.txt": "# 一\n甲 \n\n  # 二\n  乙\n"})
    assert read_asks(files)["cards/C20"] == (
        Ask("甲", f"{FOLDER}/cards/C20.txt", 2),
        Ask("乙", f"{FOLDER}/cards/C20.txt", 5),
    )


def test_bombs_are_refused_at_once() -> None:
    levels = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]" for i in range(9))
    outcome(f"---\n{levels}\n---\n".encode())
    outcome(b"---\n" + b"[" * 20_000 + b"\n---\n")
    outcome(b"---\n" + b"{a: " * 20_000 + b"\n---\n")
    outcome(b"---\ntitle: " + b"x" * 1_000_000 + b"\n---\n")
    outcome(b"---\ntitle: " + b"'" * 60_000 + b"\n---\n")


def test_scalars_stay_text() -> None:
    loaded = load("a: yes\nb: 40\nc: 2026-11-22\nd: ~\ne: 1:30\n", "x")
    assert loaded.value == {"a": "yes", "b": "40", "c": "2026-11-22", "d": "~", "e": "1:30"}
    assert loaded.marks.find(("b",)) == (2, 1)
    assert loaded.marks.find(("b", 7, "deep")) == (2, 1)


def test_headings_in_fences_are_text() -> None:
    body = "## 甲 {#a}\n\n```\n## 乙 {#b}\n```\n\n## 丙 {#c}\n丁"
    assert [(s.anchor, s.title, s.line) for s in sections_of(body, 10)] == [("a", "甲", 10), ("c", "丙", 16)]


def test_not_utf8_names_the_line() -> None:
    findings = read_card(GOOD.replace("收单".encode(), "收单".encode("gbk"), 1), "docs/causes/x.md")
    assert str(findings[0]).startswith("docs/causes/x.md:3:1 files “0xca” 不是 UTF-8 编码。")
