"""The commands of editors, run as they run them, in a copy of the repository."""

from __future__ import annotations

import argparse
import errno
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cli
import pytest
from kb.checks import check
from kb.content.kinds import KINDS
from kb.content.published import PAGES, write_pages, write_published
from kb.editing import build as building
from kb.editing.fix import fix
from kb.editing.new import new, next_id
from kb.pages.site import Site
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, copy_of_the_printer


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small handbook with all that a build reads."""
    return copy_of_the_printer(tmp_path)


def command(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "hooks/cli.py", *arguments],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def replace(path: Path, old: str, new_text: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text), "utf-8")


def test_a_failing_build_leaves_the_site_as_it_was(checkout: Path) -> None:
    (checkout / "site").mkdir()
    (checkout / "site/index.html").write_text("上一次的站")
    replace(checkout / "docs/causes/loose-cable.md", "owner: user", "owner: usr")
    replace(checkout / "docs/causes/paused.md", "{#fix}", "{#fixed}")
    run = command(checkout, "build")
    assert run.returncode == 1
    lines = [line for line in run.stderr.splitlines() if line.startswith("docs/")]
    assert [line.split()[1] for line in lines][:1] == ["schema"] and len(lines) >= 2
    assert "Traceback" not in run.stderr + run.stdout
    assert [path.name for path in (checkout / "site").iterdir()] == ["index.html"]
    assert (checkout / "site/index.html").read_text() == "上一次的站"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site, where MkDocs writes a new one at once."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/gone.html").write_text("旧页")

    def mkdocs(root: Path, target: Path, lock: int) -> int:
        (target / "a").mkdir(parents=True)
        (target / "index.html").write_text("新站")
        return 0

    monkeypatch.setattr(building, "_mkdocs", mkdocs)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("at_once", [True, False])
def test_a_good_build_replaces_the_site(built: Path, at_once: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not at_once:
        monkeypatch.setattr(building, "_exchange", lambda one, other: False)
    assert building.build(built) == 0
    assert names(built / "site") == ["a", "index.html"]
    assert names(built / ".cache") == ["build.lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets two folders change places")
def test_there_is_a_site_at_every_moment(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "rename", lambda self, target: pytest.fail("renamed"))
    assert building.build(built) == 0


def test_the_site_can_be_read_by_a_server(built: Path) -> None:
    before = os.umask(0o077)
    try:
        assert building.build(built) == 0
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (built / "site").iterdir()}
    assert modes == {"a": 0o755, "index.html": 0o644}


def test_a_site_lost_between_two_renames_comes_back(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (built / ".cache").mkdir()
    (built / "site").rename(built / ".cache/previous")
    monkeypatch.setattr(building, "_mkdocs", lambda root, target, lock: 1)
    assert building.build(built) == 1
    assert names(built / "site") == ["gone.html"]


def test_two_builds_do_not_mix(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = (
        "import sys; from pathlib import Path; from kb.editing.alone import alone\n"
        "with alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    (built / ".cache").mkdir()
    arguments = [sys.executable, "-c", holder, str(built / ".cache/build.lock")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(arguments, env=environment, **pipes) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        assert building.build(built) == 1
        assert f"进程 {other.pid}" in capsys.readouterr().err
        assert names(built / "site") == ["gone.html"]
        other.kill()
    assert building.build(built) == 0


def full(*arguments: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "broken", ["full disk", "cache is a file", "site is a link", "cache is a link", "no right"]
)
def test_what_cannot_be_written_is_one_line(
    broken: str, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = built / "elsewhere"
    elsewhere.mkdir()
    if broken == "full disk":
        monkeypatch.setattr(building, "_mkdocs", full)
    elif broken == "cache is a file":
        (built / ".cache").write_text("")
    elif broken == "site is a link":
        (built / "site").rename(built / "real")
        (built / "site").symlink_to("real")
    elif broken == "cache is a link":
        (built / ".cache").symlink_to(elsewhere)
    else:
        monkeypatch.setattr(
            building, "swap", lambda *a: (_ for _ in ()).throw(PermissionError(13, "denied", "site"))
        )
    assert building.build(built) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert names(built / "site") == ["gone.html"]
    assert not names(elsewhere)


def test_a_traceback_of_the_build_is_one_line(checkout: Path) -> None:
    replace(
        checkout / "overrides/card.html", "{% block content %}", "{% block content %}{{ card.nowhere.at }}"
    )
    run = command(checkout, "build")
    assert run.returncode == 1 and "Traceback" not in run.stderr and "nowhere" in run.stderr
    assert not (checkout / "site").exists()


def test_outside_the_environment_one_line_leads_into_it() -> None:
    run = subprocess.run(
        [sys.executable, "-S", "hooks/cli.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1 and "“进环境”" in run.stderr and run.stderr.count("\n") == 1


def test_commands_end_in_one_line(checkout: Path) -> None:
    """Whatever the pipe can show, and however the input ends."""
    replace(checkout / "docs/causes/worn-fuser.md", "owner: maker", "owner: \U0001f600maker")
    for encoding in ("gbk", "ascii", "cp1252"):
        run = subprocess.run(
            [sys.executable, "hooks/cli.py", "check"],
            cwd=checkout,
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            check=False,
        )
        assert run.returncode == 1 and b"Traceback" not in run.stderr and run.stdout.count(b"\n") == 1
    stopped = subprocess.run(
        [sys.executable, "hooks/cli.py", "new", "cause"],
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 130 and "Traceback" not in stopped.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (PermissionError(13, "denied", "docs"), 1), (ZeroDivisionError(), 1)],
)
def test_no_command_shows_a_traceback(
    error: BaseException,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(arguments: object) -> int:
        raise error

    monkeypatch.setattr(cli, "ROOT", tmp_path)
    assert cli._guarded(argparse.Namespace(run=fails)) == code
    said = capsys.readouterr().err.strip()
    assert said and "\n" not in said


def test_faults_of_files_are_said_in_the_words_of_editors(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(arguments: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "x.csv")

    assert cli._guarded(argparse.Namespace(run=fails)) == 1
    assert capsys.readouterr().err == "x.csv：没有这个文件。\n"


def test_a_pipe_among_the_cards_is_not_waited_for(small_site: Path) -> None:
    os.mkfifo(small_site / "docs/causes/pipe.md")
    assert [finding.rule for finding in check(small_site)[1]] == ["files"]


def test_a_file_name_that_is_no_text(small_site: Path) -> None:
    (small_site / "docs/causes" / os.fsdecode("收.md".encode("gbk"))).write_text("")
    (small_site / "docs/about/a\nb.md").write_text("")
    lines = [str(finding) for finding in check(small_site)[1]]
    assert len(lines) == 2 and all(" files “" in line and "\n" not in line for line in lines)


def test_too_large_to_read(small_site: Path) -> None:
    (small_site / "docs/about/long.md").write_text("---\ntitle: 甲\n---\n" + "字" * 40_000)
    lines = [str(finding) for finding in check(small_site)[1]]
    assert lines == ["docs/about/long.md:1:1 files “long.md” 文件太大（超过 64 KB）。删短，或拆成几个文件"]


def test_check_for_people_and_for_ci(checkout: Path) -> None:
    assert command(checkout, "check").returncode == 0
    replace(checkout / "docs/causes/loose-cable.md", "owner: user", "owner: usr")
    people, ci = command(checkout, "check"), command(checkout, "check", "--format", "github")
    assert people.returncode == ci.returncode == 1
    assert people.stdout == (
        "docs/causes/loose-cable.md:7:1 schema “usr” 不在可选的值里。是不是想写 “user”？\n"
    )
    assert ci.stdout == (
        "::error file=docs/causes/loose-cable.md,line=7,col=1,title=schema"
        "::“usr” 不在可选的值里。是不是想写 “user”？\n"
    )


def test_ask_says_where_a_sentence_leads(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = (ROOT / "docs/_data/asks/cards/C20.txt").read_text("utf-8").splitlines()[-1]
    assert cli.main(["ask", sentence]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and lines[0].startswith("1. C20 ")
    assert lines[0].endswith("（docs/_data/asks/cards/C20.txt）")
    assert cli.main(["ask", "花呗怎么还款"]) == 0
    assert "asks/elsewhere/repay.txt" in capsys.readouterr().out
    assert cli.main(["ask", "鼹鼠貔貅"]) == 0
    assert capsys.readouterr().out == "现在搜不到，和哪一张都不像：照意思选一张，加进它的问法。\n"


@pytest.mark.parametrize("kind", ["cause", "remedy", "question"])
def test_new_writes_a_valid_card(kind: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(["机器没电", "low-gizmo-once", "", "电池没电就开不了机，先充电。"])
    before = next_id(check(checkout)[0], KINDS[kind])
    assert new(checkout, kind, lambda question: next(answers)) == 0
    library, findings = check(checkout)
    unknown = {"foreign"}  # words of the template and of the file's name, for whoever keeps the list of words
    assert [finding for finding in findings if finding.rule not in unknown] == []
    assert library.drafts[before].head.title == "机器没电"
    assert "文件名里的“gizmo”是没见过的词" in capsys.readouterr().out


TITLES = [
    '显示"不支持"',
    "收单: 关了",
    "{花呗}不行",
    "[花呗]不行",
    "机器 #2 没电",
    "#58 怎么办",
    "&甲",
    "- 甲",
]


@pytest.mark.parametrize("title", TITLES)
def test_new_writes_any_title(title: str, small_site: Path) -> None:
    answers = iter([title, "flat-battery", "", "先充电：'再'试。"])
    assert new(small_site, "question", lambda question: next(answers)) == 0
    library, findings = check(small_site)
    assert library.drafts["Q03"].head.title == title
    assert not [finding for finding in findings if finding.rule in ("front-matter", "schema")]


def test_new_says_what_to_mend_first(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small_site / "docs/_data/topics.yml").write_text("- id\n  x", "utf-8")
    assert new(small_site, "cause", lambda question: "x") == 1
    assert "docs/_data/topics.yml" in capsys.readouterr().out


def test_new_refuses_what_cannot_be_an_address(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(["没电", "没电"])  # nothing more is asked then
    assert new(small_site, "cause", lambda question: next(answers)) == 1
    assert "不能用" in capsys.readouterr().out


def test_an_id_once_published_is_never_given_again(small_site: Path) -> None:
    lock = small_site / "docs/_data/lock/cards.txt"
    lock.write_text(lock.read_text("utf-8") + "C77 causes/gone/ #fix\n", "utf-8")
    library, _ = check(small_site)
    assert next_id(library, KINDS["cause"]) == "C78"


def test_fix_repairs_what_is_mechanical(small_site: Path) -> None:
    path = small_site / "docs/remedies/ask.md"
    good = path.read_text("utf-8")
    bad = good.replace("一项一项问。", "一项一项问,等24小时。").replace(" {#steps}", "").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + bad.encode())
    assert list(fix(small_site)) == ["docs/remedies/ask.md"]
    assert path.read_text("utf-8") == good.replace("一项一项问。", "一项一项问，等 24 小时。")
    assert check(small_site)[1] == []
    assert list(fix(small_site)) == []


@pytest.mark.parametrize("mark", ["|", ">", "|-", ">-"])
def test_a_block_of_one_sentence_is_fixed_to_one_line(mark: str, small_site: Path) -> None:
    card = small_site / "docs/causes/credit.md"
    good = card.read_text("utf-8").replace("summary: 余额能付", "summary: POS 机余额能付")
    line = re.search("summary: (.*)", good)
    assert line
    bad = line[1].replace("POS 机", "POS机")
    card.write_text(good.replace(line[0], f"summary: {mark}\n  {bad}"), "utf-8")
    assert list(fix(small_site)) == ["docs/causes/credit.md"]
    assert card.read_text("utf-8") == good


def test_fix_keeps_its_promises(small_site: Path) -> None:
    """What the check says that it mends, it mends: half-width signs, byte-order marks of any file."""
    path = small_site / "docs/remedies/ask.md"
    good = path.read_text("utf-8")
    path.write_text(good.replace("summary: 一个电话", "summary: 等24小时,一个电话"), "utf-8")
    data = small_site / "docs/_data/sources.yml"
    data.write_bytes(b"\xef\xbb\xbf" + data.read_bytes())
    assert {finding.rule for finding in check(small_site)[1]} == {"typography", "files"}
    assert sorted(fix(small_site)) == ["docs/_data/sources.yml", "docs/remedies/ask.md"]
    assert check(small_site)[1] == []


def test_fix_leaves_code_alone(small_site: Path) -> None:
    path = small_site / "docs/remedies/ask.md"
    good = path.read_text("utf-8")
    code = "\n```\n## 怎么做\n```\n\n## 还不行怎么办 {#next}"
    path.write_text(good.replace("\n## 还不行怎么办 {#next}", code), "utf-8")
    assert list(fix(small_site)) == []


def test_fix_repairs_line_ends_of_old(small_site: Path) -> None:
    path = small_site / "docs/remedies/ask.md"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"\n", b"\r"))
    assert "CR" in [finding.value for finding in check(small_site)[1]]
    assert list(fix(small_site)) == ["docs/remedies/ask.md"]
    assert path.read_bytes() == good


def test_fix_changes_nothing_that_is_good(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    assert list(fix(tmp_path)) == []


def test_fix_repairs_the_typography_of_pages(small_site: Path) -> None:
    """A page may have no text of its own: its head alone stays as it is."""
    page = small_site / "docs/about/index.md"
    good = page.read_text("utf-8")
    page.write_text(good.replace("这是一份独立的资料", "这是1份独立的资料").replace("，写", ",写"), "utf-8")
    assert list(fix(small_site)) == ["docs/about/index.md"]
    assert page.read_text("utf-8") == good.replace("这是一份独立的资料", "这是 1 份独立的资料")
    assert check(small_site)[1] == []


def test_the_lock_only_grows(small_site: Path) -> None:
    library, _ = check(small_site)
    before = (small_site / "docs/_data/lock/cards.txt").read_text("utf-8")
    assert write_published(small_site, library.published, library.cards) == []
    assert (small_site / "docs/_data/lock/cards.txt").read_text("utf-8") == before
    del library.cards["Q02"]
    write_published(small_site, library.published, library.cards)
    assert {entry.id for entry in check(small_site)[0].published} == {"C20", "R17", "Q02"}


def test_the_list_of_pages_only_grows(small_site: Path) -> None:
    listed = small_site / PAGES
    before = listed.read_text("utf-8")
    news = {"topics/huabei/": ["known"], "about/evidence/": ["grades"], "about/writing/": ["head", "write"]}
    assert write_pages(small_site, before, news) == ["about/evidence/", "about/writing/"]
    after = listed.read_text("utf-8")
    assert "about/writing/ #head #write\n" in after and "about/evidence/ #grades #official\n" in after
    assert write_pages(small_site, after, {"about/writing/": ["head"]}) == []
    assert after.replace("about/writing/ #head #write\n", "").replace("#grades ", "") == before


def test_the_lock_keeps_former_addresses(small_site: Path) -> None:
    """A redirect of a renamed card is missed even after its new address is recorded."""
    (small_site / "docs/remedies/ask.md").rename(small_site / "docs/remedies/call.md")
    redirects = small_site / "docs/_data/redirects.yml"
    redirects.write_text("- {old: remedies/ask/, new: remedies/call/}\n", "utf-8")
    library, findings = check(small_site)
    assert findings == [] and write_published(small_site, library.published, library.cards) == ["R17"]
    assert check(small_site)[1] == []
    redirects.write_text("# 没有\n", "utf-8")
    assert [finding.value for finding in check(small_site)[1]] == ["remedies/ask/"]


def test_a_card_can_be_retired(small_site: Path) -> None:
    """Its address and its short link lead on."""
    twin = small_site / "docs/questions/old.md"
    twin.write_text(
        (small_site / "docs/questions/balance.md").read_text("utf-8").replace("Q02", "Q03"), "utf-8"
    )
    library, _ = check(small_site)
    write_published(small_site, library.published, library.cards)
    twin.unlink()
    assert [finding.value for finding in check(small_site)[1]] == ["Q03"]
    redirects = small_site / "docs/_data/redirects.yml"
    redirects.write_text("- {old: questions/old/, new: questions/balance/}\n", "utf-8")
    library, findings = check(small_site)
    assert findings == []
    site = Site(library, "甲", "乙", "https://huabei-help.example/", date(2026, 11, 26))
    assert ("c/Q03/", "questions/balance/", "页面搬走了") in list(site.redirects())
    assert next_id(library, KINDS["question"]) == "Q04"


def test_every_published_card_is_locked() -> None:
    library, _ = check(ROOT)
    published = {entry.id for entry in library.published}
    assert published <= set(library.every)  # the release writes the list, so a new card may lack


WATCHING = 2000
"""Milliseconds until the preview has looked at every file once; an edit before that goes unseen."""


@pytest.fixture
def served(checkout: Path) -> Iterator[tuple[Path, str]]:
    """``mkdocs serve`` on the copy: its folder and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (checkout / "serve.log").open("w")
    arguments = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    process = subprocess.Popen(arguments, cwd=checkout, stdout=log, stderr=log)
    yield checkout, f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait()


def wait_for(url: str, text: str, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


def test_serving_follows_cards_and_templates_and_survives_a_fault(
    served: tuple[Path, str], browser: Browser
) -> None:
    checkout, address = served
    card, url, log = (
        checkout / "docs/causes/paused.md",
        address + "causes/paused/",
        checkout / "serve.log",
    )
    title = check(checkout)[0].cards["C09"].head.title
    wait_for(url, title, log)
    page = browser.new_page()
    page.goto(url)
    page.wait_for_timeout(WATCHING)
    replace(card, f"title: {title}", f"title: {title}了吗")
    expect(page.locator("h1")).to_have_text(f"{title}了吗", timeout=60_000)
    page.close()
    replace(card, "owner: user", "owner: usr")
    wait_for_line(log, "是不是想写 “user”？")
    replace(card, "owner: usr", "owner: user")
    replace(checkout / "overrides/card.html", "<h1>", "<h1 data-changed>")
    wait_for(url, "data-changed", log)


def wait_for_line(log: Path, text: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and text not in log.read_text("utf-8"):
        time.sleep(0.2)
    assert text in log.read_text("utf-8")
