"""The content that a commit would hold, apart from what lies in the files."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.content.files import FOLDERS, SETTINGS


@contextmanager
def staged(root: Path) -> Iterator[Path]:
    """Yield a folder with what is staged. Raise ``OSError`` if there is no repository."""
    with tempfile.TemporaryDirectory() as folder:
        git = ["git", "-C", str(root)]
        names = _run([*git, "ls-files", "-z", "--", *FOLDERS, SETTINGS], b"")
        _run([*git, "checkout-index", "-z", "--stdin", f"--prefix={folder}/"], names)
        yield Path(folder)


def _run(command: list[str], given: bytes) -> bytes:
    run = subprocess.run(command, input=given, capture_output=True, check=False)
    if run.returncode:
        raise OSError(0, "这里不是版本库", "git")
    return run.stdout
