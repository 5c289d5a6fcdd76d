"""A reviewer sees each thing that a change newly allows, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from kb.editing.guard import Change, UnknownRevision, doubts, guard

from tests.editing.conftest import edit

PHONE = '{number: "95533", name: 甲, use: 乙, year: 2026, note: 丙}'
SHA = "2aa27b82d1f462fc7549e6a9f4680dc51ee198c2a0655534153f6991cd8f4b4f"

CHANGES = {
    "nothing": ([], []),
    "text": ([("docs/remedies/ask.md", "打机身", "拨打机身")], []),
    "phone": ([("docs/_data/contacts.yml", "phones:", f"phones:\n  - {PHONE}")], ["电话：95533"]),
    "word": ([("docs/_data/words.yml", "words:", "words:\n  - QQ")], ["字母词：QQ"]),
    "warning": ([("docs/_data/phrases.yml", "warned:", "warned:\n  - 推荐")], ["算作提醒的说法：推荐"]),
    "refused": ([("docs/_data/phrases.yml", "  - 微信\n", "")], ["不再防同音字的词：微信"]),
    "advert": ([("docs/_data/adverts.txt", "\n加群\n", "\n")], ["不再当作广告的例句：加群"]),
    "harmless": ([("docs/_data/harmless.txt", "\n扫码枪\n", "\n扫码枪\n加群\n")], ["说得对的例句：加群"]),
    "code": ([("docs/_data/codes.yml", "ACQ.PAYMENT_FAIL", "VX8888")], ["编号和错误码：VX8888"]),
    "image": ([("docs/_data/contacts.yml", SHA, SHA[::-1])], [f"图片：docs/assets/icon.svg {SHA[::-1]}"]),
    "redirect": (
        [("docs/_data/redirects.yml", "# 搬走的地址", "- {old: causes/old/, new: causes/credit/}")],
        ["跳转：causes/old/ → causes/credit/"],
    ),
    "lock": (
        [("docs/_data/lock/cards.txt", "Q02 questions/balance/ #how\n", "")],
        ["登记过的网址：docs/_data/lock/cards.txt 少了 1 行"],
    ),
    "template": ([("overrides/main.html", "<", "< ")], ["程序和模板：overrides/main.html"]),
    "settings": ([("mkdocs.yml", "site_name", "site_name ")], ["程序和模板：mkdocs.yml"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_newly_allowed(change: str, repository: Path) -> None:
    edits, lines = CHANGES[change]
    for file, old, new in edits:
        edit(repository, file, old, new)
    assert list(guard(Change(repository, "HEAD"))) == lines


def test_cautions_come_and_go(repository: Path) -> None:
    topics = repository / "docs/_data/topics.yml"
    before = topics.read_text("utf-8")
    caution = "  cautions:\n    - {question: balance, option: fail, card: C20}\n  layers:"
    topics.write_text(before.replace("  layers:", caution, 1), "utf-8")
    added = list(guard(Change(repository, "HEAD")))
    assert added == ["提醒：huabei balance fail C20"]


@pytest.mark.parametrize(
    "file",
    [
        "docs/assets/new.js",
        "tests/conftest.py",
        "deploy/nginx.conf",
        "package.json",
        "package-lock.json",
        ".pre-commit-config.yaml",
    ],
)
def test_a_new_program_is_seen_before_it_is_added(file: str, repository: Path) -> None:
    (repository / file).parent.mkdir(exist_ok=True)
    (repository / file).write_text("1\n")
    assert list(guard(Change(repository, "HEAD"))) == [f"程序和模板：{file}"]


def test_a_version_that_there_is_not(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownRevision):
        list(guard(Change(repository, "nowhere")))
    with pytest.raises(UnknownRevision):
        list(doubts(Change(repository, "nowhere")))


CALL = "退费有人专办，找他说一声就行。"


def test_a_doubtful_sentence_is_told_with_its_line(repository: Path) -> None:
    edit(repository, "docs/remedies/ask.md", "打机身", f"{CALL}打机身")
    edit(repository, "docs/_data/harmless.txt", "\n扫码枪\n", f"\n扫码枪\n{CALL}\n")  # too late to help
    (told,) = doubts(Change(repository, "HEAD"))
    line = (repository / "docs/remedies/ask.md").read_text("utf-8").split("\n")[told.line - 1]
    assert (told.path, told.value) == ("docs/remedies/ask.md", CALL)
    assert line[told.column - 1 :].startswith(CALL)


def test_a_file_that_went_or_is_for_developers_has_nothing_doubtful(repository: Path) -> None:
    (repository / "docs/remedies/ask.md").unlink()
    (repository / "README.md").write_text(f"# 站\n\n{CALL}\n", "utf-8")
    assert list(doubts(Change(repository, "HEAD"))) == []
