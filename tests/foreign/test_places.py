"""Every place of every kind of file is read, as it is shown, and the find stands at its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from kb.content.strict_yaml import load
from kb.foreign.shown import EXTENSIONS, crowded
from kb.foreign.words import is_code, is_made_of

from tests.conftest import ROOT
from tests.foreign.known import ASKS, DATA, LIST, PAGE, SCRIPT, TEMPLATE, finds, kinds

PLACES = {
    "head": (PAGE, "---\ntitle: 甲 {}\n---\n\n乙\n"),
    "list in a head": (PAGE, "---\naliases: [甲, '{}']\n---\n\n乙\n"),
    "comment in a head": (PAGE, "---\ntitle: 甲 # {}\n---\n\n乙\n"),
    "body": (PAGE, "---\ntitle: 甲\n---\n\n乙 {} 丙\n"),
    "heading": (PAGE, "## 甲 {} {{#fix}}\n"),
    "quotation": (PAGE, "> 甲 {}\n"),
    "table": (PAGE, "| 甲 | 乙 |\n|---|---|\n| {} | 丙 |\n"),
    "details": (PAGE, '??? note "{}"\n    乙\n'),
    "code": (PAGE, "甲\n\n    {}\n"),
    "comment of HTML": (PAGE, "甲\n\n<!-- {} -->\n"),
    "data": (DATA, "- term: 甲\n  says: 乙 {}\n"),
    "folded data": (DATA, "- says: >\n    乙\n    {}\n"),
    "comment in data": (DATA, "# {}\n- term: 甲\n"),
    "asks": (ASKS, "甲\n{}\n"),
    "published list": (LIST, "/ {}\n"),
    "string": (SCRIPT, 'const text = "甲 {}";\n'),
    "template string": (SCRIPT, "const text = `甲 {}`;\n"),
    "text of a template": (TEMPLATE, "<p>甲 {}</p>\n"),
    "title in a template": (TEMPLATE, '<p title="甲 {}">乙</p>\n'),
    "expression": (TEMPLATE, "<p>{{{{ '{}' }}}}</p>\n"),
    "style": ("docs/assets/site.css", 'p::after {{ content: "{}" }}\n'),
    "picture": ("docs/assets/icon.svg", "<svg><text>{}</text></svg>\n"),
    "settings": ("mkdocs.yml", "copyright: 甲 {}\n"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_in_every_place(place: str) -> None:
    path, text = PLACES[place]
    assert "mobile" in kinds(text.format("13800138000"), path)
    found = finds(text.format("13800138000"), path)
    line = text.split("{}")[0].count("\n")
    assert any(text.format("13800138000").count("\n", 0, match.start) == line for match in found)


@pytest.mark.parametrize(
    "place", sorted(set(PLACES) - {"string", "template string", "expression", "style", "settings"})
)
def test_a_word_in_every_place_that_is_shown(place: str) -> None:
    path, text = PLACES[place]
    assert kinds(text.format("huabei888"), path) == {"word"}


def test_signs_of_a_pattern_excuse_no_word() -> None:
    assert kinds("- title: 找 huabei888 办(吗)?\n", "docs/_data/elsewhere.yml") == {"word"}


@pytest.mark.parametrize("place", sorted(set(PLACES) - {"asks"}))
def test_a_call_in_every_place(place: str) -> None:
    path, text = PLACES[place]
    assert "phrase" in kinds(text.format("加微信办机"), path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/assets/site.css", "p { background: URL({}) }"),
        ("docs/assets/site.css", "@import url({});"),
        ("docs/assets/site.css", '@import "{}";'),
        (TEMPLATE, '<p style="background: url({})">'),
        (TEMPLATE, '<base href="{}">'),
        ("docs/assets/icon.svg", "<svg><style>@import url({});</style></svg>"),
    ],
)
@pytest.mark.parametrize("address", ["https://mifupos.help/a", "//mifupos.help/a"])
def test_an_address_in_styles_and_templates(path: str, text: str, address: str) -> None:
    assert "link" in kinds(text.replace("{}", address), path)


def test_escapes_of_styles_are_read() -> None:
    assert "phrase" in kinds(r'p::after { content: "\52A0\5FAE\4FE1\529E\673A" }', "docs/assets/site.css")


def test_asks_may_say_what_pages_may_not() -> None:
    assert kinds("huabei zenme kaitong，怎么套现\n", ASKS) == set()
    assert kinds("huabei888\n", ASKS) == {"word"}
    assert kinds("mifupos.com\n", ASKS) == {"word"}
    assert kinds("13800138000\n", ASKS) == {"mobile"}


def test_names_of_files_are_made_of_words() -> None:
    assert kinds("", "docs/causes/credit-disabled.md") == set()
    assert kinds("", "docs/_data/asks/cards/C20.txt") == set()
    assert kinds("", "docs/_data/asks/cards/C16800.txt") == set()
    assert kinds("", "docs/causes/call-huabei888.md") == {"name"}
    assert kinds("", "docs/causes/13800138000.md") == {"name"}
    assert kinds("", "docs/assets/answer/codes.js") == set()
    assert kinds("", "docs/assets/v13800138000.js") == {"name"}


def test_names_are_made_of_words() -> None:
    parts = frozenset({"trade", "pay"})
    assert is_made_of("trade-pay-768", parts)
    assert not is_made_of("trade-pos", parts)
    assert not is_made_of("trade-1380-0138", parts)
    assert is_code("TRADE.PAY_PAY", parts) and is_code("BBS11112", parts) and is_code("000100", parts)
    assert not is_code("TRADE.ABC", parts) and not is_code("abc12345", parts)


@pytest.mark.parametrize("code", [r"\x33", r"\u0033", r"\U00000033", r"\t", "\\\n  "])
def test_escapes_of_yaml_are_refused(code: str) -> None:
    findings = load(f'title: "甲 1{code}8"\n', "a.yml").findings
    assert ["双引号换成单引号" in finding.remedy for finding in findings] == [True]
    single = load(f"title: '甲 1{code}8'\n", "a.yml").findings
    assert [finding.problem for finding in single] == (["一个值写成了几行"] if "\n" in code else [])


def test_the_extensions_are_those_of_the_site() -> None:
    settings = (ROOT / "hooks/mkdocs.yml").read_text("utf-8").split("markdown_extensions:\n")[1]
    used = [line[4:].rstrip(":") for line in settings.splitlines() if line.startswith("  - ")]
    assert used == list(EXTENSIONS)


@settings(deadline=None)
@given(st.text(), st.sampled_from([PAGE, DATA, ASKS, LIST, SCRIPT, TEMPLATE]))
def test_any_text_is_scanned(text: str, path: str) -> None:
    for match in finds(text, path):
        assert 0 <= match.start <= len(text) and match.value and match.problem and match.remedy


def test_paragraphs_that_take_minutes_are_not_rendered() -> None:
    assert crowded("甲\n\n" + "[" * 1000) == 3
    assert kinds("[" * 100_000) == {"crowded"}
    assert kinds("-\n" * 100_000) == {"crowded"}
    assert "nesting" in kinds("1. " * 10_000)
    assert kinds("[这里](//pos.help)") == {"link"}  # rendering goes on


def fields(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each text below a value; every item of a list counts as the first."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from fields(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            yield from fields(value, (*path, 0))
    elif isinstance(node, str):
        yield path


def with_text(path: tuple[str | int, ...], text: str) -> object:
    """Return the smallest value that has the text at a path."""
    if not path:
        return text
    inner = with_text(path[1:], text)
    return [inner] if path[0] == 0 else {path[0]: inner}


UNREAD = frozenset({"words.yml", "phrases.yml"})
"""What is known itself: no reader sees it, people review it."""


@pytest.mark.parametrize("file", sorted((ROOT / "docs/_data").glob("*.yml")), ids=lambda file: file.name)
def test_every_text_of_every_data_file_is_judged(file: Path) -> None:
    if file.name in UNREAD:
        return
    found = set(fields(yaml.safe_load(file.read_text("utf-8"))))
    assert found or file.name == "redirects.yml"
    for path in found:
        for text in (
            "花呗收不了，盈晴汇能开",
            "加我微信免费代开花呗，不成功不收钱",
            "打 13800138000",
            "看 abc123.top",
        ):
            shown = yaml.safe_dump(with_text(path, text), allow_unicode=True)
            assert finds(shown, f"docs/_data/{file.name}"), (path, text)


@pytest.mark.parametrize("file", ["README.md", "SECURITY.md", ".github/ISSUE_TEMPLATE/correction.yml"])
@pytest.mark.parametrize(
    "text",
    [
        "商务：139 1234 5678",
        "写信到 pos@example.cn",
        "见 https://huabei-open.cn/",
        "新增合作机器，免押金办理",
        "导不进去的，问作者微信 import_bang",
    ],
)
def test_nothing_leads_to_somebody_beside_the_site(file: str, text: str) -> None:
    """Editors read it, and on the page of the repository everybody does."""
    before = (ROOT / file).read_text("utf-8")
    line = f"\n{text}\n" if file.endswith(".md") else f"\n# {text}\n"
    (match, *_) = finds(before + line, file)
    assert match.problem and match.remedy and match.start >= len(before.rstrip()) - 1
    assert finds(before, file) == []
