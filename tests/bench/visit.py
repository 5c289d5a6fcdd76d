"""What a browser loads that opens a card and puts one question to the box: bodies on the wire, requests.

``python tests/bench/visit.py SITE… --queries FILE.tsv [--most N]``; each SITE is a built handbook, the first
column of the file has the questions. A new visitor every time; nothing is fetched ahead, no worker runs.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path
from statistics import mean

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "hooks")]
from server import Server  # noqa: E402

from tests.conftest import CHROMIUM_FLAGS  # noqa: E402

CARD = "causes/credit-disabled/"
BOX = "#q, .md-search__input"
"""Of this edition and of the first."""
SETTLED = 700
"""Milliseconds after typing until everything is asked for."""
OPEN = "() => { const box = document.querySelector('#__search'); if (box && !box.checked) box.click() }"
TYPE = """(input, query) => {
  input.focus();
  input.value = query;
  for (const name of ["input", "keyup"]) input.dispatchEvent(new Event(name, { bubbles: true }));
}"""


def visit(browser: Browser, server: Server, query: str) -> tuple[int, int, int]:
    """Return the bytes of the card alone, those of the card and the question, and all requests."""
    page = browser.new_page(service_workers="block")
    page.add_init_script("self.requestIdleCallback = undefined")
    asked: list[object] = []
    page.on("request", lambda request: asked.append(request))
    server.sent = 0
    page.goto(server.address + CARD, wait_until="networkidle")
    card = server.sent
    page.evaluate(OPEN)
    page.locator(BOX).first.evaluate(TYPE, query)
    page.wait_for_timeout(SETTLED)
    page.wait_for_load_state("networkidle")
    page.close()
    return card, server.sent, len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description="打开一张卡片再问一句，浏览器一共载入多少")
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--most", type=int, default=40)
    options = parser.parse_args()
    with options.queries.open(encoding="utf-8") as file:
        queries = [row[0] for row in csv.reader(file, delimiter="\t")][1:]
    chosen = random.Random(3).sample(queries, min(options.most, len(queries)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        for site in options.sites:
            server = Server(site)
            card, whole, requests = map(
                mean, zip(*(visit(browser, server, query) for query in chosen), strict=True)
            )
            print(f"{site.name}：卡片 {card:,.0f} 字节，连问一句 {whole:,.0f} 字节，{requests:.1f} 个请求")


if __name__ == "__main__":
    main()
