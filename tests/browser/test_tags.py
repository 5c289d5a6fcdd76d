"""The tags as filters: pressed, narrowed down, kept in the address."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.conftest import area


def test_tags_narrow_down_together_and_stay(page: Page, base_url: str) -> None:
    page.goto(base_url + "tags/")
    fee, layer = page.get_by_role("button", name="手续费不对"), page.get_by_role("button", name="计费")
    fee.click()
    status = page.locator("[data-tags-status]")
    expect(status).to_have_text(re.compile(r"^手续费不对：\d+ 张$"))
    both = int(re.findall(r"\d+", layer.inner_text())[0])
    layer.click()
    expect(status).to_have_text(f"手续费不对，计费：{both} 张")
    rows = page.locator("[data-tags-found] li")
    expect(rows).to_have_count(both)
    expect(rows.first).to_contain_text(re.compile("原因|对策"))
    expect(page.get_by_role("button", name="顾客一侧")).to_be_disabled()
    assert all(area(button)["height"] >= 44 for button in (fee, layer))
    page.get_by_role("link", name="看这些").click()
    expect(rows.first).to_be_in_viewport()
    rows.first.get_by_role("link").click()
    expect(page.locator("h1")).not_to_have_text("按标签找")
    page.go_back()
    expect(page.locator("[data-tags-found] li")).to_have_count(both)
    page.get_by_role("button", name="清空", exact=True).click()
    expect(page.locator("[data-tags-found] li")).to_have_count(0)
    assert page.url.endswith("/tags/")


def test_the_tag_of_a_card_is_chosen(page: Page, base_url: str) -> None:
    page.goto(base_url + "causes/credit-disabled/")
    page.locator(".kb-send > summary").click()
    expect(page.get_by_text("本站没有收信的地址")).to_be_visible()
    page.locator(".kb-more > summary").click()
    expect(page.get_by_role("link", name="报告错误")).to_have_count(0)
    said = page.locator(".md-tag", has_text="该付款方式不支持当前交易")
    expect(said).to_have_attribute("href", re.compile("/says/not-supported/$"))
    tag = page.locator(".md-tag").last
    name = tag.inner_text().strip()
    tag.click()
    expect(page.get_by_role("button", name=name, pressed=True)).to_be_visible()
    expect(page.locator("[data-tags-found]")).to_contain_text("花呗和信用卡一起被关了")


def test_without_scripts_a_tag_opens_onto_its_cards(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url + "tags/")
    page.locator("summary", has_text="计费").click()
    expect(page.locator("details[open] li").first).to_be_visible()
    context.close()
