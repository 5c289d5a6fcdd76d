"""Measure checking and building a handbook, and plain Material on the same Markdown: CPU, peak memory, files.

``python tests/bench/scale.py FOLDER [check|cold|warm|plain ...]``; FOLDER is a handbook, such as one that
``grow.py`` wrote. ``cold`` solves the trees, ``warm`` finds them in the cache. One line each, for README.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

STRAYS = ".cache/search/strays.json"
"""Where a build notes asks that are nearer to another card: copies have many, and a check refuses them."""

PLAIN = """site_name: plain
theme: {name: material, language: zh, font: false}
plugins: [search, tags]
markdown_extensions: [attr_list, footnotes, tables, pymdownx.details]
validation: {links: {not_found: ignore, anchors: ignore}, nav: {omitted_files: ignore}}
exclude_docs: "/_data/\\n/adr/"
"""


def plain(root: Path, folder: Path) -> None:
    """Write the same Markdown for Material alone: without our templates."""
    shutil.copytree(root / "docs", folder / "docs")
    for path in (folder / "docs").rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^template: .*\n", "", text, count=1, flags=re.M), "utf-8")
    (folder / "mkdocs.yml").write_text(PLAIN, "utf-8")


def measure(name: str, folder: Path, *command: str) -> None:
    """Run a command of Python in ``folder`` and print what it took.

    The peak is of all its processes at one moment, what they share counted once (PSS, looked up twice a
    second), or that of the largest if that is more.
    """
    start, peak = time.monotonic(), 0
    process = subprocess.Popen([sys.executable, *command], cwd=folder, stdout=subprocess.DEVNULL)
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peak = max(peak, sum(map(held, family(process.pid))))
        time.sleep(0.5)
    _, status, used = ended
    if status:
        sys.exit(f"{name}: {command} failed with status {status}")
    cpu, wall, peak = used.ru_utime + used.ru_stime, time.monotonic() - start, max(peak, used.ru_maxrss)
    print(f"{name}: CPU {cpu:.1f} s, wall {wall:.0f} s, peak {peak / 1024:.0f} MB", flush=True)


def family(process: int) -> Iterator[int]:
    """Yield a process and all that it has begun."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def held(process: int) -> int:
    """Return the memory of a process in KB, its share of what others hold too; 0 if it has ended."""
    with suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return sum(map(int, re.findall(r"^Pss: +(\d+)", rollup, re.M)))
    return 0


def counted(site: Path) -> str:
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return f"  {len(sizes)} files, {sum(sizes) / 1e6:.0f} MB"


def run(root: Path, wanted: list[str]) -> None:
    for name in wanted:
        if name == "check":
            measure(name, root, "hooks/cli.py", "check")
            continue
        (root / STRAYS).unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as temporary:
            folder, site = root, Path(temporary) / "site"
            if name == "plain":
                folder = Path(temporary)
                plain(root, folder)
            if name == "cold":
                shutil.rmtree(root / ".cache", ignore_errors=True)
            measure(name, folder, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site))
            print(counted(site), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", nargs="*", default=["check", "cold", "warm", "plain"])
    arguments = parser.parse_args()
    run(arguments.folder, arguments.what)
