"""Who changed a line is told what is wrong with it, in one line; the rest is counted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from kb.checks import check
from kb.checks.rules import GATE
from kb.content.findings import Finding, Place
from kb.content.published import FILE, PAGES
from kb.editing.blame import caused
from kb.editing.uncommitted import changed_lines, lost_entries, renumbered

from tests.editing.conftest import commit, edit

CARD, MENU = "docs/causes/credit.md", "mkdocs.yml"


def found(path: str, line: int, rule: str = "schema", value: str = "甲") -> Finding:
    return Place(path, line).finding(value, "写法不对", "照例子写", rule)


def lines(findings: list[Finding]) -> list[str]:
    return [f"{f.path}:{f.line} {f.rule} {f.remedy}" for f in findings]


REST = "（还有 {} 处，多半是它引起的，改好再查）"

SHOWN = {
    "nothing changed: all": (
        [found(CARD, 3), found(CARD, 9)],
        {},
        ["3 schema 照例子写", "9 schema 照例子写"],
    ),
    "one for the line that was changed": (
        [found(CARD, 3, value="甲"), found(CARD, 3, value="乙"), found(CARD, 9), found(MENU, 1)],
        {CARD: {3}},
        ["3 schema 照例子写" + REST.format(3)],
    ),
    "typography only where nothing else is wrong": (
        [found(CARD, 3, "typography"), found(CARD, 3, "schema")],
        {CARD: {3}},
        ["3 schema 照例子写" + REST.format(1)],
    ),
    "a change that breaks other lines of its file": (
        [found(CARD, 9), found(MENU, 1)],
        {CARD: {3}},
        ["9 schema 照例子写" + REST.format(1)],
    ),
    "a new file": (
        [found(CARD, 3), found(CARD, 9)],
        {CARD: set()},
        ["3 schema 照例子写", "9 schema 照例子写"],
    ),
    "what the gate refuses, wherever it stands": (
        [found(CARD, 3), found(CARD, 9, "foreign")],
        {CARD: {3}},
        ["3 schema 照例子写", "9 foreign 照例子写"],
    ),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_shown(case: str) -> None:
    findings, changed, expected = SHOWN[case]
    assert lines(caused(findings, changed)) == [f"{CARD}:{line}" for line in expected]


def test_a_fault_elsewhere_is_told_where_it_was_caused() -> None:
    told = caused([found(MENU, 1), found(MENU, 2)], {CARD: {3, 7}})
    assert lines(told) == [f"{CARD}:3 schema 改回来；要这样改，就到那里照办：照例子写" + REST.format(1)]
    assert told[0].problem == f"改了这里，{MENU}:1 就不对了：写法不对"


def test_what_is_wrong_in_two_places_is_told_in_the_one_that_was_changed() -> None:
    asks = "docs/_data/asks/cards/{}.txt"
    twice = Place(asks.format("R17"), 4).finding("甲", "写了两次", f"{asks.format('C20')}:9 已经有了", "asks")
    told = caused([twice], {asks.format("C20"): {9}})
    assert [str(f) for f in told] == [
        f"{asks.format('C20')}:9:1 asks “甲” 写了两次。{asks.format('R17')}:4 已经有了"
    ]


def test_a_fault_elsewhere_names_what_was_changed() -> None:
    both = {CARD: {3}, "docs/index.md": {1}}
    told = caused([found(MENU, 1), found(MENU, 2)], both)
    assert lines(told) == [f"mkdocs.yml:1 schema 照例子写（这次改过 {CARD}、docs/index.md）" + REST.format(1)]
    assert lines(caused([found(MENU, 1, value="credit.md")], both)) == ["mkdocs.yml:1 schema 照例子写"]
    many = {f"docs/causes/{n}.md": {1} for n in range(5)}
    assert "docs/causes/2.md 等 5 个文件" in lines(caused([found(MENU, 1)], many))[0]


def test_what_is_taken_out_of_a_list_is_told_there() -> None:
    """A number that is no longer listed is foreign in every card: its line in the list is the one to mend."""
    strange = [found(CARD, 62, "foreign", "95188"), found("docs/index.md", 4, "foreign", "95188")]
    told = caused(strange, {"docs/_data/contacts.yml": {5}})
    assert [(f.path, f.line, f.value) for f in told] == [("docs/_data/contacts.yml", 5, "95188")]
    assert f"{CARD}:62" in told[0].problem and REST.format(1) in told[0].remedy
    assert len(caused(strange, {"docs/_data/contacts.yml": {5}, MENU: {1}})) == len(strange)


def test_of_what_is_foreign_in_a_line_the_whole_is_told() -> None:
    told = caused(
        [found(CARD, 3, "foreign", "image"), found(CARD, 3, "foreign", "https://x.cn/image")], {CARD: {3}}
    )
    assert [f.value for f in told] == ["https://x.cn/image"]


def test_no_fault_is_lost_and_no_gate_is_silent() -> None:
    """Of random findings at least one is shown, all are counted, and none of the gate's lines is left out."""
    dice = random.Random(12)
    files, rules = [CARD, MENU, "docs/about/index.md"], ["schema", "typography", "sections", *GATE]
    for _ in range(500):
        findings = list(
            {
                found(dice.choice(files), dice.randint(1, 6), dice.choice(rules))
                for _ in range(dice.randint(1, 9))
            }
        )
        changed = {
            file: set(dice.sample(range(1, 7), dice.randint(0, 3)))
            for file in dice.sample(files, dice.randint(0, 3))
        }
        told = caused(findings, changed)
        assert told
        if changed:
            rest = len(findings) - len(told)
            assert (REST.format(rest) in told[-1].remedy) == bool(rest)
            assert {(f.path, f.line) for f in findings if f.rule in GATE} <= {(f.path, f.line) for f in told}
        else:
            assert told == findings


