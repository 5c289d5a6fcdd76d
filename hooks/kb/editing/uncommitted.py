"""Files that git does not know yet: a commit of all that changed would leave them behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kb.content.files import FOLDERS, SETTINGS


def unknown_files(root: Path) -> list[str]:
    """Return the new files of the content; none if there is no repository."""
    command = ["ls-files", "--others", "--exclude-standard", "-z", "--", *FOLDERS, SETTINGS]
    return sorted(filter(None, _git(root, *command).split("\0")))


def announce(root: Path) -> None:
    """Tell git of the new files, so that ``git commit -a`` takes them along."""
    if files := unknown_files(root):
        _git(root, "add", "--intent-to-add", "--", *files)


def _git(root: Path, *words: str) -> str:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *words]
    try:
        run = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.decode("utf-8", "replace")
