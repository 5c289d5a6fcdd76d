"""The content of two versions, each read by the rules of today."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.checks import check
from kb.content.files import FOLDERS, SETTINGS
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.reader import read_library

HOOKS = Path(__file__).resolve().parents[3]
"""Today's program; a link to it is not for everybody to make on Windows."""

DATA = "docs/_data"
TODAYS = frozenset({"handbook.yml", "topics.yml", "phrases.yml", "adverts.txt", "harmless.txt"})
"""Data files that older versions lack or write in another way: today's will do."""

CARRYING = frozenset("front-matter schema ids references tree files lock".split())
"""Rules without which there is no table, and so no tree."""


class NoVersion(Exception):
    """The text says in one line why a version cannot be compared."""


@contextmanager
def compared(root: Path, base: str, head: str | None) -> Iterator[tuple[Library, Library]]:
    """Yield the content of ``base`` and of ``head``, or of the files as they lie there.

    Raise NoVersion if there is no such version, or its content cannot be read by the rules of today.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield (
            at(root, base, Path(folder, "base")),
            (at(root, head, Path(folder, "head")) if head else sound(root, "现在的文件")),
        )


def at(root: Path, revision: str, folder: Path) -> Library:
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, "--", *FOLDERS, SETTINGS]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode:
        raise NoVersion(f"版本库里没有“{revision}”这个版本，或那时还没有这些文件夹")
    with tarfile.open(fileobj=io.BytesIO(run.stdout)) as archive:
        archive.extractall(folder, filter="data")
    todays = read_library(folder)[0].broken & TODAYS
    for name in todays:
        shutil.copy(root / DATA / name, folder / DATA / name)
    shutil.copytree(HOOKS, folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))  # to build it, too
    with suppress(OSError):  # what was solved and learnt before; without it, it takes longer
        (root / ".cache").mkdir(exist_ok=True)
        (folder / ".cache").symlink_to(root.resolve() / ".cache", target_is_directory=True)
    return sound(folder, f"版本 {revision}", todays)


def sound(root: Path, name: str, todays: frozenset[str] = frozenset()) -> Library:
    """Return the content of a folder, whose data files ``todays`` may name cards that came later."""
    library, findings = check(root)
    later = {f"{DATA}/{file}" for file in todays}
    carrying = [
        finding
        for finding in findings
        if finding.rule in CARRYING and (finding.rule != "references" or finding.path not in later)
    ]
    if library.handbook is None or library.unreadable or carrying:
        first: Finding | str = next(iter(carrying or findings), "缺少文件")
        raise NoVersion(f"{name}的内容按现在的规则建不成站，不能比（共 {len(findings)} 处）：{first}")
    return library
