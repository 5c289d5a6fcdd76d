"""What a person sees, in a real Chromium: phone and desktop, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import area, two_views

pytestmark = two_views

PAGES = {
    "home": "",
    "card": "causes/credit-disabled/",
    "unproven": "causes/architecture-gap/",
    "remedy": "remedies/ask-acquirer/",
    "question": "questions/balance/",
    "listing": "causes/",
    "tags": "tags/",
    "codes": "codes/",
    "topic": "topics/huabei/",
    "says": "says/not-supported/",
    "stop": "says/paying/",
    "all-says": "says/",
    "contact": "about/contact/",
    "script": "remedies/query-first/",
    "customer": "remedies/customer-charged/",
    "ask": "ask/",
    "question-page": "ask/huabei/screen.unsupported/",
    "result": "ask/huabei/before.x/opened.x/screen.x/",
    "resume": "ask/huabei/balance.x/before.worked/opened.unopened/screen.other/small.ok/",
    "overview": "ask/huabei/overview/",
    "agents": "agents/",
    "till": "till/",
    "calculator": "remedies/check-fee/",
    "sources": "about/sources/",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_readable_and_accessible(name: str, page: Page, base_url: str) -> None:
    page.goto(base_url + PAGES[name])
    expect(page.locator("h1").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    small = page.evaluate(
        """() => [...document.querySelectorAll('article *')].filter(e =>
             e.getClientRects().length && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) &&
             !e.closest('sup') && parseFloat(getComputedStyle(e).fontSize) < 16)
             .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("query", ["不支持花呗", "ξψω"])
def test_search_is_accessible_when_open(query: str, page: Page, base_url: str) -> None:
    page.goto(base_url + PAGES["card"])
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    expect(page.locator("#found [data-answer], [data-none]").first).to_be_visible()
    page.wait_for_timeout(500)  # the dialog fades in
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_the_drawer_is_accessible_when_open(page: Page, base_url: str) -> None:
    page.goto(base_url + PAGES["card"])
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="菜单")
    if not button.is_visible():
        pytest.skip("only phones have a drawer")
    button.click()
    page.wait_for_timeout(500)  # it slides in
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="错误码")).to_be_in_viewport()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_an_unproven_card_says_so_first(page: Page, base_url: str) -> None:
    page.goto(base_url + PAGES["unproven"])
    box = area(page.locator(".kb-banner--unproven"))
    assert box["y"] + box["height"] < page.viewport_size["height"]


def test_a_missing_page_offers_a_start(page: Page, root_url: str) -> None:
    page.goto(root_url + "404.html")
    expect(page.locator("h1")).to_have_text("没有这一页")
    page.get_by_role("link", name="一步步查 从头回答三四个问题").click()
    page.wait_for_url("**/ask/")
    assert Axe().run(page).violations_count == 0


def test_a_short_link_leads_to_the_card(page: Page, base_url: str) -> None:
    page.goto(base_url + "c/C20/")
    page.wait_for_url("**/causes/credit-disabled/")
    expect(page.locator("h1")).to_have_text("花呗和信用卡一起被关了")
