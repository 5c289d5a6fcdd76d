"""Every task that CONTRIBUTING names, done with the commands and lines that stand there, on a clone."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import cli
import pytest
from kb.checks import check
from kb.content.library import Library
from kb.content.reader import read_library
from kb.diagnosis.table import table_of
from kb.editing import uncommitted
from kb.editing.commands import LIVES
from kb.editing.heads import with_key, with_more, without_key
from kb.editing.lives import Refused, find, rename
from lxml import html

from tests.conftest import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COMMANDS = {
    words[0]: words for words in map(shlex.split, re.findall(r"`python hooks/cli\.py ([^`]+)`", GUIDE))
}
"""Name of a command → its words, as the guide has them."""

LINES = dict(
    re.findall(r"`(docs/_data/[\w/.-]+)`[^`\n]*(?:`[^`\n]*`[^`\n]*)*\n\n```\w+\n(.*?)```", GUIDE, re.S)
)
"""File → the lines that the guide adds to it."""

TEXT = "写上三十个字以上的一段话，说清楚该做什么、找谁、多久、怎样算是办好了，不行再怎么办。"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content of this repository, on which the commands work."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("mkdocs.yml", ".gitattributes"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    return tmp_path


def good(root: Path) -> Library:
    library, findings = check(root)
    assert list(map(str, findings)) == []
    return library


def run(name: str, **changed: str) -> None:
    """Run a command of the guide, with other words in the place of some of its own."""
    assert cli.main([changed.get(word, word) for word in COMMANDS[name]]) == 0


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def add(root: Path, file: str) -> None:
    edit(root / file, lambda text: f"{text.rstrip()}\n{LINES[file]}")


def typed(*answers: str) -> Callable[[str], str]:
    """Return what answers the questions of ``new``."""
    given = iter(answers)
    return lambda question: next(given)


@pytest.fixture(scope="module")
def before() -> Library:
    """The content as it is."""
    return read_library(ROOT)[0]


def test_the_guide_names_every_life() -> None:
    assert set(LIVES) | {"new", "check", "fix", "build", "stale"} <= set(COMMANDS)


def test_rename(clone: Path, before: Library) -> None:
    url = before.cards["C20"].url
    run("rename")
    library = good(clone)
    assert library.cards["C20"].slug == COMMANDS["rename"][2]
    assert [(entry.old, entry.new) for entry in library.redirects.entries] == [
        (url, library.cards["C20"].url)
    ]


def test_rename_a_question(clone: Path, before: Library) -> None:
    """The answers of all causes follow, and the tree stays what it was."""
    causes = table_of(before, before.topic_by_id["huabei"]).causes
    run("rename", C20="balance", **{COMMANDS["rename"][2]: "other-money"})
    library = good(clone)
    after = table_of(library, library.topic_by_id["huabei"])
    swap = {"balance": "other-money"}
    assert [c.answers for c in after.causes] == [
        {swap.get(slug, slug): cell for slug, cell in c.answers.items()} for c in causes
    ]


def renamed(root: Path, name: str, slug: str) -> Library:
    assert list(rename(read_library(root)[0], name, slug))
    return read_library(root)[0]


def test_only_what_was_published_is_said_to_lead_on(small_site: Path) -> None:
    [said] = rename(read_library(small_site)[0], "C20", "card-off")
    assert said.endswith("旧地址会转过来")
    (small_site / "docs/_data/redirects.yml").write_text("[]\n", "utf-8")
    for lock in (small_site / "docs/_data/lock").iterdir():
        lock.unlink()
    [said] = rename(read_library(small_site)[0], "C20", "card")
    assert said.endswith("它还没有发布过，没有旧地址要转")
    assert read_library(small_site)[0].redirects.entries == ()


def test_all_that_names_a_question_follows_it_and_nothing_else(small_site: Path) -> None:
    """``balance-due`` is another name; a remark and an empty line end no answers."""
    topics = small_site / "docs/_data/topics.yml"
    asked = (
        "  asker: balance\n  first: balance-due\n"
        "  vague:\n    - {words: [超限], questions: [balance-due, balance]}\n"
    )
    edit(topics, lambda text: text.replace("  layers:", f"{asked}  layers:"))
    card = small_site / "docs/causes/credit.md"
    edit(card, lambda text: text.replace("answers:\n", "answers:\n  other: ok\n\n# 余额\n"))
    renamed(small_site, "balance", "money")
    assert "\n\n# 余额\n  money: ok\n" in card.read_text("utf-8")
    text = topics.read_text("utf-8")
    assert asked.replace("asker: balance", "asker: money").replace("due, balance", "due, money") in text
    assert "  screen: money\n" in text


@pytest.mark.parametrize("none", ["# 没有\n", "[]\n", "# 没有\n[]\n"])
def test_a_card_renamed_back_leads_nowhere_else(none: str, small_site: Path) -> None:
    (file := small_site / "docs/_data/redirects.yml").write_text(none, "utf-8")
    library = renamed(small_site, "C20", "card-off")
    assert [(entry.old, entry.new) for entry in library.redirects.entries] == [
        ("causes/credit/", "causes/card-off/")
    ]
    library = renamed(small_site, "C20", "credit")
    assert library.redirects.entries == () and not library.broken
    assert file.read_text("utf-8") == none.replace("[]\n", "")


def test_two_cards_of_one_file_name_are_told_apart(small_site: Path) -> None:
    library = renamed(small_site, "C20", "ask")
    with pytest.raises(Refused, match="C20、R17 的文件名都是“ask”"):
        find(library, "ask")
    assert find(library, "C20").slug == find(library, "R17").slug == "ask"


def test_asks_stay_lines_of_their_own(clone: Path, before: Library) -> None:
    """Though the last line of the file that they are added to has no end."""
    old, new = COMMANDS["retire"][1:]
    edit(clone / f"docs/_data/asks/cards/{new}.txt", str.rstrip)
    run("retire")
    asks = read_library(clone)[0].asks[f"cards/{new}"]
    wanted = (*before.asks[f"cards/{new}"], *before.asks[f"cards/{old}"])
    assert [ask.text for ask in asks] == [ask.text for ask in wanted]


def test_a_value_goes_on_after_an_empty_line_and_a_remark() -> None:
    head = "---\nid: C20\naliases:\n  - 甲\n\n# 乙还要核实\n  - 乙\n\n# 日期\nowner: bank\n---\n\n文\n"
    assert with_key(head, "aliases", ["丙"]) == head.replace("\n  - 甲\n\n# 乙还要核实\n  - 乙", " [丙]")
    assert without_key(head, "aliases") == head.replace("\naliases:\n  - 甲\n\n# 乙还要核实\n  - 乙", "")


@pytest.mark.parametrize("command", ["retire", "merge"])
def test_a_card_goes(command: str, clone: Path, before: Library) -> None:
    """Its id, address, short link and anchors stay; nothing else leads to it; nothing is asked for it."""
    old, new = COMMANDS[command][1:]
    gone = before.cards[old]
    run(command)
    library, findings = check(clone)
    left = {"uniqueness", "tree", "footnotes", "references", "codes", "prompts"}
    assert {finding.rule for finding in findings} <= left  # what only its text can say is for the editor
    assert library.retired[old].url == gone.url and library.retired[old].head.instead == new
    assert [s.anchor for s in library.retired[old].sections] == [s.anchor for s in gone.sections]
    assert old not in library.cards and f"cards/{old}" not in library.asks
    assert set(before.asks_of(gone)) <= set(library.asks_of(library.cards[new]))
    assert not [f for f in findings if f.value == old]
    if command == "merge":
        assert set(gone.head.codes) <= set(library.cards[new].head.codes)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["retire", "R37", "C48"], "R37 是对策，C48 是原因"),
        (["retire", "Q36", "Q23"], "张原因卡还答着 category：先在它们的 answers 里删掉这一行"),
        (["rename", "C20", "Credit Off"], "“C、空格、O”不行"),
        (["rename", "C20", "credit-off-"], "短横要在两个词的中间"),
        (["rename", "C20", "not-activated"], "causes/not-activated.md"),
    ],
)
def test_what_is_refused_says_which_reason(
    words: list[str], why: str, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert why in said and said.count("\n") == 1
    good(clone)


def test_retire_names_every_place_and_leaves_no_dead_name(
    clone: Path, before: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also on the page of the card that takes its place, which must not link to itself."""
    old, new = before.cards["R25"], before.cards["R26"]
    link = f"[{old.head.title}][R25]"
    edit(clone / new.file, lambda text: f"{text.rstrip()}\n\n先看{link}。\n")
    run("retire", C33="R25", C20="R26")
    said = capsys.readouterr().out
    named = [file for file, text in before.files.texts.items() if re.search(r"\bR25\b", text)]
    for file in named:
        if file != old.file and file.startswith("docs/") and "/lock/" not in file:
            assert re.search(rf"^  {re.escape(file)}:\d+ .*R25", said, re.M)
    texts = {path: path.read_text("utf-8") for path in (clone / "docs").rglob("*.md")}
    assert not [path for path, text in texts.items() if f"[{old.head.title}][" in text]
    assert "][R26]" not in texts[clone / new.file]
    assert "python hooks/cli.py check" in said


