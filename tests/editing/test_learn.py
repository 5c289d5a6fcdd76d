"""What practice teaches, on an export whose truth is known."""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import cli
import pytest
from kb.content.library import Library
from kb.content.schema import Cause
from kb.editing.learn import lessons
from kb.editing.learn.access import read_access
from kb.editing.learn.questions import Asked
from kb.editing.learn.report import _patch
from kb.editing.learn.tickets import NoTickets, read_tickets
from kb.tree import address

from tests.conftest import ROOT

ROWS = 20_000
MISSING = {"无人售货柜能收分期吗": 60, "养老机构交床位钱行不行": 35, "少数人才问的一件怪事": 4}
"""Questions that no card answers → how many ask them."""

TAUGHT = {"刷脸那台一选那个就灰了": "C20", "店里那块牌子扫了没有那一栏": "C18"}
"""Questions that a card answered, in words that it does not know."""

PEOPLE = ("欧阳建国", "王小明", "李翠花", "司马相如")
PLACES = ("南京西路100号3幢502室", "幸福村二组18号")
NUMBERS = ("13800138000", "6222021234567890123", "wx-abc8899")


def truth(library: Library) -> dict[str, float]:
    """Return the share of each of twenty causes, from one in five down to one in five hundred."""
    causes = [card.id for card in library.of(Cause, "huabei")][:20]
    weights = [1.25**-rank for rank in range(len(causes))]
    random.Random(3).shuffle(causes)
    return dict(zip(causes, (weight / sum(weights) for weight in weights), strict=True))


def export(library: Library) -> list[list[str]]:
    """Return the rows: number, what was written, solved by, link of the desk."""
    chance, shares = random.Random(7), truth(library)
    causes = chance.choices([*shares], [*shares.values()], k=ROWS)
    planted = [text for text, count in MISSING.items() for _ in range(count)]
    rows = []
    for number, cause in enumerate(causes):
        words = [chance.choice(library.asks_of(library.cards[cause]))]
        solved, link = cause, ""
        if cause == "C20":
            option = chance.choices(["ok", "fail"], [0.6, 0.4])[0]
            link = f"https://huabei-help.example/ask/huabei/balance.{option}/"
        if number < len(planted):
            words, solved = [planted[number]], ""
        elif cause in TAUGHT.values() and number % 9 == 0:
            words = [text for text, card in TAUGHT.items() if card == cause]
        if number % 3 == 0:
            who, where, what = map(chance.choice, (PEOPLE, PLACES, NUMBERS))
            words += [f"我是{who}", f"电话{what}", f"住在{where}", f"{who}的店", what, where]
        chance.shuffle(words)
        rows.append([f"T{number:07}", "，\n".join(words), solved, link])
    return rows


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["工单号", "内容", "处理", "链接"])
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def learnt(library: Library, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    path = tmp_path_factory.mktemp("learn") / "tickets.csv"
    return lessons(library, write(path, export(library), "gb18030", ";"), None)


def part(report: str, title: str) -> str:
    return report.split(f"\n## {title}\n")[1].split("\n## ")[0]


SHARE = re.compile(r"- (C\d+) .*：([\d.]+)%（95% ([\d.]+)%–([\d.]+)%，(\d+) 个案例）")


def test_it_recovers_the_frequencies(learnt: tuple[str, str], library: Library) -> None:
    """Of twenty intervals of 95 %, eighteen at least hold the truth; the middle of each is near it."""
    found = {row[0]: tuple(map(float, row[1:])) for row in SHARE.findall(learnt[0])}
    shares = truth(library)
    assert set(found) == set(shares)
    held = [low <= 100 * shares[cause] <= high for cause, (_, low, high, _) in found.items()]
    assert sum(held) >= 18
    assert all(abs(share - 100 * shares[cause]) < 1 for cause, (share, *_) in found.items())


def test_it_counts_answers_and_shows_both_trees_before_a_change(learnt: tuple[str, str]) -> None:
    report, patch = learnt
    assert re.search(r"C20 .*回答变了：balance", part(report, "常见程度和回答"))
    trees = part(report, "改了以后的决策树")
    assert "- huabei：平均问 " in trees and "- fee：平均问 " in trees
    assert "+basis: log\n" in patch and "+cases: " in patch
    changed = patch.split("+++ b/docs/causes/credit-disabled.md")[1]
    assert re.search(r"^\+answers: .*balance: \{fail: sometimes, ok: (?:sometimes|usually)\}", changed, re.M)


def test_it_proposes_what_is_missing(learnt: tuple[str, str]) -> None:
    report, patch = learnt
    nothing, other = part(report, "找不到答案的问句"), part(report, "该加的问法")
    for text, count in MISSING.items():
        assert (f"{count} 人：“{text}”" in nothing) is (count >= 5)
    for text, card in TAUGHT.items():
        assert re.search(f"人：“{text}”，帮上忙的是 {card} ", other)
        file = patch.split(f"+++ b/docs/_data/asks/cards/{card}.txt\n")[1].split("\n--- a/")[0]
        assert f"\n+{text}\n" in f"{file}\n"


def test_it_names_nobody(learnt: tuple[str, str]) -> None:
    said = "".join(learnt)
    assert [one for one in (*PEOPLE, *PLACES, *NUMBERS, "T00000") if one in said] == []
    assert min(map(int, re.findall(r"(\d+) [人次]：", learnt[0]))) >= 5


def test_the_patch_applies(learnt: tuple[str, str], tmp_path: Path) -> None:
    patch = tmp_path / "x.patch"
    patch.write_text(learnt[1], "utf-8")
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True)


