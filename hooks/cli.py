"""The commands of the Makefile, for machines with and without make."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
import time
import traceback
from contextlib import nullcontext, suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy comes: its sums here are too small to share

try:
    from kb.checks import check
    from kb.content.kinds import KINDS
    from kb.content.library import Library
    from kb.editing.blame import told
except ModuleNotFoundError as missing:  # outside the environment, as in a new terminal
    sys.exit(f"没有装 {missing.name}：先进环境，照 CONTRIBUTING.md 的“进环境”做，再运行一次。")

ROOT = Path(__file__).resolve().parent.parent

WHY = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限读写它",
    errno.EPERM: "没有权限读写它",
    errno.ENOSPC: "磁盘满了",
    errno.EEXIST: "已经有同名的文件",
    errno.EISDIR: "这是文件夹，不是文件",
}
"""Faults of files that editors can mend, in their words."""


def run_check(arguments: argparse.Namespace) -> int:
    """Print every finding, one line each; exit code 1 if there is any."""
    from kb.editing.staged import staged

    start = time.perf_counter()
    with staged(ROOT) if arguments.staged else nullcontext(ROOT) as root:
        library = _checked(arguments.format, root)
    if library is None:
        return 1
    seconds = time.perf_counter() - start
    hidden = {"草稿": len(library.drafts), "停用": len(library.retired)}
    others = "".join(f"，{count} 张{state}" for state, count in hidden.items() if count)
    print(f"没有问题：{len(library.cards)} 张卡片{others}（{seconds:.1f} 秒）", file=sys.stderr)
    return 0


def _checked(style: str = "text", root: Path = ROOT) -> Library | None:
    """Return what was read if all is well, else print every finding, one line each."""
    start = time.perf_counter()
    library, findings = check(root)
    findings = told(findings, library, ROOT)
    for finding in findings:
        print(finding.as_github() if style == "github" else finding)
    if findings:
        print(f"{len(findings)} 处要改（{time.perf_counter() - start:.1f} 秒）", file=sys.stderr)
    return None if findings else library


def run_build(arguments: argparse.Namespace) -> int:
    """Build aside, then swap: a failing build leaves ``site/`` as it was."""
    from kb.editing.build import build

    return build(ROOT)


def run_dist(arguments: argparse.Namespace) -> int:
    """Pack ``site/`` into one zip that opens from a USB stick."""
    from kb.delivery.usb import dist

    library = _checked()
    return 1 if library is None else dist(ROOT, library.book.archive)


def run_host(arguments: argparse.Namespace) -> int:
    """Write ``site/`` as the web servers in ``deploy/`` want it."""
    from kb.delivery.host import host

    return host(ROOT)


def run_new(arguments: argparse.Namespace) -> int:
    """Ask four things and write a valid card with the next free id."""
    from kb.editing.new import new
    from kb.editing.uncommitted import announce

    code = new(ROOT, arguments.kind, input)
    announce(ROOT)
    return code


def run_fix(arguments: argparse.Namespace) -> int:
    """Repair what is mechanical, then say what is left."""
    from kb.editing.fix import fix

    for file in fix(ROOT):
        print(f"改好了 {file}")
    return run_check(argparse.Namespace(format="text", staged=False))


def run_stale(arguments: argparse.Namespace) -> int:
    """List the cards past their review day, by owner."""
    from kb.editing.stale import stale

    library, findings = check(ROOT)
    for line in stale(library, date.today()):
        print(line)
    if findings:
        print(
            f"有 {len(findings)} 处要改，读不懂的卡片没有算进来：先运行 python hooks/cli.py check。",
            file=sys.stderr,
        )
    return 0


def run_lock(arguments: argparse.Namespace) -> int:
    """Record the published ids, addresses and anchors."""
    from kb.checks.addresses import pages_to_publish
    from kb.content.published import PAGES, write_pages, write_published
    from kb.diagnosis.diagnosis import diagnoses

    library = _checked()
    if library is None:
        return 1
    changed = write_published(ROOT, library.published, {**library.cards, **library.retired})
    new = write_pages(ROOT, library.files.texts.get(PAGES, ""), pages_to_publish(library))
    for topic, diagnosis in diagnoses(library).items():
        print(f"决策树 {topic}：登记了 {diagnosis.publish()} 个新网址")
    changed += new
    print(f"登记了 {len(changed)} 项：{'、'.join(changed)}" if changed else "没有新的编号或网址")
    return 0


def main(words: list[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    parser = argparse.ArgumentParser(prog="cli.py", description="手册的命令")
    commands = parser.add_subparsers(dest="command", required=True)
    checker = commands.add_parser("check", help="查全部内容")
    checker.add_argument("--format", choices=("text", "github"), default="text", help="github：给 CI 做批注")
    checker.add_argument("--staged", action="store_true", help="只看准备提交的，给 pre-commit 用")
    checker.set_defaults(run=run_check)
    commands.add_parser("build", help="建站到 site/").set_defaults(run=run_build)
    commands.add_parser("dist", help="把 site/ 打包成一个 zip，U 盘上直接打开").set_defaults(run=run_dist)
    hosting = commands.add_parser("host", help="为 nginx、Caddy 备好 dist/host/：压缩好的副本、跳转表")
    hosting.set_defaults(run=run_host)
    creator = commands.add_parser("new", help="新卡片")
    creator.add_argument("kind", choices=tuple(KINDS))
    creator.set_defaults(run=run_new)
    commands.add_parser("fix", help="自动改好能机械改的").set_defaults(run=run_fix)
    commands.add_parser("stale", help="过了复查日的卡片").set_defaults(run=run_stale)
    if words[:1] != ["check"]:  # what only the others need takes longer than half the check
        from kb.editing.commands import register

        register(commands, ROOT)
    commands.add_parser("lock", help="登记已发布的编号和网址").set_defaults(run=run_lock)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # no terminal or pipe is too poor for a message
            stream.reconfigure(errors="backslashreplace")
    return _guarded(parser.parse_args(words))


def _guarded(arguments: argparse.Namespace) -> int:
    """Run the command. Whatever happens is one line: 1 for a fault, 130 for a stop by the user."""
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except (KeyboardInterrupt, EOFError):
        print("\n停下了，没有写完的都不算。", file=sys.stderr)
        return 130
    except BrokenPipeError:  # who reads has gone, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        why = WHY.get(error.errno or 0) or f"{error.strerror or error}。检查权限和磁盘空间"
        print(f"{error.filename or '文件'}：{why}。", file=sys.stderr)
        return 1
    except Exception as error:
        log = ROOT / ".cache/error.txt"
        with suppress(OSError):
            log.parent.mkdir(exist_ok=True)
            log.write_text(traceback.format_exc(), "utf-8")
        remedy = f"这不是你的错，请把 {log.relative_to(ROOT)} 发给维护程序的人"
        print(f"程序出错（{type(error).__name__}）。{remedy}。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    # a command makes much and drops little: looking for what it dropped took a tenth of its time
    gc.set_threshold(100_000)
    sys.exit(main())
