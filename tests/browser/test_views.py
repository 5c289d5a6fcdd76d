"""The main views as programs read them: accessibility trees, forced colours, large text, an open menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import TESTS, VIEWS, serve

TREES = TESTS / "golden/views"
"""Accessibility trees of the main part of pages on printers, whose words no editor changes.

A file that is not there is written anew, and the test fails once, for somebody to read it.
"""

VIEWS_OF_PRINTERS = {
    "home": "",
    "message": "says/paper-jam/",
    "cause": "causes/damp-paper/",
    "remedy": "remedies/clear-jam/",
    "question": "questions/marks/",
    "asked": "ask/print/",
    "overview": "ask/print/overview/",
    "codes": "panel/",
    "tags": "tags/",
    "contact": "about/contact/",
}

MAIN = {
    "home": "",
    "card": "causes/credit-disabled/",
    "stop": "says/paying/",
    "result": "ask/huabei/before.x/opened.x/screen.x/",
    "codes": "codes/",
    "tags": "tags/",
}


@pytest.fixture(scope="module")
def printer_url(printer: Path) -> Iterator[str]:
    server = serve(printer)
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


@pytest.mark.parametrize("name", VIEWS_OF_PRINTERS)
def test_the_accessibility_tree_is_the_reviewed_one(name: str, page: Page, printer_url: str) -> None:
    page.goto(printer_url + VIEWS_OF_PRINTERS[name])
    page.wait_for_load_state("networkidle")
    tree = page.locator("main").aria_snapshot().replace(printer_url, "/") + "\n"
    path = TREES / f"{name}.yml"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(tree, "utf-8")
        pytest.fail(f"{path.name} has been written: read it")
    assert tree == path.read_text("utf-8")


@pytest.mark.parametrize("way", ["large", "forced", "menu"])
def test_nothing_is_lost_in_other_ways_to_look(way: str, browser: Browser, base_url: str) -> None:
    forced = {"forced_colors": "active"} if way == "forced" else {}
    context = browser.new_context(**VIEWS["phone-light"], **forced)
    page = context.new_page()
    if way == "large":
        page.goto(base_url)
        page.get_by_role("button", name="大字").click()
        expect(page.get_by_role("button", name="平常字")).to_be_visible()
    for name, path in MAIN.items():
        page.goto(base_url + path)
        page.wait_for_load_state("networkidle")
        if way == "menu":
            page.get_by_role("button", name="菜单").click()
            page.wait_for_timeout(300)  # the menu slides in
        result = Axe().run(page)
        assert result.violations_count == 0, (name, result.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    context.close()
