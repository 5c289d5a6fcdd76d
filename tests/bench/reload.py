"""Measure how soon the preview shows an edit, in Chromium: ``python tests/bench/reload.py``."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TRIALS = 5
SETTLED = 2
"""Seconds until the preview has looked at every file once; an edit before that goes unseen."""
MARK = "正在改的字"
EDITS = {
    "卡片": ("docs/causes/credit-disabled.md", "\ntitle: ", f"\ntitle: {MARK}"),
    "模板": ("overrides/card.html", "<h1>", f"<h1>{MARK}"),
}
"""What is edited → file, what stands in it, what is put there instead. Both end up in the card's heading."""
ADDRESS = "causes/credit-disabled/"


def serve(root: Path) -> tuple[subprocess.Popen, str]:
    """Start the preview of ``root`` as ``make serve`` does; wait until it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host, "--livereload", "--quiet"]
    process = subprocess.Popen(command, cwd=root, env=os.environ | {"TMPDIR": str(root)})
    while True:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", int(host.rpartition(":")[2]))):
                return process, f"http://{host}/"
        time.sleep(0.1)


def seconds(page: Page, file: Path, before: str, after: str) -> float:
    """Return the seconds from an edit of ``file`` to the open ``page`` that shows it; undo the edit."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{file}: {before!r}"
    heading = page.locator("h1")
    start = time.perf_counter()
    file.write_text(text.replace(before, after), "utf-8")
    heading.filter(has_text=MARK).wait_for()
    shown = time.perf_counter() - start
    file.write_text(text, "utf-8")
    heading.filter(has_not_text=MARK).wait_for()
    return shown


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        for name in ("docs", "hooks", "overrides"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "mkdocs.yml", root)
        process, address = serve(root)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address + ADDRESS)
        time.sleep(SETTLED)
        for what, (path, before, after) in EDITS.items():
            trials = sorted(seconds(page, root / path, before, after) for _ in range(TRIALS))
            print(f"改{what}：{trials[0]:.2f}–{trials[-1]:.2f} 秒，{TRIALS} 次", flush=True)
        browser.close()
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
