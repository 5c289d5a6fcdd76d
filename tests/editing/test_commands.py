"""The commands of editors, run as they run them, in a copy of the repository."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from kb.checks import check
from kb.content.kinds import KINDS
from kb.content.published import read_published, write_published
from kb.editing import build as building
from kb.editing.fix import fix
from kb.editing.new import new, next_id
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of everything a build reads."""
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


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
    replace(checkout / "docs/causes/credit-disabled.md", "owner: lakala", "owner: lakla")
    replace(checkout / "docs/causes/old-wallet.md", "{#fix}", "{#fixed}")
    run = command(checkout, "build")
    assert run.returncode == 1
    lines = [line for line in run.stderr.splitlines() if line.startswith("docs/")]
    assert [line.split()[1] for line in lines][:1] == ["schema"] and len(lines) >= 2
    assert "Traceback" not in run.stderr + run.stdout
    assert [path.name for path in (checkout / "site").iterdir()] == ["index.html"]
    assert (checkout / "site/index.html").read_text() == "上一次的站"


def test_a_good_build_replaces_the_site(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / "site").mkdir()
    (checkout / "site/gone.html").write_text("旧页")

    def built(arguments: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        target = Path(arguments[arguments.index("--site-dir") + 1])
        target.mkdir(parents=True)
        (target / "index.html").write_text("新站")
        return subprocess.CompletedProcess(arguments, 0)

    monkeypatch.setattr(building.subprocess, "run", built)
    assert building.build(checkout) == 0
    assert [path.name for path in (checkout / "site").iterdir()] == ["index.html"]


def test_check_for_people_and_for_ci(checkout: Path) -> None:
    assert command(checkout, "check").returncode == 0
    replace(checkout / "docs/causes/credit-disabled.md", "owner: lakala", "owner: lakla")
    people, ci = command(checkout, "check"), command(checkout, "check", "--format", "github")
    assert people.returncode == ci.returncode == 1
    assert people.stdout == (
        "docs/causes/credit-disabled.md:7:1 schema “lakla” 不在可选的值里。是不是想写 “lakala”？\n"
    )
    assert ci.stdout == (
        "::error file=docs/causes/credit-disabled.md,line=7,col=1,title=schema"
        "::“lakla” 不在可选的值里。是不是想写 “lakala”？\n"
    )


@pytest.mark.parametrize("kind", ["cause", "remedy", "question"])
def test_new_writes_a_valid_card(kind: str, checkout: Path) -> None:
    answers = iter(["机器没电", "flat-battery", "", "电池没电就开不了机，先充电。"])
    before = next_id(check(checkout)[0], KINDS[kind])
    assert new(checkout, kind, lambda question: next(answers)) == 0
    library, findings = check(checkout)
    unused = [f for f in findings if "没有原因" not in f.problem]  # a new card waits for a cause to use it
    assert unused == []
    assert library.cards[before].head.title == "机器没电"


def test_new_refuses_what_cannot_be_an_address(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(["没电", "没电", "", "充电。"])
    assert new(small_site, "cause", lambda question: next(answers)) == 1
    assert "不能用" in capsys.readouterr().out


def test_an_id_once_published_is_never_given_again(small_site: Path) -> None:
    library, _ = check(small_site)
    lock = small_site / "docs/_data/lock/cards.txt"
    lock.write_text(lock.read_text("utf-8") + "C77 causes/gone/ #fix\n", "utf-8")
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


def test_fix_changes_nothing_that_is_good(checkout: Path) -> None:
    assert list(fix(checkout)) == []


def test_the_lock_only_grows(small_site: Path) -> None:
    library, _ = check(small_site)
    before = (small_site / "docs/_data/lock/cards.txt").read_text("utf-8")
    assert write_published(small_site, library.cards) == []
    assert (small_site / "docs/_data/lock/cards.txt").read_text("utf-8") == before
    del library.cards["Q02"]
    write_published(small_site, library.cards)
    assert {entry.id for entry in read_published(small_site)} == {"C20", "R17", "Q02"}


def test_every_published_card_is_locked() -> None:
    library, _ = check(ROOT)
    locked = {entry.id: entry for entry in read_published(ROOT)}
    assert set(locked) == set(library.cards)


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
        checkout / "docs/causes/old-wallet.md",
        address + "causes/old-wallet/",
        checkout / "serve.log",
    )
    title = check(checkout)[0].cards["C14"].head.title
    wait_for(url, title, log)
    page = browser.new_page()
    page.goto(url)
    page.wait_for_timeout(WATCHING)
    replace(card, f"title: {title}", f"title: {title}了吗")
    expect(page.locator("h1")).to_have_text(f"{title}了吗", timeout=60_000)
    page.close()
    replace(card, "owner: customer", "owner: costumer")
    wait_for_line(log, "是不是想写 “customer”？")
    replace(card, "owner: costumer", "owner: customer")
    replace(checkout / "overrides/card.html", "<h1>", "<h1 data-changed>")
    wait_for(url, "data-changed", log)


def wait_for_line(log: Path, text: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and text not in log.read_text("utf-8"):
        time.sleep(0.2)
    assert text in log.read_text("utf-8")
