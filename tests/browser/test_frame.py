"""The frame of every page: skip link, header, menu, large text, footer; and the first page, by finger."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from kb.checks import check
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, area

PHONE = pytest.mark.parametrize("page", ["phone-light"], indirect=True)
DESK = pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
PHONE_AND_DESK = pytest.mark.parametrize("page", ["phone-dark", "desktop-light"], indirect=True)
CARD = "causes/credit-disabled/"
QUERY = '[data-md-component="search-query"]'


def focused(page: Page) -> str:
    return page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
    )


def contrast(page: Page, one: str, two: str) -> float:
    """Return the contrast of two colours as the browser writes them (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(c) / 255 for c in re.findall(r"\d+", colour)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# The first page


@PHONE_AND_DESK
def test_home_says_what_it_is_and_what_to_do(page: Page, base_url: str) -> None:
    page.goto(base_url)
    parts = ["h1", ".kb-lead", ".kb-independent", ".kb-box", ".kb-ways", ".kb-strip >> nth=1"]
    parts.append(".kb-prompt >> nth=2")
    for part in parts:
        expect(page.locator(part).first).to_be_in_viewport(ratio=1)
    for target in page.locator(".kb-prompt, .kb-box input, .kb-ways a, .kb-strip, .kb-door").all():
        assert area(target)["height"] >= 44
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@DESK
def test_home_has_two_columns_and_links_on_a_desk(page: Page, base_url: str) -> None:
    page.goto(base_url)
    says, doors = page.locator(".kb-home__says"), page.locator(".kb-home__doors")
    assert area(says)["y"] == area(doors)["y"]
    page.locator(".kb-shortcuts").get_by_role("link", name="客服回复台").click()
    page.wait_for_url("**/agents/")


def test_the_spinning_screen_is_one_tap_away(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.get_by_role("link", name="屏幕还在转？").tap()
    finger.wait_for_url("**/causes/result-unknown/")
    expect(finger.locator(".kb-light")).to_be_in_viewport()


def test_a_customer_finds_his_doors_at_once(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.get_by_role("link", name="我是顾客").tap()
    expect(finger.get_by_role("heading", name="你是顾客")).to_be_in_viewport()
    doors = finger.locator("#for-customer + ul .kb-door")
    library, _ = check(ROOT)
    titles = [card.head.title for card in library.cards.values() if getattr(card.head, "reader", None)]
    assert sorted(doors.all_inner_texts()) == sorted(titles) and len(titles) >= 5
    expect(doors.last).to_be_in_viewport(ratio=1)
    header = area(finger.locator(".md-header"))
    heading = area(finger.get_by_role("heading", name="你是顾客"))
    assert heading["y"] >= header["y"] + header["height"]


def test_a_customer_before_a_sentence_of_several_causes_finds_them_too(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.get_by_role("link", name="当前交易不支持花呗").tap()
    finger.get_by_role("link", name=re.compile("写给顾客的")).tap()
    finger.wait_for_url("**/#for-customer")
    expect(finger.get_by_role("heading", name="你是顾客")).to_be_in_viewport()


def test_all_sentences_are_two_taps_away(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.get_by_role("link", name=re.compile("看全部")).tap()
    finger.get_by_role("link", name="签约失败").tap()
    finger.wait_for_url("**/says/instalment-sign-failed/")


def test_customers_and_shops_with_a_sticker_have_a_door(finger: Page, base_url: str) -> None:
    library, _ = check(ROOT)
    finger.goto(base_url)
    doors = finger.locator(".kb-door").evaluate_all(
        "links => links.map(a => a.pathname.split('/handbook/')[1])"
    )
    wanted = [card.url for card in library.cards.values() if getattr(card.head, "reader", None)]
    assert wanted and set(wanted) <= set(doors)
    for door in library.book.doors:
        card = library.cards[door.card]
        named = finger.locator(f".kb-door[href$='{card.url}']")
        expect(named).to_have_text(f"{door.asks}{card.head.title}")


# The search of the first page


def test_the_box_without_scripts_leads_to_all_sentences(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url)
    page.locator(".kb-box input").fill("支付中")
    page.keyboard.press("Enter")
    page.wait_for_url("**/says/?q=*")
    expect(page.get_by_role("link", name="支付中")).to_be_visible()
    context.close()


# Header and menu


@PHONE_AND_DESK
@pytest.mark.parametrize("path", ["", CARD, "ask/huabei/", "codes/"])
def test_the_keyboard_goes_through_the_header_in_order(path: str, page: Page, base_url: str) -> None:
    page.goto(base_url + path)
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        box = page.evaluate(
            "(({x, width}) => [x, x + width])(document.activeElement.getBoundingClientRect())"
        )
        assert box[1] > 0 and box[0] < page.viewport_size["width"], (stops, "off the screen")
        if page.evaluate("document.activeElement.closest('main') !== null"):
            break
    assert stops[0] == "跳到正文"
    assert {"大字", *(["搜索"] if path in (CARD, "ask/huabei/") else [])} <= set(stops)
    assert ("菜单" in stops) == (page.viewport_size["width"] < 500)


@PHONE_AND_DESK
def test_the_skip_link_skips(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.keyboard.press("Tab")
    expect(page.locator(".kb-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@PHONE
def test_the_menu_opens_by_keyboard_and_closes(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    button = page.get_by_role("button", name="菜单")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".kb-menu a").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    expect(page.locator(".kb-menu a").first).to_be_hidden()


def test_the_menu_closes_by_finger(finger: Page, base_url: str) -> None:
    """Beside it, on a link within the page, and on the way back from another page."""
    finger.goto(base_url + CARD)
    button = finger.get_by_role("button", name="菜单")
    first = finger.locator(".kb-menu a").first
    button.tap()
    expect(first).to_be_in_viewport(ratio=1)
    finger.touchscreen.tap(350, 500)
    expect(first).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.tap()
    finger.locator(".kb-menu").get_by_role("link", name="错误码").tap()
    finger.wait_for_url("**/codes/")
    finger.go_back()
    expect(finger.locator("h1")).to_be_visible()
    expect(finger.locator(".kb-menu a").first).to_be_hidden()


PLACES = {
    CARD: "全部原因",
    "remedies/ask-acquirer/": "全部对策",
    "questions/balance/": "一步步查",
    "ask/huabei/": "一步步查",
    "about/evidence/": "关于本手册",
    "about/contact/": "没解决怎么办",
    "agents/": "客服回复台",
}


@pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
@pytest.mark.parametrize("path", PLACES)
def test_the_menu_marks_where_one_is(path: str, page: Page, base_url: str) -> None:
    page.goto(base_url + path)
    expect(page.locator(".kb-menu [aria-current]").last).to_have_text(PLACES[path])


@PHONE_AND_DESK
def test_the_search_opens_from_its_button(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="搜索").first
    if page.viewport_size["width"] > 500:
        button = page.locator(QUERY)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(QUERY)).to_be_focused()


LIGHTS = """() => ["never", "once", "after-fix"].map((light) => {
  const word = document.createElement("p");
  word.className = `kb-light kb-light--${light}`;
  document.querySelector(".md-typeset").append(word);
  const { color, backgroundColor, fontSize } = getComputedStyle(word);
  return [color, backgroundColor, parseFloat(fontSize)];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rings_borders_and_lights_can_be_seen(scheme: str, browser: Browser, base_url: str) -> None:
    """3:1 against what they stand on (WCAG 2.2, 1.4.11); the word of a light 7:1, at arm's length."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(base_url + "ask/huabei/")
    page.wait_for_load_state("networkidle")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    border = page.locator(".kb-option").first.evaluate("e => getComputedStyle(e).borderTopColor")
    assert contrast(page, border, paper) >= 3
    page.get_by_role("button", name="大字").focus()
    page.keyboard.press("Shift+Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    bar = page.locator(".md-header").evaluate("e => getComputedStyle(e).backgroundColor")
    assert contrast(page, ring, bar) >= 3
    lights = page.evaluate(LIGHTS)
    assert [light for light in lights if contrast(page, *light[:2]) < 7 or light[2] < 20] == []
    context.close()


# Large text


@PHONE_AND_DESK
def test_large_text_is_switched_and_remembered(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".kb-first").evaluate(size) == 18
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="平常字")).to_be_visible()
    page.goto(base_url + "ask/huabei/screen.unsupported/", wait_until="networkidle")
    assert 22 <= page.locator(".kb-how").evaluate(size) <= 24
    for target in page.locator(".kb-option, .kb-press:visible, .kb-large").all():
        assert area(target)["height"] >= 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    parts = page.locator(".md-header__inner > :is(button, .kb-name):visible").all()
    boxes = sorted((area(part) for part in parts), key=lambda box: box["x"])
    assert len(boxes) >= 3
    assert all(left["x"] + left["width"] <= right["x"] + 1 for left, right in pairwise(boxes))
    expect(page.locator(".md-header").get_by_role("link", name="花呗收款排障手册")).to_be_visible()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.get_by_role("button", name="平常字").click()
    expect(page.get_by_role("button", name="大字")).to_be_visible()
    assert page.locator(".kb-how").evaluate(size) == (17 if page.viewport_size["width"] < 720 else 16)


@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.parametrize("path", ["", CARD])
def test_the_header_holds_when_a_phone_enlarges_text(
    path: str, percent: int, finger: Page, base_url: str
) -> None:
    finger.goto(base_url + path)
    finger.evaluate(f"document.documentElement.style.webkitTextSizeAdjust = '{percent}%'")
    finger.wait_for_timeout(200)
    name, bar = area(finger.locator(".kb-name")), area(finger.locator(".md-header"))
    assert name["y"] >= bar["y"] and name["y"] + name["height"] <= bar["y"] + bar["height"] + 1
    assert finger.evaluate("document.documentElement.scrollWidth <= innerWidth")


# Light and dark


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


DARK, LIGHT = "rgb(20, 25, 24)", "rgb(251, 250, 246)"


def test_the_theme_follows_the_system_until_it_is_switched(finger: Page, base_url: str) -> None:
    finger.goto(base_url + CARD, wait_until="networkidle")
    switch = finger.get_by_role("button", name="深色")
    expect(switch).to_have_attribute("aria-pressed", "false")
    finger.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert paper(finger) == DARK
    switch.tap()
    assert paper(finger) == LIGHT
    finger.goto(base_url + "ask/huabei/")
    assert paper(finger) == LIGHT, "what was chosen is forgotten"
    finger.emulate_media(color_scheme="light")
    finger.get_by_role("button", name="深色").tap()
    finger.get_by_role("button", name="深色").tap()  # what the system has: with it from now on
    finger.emulate_media(color_scheme="dark")
    expect(finger.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    assert paper(finger) == DARK


def test_blocked_storage_takes_memory_only(page: Page, base_url: str) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        "  Object.defineProperty(self, name, {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(base_url + CARD)
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    assert paper(page) == DARK
    page.get_by_role("button", name="搜索").first.click()
    page.locator(QUERY).fill("不支持花呗")
    expect(page.locator("#found .kb-hit").first).to_be_visible()


# Folded parts and their notes


def test_a_note_says_its_source_and_opens_where_it_stands(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    mark = page.locator(".footnote-ref").first
    note = mark.get_attribute("href")
    said = page.locator(f"[id='{note.removeprefix('#')}'] p").text_content()
    assert len(mark.get_attribute("title")) > 10 and said.startswith(mark.get_attribute("title"))
    page.goto(base_url + CARD + note)
    expect(page.locator(f"[id='{note.removeprefix('#')}']")).to_be_in_viewport()


# The foot


@PHONE_AND_DESK
@pytest.mark.parametrize("path", ["", CARD, "ask/huabei/", "about/sources/"])
def test_every_page_ends_with_the_ways_out(path: str, page: Page, base_url: str) -> None:
    page.goto(base_url + path)
    ways = page.locator(".md-footer").get_by_role("link")
    expect(ways).to_have_text(["一步步查", "没解决怎么办", "贴在收银台", "客服回复台", "关于本手册"])
    assert all(area(way)["height"] >= 24 for way in ways.all())
