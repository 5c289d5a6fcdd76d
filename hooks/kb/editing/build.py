"""Build the site aside, then put it in place: two renames, between which there is no site."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path


def build(root: Path) -> int:
    """Build into ``.cache/next`` and swap it with ``site``. Return the exit code of the build."""
    start = time.perf_counter()
    target, fresh, old = root / "site", root / ".cache/next", root / ".cache/previous"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
    code = subprocess.run([*command, "--config-file", str(root / "mkdocs.yml")], check=False).returncode
    if code:
        shutil.rmtree(fresh, ignore_errors=True)
        print("没有建成；site/ 还是上一次的。", file=sys.stderr)
        return code
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    pages = sum(1 for _ in target.rglob("*.html"))
    print(f"建成 site/：{pages} 页（{time.perf_counter() - start:.1f} 秒）", file=sys.stderr)
    return 0