def test_lines_that_differ_from_the_last_version(repository: Path) -> None:
    edit(repository, CARD, "付得成，一选", "付得成，再选")
    edit(repository, "docs/about/index.md", "这是一份", "第一行\n\n这是一份")
    edit(repository, MENU, (repository / MENU).read_text("utf-8").split("\n")[1] + "\n", "")
    (repository / "docs/causes/new.md").write_text("新的", "utf-8")
    (repository / "docs/remedies/ask.md").unlink()
    assert changed_lines(repository) == {
        CARD: {26},
        "docs/about/index.md": {6, 7},
        MENU: {1, 2},
        "docs/causes/new.md": set(),
        "docs/remedies/ask.md": set(),
    }


def test_lines_of_the_last_version_when_nothing_differs_from_it(repository: Path) -> None:
    assert changed_lines(repository) == {}
    edit(repository, CARD, "付得成，一选", "付得成，再选")
    commit(repository)
    assert changed_lines(repository) == {CARD: {26}}


def test_without_version_control_there_are_none(small_site: Path) -> None:
    assert changed_lines(small_site) == {}


def test_a_source_that_is_changed_is_told_where_it_stands(repository: Path) -> None:
    """The text cites the old one: that line was not changed, and is counted only."""
    edit(repository, CARD, "sources: [channels]", "sources: [channel-list]")
    findings = check(repository)[1]
    told = caused(findings, changed_lines(repository))
    assert len(findings) > len(told) == 1
    assert (told[0].path, told[0].line) == (CARD, 19)


@pytest.mark.parametrize(
    ("file", "line", "entry"), [(FILE, 2, "Q02 questions/balance/ #how"), (PAGES, 2, "about/contact/")]
)
def test_what_was_published_and_is_taken_out_of_its_list(
    file: str, line: int, entry: str, repository: Path
) -> None:
    """Without its line nothing would miss the card or page: the last version does."""
    edit(repository, file, f"{entry}\n", "")
    library, findings = check(repository)
    assert findings == []
    assert [str(finding) for finding in lost_entries(repository, library)] == [
        f"{file}:{line}:1 lock “{entry}” 登记过的一行不见了。"
        "这个文件由 make lock 写，不用手改：从版本库里恢复这一行"
    ]


def test_a_page_that_there_is_not_is_not_to_be_listed(repository: Path) -> None:
    edit(repository, PAGES, "about/contact/\n", "about/contact/\nabout/how/\n")
    assert [str(finding) for finding in lost_entries(repository, check(repository)[0])] == [
        f"{PAGES}:3:1 lock “about/how/” 没有这一页，登记不了。这个文件由 make lock 写，不用手改：删掉这一行"
    ]


def test_the_list_of_pages_gone_is_told_once(repository: Path) -> None:
    (repository / PAGES).unlink()
    assert [str(finding) for finding in lost_entries(repository, check(repository)[0])] == [
        f"{PAGES}:1:1 lock “pages.txt” 缺少这个文件。从版本库里恢复它"
    ]


def test_a_file_that_is_gone_is_told_at_its_place() -> None:
    told = caused([found("docs/_data/asks/cards/C01.txt", 1), found(MENU, 1)], {CARD: set()}, {CARD})
    assert lines(told) == [
        f"{CARD}:1 schema 从版本库里恢复它；真不要了，就把用到它的地方一起改掉" + REST.format(1)
    ]
    assert "先看 docs/_data/asks/cards/C01.txt:1" in told[0].problem


def test_a_new_number_of_a_card_is_told_with_the_old_one(repository: Path) -> None:
    """A card that no release has listed yet: only the last version knows what it was called."""
    edit(repository, FILE, "Q02 questions/balance/ #how\n", "")
    commit(repository)
    edit(repository, "docs/questions/balance.md", "id: Q02", "id: Q03")
    library, _ = check(repository)
    found = list(renumbered(repository, library, changed_lines(repository)))
    assert [str(one) for one in found] == [
        "docs/questions/balance.md:2:1 lock “Q03” 编号改了。上一版是 Q02，改回 Q02"
    ]


def test_a_deleted_card_is_told_by_the_rule_that_knows(repository: Path) -> None:
    told = caused([found(MENU, 1), found("docs/topics/huabei.md", 4, "lock")], {CARD: set()})
    assert lines(told)[0].startswith("docs/topics/huabei.md:4 lock")
