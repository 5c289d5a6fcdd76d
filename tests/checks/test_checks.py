"""Every rule on good and bad input, from ``golden/findings.yml``."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from kb.checks import RULES, Rule, check
from kb.checks.pages import check_heads
from kb.checks.templates import OPENED, check_templates, check_widgets
from kb.content import files
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.records import Host
from pydantic import ValidationError

from tests.conftest import ROOT, TESTS

GOLDEN = TESTS / "golden"
CASES = [
    case
    for file in ("findings.yml", "files.yml", "broken.yml", "slips.yml")
    for case in yaml.safe_load((GOLDEN / file).read_text("utf-8"))
]


def in_order(lines: list[str]) -> list[str]:
    """Sort by file, line and column, as an editor reads them."""

    def place(line: str) -> tuple[str, int, int, str]:
        file, number, rest = line.split(":", 2)
        return file, int(number), int(rest.split(" ")[0]), rest

    return sorted(lines, key=place)


def test_the_fixture_has_no_findings(small_site: Path) -> None:
    assert check(small_site)[1] == []


def break_it(case: dict, root: Path) -> None:
    """Do to the site what the case says."""
    if "copy" in case:
        shutil.copy(*(root / path for path in case["copy"]))
    if "move" in case:
        shutil.move(*(root / path for path in case["move"]))
    if "delete" in case:
        path = root / case["delete"]
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if "link" in case:
        (root / case["link"][0]).symlink_to(case["link"][1])
    if "folder" in case:
        path = root / case["folder"]
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)
    if "write" in case:
        path = root / case["write"][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["write"][1], "utf-8")
    if "encoded" in case:
        file, encoding = case["encoded"]
        (root / file).write_bytes((root / file).read_text("utf-8").encode(encoding))
    for file, old, new in [case["edit"]] if "edit" in case else case.get("edits", ()):
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), "utf-8")


def judge(case: dict, lines: list[str]) -> None:
    assert "expect" in case or "expect_rule" in case or case.get("good")
    if case.get("good"):
        assert lines == []
    if "expect" in case:
        assert lines == in_order(case["expect"])
    if "expect_rule" in case:
        assert {line.split()[1] for line in lines} == {case["expect_rule"]}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_findings(case: dict, small_site: Path) -> None:
    break_it(case, small_site)
    judge(case, [str(finding) for finding in check(small_site)[1]])


def test_every_rule_has_examples() -> None:
    for rule in RULES:
        text = rule.check.__doc__ or ""
        assert "Bad:" in text and "Good:" in text, rule.name


def test_every_rule_is_explained_to_writers() -> None:
    """Its name stands on the page of writing rules; the page names no rule that there is not."""
    page = (ROOT / "docs/about/writing.md").read_text("utf-8")
    named = {part.split("）")[0] for part in page.split("（检查：")[1:]}
    reading = {"front-matter", "privacy"}  # found while reading, or by the rule foreign
    assert named - {"人工审阅"} == {rule.name for rule in RULES} | reading


def test_one_line_each_whatever_the_value(small_site: Path) -> None:
    path = small_site / "docs/causes/credit.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("owner: lakala", 'owner: "a\\nb\\u202e\\0' + "x" * 1_000_000 + '"'), "utf-8")
    lines = [str(finding) for finding in check(small_site)[1]]
    assert lines and all("\n" not in line and len(line) < 300 for line in lines)


def test_a_file_that_may_not_be_opened(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        if path.endswith("tags.yml"):
            raise PermissionError(13, "Permission denied", path)
        return os.open(path, flags)

    monkeypatch.setattr(files, "_unfollowed", refuse)
    assert [str(finding) for finding in check(small_site)[1]] == [
        "docs/_data/tags.yml:1:1 files “tags.yml” 打不开（没有权限）。关掉占用它的程序，或改好它的权限"
    ]


@pytest.mark.parametrize("host", ["com", "cn", "", "a b.cn", "WWW.pbc.gov.cn", "https://a.cn", "a.cn/"])
def test_no_more_than_one_host_is_let_in(host: str) -> None:
    with pytest.raises(ValidationError):
        Host(host=host, name="甲", year=2026, note="乙")


def test_a_card_that_cannot_be_read_does_not_blame_the_others(small_site: Path) -> None:
    path = small_site / "docs/remedies/ask.md"
    path.write_text(path.read_text("utf-8").replace("effort: 20m", "effort: long"), "utf-8")
    assert [finding.path for finding in check(small_site)[1]] == ["docs/remedies/ask.md"]


def test_every_template_is_missed() -> None:
    """The programs open it by a name that the check knows, or a page or another template names it."""
    library, _ = check(ROOT)
    source = "".join(path.read_text("utf-8") for path in (ROOT / "hooks/kb").rglob("*.py"))
    opened = re.findall(r'(?:get_template\(|"template": |title, |text, )"([a-z/-]+\.html)"', source)
    assert len(opened) > 5 and set(opened) <= OPENED
    templates = [
        name
        for name in library.files.names
        if re.match(r"overrides/(?!partials/|fragments/tags/).*\.html", name)
    ]
    rules = (check_heads, check_templates, check_widgets)
    for file in templates:
        entries = tuple(entry for entry in library.files.entries if entry.file != file)
        without = replace(library, files=replace(library.files, entries=entries))
        missed = [finding.value for rule in rules for finding in rule(without)]
        assert missed and all(file == f"overrides/{name}" for name in missed)


def test_what_other_processes_do_begins_first_and_is_asked_last(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def begun(library: Library) -> Iterator[Finding]:
        order.append("begun")
        return found()

    def found() -> Iterator[Finding]:
        order.append("asked")
        yield Place("mkdocs.yml", 1).finding("甲", "乙", "丙")

    def other(library: Library) -> Iterator[Finding]:
        order.append("other")
        yield from ()

    monkeypatch.setattr("kb.checks.RULES", [Rule("a", other), Rule("b", begun, apart=True), Rule("c", other)])
    _, (finding,) = check(small_site)
    assert (order, finding.rule) == (["begun", "other", "other", "asked"], "b")
