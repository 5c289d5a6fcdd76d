"""The report on a change: three of this project's history, and a bad one.

A golden file is the report without what the engine ranks, which is not this report's doing. After a change
of the report, look at the difference that the failing test shows, then write the files anew with
``PYTHONPATH=hooks python -m tests.editing.test_effect``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import cli
import pytest
from kb.content.reader import read_library
from kb.editing.effect import compared, effect
from kb.editing.effect.answers import CLOSE, Moved, Opened, moved
from kb.editing.effect.sizes import NotBuilt, built, changed_sizes
from kb.editing.effect.versions import TODAYS, at, sound
from kb.editing.lives import rename

from tests.conftest import ROOT, TESTS

GOLDEN = TESTS / "golden/effect"
COMMITS = ("05958b0", "b7e0336", "c5b4ac9")
"""Counter sentences; what changed, said in the feed; cards called by other titles."""


def _is_shallow() -> bool:
    command = ["git", "-C", str(ROOT), "rev-parse", "--is-shallow-repository"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() != "false"


pytestmark = pytest.mark.skipif(_is_shallow(), reason="a copy without the history")

BAD = {
    "docs/_data/topics.yml": ("    - {question: stuck, option: waiting, card: C10}\n", ""),
    "docs/causes/credit-disabled.md": (
        "- 不要让顾客一遍遍重扫：没改好之前，扫多少次都是一样的结果。\n",
        "- 等 15 分钟再扫，最多扣 300 元押金。\n",
    ),
    "docs/causes/result-unknown.md": ("retry: never", "retry: once"),
    "docs/_data/asks/cards/C25.txt": (
        "同一张码，上一位花呗付成了，下一位就不行\n",
        "余额能付，花呗跟信用卡都付不了啊\n余额能付的，花呗和信用卡都付不了吗\n花呗和信用卡都付不了，余额能付，急\n"
        "信用卡花呗都付不了只有余额能付\n花呗信用卡付不了余额能付怎么回事\n为啥余额能付，花呗和信用卡付不了\n"
        "余额也付不了，提示不支持当前交易\n怎么连余额也付不了，还提示不支持当前交易\n",
    ),
    "docs/causes/fee-surcharge.md": ("frequency: ", "frequency: rare # "),
}
"""File → what is taken out, and what is put in its place: warnings lost, asks stolen, numbers added."""


RANKED = re.compile(
    r"^- \*\*(?:问句被抢|问法放错).*\n|^    - 怎么办：.*\n|^## 问句改开别的\n\n(?:- .*\n)+\n"
    r"|^## 本来就两可的问句\n\n.*\n\n(?:- .*\n)+\n|^- 搜索学到的索引.*\n",
    re.M,
)
EMPTY = re.compile(r"^## 先看这些\n\n(?=\n)", re.M)


def unranked(report: str) -> str:
    return EMPTY.sub("没有少提醒、抢问句、添号码，也没有丢网址。\n", RANKED.sub("", report))


def real(commit: str) -> str:
    with compared(ROOT, f"{commit}~1", commit) as (old, new):
        return effect(old, new)


def bad(folder: Path) -> str:
    old = at(ROOT, COMMITS[-1], folder / "old")
    root = at(ROOT, COMMITS[-1], folder / "new").root
    for file, (gone, come) in BAD.items():
        text = (root / file).read_text("utf-8")
        assert gone in text
        (root / file).write_text(text.replace(gone, come, 1), "utf-8")
    return effect(old, sound(root, "new", TODAYS), "https://preview.example/")


LOOK = ["git", "cat-file", "-e", f"{COMMITS[0]}~1"]
HISTORY = subprocess.run(LOOK, cwd=ROOT, capture_output=True, check=False)
whole = pytest.mark.skipif(HISTORY.returncode != 0, reason="a shallow clone has no history")


@whole
@pytest.mark.parametrize("commit", COMMITS)
def test_a_change_of_history(commit: str) -> None:
    assert unranked(real(commit)) == (GOLDEN / f"{commit}.md").read_text("utf-8")


@whole
def test_a_bad_change_shows_its_harm_first(tmp_path: Path) -> None:
    report = bad(tmp_path)
    assert unranked(report) == (GOLDEN / "bad.md").read_text("utf-8")
    first_screen = report[:1500]
    assert re.search(r"\*\*问句被抢\*\* .*该开 \[C15 .*改开 \[C25 ", first_screen)
    assert "**问法放错**" in report
    for harm in ("少了提醒", "问句被抢", "300 元押金", "不要让顾客一遍遍重扫", "stuck 答 waiting"):
        assert harm in first_screen


@whole
@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("no-such-branch", "版本库里没有“no-such-branch”这个版本"),
        ("93ba4fc~1", "docs/_data/contacts.yml:11:5 schema"),
    ],
)
def test_a_base_that_does_not_build_is_one_line(
    base: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["effect", base]) == 2
    out, line = capsys.readouterr()
    assert out == "" and said in line and line.count("\n") == 1


def test_a_person_is_told_that_it_takes_a_while(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a program that reads what is printed, as CI does."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.main(["effect", "no-such-branch"]) == 2
    assert capsys.readouterr().err.startswith("正在比较，约一分钟…\n版本库里没有")


def edited(folder: Path, edits: dict[str, tuple[str, str]]) -> str:
    """Return the report on changes of the files as they are now."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for file, (gone, come) in edits.items():
        text = (folder / file).read_text("utf-8")
        assert gone in text
        (folder / file).write_text(text.replace(gone, come, 1), "utf-8")
    return effect(sound(ROOT, "old"), sound(folder, "new"), loose=["docs/causes/new.md"])


