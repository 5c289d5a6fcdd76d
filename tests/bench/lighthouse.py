"""Run Lighthouse (mobile) on the built site: ``python tests/bench/lighthouse.py``, after ``make build``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from server import Server

HERE = Path(__file__).resolve().parent


def main() -> None:
    server = Server(HERE.parents[1] / "site")
    print("| 页面 | 性能 | 无障碍 | 规范 | SEO | 低于 0.9 的审计 |\n|---|---|---|---|---|---|")
    subprocess.run(["node", str(HERE / "lighthouse.mjs"), server.address], check=True)
    server.shutdown()


if __name__ == "__main__":
    main()
