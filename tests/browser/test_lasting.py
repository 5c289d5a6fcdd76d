"""What a reader told or chose holds: in a window without storage, in a page from the browser's memory."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

BLOCKED = (
    """Object.defineProperty(window, "sessionStorage", {get() { throw new DOMException("blocked"); }})"""
)
PERSISTED = """() => dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}))"""
"""Stands for the browser's memory, which drivers switch off."""


def first_field(page: Page, base_url: str) -> str:
    """Open a page whose texts have blanks, and the bar that fills them; return the name of the first."""
    page.goto(base_url + "remedies/ask-acquirer/")
    bar = page.locator(".kb-case")
    bar.locator("summary").tap()
    return bar.locator("label").first.inner_text()


def test_fields_hold_without_storage(finger: Page, base_url: str) -> None:
    finger.add_init_script(BLOCKED)
    name = first_field(finger, base_url)
    field = finger.locator(".kb-case").get_by_label(name)
    field.fill("八二六")
    field.blur()
    finger.locator(".kb-case input").last.fill("别的")
    expect(field).to_have_value("八二六")
    finger.get_by_role("button", name="清空").tap()
    expect(field).to_have_value("")


def test_a_page_from_memory_shows_what_was_filled_since(finger: Page, base_url: str) -> None:
    name = first_field(finger, base_url)
    finger.evaluate("name => sessionStorage.setItem('kb-case', JSON.stringify({[name]: '八二六'}))", name)
    finger.evaluate(PERSISTED)
    expect(finger.locator(".kb-case").get_by_label(name)).to_have_value("八二六")


def test_a_page_from_memory_is_as_large_as_was_chosen_since(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    expect(finger.locator("[data-busy]")).to_have_count(0)
    finger.get_by_role("button", name="大字").tap()
    expect(finger.get_by_role("button", name="平常字")).to_be_visible()
    finger.evaluate("kbKept('large', '')")
    finger.evaluate(PERSISTED)
    expect(finger.get_by_role("button", name="大字")).to_be_visible()
    expect(finger.locator("html")).not_to_have_attribute("data-large", "")


@pytest.mark.parametrize("path", ["causes/credit-disabled/", "tags/"])
def test_a_fragment_that_is_no_text_fails_nothing(path: str, finger: Page, base_url: str) -> None:
    finger.goto(base_url + path + "#%", wait_until="networkidle")
    if path == "tags/":
        finger.locator("button.kb-tag:enabled").first.tap()
        finger.get_by_role("button", name="清空").tap()
        expect(finger.locator("button.kb-tag").first).to_be_focused()


@pytest.mark.parametrize("typed", [False, True], ids=["by its name in the header", "by its address"])
def test_home_begins_another_case(typed: bool, finger: Page, base_url: str) -> None:
    """Words of the screen that was chosen stand in no text of what comes after."""
    script = finger.locator("blockquote", has_text="请帮我查一笔单")
    finger.goto(base_url)
    finger.locator(".kb-prompt", has_text="支付中").tap()
    expect(finger.get_by_role("heading", level=1)).to_contain_text("支付中")
    finger.wait_for_function("() => sessionStorage.getItem('kb-told')")
    finger.goto(base_url + "remedies/query-first/")
    expect(script).to_contain_text("停在支付中")
    finger.goto(base_url) if typed else finger.locator("a.kb-name").tap()
    expect(finger.locator("[data-busy]")).to_have_count(0)
    finger.locator(".kb-strip--never").tap()
    finger.get_by_role("link", name="先查单").first.tap()
    expect(script).to_contain_text("停在【屏幕原话】")


def test_a_summary_has_what_its_case_is_about(finger: Page, base_url: str, site: Path) -> None:
    """Numbers of a fee are none of a payment that failed."""
    keep = "values => sessionStorage.setItem('kb-case', JSON.stringify(values))"
    result = next(
        path
        for path in sorted(site.glob("ask/huabei/**/index.html"))
        if "case-summary" in path.read_text("utf-8")
    )
    finger.goto(base_url)
    finger.evaluate(keep, {"金额": "826 元", "约定费率": "0.38%"})
    finger.goto(base_url + result.parent.relative_to(site).as_posix() + "/")
    summary = finger.get_by_label("情况摘要")
    expect(summary).to_have_value(re.compile("金额：826 元"))
    expect(summary).not_to_have_value(re.compile("0.38%"))