STEPS = [
    re.findall(r"`([^`]+)`", row)
    for row in re.findall(r"^\| (?:看改了|提交|退回|没提交|撤掉)[^|]*\| ([^|]+) \|", GUIDE, re.M)
]
"""The rows of the guide on git, each its commands."""


@pytest.mark.parametrize("command", ["rename", "split"])
def test_commit_and_undo_as_the_guide_has_them(
    command: str, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command of a card's life did is committed whole, undone whole; ``commit -a`` loses nothing."""
    git(clone, "init", "-q", "-b", "main")
    git(clone, "config", "user.name", "x")
    git(clone, "config", "user.email", "x@x")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "base")
    look, commit, one, all_, last = STEPS

    def do(steps: list[str]) -> None:
        for step in steps:
            git(clone, *shlex.split(step)[1:])

    def status() -> str:
        return subprocess.run(["git", "status", "-s"], cwd=clone, capture_output=True, text=True).stdout

    run(command)
    assert uncommitted.unknown_files(clone) == []
    do([*look, *all_])
    assert status() == "" and good(clone).cards["C20"].slug == "credit-disabled"
    run(command)
    git(clone, "commit", "-qam", "all")
    assert status() == ""
    do(last)
    assert status() == "" and good(clone).cards["C20"].slug == "credit-disabled"
    run(command)
    do(commit)
    assert status() == ""
    if command == "split":
        edit(clone / "docs/causes/credit-disabled.md", lambda text: text + "字")
        do(one)
        assert status() == ""


