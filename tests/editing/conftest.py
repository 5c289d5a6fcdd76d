"""What tests of a change share: a site under version control, and an edit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def repository(small_site: Path) -> Path:
    """The small site, committed."""
    subprocess.run(["git", "init", "--quiet"], cwd=small_site, check=True)
    commit(small_site)
    return small_site


def commit(root: Path) -> None:
    """Commit all there is."""
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.com"]
    for arguments in (["add", "."], ["commit", "--quiet", "--message", "a version"]):
        subprocess.run(["git", *identity, *arguments], cwd=root, check=True)


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")
