"""What helps those who look after the content: what to verify, what is due, what a rule wants."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cli
import pytest
from kb.checks import RULES
from kb.content.library import Library
from kb.content.reader import read_library
from kb.editing.lives import find
from kb.editing.review import review
from kb.editing.weekly import unanswered, weekly


def test_a_review_lists_every_source_and_every_figure(library: Library) -> None:
    for card in library.cards.values():
        text = "\n".join(review(library, card))
        assert card.head.summary in text
        for source in getattr(card.head, "sources", ()):
            assert library.source_by_id[source].title in text
    text = "\n".join(review(library, find(library, "result-unknown")))
    assert text.startswith("# 复查 C10 ") and "- [ ] 能再扫吗：不要再扫" in text
    assert "常见程度：常见，" in text or "常见程度：时有，" in text or "常见程度：少见，" in text
    assert "等一分钟再查" in text.split("## 没有写出处的数")[1].split("\n## ")[0]


@pytest.fixture
def server() -> Iterator[str]:
    """A host on which ``/gone`` is gone, ``/forbidden`` is for people, and all else is there."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response({"/gone": 404, "/forbidden": 403}.get(self.path, 200))
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_what_is_gone_is_told_from_what_is_busy(server: str) -> None:
    answers = {path: unanswered(server + path) for path in ("/there", "/gone", "/forbidden")}
    assert answers == {"/there": "", "/gone": "HTTP 404", "/forbidden": ""}
    assert unanswered("http://127.0.0.1:9/")
    assert unanswered(f"{server}/说明?问=花呗") == ""
    assert unanswered("https://[bad/x")


def test_the_weekly_list(small_site: Path) -> None:
    """Cards by owner, the longest overdue first; dead sources only if the network is asked."""
    sources = small_site / "docs/_data/sources.yml"
    text = sources.read_text("utf-8")
    sources.write_text(text.replace("grade:", 'url: "https://www.example.com/x", grade:', 1), "utf-8")
    library = read_library(small_site)[0]
    quiet = "\n".join(weekly(library, date(2027, 6, 1), None))
    assert "## 过了复查日的卡片：3" in quiet and "打不开" not in quiet
    assert quiet.index("商户") < quiet.index("R17 ") < quiet.index("更像别处的问法")
    asked: list[str] = []
    loud = "\n".join(weekly(library, date(2026, 12, 1), lambda url: asked.append(url) or "HTTP 410"))
    assert asked == ["https://www.example.com/x"] and "https://www.example.com/x（HTTP 410）" in loud
    assert "## 过了复查日的卡片：0" in loud


@pytest.mark.parametrize("rule", sorted({rule.name for rule in RULES} | {"privacy", "front-matter"}))
def test_every_rule_is_explained(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", rule]) == 0
    assert "。" in capsys.readouterr().out


def test_an_explanation_speaks_no_english(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in ("schema", "references", "privacy"):
        assert cli.main(["explain", rule]) == 0
    said = capsys.readouterr().out
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", said) and "{{" not in said
    assert "尾号 1234" in said and "✗ 不行：topic: huabai" in said


def test_a_rule_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "footnote"]) == 1
    assert "“footnotes”" in capsys.readouterr().err
    assert cli.main(["explain", "foo"]) == 1
    assert "可以写：" in (said := capsys.readouterr().err) and "uniqueness" in said


def test_what_is_staged_is_checked(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not what lies in the files: neither a fault that is not staged, nor a repair that is not."""
    monkeypatch.setattr(cli, "ROOT", small_site)
    assert cli.main(["check", "--staged"]) == 1 and "版本库" in capsys.readouterr().err
    card = small_site / "docs/causes/credit.md"
    good = card.read_text("utf-8")
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=small_site, check=True)
    card.write_text(good.replace("owner: lakala", "owner: lakla"), "utf-8")
    assert cli.main(["check", "--staged"]) == 0 and cli.main(["check"]) == 1
    subprocess.run(["git", "add", "-A"], cwd=small_site, check=True)
    card.write_text(good, "utf-8")
    assert cli.main(["check", "--staged"]) == 1 and cli.main(["check"]) == 0
