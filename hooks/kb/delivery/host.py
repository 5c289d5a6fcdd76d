"""The built site as a web server wants it: files compressed once, moved addresses as a table of redirects.

``deploy/`` has the settings of nginx and Caddy that read both. Static hosts need neither: the pages of moved
addresses lead on by themselves, and the host compresses.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from posixpath import join, normpath

import brotli

from kb.delivery.precache import Folder, write_files

COMPRESSED = re.compile(r"\.(?:html|css|js|json|svg|txt|xml|webmanifest|bin|csv|atom)$")
"""Files that shrink; bundles under ``offline/`` are compressed already."""

MIN_BYTES = 500
"""What fits into one packet anyway is not worth a second file."""

MOVED = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">')


def shrinks(path: str, content: bytes) -> bool:
    """Return whether servers send a file compressed."""
    return bool(COMPRESSED.search(path)) and not path.startswith("offline/") and len(content) >= MIN_BYTES


def compressed(path: str, content: bytes) -> dict[str, bytes]:
    """Return the copies of a file that servers send to browsers that unpack: path → content."""
    if not shrinks(path, content):
        return {}
    copies = {
        f"{path}.gz": gzip.compress(content, 9, mtime=0),
        f"{path}.br": brotli.compress(content, brotli.MODE_TEXT, 11),
    }
    return {name: copy for name, copy in copies.items() if len(copy) < len(content)}


def redirects(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield old and new address, absolute paths, of the pages that only lead on."""
    for path, content in files.items():
        if path.endswith("index.html") and (moved := MOVED.search(content[:2000])):
            old = "/" + path.removesuffix("index.html")
            new, mark, fragment = moved[1].decode().partition("#")
            yield old, normpath(join(old, new)).rstrip("/") + "/" + mark + fragment


def host(root: Path) -> int:
    """Write ``dist/host/`` from ``site/``: ``www/`` and the redirects. Return the command's exit code."""
    site = root / "site"
    if not (site / "index.html").exists():
        print("还没有 site/，先运行 make build。", file=sys.stderr)
        return 1
    files = Folder(site)
    target = root / "dist/host"
    shutil.rmtree(target, ignore_errors=True)

    def put(path: str) -> int:
        content = files[path]
        write_files(target / "www", {path: content, **compressed(path, content)})
        return len(content)

    with ThreadPoolExecutor() as pool:  # brotli lets go of the interpreter while it works
        size = sum(pool.map(put, files)) / 1e6
    moved = sorted(redirects(files))
    for name, end in (("redirects.nginx", ";"), ("redirects.caddy", "")):
        write_files(target, {name: "".join(f'"{old}" "{new}"{end}\n' for old, new in moved).encode()})
    print(
        f"dist/host/：{len(files)} 个文件（{size:.0f} MB）和压缩好的副本，{len(moved)} 条跳转。",
        file=sys.stderr,
    )
    return 0