def test_split(clone: Path) -> None:
    run("split")
    library = good(clone)
    (draft,) = library.drafts.values()
    assert draft.head.title == COMMANDS["split"][3]
    assert draft.id not in {entry.id for entry in library.published}
    path = clone / draft.file
    edit(path, lambda text: without_key(text, "state"))
    rules = {finding.rule for finding in check(clone)[1]}
    assert {"asks", "uniqueness"} <= rules  # published as it is, it is a double in every respect


def test_new_is_a_draft_until_it_is_written(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", typed("机器没电", "machine-off", "", "先充电，再收一笔。"))
    run("new")
    library = good(clone)
    (draft,) = library.drafts.values()
    edit(clone / draft.file, lambda text: without_key(text, "state"))
    assert "markup" in {finding.rule for finding in check(clone)[1]}


def test_an_entry_in_each_list(clone: Path) -> None:
    """A message, a code, a source, a term, an ask: one edit each, and the check has nothing to say."""
    for file in LINES:
        if "topics" not in file:
            add(clone, file)
    text = re.search(r"text: ([^,]+),", LINES["docs/_data/prompts.yml"])
    source = re.search(r"id: ([^,]+),", LINES["docs/_data/sources.yml"])
    assert text and source
    card = check(clone)[0].cause("C20")
    edit(clone / card.file, lambda page: with_more(page, "prompts", card.head.prompts, [text[1]]))
    edit(clone / card.file, lambda page: with_more(page, "sources", card.head.sources, [source[1]]))
    edit(clone / card.file, lambda page: f"{page.rstrip()}\n- 通知里也这样写[^{source[1]}]。\n")
    good(clone)


def test_a_topic(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its entry, its page, its line in the menu; two causes, and the question that tells them apart."""
    add(clone, "docs/_data/topics.yml")
    page = (
        (clone / "docs/topics/fee.md")
        .read_text("utf-8")
        .split("---")[1]
        .replace("topic: fee", "topic: refund")
    )
    sections = "".join(f"\n## 节 {{#{anchor}}}\n\n{TEXT}\n" for anchor in ("start", "known", "unknown"))
    (clone / "docs/topics/refund.md").write_text(f"---{page}---\n{sections}", "utf-8")
    edit(clone / "mkdocs.yml", lambda text: text.replace("nav:", "nav:\n  - 退不了货: topics/refund.md", 1))
    answers = {"question": "", "cause": "paid", "other": "unpaid"}
    for number, (name, option) in enumerate(answers.items()):
        kind = "question" if name == "question" else "cause"
        words = (
            f"退货的事，第{'一二三'[number]}件",
            f"refund-{name}",
            "refund",
            f"{'先看这一条。' * (number + 1)}",
        )
        monkeypatch.setattr("builtins.input", typed(*words))
        run("new", cause=kind)
        path = clone / f"docs/{kind}s/refund-{name}.md"
        edit(path, lambda text, n=number: finished(text, n))
        if option:
            edit(path, lambda text, o=option: with_key(text, "answers", {"refund-question": o}))
    edit(
        clone / "docs/questions/refund-question.md",
        lambda t: t.replace("id: ok", "id: paid").replace("id: fail", "id: unpaid"),
    )
    library = good(clone)
    assert [card.slug for card in library.of(type(library.cards["C20"].head), "refund")] == [
        "refund-cause",
        "refund-other",
    ]


def finished(text: str, number: int) -> str:
    """Return a new card as its editor leaves it: no 待写, an own sentence in each section."""
    text = without_key(text, "state").replace("original-article", "extra-fee-reports")
    head, body = text.replace("evidence: unproven", "evidence: reported").split("\n---\n", 1)
    parts = iter("天地人你我他上下前后日月水火山石田土手口"[number * 5 :])
    body = re.sub(r"待写：[^\n\[]*", lambda _: f"{next(parts)}字这一段，" + TEXT.rstrip("。"), body)
    body = re.sub(rf"(?<={TEXT[-5:-1]})$", "。", body, flags=re.M)
    return f"{head}\n---\n{body}"


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


def two_sides(root: Path, one: Callable[[], None], other: Callable[[], None]) -> None:
    """Make two changes on two branches, and merge them."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "base")
    for name, change in (("one", one), ("other", other)):
        git(root, "checkout", "-qb", name, "main")
        change()
        git(root, "add", "-A")
        git(root, "commit", "-qm", name)
    git(root, "merge", "-q", "--no-edit", "one")


def test_two_changes_of_one_list_merge_by_themselves(clone: Path, before: Library) -> None:
    """Both rename a card, add an ask to one file and change an answer: no hand is needed."""

    def change(card: str, slug: str, ask: str) -> None:
        run("rename", C20=card, **{COMMANDS["rename"][2]: slug})
        edit(clone / "docs/_data/asks/cards/C20.txt", lambda text: f"{text.rstrip()}\n{ask}\n")
        edit(clone / f"docs/causes/{slug}.md", lambda text: re.sub("frequency: .*", "frequency: rare", text))

    two_sides(
        clone,
        lambda: change("C20", "credit-off", "信用卡和花呗怎么一起没了"),
        lambda: change("C25", "refused-once", "信用卡跟花呗一块停了咋整"),
    )
    library = good(clone)
    moved = {before.cards["C20"].url, before.cards["C25"].url}
    assert {entry.old for entry in library.redirects.entries} == moved
    assert {library.cause(card).head.frequency for card in ("C20", "C25")} == {"rare"}


def test_what_readers_see_of_the_lives(printer: Path) -> None:
    """A retired card is a page with its anchors that leads on, in no list; a draft is nothing."""
    library = check(printer)[0]
    (retired,), (draft,) = library.retired.values(), library.drafts.values()
    site = printer / "site"
    page = html.parse(site / retired.url / "index.html").getroot()
    assert {section.anchor for section in retired.sections} <= set(page.xpath("//h2/@id"))
    leads = {urljoin(retired.url, link) for link in page.xpath("//article//a[not(@class)]/@href")}
    assert library.cards[retired.head.instead or ""].url in leads
    assert f"url=../../{retired.url}" in (site / retired.short_url / "index.html").read_text("utf-8")
    for card in (retired, draft):
        title = card.head.title.encode()
        named = {file for file in site.rglob("*") if file.is_file() and title in file.read_bytes()}
        own = {site / retired.url / "index.html", site / retired.short_url / "index.html"}
        assert named == (own if card is retired else set())
    assert not (site / draft.url).exists() and not (site / draft.short_url).exists()


def test_the_pictures_of_the_guide_are_small_and_said_in_words() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", GUIDE)
    assert len(pictures) == 3
    for words, path in pictures:
        assert len(words) > 20 and (ROOT / path).stat().st_size <= 40 << 10


def test_the_windows_column_needs_neither_make_nor_a_shell_of_unix() -> None:
    """Nor does any command that stands for both systems."""
    rows = re.findall(r"^\| (?:备环境|进环境)[^|]*\|([^|]*)\|([^|]*)\|", GUIDE, re.M)
    assert len(rows) == 2
    shared = GUIDE
    for unix, _ in rows:
        shared = shared.replace(unix, "")
    commands = re.findall(
        r"`((?:make|\.|sh|bash|export|python3|cp|mv|rm|cat|git|python|mkdocs|py) [^`]+)`", shared
    )
    assert commands
    first = {command.split()[0] for command in commands}
    assert first <= {"git", "python", "mkdocs", "py"}
    assert not [c for c in commands if re.search(r"[;|$~]|&&|'", c)]
