"""Twenty visits to a server whose every fifth answer is dropped, late, cut short or damaged."""

from __future__ import annotations

import http.server
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.conftest import VIEWS

VISITS = 20
CARD = "causes/credit-disabled/"
QUERY = "当前交易不支持花呗"
LATE = 0.5
"""Seconds."""

END = """() => {
  if (document.querySelector("[data-reload] a")) return "reload";
  const [lost] = document.querySelectorAll("#found [role=alert]");
  if (lost) return lost.querySelector("a") && lost.querySelector("button:not([data-seen])") ? "retry" : "";
  return document.querySelector("#found a")?.pathname ?? "";
}"""
"""How a search ended: address of the first answer, what leads on, or nothing yet."""


TYPE = "(e, q) => { e.focus(); e.value = q; e.dispatchEvent(new Event('input', {bubbles: true})) }"
ALIVE = (
    "() => !document.querySelector('.kb-box [type=reset]').hidden || document.querySelector('[data-reload]')"
)
"""The box has taken what was typed, or a note says that it has not come."""

RETRY = """() => {
  const button = document.querySelector("#found [role=alert] button");
  button.dataset.seen = "yes";
  button.click();
}"""


class Faulty(http.server.SimpleHTTPRequestHandler):
    """Cached like the real one (deploy/nginx.conf), but for a fifth of the answers.

    Which and how follows from the address and how often it was ``asked`` for, in whatever order they come.
    """

    asked: Counter[str]

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=300")
        super().end_headers()

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def, override]
        body = source.read()
        chance = random.Random(f"{self.path} {self.asked[self.path]}")
        self.asked[self.path] += 1
        fault = chance.choice(["drop", "late", "cut", "damage"]) if chance.random() < 0.2 else ""
        if fault == "drop":
            return
        if fault == "late":
            time.sleep(LATE)
        if fault == "damage" and not self.path.endswith("/"):
            at = chance.randrange(len(body))
            body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        outputfile.write(body[: len(body) // 2] if fault == "cut" else body)

    def log_message(self, *arguments: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, *arguments: object) -> None:
        """A browser that leaves in the middle of an answer is no error."""


@pytest.fixture
def faulty(site: Path) -> Iterator[str]:
    handler = type("Counting", (Faulty,), {"asked": Counter()})
    server = Server(("127.0.0.1", 0), lambda *a: handler(*a, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def opened(page: Page, address: str) -> bool:
    """Open the card; a page that did not come at all, or half, is loaded again, as people do."""
    for _ in range(5):
        try:
            page.goto(address + CARD, wait_until="domcontentloaded", timeout=5_000)
            page.locator("[type=module]").wait_for(state="attached", timeout=3_000)
        except Error:
            continue
        return True
    return False


def searched(page: Page) -> str:
    """Ask, and take what is offered until there is an answer; return the address of the first.

    After eight times what is offered will do: of the twenty files of a search four are bad each time.
    """
    for _ in range(8):
        with suppress(Error):
            page.locator("#q").evaluate(TYPE, QUERY)
        try:
            page.wait_for_function(ALIVE, timeout=3_000)
        except Error:
            if page.locator("#q").count() or opened(page, page.url.partition(CARD)[0]):
                return entered(page)
            return "browser's own page"
        end = page.wait_for_function(END, timeout=20_000).json_value()
        if end == "retry":
            with suppress(Error):  # what was late has come meanwhile, and nothing is offered any more
                page.evaluate(RETRY)
        elif end == "reload":
            with suppress(Error), page.expect_navigation(wait_until="domcontentloaded", timeout=5_000):
                page.locator("[data-reload] a:visible").first.click(timeout=2_000)
            if not page.locator("[type=module]").count() and not opened(page, page.url.partition(CARD)[0]):
                return "browser's own page"
        else:
            return str(end)
    return "offered"


def entered(page: Page) -> str:
    """Where no script came: what Enter leads to; what is lost on the way is loaded again."""
    address = page.locator("#q").evaluate("e => `${e.form.action}?q=${encodeURIComponent(e.value)}`")
    for _ in range(5):
        with suppress(Error):
            page.goto(address, wait_until="commit")
            page.locator("main a:visible").first.wait_for(timeout=5_000)
            return "sentences"
    return "stuck"


def test_no_visit_is_stuck_or_wrong(browser: Browser, base_url: str, faulty: str) -> None:
    sound = browser.new_page()
    sound.goto(base_url + CARD, wait_until="networkidle")
    right = searched(sound).rpartition("/handbook")[2]
    sound.close()
    ends = []
    for _ in range(VISITS):
        context = browser.new_context(**VIEWS["phone-light"], service_workers="block")
        page = context.new_page()
        ends.append(searched(page) if opened(page, faulty) else "browser's own page")
        context.close()
    assert set(ends) <= {right, "sentences", "offered"}, ends
    assert ends.count(right) >= VISITS / 2, ends
