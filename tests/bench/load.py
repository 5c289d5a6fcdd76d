"""Requests a second that nginx answers with the settings of ``deploy/``: a card, a shard, precompressed.

``python tests/bench/load.py [SITE]``; needs nginx and h2load (Debian: nghttp2-client). Loopback, one worker.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from kb.delivery.host import compressed  # noqa: E402
from kb.delivery.precache import write_files  # noqa: E402

from tests.delivery.test_host import Server, _certificate, _free, nginx  # noqa: E402

REQUESTS = 30_000
"""Below the thousand that nginx answers on one connection."""


def measured(site: Path) -> None:
    shard = max(site.glob("search/*/*.bin"), key=lambda path: path.stat().st_size)
    paths = [site / "causes/credit-disabled/index.html", shard]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        for path in paths:
            name, content = path.relative_to(site).as_posix(), path.read_bytes()
            write_files(folder / "www", {name: content} | compressed(name, content))
        (folder / "redirects.nginx").touch()
        _certificate(folder)
        server = Server(_free(), _free())
        process = subprocess.Popen(nginx(folder, server), stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            for path in paths:
                for coding in ("br", "gzip"):
                    report(path.relative_to(site).as_posix().removesuffix("index.html"), coding, server.port)
        finally:
            process.terminate()


def report(name: str, coding: str, port: int) -> None:
    options = [f"-n{REQUESTS}", "-c32", "-m10", "-t1", "-H", f"accept-encoding: {coding}"]
    command = ["h2load", *options, f"https://127.0.0.1:{port}/{name}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"([\d.]+) req/s", said)
    good = re.search(r"status codes: (\d+) 2xx", said)
    size = re.search(r"\((\d+)\) data", said)
    assert rate and good and size and int(good[1]) == REQUESTS, said
    print(f"/{name} {coding}: {float(rate[1]):.0f} a second, {int(size[1]) // REQUESTS} bytes each")


if __name__ == "__main__":
    measured(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")
