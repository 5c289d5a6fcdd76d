"""The desk tools in a real Chromium: copying, filters, steps, print."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, area, two_views

CARD = "causes/credit-disabled/"
DESK = pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.fixture(scope="module")
def cards(site: Path) -> list[dict]:
    return json.loads((site / "cards.json").read_text("utf-8"))


@pytest.fixture
def printer(browser: Browser) -> Iterator[Page]:
    """A page in dark mode: paper is white all the same."""
    context = browser.new_context(viewport={"width": 703, "height": 1032}, color_scheme="dark")
    yield context.new_page()
    context.close()


def allow_clipboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


# Copying


@two_views
def test_copy_short_full_and_link(page: Page, base_url: str) -> None:
    allow_clipboard(page)
    page.goto(base_url + CARD)
    phone = page.viewport_size["width"] < 500  # where the others wait behind 更多
    fields = {"复制要点": "#copy-short", "复制全文": "#copy-full", "复制链接": "#copy-link"}
    for name in list(fields)[: 1 if phone else 3]:
        button = page.locator(".kb-bar").get_by_role("button", name=name)
        box = area(button)
        assert box["height"] >= 44 and box["y"] + box["height"] <= page.viewport_size["height"]
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".kb-bar [role=status]")).to_have_text(name.replace("复制", "已复制"))
        assert clipboard(page) == page.locator(fields[name]).input_value()
    if not phone:
        page.get_by_role("button", name="复制全文").click()
        assert clipboard(page).count("\n") > 5


@DESK
def test_copying_where_the_clipboard_api_is_missing(page: Page, base_url: str) -> None:
    page.add_init_script(NO_CLIPBOARD)
    page.goto(base_url + CARD)
    button = page.get_by_role("button", name="复制全文")
    button.click()
    expect(page.locator(".kb-bar [role=status]")).to_have_text("已复制全文")
    expect(button).to_be_focused()
    page.locator(".kb-send > summary").click()
    page.locator("#report").fill("")
    page.locator("#report").press("Control+v")
    assert page.locator("#report").input_value() == page.locator("#copy-full").input_value()


@two_views
def test_text_to_copy_by_hand_when_both_ways_fail(page: Page, base_url: str) -> None:
    page.add_init_script(NO_CLIPBOARD + "; document.execCommand = () => false")
    page.goto(base_url + CARD)
    page.get_by_role("button", name="复制要点").click()
    expect(page.locator(".kb-bar [role=status]")).to_have_text("已选中，请长按复制")
    field = page.locator(".kb-bar").get_by_label("要复制的文字")
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    selected = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert field.evaluate(selected) == page.locator("#copy-short").input_value()
    page.get_by_role("button", name="复制这句话").click()
    say = page.locator(".kb-say")
    expect(say.get_by_role("status")).to_be_visible()
    expect(say.get_by_role("status")).to_have_text("已选中，请长按复制")
    said = say.locator("q").text_content().strip()
    assert say.get_by_label("要复制的文字").evaluate(selected) == said
    assert Axe().run(page).violations_count == 0


@DESK
def test_the_report_names_the_card(page: Page, base_url: str) -> None:
    allow_clipboard(page)
    page.goto(base_url + CARD)
    page.locator(".kb-send > summary").click()
    page.get_by_role("button", name="复制这段话").click()
    expect(page.get_by_text("已复制这段话")).to_be_visible()
    lines = clipboard(page).splitlines()
    assert lines[0] == "没解决：C20 花呗和信用卡一起被关了"
    assert re.fullmatch(r"核实于 \d{4}-\d\d-\d\d", lines[1])
    assert lines[2].endswith("/c/C20/")


# Filters

SPELLINGS = {
    "auth code invalid": "acq.payment_auth_code_invalid",
    "PAYMENT-AUTH-CODE-INVALID": "acq.payment_auth_code_invalid",
    "acq.payment.auth.code": "acq.payment_auth_code_invalid",
    "ＡＵＴＨ＿ＣＯＤＥ＿ＩＮＶＡＬＩＤ": "acq.payment_auth_code_invalid",
    "付款码过期": "acq.payment_auth_code_invalid",
    "读对 过期": "acq.payment_auth_code_invalid",
    "bbs 11112": "bbs11112",
    "58": "58",
}


@DESK
def test_codes_are_found_however_they_are_spelled(page: Page, base_url: str) -> None:
    page.goto(base_url + "codes/")
    box, status = page.get_by_role("searchbox"), page.locator("[data-filter-status]")
    total = page.locator("#codes article").count()
    expect(status).to_have_text(f"共 {total} 条")
    for spelling, code in SPELLINGS.items():
        box.fill(spelling)
        shown = page.locator("#codes article:visible")
        expect(shown.first, spelling).to_have_attribute("id", code)
        expect(status).to_have_text(f"找到 {shown.count()} 条")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(status).to_have_text(f"共 {total} 条")
    expect(page.locator("#codes article:visible")).to_have_count(total)


@two_views
def test_nothing_found_leads_to_the_diagnosis(page: Page, base_url: str) -> None:
    page.goto(base_url + "codes/?q=xyzzy")
    expect(page.get_by_role("searchbox")).to_have_value("xyzzy")
    expect(page.locator("[data-filter-status]")).to_have_text("码表里没有这一条")
    none = page.locator("[data-none]")
    expect(none).to_contain_text("没有找到“xyzzy”")
    assert Axe().run(page).violations_count == 0
    none.get_by_role("link", name="一步步查").click()
    page.wait_for_url("**/ask/")


# Steps


@two_views
def test_steps_can_be_ticked(page: Page, base_url: str) -> None:
    page.goto(base_url + "remedies/ask-acquirer/")
    boxes, status = page.locator(".kb-steps").get_by_role("checkbox"), page.locator(".kb-steps__status")
    expect(boxes.first).to_be_visible()
    total = boxes.count()
    assert total == page.locator(".kb-steps > li").count() > 2
    page.get_by_role("checkbox", name=re.compile("照下面的话")).check()
    expect(status).to_have_text(f"做完 1 步，共 {total} 步")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(boxes.first).to_be_checked()
    assert area(page.locator(".kb-steps label").first)["height"] >= 44
    assert Axe().run(page).violations_count == 0
    for box in boxes.all():
        box.check()
    expect(status).to_contain_text("全部做完了")
    assert page.evaluate("Object.keys(localStorage).filter(key => /step/.test(key))") == []
    page.get_by_role("button", name="重新勾").click()
    expect(boxes.first).to_be_focused()
    assert not any(box.is_checked() for box in boxes.all())
    boxes.nth(1).check()
    page.locator(".kb-steps").get_by_role("link", name="查单").click()
    page.wait_for_url("**/remedies/query-first/")
    expect(boxes.nth(1)).not_to_be_checked()
    page.go_back()
    expect(boxes.nth(1)).to_be_checked()
    page.reload()
    expect(boxes.nth(1)).to_be_checked()
    expect(status).to_have_text(f"做完 1 步，共 {total} 步")
    page.goto(base_url + "remedies/ask-acquirer/")  # the next customer's
    expect(boxes.nth(1)).to_be_visible()
    assert not any(box.is_checked() for box in boxes.all())


# Layout


@two_views
@pytest.mark.parametrize(
    "address", [CARD, "codes/", "agents/", "remedies/ask-acquirer/", "remedies/complain/"]
)
def test_nothing_jumps(page: Page, base_url: str, address: str) -> None:
    page.add_init_script(
        """window.shift = 0;
           new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))
             .observe({type: 'layout-shift', buffered: true})"""
    )
    page.goto(base_url + address)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02


# The printed card


def test_a_card_prints_on_one_page_with_its_code(printer: Page, base_url: str, cards: list[dict]) -> None:
    """The printed code decodes to the short link."""
    for card in cards:
        printer.emulate_media(media="print")
        printer.goto(base_url + card["url"], wait_until="load")
        address = printer.locator("#copy-link").input_value()
        assert address.endswith(f"/c/{card['id']}/")
        assert printer.locator(".kb-printed").inner_text().strip() == address
        image = printer.locator(".kb-printed").screenshot()
        assert [found.text for found in zxingcpp.read_barcodes(gray(printer, image))] == [address]
        pdf = printer.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, card["id"]


def test_the_sheet_for_the_till_prints_on_one_page(printer: Page, base_url: str, site: Path) -> None:
    printer.goto(base_url + "till/", wait_until="load")
    pdf = printer.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    for prompt in yaml.safe_load((ROOT / "docs/_data/prompts.yml").read_text("utf-8")):
        shown = printer.locator(".kb-band").get_by_text(prompt["text"], exact=True)
        expect(shown).to_have_count(0 if prompt["option"] == "opening" else 1)
    bands = printer.locator(".kb-light").all_inner_texts()
    assert bands == ["先停手，不要再扫", "失败又没扣，才换一种收", "失败又没扣，才再扫一次"]
    expect(printer.locator(".kb-band").first).to_contain_text("支付中")
    printer.emulate_media(media="print")
    size = printer.locator(".kb-band p").last.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 21
    for said in ("商户号：", "服务商电话：", "核实到 20", "http"):
        expect(printer.locator(".kb-sheet")).to_contain_text(said)
    expect(printer.get_by_role("button", name="打印这一页")).to_be_hidden()
    image = printer.locator(".kb-sheet__code").screenshot()
    home = re.search(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text("utf-8"))[1]
    assert [found.text for found in zxingcpp.read_barcodes(gray(printer, image))] == [home]


def gray(page: Page, png: bytes) -> memoryview:
    """Return the pixels of ``png``, decoded by the browser: rows × columns, 0 to 255."""
    width, height, pixels = page.evaluate(
        """async png => {
             const bytes = Uint8Array.from(atob(png), c => c.charCodeAt(0));
             const bitmap = await createImageBitmap(new Blob([bytes]));
             const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
             canvas.drawImage(bitmap, 0, 0);
             const data = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
             const green = data.filter((_, i) => i % 4 === 1);
             return [bitmap.width, bitmap.height, btoa(String.fromCharCode(...green))];
           }""",
        base64.b64encode(png).decode(),
    )
    return memoryview(base64.b64decode(pixels)).cast("B", (height, width))


def test_only_the_answer_is_printed(printer: Page, base_url: str) -> None:
    printer.goto(base_url + "remedies/ask-acquirer/")
    expect(printer.locator(".kb-steps")).to_be_visible()
    expect(printer.locator(".kb-printed")).to_be_hidden()
    printer.emulate_media(media="print")
    for shown in ("h1", ".kb-lead", ".kb-answer__facts", ".kb-steps", "#script", ".kb-verify", ".kb-printed"):
        expect(printer.locator(shown).first).to_be_visible()
    for hidden in (
        ".md-header",
        ".md-footer",
        ".md-sidebar",
        ".kb-copybar",
        ".kb-more",
        ".kb-send",
        ".kb-unsolved",
        ".kb-bar",
    ):
        expect(printer.locator(hidden).first).to_be_hidden()
    assert printer.locator(".kb-lead").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
