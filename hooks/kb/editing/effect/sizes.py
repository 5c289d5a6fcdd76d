"""How much there is to read, in bytes: of the texts, and of the site that is built from them."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kb.content.library import Library
from kb.delivery.host import shrinks
from kb.delivery.precache import Folder

GROWN = 1.2
"""Times its bytes from which a page is said to have grown."""

PARTS: dict[str, Callable[[str], bool]] = {
    "全部网页": lambda name: name.endswith(".html"),
    "搜索用的文件": lambda name: name.startswith("search/"),
    "离线用的文件": lambda name: name.startswith("offline/"),
}

Sizes = Mapping[str, int]
"""Bytes by file of a site, its address from the root of the site."""


class NotBuilt(Exception):
    """The text says in one line which version does not build, and why."""


def bytes_of(library: Library) -> dict[str, int]:
    """Return the UTF-8 bytes of what each page says, by id of the card or by file."""
    cards = {card.id: card.body for card in library.cards.values()}
    pages = {page.file: page.body for page in library.pages.values()}
    return {name: len(body.encode()) for name, body in {**cards, **pages}.items()}


def built(root: Path, name: str) -> dict[str, int]:
    """Build the content of a folder with today's program; return the bytes of each file as a server sends it.

    The folder stays as it is. Raise NotBuilt where MkDocs does not end well.
    """
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", target]
        run = subprocess.run(
            [*command, "--config-file", str(root / "mkdocs.yml")],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        if run.returncode:
            said = [line for line in run.stderr.splitlines() if line.strip()]
            raise NotBuilt(f"{name}建不成站，没有比网页的大小：{said[-1] if said else '没有说原因'}")
        return {path: _sent(path, content) for path, content in Folder(Path(target)).items()}


def _sent(path: str, content: bytes) -> int:
    return len(gzip.compress(content, mtime=0) if shrinks(path, content) else content)


def changed_sizes(old: Sizes, new: Sizes) -> Iterator[str]:
    """Yield how much a server sends of each part of the site, and the pages that have grown."""
    for part, owns in PARTS.items():
        was, now = (sum(size for name, size in sizes.items() if owns(name)) for sizes in (old, new))
        if was != now:
            yield f"- {part}，建成压缩后 {was} → {now} 字节"
    for name, size in new.items():
        if name.endswith(".html") and size > old.get(name, size) * GROWN:
            yield f"- 网页 {name.removesuffix('index.html') or '首页'} 长了：压缩后 {old[name]} → {size} 字节"