def test_lists_and_sentences_are_named_in_words(tmp_path: Path) -> None:
    """Not as names of files: a message, a term, a sentence as it was and is; what no commit would take."""
    card = ROOT / "docs/causes/not-activated.md"
    text = card.read_text("utf-8")
    prompts = re.search(r"^prompts: \[?([^\]\n]*)\]?$", text, re.M)
    summary = re.search(r"^summary: (.+)$", text, re.M)
    assert prompts and summary
    more = ", ".join(filter(None, [prompts[1], "花呗今天没空"]))
    said = edited(
        tmp_path,
        {
            "docs/_data/prompts.yml": ("- {", "- {id: busy, text: 花呗今天没空, option: other}\n- {"),
            "docs/_data/glossary.yml": ("- term", "- term: 流水号\n  says: 每一笔自己的编号。\n- term"),
            "docs/causes/not-activated.md": (prompts[0], f"prompts: [{more}]"),
        },
    )
    assert said.index("还没进提交** docs/causes/new.md") < said.index("## 卡片")
    assert "- 新的屏幕上的话：“花呗今天没空”，选项 other，通到 C18" in said
    assert "- 新的词语：“流水号”" in said and "还改了" not in said


def test_a_new_address_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    list(rename(read_library(tmp_path)[0], "C44", "machine-rented-2"))
    report = effect(sound(ROOT, "old"), sound(tmp_path, "new"))
    assert re.search(
        "- 换了网址：C44 .*，从 causes/.+/ 搬到 causes/machine-rented-2/，旧网址会转过来", report
    )
    assert "还改了" not in report


def test_a_folder_without_what_was_learnt(tmp_path: Path) -> None:
    """A fresh clone has no ``.cache``: it is made before the copy of a version leads to it."""
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--shared", str(ROOT), str(clone)]
    subprocess.run(command, check=True)
    library = at(clone, "HEAD", tmp_path / "base")
    assert Path(library.root, ".cache").resolve() == (clone / ".cache").resolve()
    assert (clone / ".cache").is_dir()


def test_what_a_server_sends_is_compared(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: 试\n", "utf-8")
    page = tmp_path / "docs/index.md"
    page.write_text("# 一\n", "utf-8")
    before = built(tmp_path, "原来的")
    page.write_text("# 一\n\n" + "".join(chr(0x4E00 + n * 7 % 20000) for n in range(2500)), "utf-8")
    after = built(tmp_path, "改过的")
    whole, grown = list(changed_sizes(before, after))[0::2]
    assert re.fullmatch(r"- 全部网页，建成压缩后 \d+ → \d+ 字节", whole)
    was, now = map(int, re.findall(r"\d+", grown))
    assert grown.startswith("- 网页 首页 长了") and now - was > 4000
    assert {path.name for path in tmp_path.iterdir()} == {"docs", "mkdocs.yml"}
    (tmp_path / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    with pytest.raises(NotBuilt, match="改过的建不成站，没有比网页的大小："):
        built(tmp_path, "改过的")


def odds(lead: float) -> list[dict[str, float]]:
    """Return what two versions say to one ask, where the winner changes by ``lead`` on either side."""
    return [{"C1": lead, "C2": 0.0}, {"C1": 0.0, "C2": lead}]


@pytest.mark.parametrize(("lead", "close"), [(CLOSE / 2, True), (CLOSE * 2, False)])
def test_a_change_of_what_was_even_is_no_theft(
    lead: float, close: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = sound(ROOT, "old")
    new = replace(old, vocabulary=old.vocabulary.model_copy(update={"words": ("别的",)}))
    answers = iter(odds(lead))
    monkeypatch.setattr(Opened, "owners", {"怎么付": "C1"})
    monkeypatch.setattr(Opened, "odds", lambda self, texts: {"怎么付": next(answers)})
    monkeypatch.setattr(Opened, "need", lambda self, answer: answer)
    assert list(moved(Opened(old), Opened(new))) == [Moved("怎么付", "C1", "C2", stolen=True, close=close)]


def write_golden() -> None:
    for commit in COMMITS:
        (GOLDEN / f"{commit}.md").write_text(unranked(real(commit)), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (GOLDEN / "bad.md").write_text(unranked(bad(Path(folder))), "utf-8")


if __name__ == "__main__":
    write_golden()
