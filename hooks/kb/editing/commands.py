"""The commands that work on single cards and on changes, as the command line gives them."""

from __future__ import annotations

import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kb.checks import check
from kb.content.library import Library
from kb.content.reader import read_library
from kb.editing import lives
from kb.editing.ask import ask
from kb.editing.effect import NotBuilt, NoVersion, built, compared, effect
from kb.editing.explain import explain
from kb.editing.guard import Change, UnknownRevision, doubts, guard
from kb.editing.learn import NoTickets, lessons
from kb.editing.review import review
from kb.editing.schemas import write_schemas
from kb.editing.uncommitted import announce, unknown_files
from kb.editing.weekly import unanswered, weekly

Run = Callable[[Path, Namespace], int]

LIVES = {
    "rename": (("编号", "新文件名"), "给卡片换文件名，链接和旧地址都跟着走"),
    "split": (("编号", "新文件名", "新标题"), "把一张卡片拆成两张：照它写一张草稿"),
    "merge": (("编号", "并入的编号"), "把一张卡片并进另一张，再停用它"),
    "retire": (("编号", "改看的编号"), "停用一张卡片，地址留着，指向另一张"),
}
"""The commands of the lives of cards: their words, and what they do."""


def register(commands: _SubParsersAction[Any], root: Path) -> None:
    """Add the commands to the parser; each gets ``root``."""

    def add(name: str, run: Run, text: str) -> Any:
        parser = commands.add_parser(name, help=text)
        parser.set_defaults(run=lambda arguments: run(root, arguments))
        return parser

    for name, (needed, text) in LIVES.items():
        life = add(name, _life, text)
        for word in needed:
            life.add_argument("words", metavar=word, action="append")
    add("ask", _ask, "这句话现在搜到哪几张，该加进哪个问法文件").add_argument("sentence", metavar="一句话")
    add("review", _review, "复查一张卡片要核实什么").add_argument("card", metavar="编号")
    add("explain", _explain, "一条规则要什么").add_argument("rule", metavar="规则")
    week = add("weekly", _weekly, "到期的卡片、打不开的出处、放错的问法，写成一张单子")
    week.add_argument("--network", action="store_true", help="真的去打开每个出处的网址")
    learner = add("learn", _learn, "客服记录（CSV，一列是问题，可以再有一列卡片编号）和访问日志说明了什么")
    learner.add_argument("tickets", type=Path, metavar="记录.csv")
    learner.add_argument("access", type=Path, nargs="?", metavar="访问日志")
    learner.add_argument("--patch", type=Path, metavar="文件", help="把建议的改动写成补丁，挑着用")
    add("schemas", _schemas, "照程序写出 .vscode/schemas，编辑器据此提示")
    guarding = add("guard", _guard, "这次改动新放行了什么、哪些话要多看一眼，给审阅的人看")
    guarding.add_argument("base", help="和哪个版本比，例如 origin/main")
    guarding.add_argument("--format", choices=("text", "github"), default="text", help="github：给 CI 做批注")
    effects = add("effect", _effect, "这次改动对读者做了什么，一份报告")
    effects.add_argument("base", metavar="从哪个版本", help="例如 origin/main")
    effects.add_argument("head", metavar="到哪个版本", nargs="?", help="不写就是现在的文件")
    effects.add_argument("--built", action="store_true", help="两个版本都建站，比网页的大小；多一两分钟")
    effects.add_argument("--preview", default="", metavar="网址", help="改好的站在哪里，给链接用")


def _print(lines: Iterator[str]) -> int:
    for line in lines:
        print(line)
    return 0


def _refused(reason: object, code: int = 1) -> int:
    print(reason, file=sys.stderr)
    return code


def _sound(root: Path) -> Library | int:
    """Return the content, or the exit code if it cannot be read whole."""
    library, findings = read_library(root)
    return _refused("\n".join(["先改好这些：", *map(str, findings)])) if findings else library


def _life(root: Path, arguments: Namespace) -> int:
    """Rename, retire, merge or split a card, then say what is left to do."""
    library = _sound(root)
    if isinstance(library, int):
        return library
    try:
        code = _print(getattr(lives, arguments.command)(library, *arguments.words))
        announce(root)
        return code
    except lives.Refused as refused:
        return _refused(refused)


def _ask(root: Path, arguments: Namespace) -> int:
    library = _sound(root)
    return library if isinstance(library, int) else _print(ask(library, arguments.sentence))


def _review(root: Path, arguments: Namespace) -> int:
    library = _sound(root)
    if isinstance(library, int):
        return library
    try:
        return _print(review(library, lives.find(library, arguments.card)))
    except lives.Refused as refused:
        return _refused(refused)


def _explain(root: Path, arguments: Namespace) -> int:
    try:
        return _print(explain(root, arguments.rule))
    except LookupError as error:
        return _refused(error.args[0])


def _weekly(root: Path, arguments: Namespace) -> int:
    library, findings = check(root)
    if findings:
        return _refused(f"有 {len(findings)} 处要改，先运行 python hooks/cli.py check。")
    return _print(weekly(library, date.today(), unanswered if arguments.network else None))


def _learn(root: Path, arguments: Namespace) -> int:
    """Print what practice teaches; nothing is changed but the patch that is asked for."""
    library = _sound(root)
    if isinstance(library, int):
        return library
    try:
        report, patch = lessons(library, arguments.tickets, arguments.access)
    except NoTickets as reason:
        return _refused(reason)
    print(report, end="")
    if arguments.patch:
        arguments.patch.write_text(patch, "utf-8", newline="\n")
    return 0


def _schemas(root: Path, arguments: Namespace) -> int:
    write_schemas(root)
    return 0


def _guard(root: Path, arguments: Namespace) -> int:
    """List what the files newly allow since a version, and what is doubtful, for whoever reviews it."""
    try:
        change = Change(root, arguments.base)
        lines, near = list(guard(change)), list(doubts(change))
    except UnknownRevision:
        return _refused(f"版本库里没有“{arguments.base}”这个版本，或这里不是版本库", 2)
    for line in lines:
        print(f"::warning::{line}" if arguments.format == "github" else line)
    for finding in near:
        print(finding.as_github("warning") if arguments.format == "github" else finding)
    print(f"新放行 {len(lines)} 项，请逐项看" if lines else "没有新放行的", file=sys.stderr)
    if near:
        print(f"另有 {len(near)} 句话请多看一眼", file=sys.stderr)
    return 0


def _effect(root: Path, arguments: Namespace) -> int:
    """Say in Markdown what a change does to readers."""
    if sys.stderr.isatty():
        print("正在比较，约一分钟…", file=sys.stderr)
    loose = [] if arguments.head else unknown_files(root)
    sizes = None
    try:
        with compared(root, arguments.base, arguments.head) as (old, new):
            if arguments.built:
                sizes = built(old.root, "原来的"), built(new.root, "改过的")
            print(effect(old, new, arguments.preview, loose, sizes), end="")
    except (NoVersion, NotBuilt) as reason:
        return _refused(reason, 2)
    return 0
