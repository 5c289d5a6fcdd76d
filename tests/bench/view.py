"""The first view of a page beside plain Material with the same text: slow 4G, a processor four times slower.

``python tests/bench/view.py SITE [--runs N]``; SITE is the built handbook. Prints medians of alternating
runs: bytes (gzip 6, all files but our engine's), requests, first contentful paint, blocked time (what tasks
last beyond 50 ms in the first five seconds after loading). ``material`` has the article of the same page in
its own frame; ``floor`` the article with our style and nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hooks"))
from tests.bench.scale import plain
from tests.conftest import CHROMIUM_FLAGS, QuietServer

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"card": "causes/credit-disabled/", "question": "ask/huabei/screen.unsupported/", "home": ""}

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""Milliseconds and bytes a second, as in Lighthouse's simulation of 1.6 Mbit/s."""

WATCH = """self.blocked = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) self.blocked += duration - 50;
}).observe({ type: "longtask", buffered: true });"""
FIGURES = (
    """() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN, self.blocked]"""
)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve text gzipped, as hosts do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = gzip.compress(path.read_bytes(), 6) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


def serve(folder: Path) -> str:
    server = QuietServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def article(site: Path, path: str) -> str:
    """Return the article of a page without its scripts."""
    html = (site / path / "index.html").read_text("utf-8")
    found = re.search(r"<article.*</article>", html, re.S)
    assert found
    return re.sub(r"<script.*?</script>", "", found[0], flags=re.S)


def material(site: Path, folder: Path) -> None:
    """Build plain Material on the handbook's Markdown; the pages that are measured have the text of ours."""
    plain(ROOT, folder)
    for path in PAGES.values():
        page = folder / "docs" / (f"{path.rstrip('/')}.md" if path else "index.md")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<div>{article(site, path)}</div>\n", "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)


def floor(site: Path, folder: Path) -> None:
    """Write the pages as somebody would by hand: the article, one style sheet, no script."""
    (style,) = site.glob("assets/*/style/site.css")
    (folder / "site.css").write_bytes(style.read_bytes())
    for path in PAGES.values():
        (folder / path).mkdir(parents=True, exist_ok=True)
        (folder / path / "index.html").write_text(
            '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>-</title>'
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css">'
            f"{article(site, path)}",
            "utf-8",
        )


def view(browser: Browser, address: str) -> list[float]:
    """Return KB, requests, first paint in ms, blocked ms."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, service_workers="block")
    page = context.new_page()
    sizes: list[int] = []

    def weigh(answer: Response) -> None:
        if answer.ok and not re.search(r"/search/(?!search_index)", answer.url):
            sizes.append(len(gzip.compress(answer.body(), 6)))

    page.on("response", weigh)
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(5000)
    figures = page.evaluate(FIGURES)
    context.close()
    return [sum(sizes) / 1024, len(sizes), *figures]


def run(site: Path, runs: int) -> None:
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        stock, bare = Path(temporary) / "material", Path(temporary) / "bare"
        stock.mkdir()
        material(site, stock)
        bare.mkdir()
        floor(site, bare)
        sites = {"ours": serve(site), "material": serve(stock / "site"), "floor": serve(bare)}
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        print("| | KB | requests | FCP ms | blocked ms |\n|---|---|---|---|---|")
        for page, path in PAGES.items():
            rounds = [{name: view(browser, url + path) for name, url in sites.items()} for _ in range(runs)]
            for name in sites:
                kb, requests, paint, blocked = (
                    statistics.median(values) for values in zip(*(r[name] for r in rounds), strict=True)
                )
                print(f"| {page}, {name} | {kb:.1f} | {requests:.0f} | {paint:.0f} | {blocked:.0f} |")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    run(arguments.site, arguments.runs)