def test_the_guide_s_own_rows(library: Library, tmp_path: Path) -> None:
    """It says which column it read, and that nobody's question came five times."""
    sample = re.search(r"```csv\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.S)
    assert sample
    (path := tmp_path / "t.csv").write_text(sample[1], "utf-8")
    assert [ticket.card for ticket in read_tickets(path, library).tickets] == ["C20", "C18"]
    report, patch = lessons(library, path, None)
    assert "问句取自“问题”一列（第一行是列名）" in report and "没有哪一句满 5 个人问过" in report
    assert patch == ""


def test_no_names_of_columns_and_no_cards(library: Library, tmp_path: Path) -> None:
    """The first row counts too; what opens now is not blamed."""
    (path := tmp_path / "t.csv").write_text("1,刷脸那台一选那个就灰了呀\n" * 5, "utf-8")
    report = lessons(library, path, None)[0]
    assert "# 从 5 条记录学到的" in report and "第 2 列（没有列名" in report
    assert "没有一列写着哪张卡片帮上了忙" in report and "没有帮上" not in report
    assert re.search("5 人：“刷脸那台一选那个就灰了呀”，现在", report)


def test_a_file_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["learn", "none.csv"]) == 1
    assert capsys.readouterr().err.startswith("没有“none.csv”这个文件")


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("gbk", "\t"), ("utf-16", ",")]
)
def test_every_form_of_export(encoding: str, delimiter: str, library: Library, tmp_path: Path) -> None:
    rows = [["1", "余额能付，\n花呗“不行”; 怎么办", "C20", ""], ["2", "别的", "", "https://x/c/C18/"], []]
    tickets = read_tickets(write(tmp_path / "t.csv", rows, encoding, delimiter), library)
    assert [(ticket.text, ticket.card) for ticket in tickets.tickets] == [
        (rows[0][1], "C20"),
        ("别的", "C18"),
    ]


def test_a_question_of_the_diagnosis_solves_nothing(library: Library, tmp_path: Path) -> None:
    rows = [["1", "余额能付", "Q02", ""], ["2", "花呗不行", f"https://x/{library.cards['Q02'].url}", ""]]
    tickets = read_tickets(write(tmp_path / "t.csv", rows), library).tickets
    assert [ticket.card for ticket in tickets] == ["", ""]


def test_the_first_ask_of_a_card_is_a_new_file(library: Library, tmp_path: Path) -> None:
    file = "docs/_data/asks/cards/C20.txt"
    texts = {name: text for name, text in library.files.texts.items() if name != file}
    library = replace(library, files=replace(library.files, texts=texts))
    asked = [Asked("信用卡花呗一起没了", 5, "C20", "C25"), Asked("信用卡花呗都停", 5, "C20", "C25")]
    patch = "".join(_patch(asked, [], library))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply"], cwd=tmp_path, input=patch.encode(), check=True)
    assert (tmp_path / file).read_text("utf-8") == "信用卡花呗一起没了\n信用卡花呗都停\n"


def test_a_hundred_thousand_rows(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [[str(n), "花呗收不了怎么办", "C18", ""] for n in range(100_000)])
    assert Counter(ticket.card for ticket in read_tickets(path, library).tickets) == {"C18": 100_000}


NONE = {"empty": b"", "head": b"a,b\n", "bytes": b"\x80\xff\xff\x81,\n\x80\n"}


@pytest.mark.parametrize("data", NONE.values(), ids=NONE)
def test_what_is_no_export(
    data: bytes, tmp_path: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(NoTickets):
        read_tickets(path, library)
    assert cli.main(["learn", str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_logs_of_two_servers_cut_short(library: Library, tmp_path: Path) -> None:
    """Visitors are counted, not visits; the last line is half a line."""
    answers = address([("stuck", "ended"), ("balance", "ok")])
    pages = ["/handbook/c/C20/", f"/ask/huabei/{answers}", "/?q=%E6%97%A0%E4%BA%BA%E6%9C%BA"]
    lines = []
    for visitor in range(6):
        for page in pages * 2:
            request = {"remote_ip": f"10.0.0.{visitor}", "method": "GET", "uri": page}
            caddy = json.dumps({"level": "info", "request": request, "status": 200})
            nginx = f'10.0.0.{visitor} - - [26/Nov/2026:00:00:00 +0800] "GET {page} HTTP/2.0" 200 12 "-" "-"'
            lines.append(caddy if visitor % 2 else nginx)
    log = tmp_path / "access.log"
    log.write_text("\n".join(lines) + '\n{"level":"info","requ', "utf-8")
    visits = read_access(log, library)
    assert {card: len(who) for card, who in visits.cards.items()} == {"C20": 6}
    assert {key: len(who) for key, who in visits.answers.items()} == {
        ("huabei", "balance", "ok"): 6,
        ("huabei", "stuck", "ended"): 6,
    }
    assert {query: len(who) for query, who in visits.searches.items()} == {"无人机": 6}
    assert visits.broken == 1
