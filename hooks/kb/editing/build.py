"""Build the site aside, then put it in place in one step.

On Linux old and new change places at once. Elsewhere the old one is renamed first, and for a moment there is
no ``site``; a build that is stopped just then is made good by the next.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from kb.editing.alone import Busy, alone

MASK = 0o022
"""The built files can be read by a web server whatever the umask of the editor: 0644, folders 0755."""


def build(root: Path) -> int:
    """Build into ``.cache/next`` and swap it with ``site``. Return the exit code: 0 or 1."""
    mask = os.umask(MASK)
    try:
        for name in ("site", ".cache"):
            if (root / name).is_symlink():
                raise OSError(0, "是链接，建站只写真的文件夹", name)
        with alone(root / ".cache/build.lock") as lock:
            return _build(root, lock)
    except Busy as busy:
        print(f"已经有人在建站（{busy}）：等它结束，再来一次。", file=sys.stderr)
    except OSError as error:
        print(f"没有建成；site/ 还是上一次的。{error.filename or '磁盘'}：{error.strerror}", file=sys.stderr)
    finally:
        os.umask(mask)
    return 1


def _build(root: Path, lock: int) -> int:
    start = time.perf_counter()
    target, fresh, old = root / "site", root / ".cache/next", root / ".cache/previous"
    if old.exists() and not target.exists():
        old.rename(target)  # a build was stopped between its two renames
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        if _mkdocs(root, fresh, lock):
            print("没有建成；site/ 还是上一次的。", file=sys.stderr)
            return 1
        swap(fresh, target, old)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
    pages = sum(1 for _ in target.rglob("*.html"))
    print(f"建成 site/：{pages} 页（{time.perf_counter() - start:.1f} 秒）", file=sys.stderr)
    return 0


def _mkdocs(root: Path, target: Path, lock: int) -> int:
    """Run MkDocs, which holds the lock too. Pass on what it says; of a traceback, the last line."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    process = subprocess.Popen(
        [*command, "--config-file", str(root / "mkdocs.yml")],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        pass_fds=() if sys.platform == "win32" else (lock,),
    )
    error = ""
    for line in process.stderr or ():
        if error or line.startswith("Traceback"):
            error = line.strip() or error
        else:
            sys.stderr.write(line)
    if error:
        print(f"程序出错：{error}", file=sys.stderr)
    return process.wait()


def swap(fresh: Path, target: Path, old: Path) -> None:
    """Put ``fresh`` in the place of ``target``; what stood there is at ``fresh`` or ``old`` afterwards."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        fresh.rename(target)


AT_CWD = -100
EXCHANGE = 2


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once. Return False where the system cannot (Linux: renameat2)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    return bool(rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0)
