"""What a shop owner and a customer met on a phone of 360 × 740, each in one visit of a page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.conftest import VIEWS, area

BOX = "#q"
ROWS = "#found .kb-hit"
ASK = "#found [data-answer=ASK]"
CHIPS = "#found .kb-fact"
DOES_NOT_WORK = "花呗扫不了"
HEIGHT = VIEWS["phone-light"]["viewport"]["height"]
ROOM = """input => {
  const style = getComputedStyle(input), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return room - pen.measureText(input.placeholder).width;
}"""


def bottom(page: Page, selector: str) -> float:
    box = area(page.locator(selector).first)
    return box["y"] + box["height"]


def test_the_first_answer_is_seen_and_every_step_can_be_taken_back(finger: Page, base_url: str) -> None:
    finger.goto(base_url + "says/")
    finger.goto(base_url)
    finger.locator(BOX).tap()
    finger.keyboard.type(DOES_NOT_WORK)
    expect(finger.locator(ASK)).to_be_visible()
    assert bottom(finger, ROWS) < area(finger.locator(ASK))["y"] < HEIGHT
    more = finger.locator(ASK).get_by_role("button", name=re.compile("^再看 . 个$"))
    unknown = finger.locator(ASK).get_by_role("button", name="不清楚 / 没法试")
    looks = [b.evaluate("b => getComputedStyle(b).border + b.style.color") for b in (more, unknown)]
    option = finger.locator(f"{ASK} button").first
    assert len({*looks, option.evaluate("b => getComputedStyle(b).border + b.style.color")}) == 3

    option.tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    finger.locator(f"{ASK} button").first.tap()
    expect(finger.locator(CHIPS)).to_have_count(2)
    for left in (1, 0):
        finger.go_back()
        expect(finger.locator(CHIPS)).to_have_count(left)
        assert parse_qs(urlsplit(finger.url).query)["q"] == [DOES_NOT_WORK]
    finger.locator(f"{ASK} button").first.tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    finger.get_by_role("button", name="清空").tap()
    expect(finger.locator(".kb-strip").first).to_be_visible()
    assert finger.url == base_url
    finger.go_back()
    finger.wait_for_url("**/says/")


def test_the_box_asks_no_more_than_it_needs(finger: Page, base_url: str) -> None:
    """Not what the words say, nothing where it decides nothing; and what did not help makes way."""
    finger.goto(f"{base_url}?q=昨天扫花呗跳出来商户异常是怎么回事")
    expect(finger.locator(ROWS).first).to_be_visible()
    assert "屏幕上写着什么" not in finger.locator("#found").inner_text().split("先答别的")[0]
    finger.goto(f"{base_url}?q=花呗怎么还款")
    row = finger.locator("#found [data-answer^=ELSEWHERE]")
    expect(row.get_by_role("link")).to_have_count(1)
    expect(finger.locator("#found-status")).to_have_text(f"最像的 {finger.locator(ROWS).count()} 条")
    expect(finger.locator(ASK)).to_have_count(0)
    finger.goto(f"{base_url}?q={DOES_NOT_WORK}")
    first = finger.locator(ROWS).first.get_attribute("data-answer")
    finger.get_by_role("button", name=re.compile("^试过了")).first.tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    assert finger.locator(ROWS).first.get_attribute("data-answer") != first


def test_a_customer_is_answered_as_one(finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}?q=这家店为啥用不了花呗&fact=asker.customer")
    expect(finger.locator(CHIPS)).to_have_count(1)
    expect(finger.locator(ROWS).first).to_have_attribute("data-answer", "R31")
    assert finger.locator(f"{ROWS} ~ {ROWS.split()[1]} .kb-hit__action").count() <= 1
    finger.goto(base_url + "remedies/where-huabei-works/")
    assert "店里可以这样说" not in finger.locator(".kb-answer").inner_text()
    finger.goto(base_url)
    finger.get_by_role("button", name="菜单").tap()
    finger.locator(".kb-menu").get_by_role("link", name="你是顾客").tap()
    finger.wait_for_url("**/remedies/where-huabei-works/")


def test_three_numbers_of_a_sentence_are_calculated(finger: Page, base_url: str) -> None:
    for words, agreed in (
        ("收30580元扣917.34元约定0.6%", "0.6%"),
        ("收30580扣了917.34说好千分之六", "千分之六"),
    ):
        finger.goto(base_url)
        finger.locator(BOX).tap()
        finger.keyboard.type(words)
        expect(finger.locator(ROWS).first).to_contain_text(f"约定 {agreed}")
        finger.locator(f"{ROWS} [data-action]").tap()
        expect(finger.locator("[data-headline]")).to_have_text("多扣了 733.86 元。")
        expect(finger.locator("#fee-rate")).to_have_value(agreed)
    claim, findings = finger.get_by_role("link", name="把钱要回来"), finger.locator("[data-findings]")
    assert area(claim)["y"] >= bottom(finger, "[data-findings]"), "first what it is like, then the money"
    expect(findings).to_be_in_viewport()

    finger.get_by_label("一个月合计的").check()
    expect(finger.locator("#fee-floor")).to_be_hidden()
    finger.locator("#fee-rate").fill("百分之零点六")
    finger.get_by_role("button", name="算一算").tap()
    expect(findings).to_contain_text("等效费率 2.9998%，约定 0.6%")
    expect(finger.locator("[data-headline]")).to_have_text("合计比按费率算的多 733.86 元。")
    assert "/笔" not in findings.inner_text() and findings.get_by_role("link").count() == 0
    assert "【起始日】到【截止日】合计" in finger.locator("[data-report]").input_value()
    finger.locator("#fee-deducted").fill("183.90")
    finger.get_by_role("button", name="算一算").tap()
    expect(finger.locator("[data-headline]")).to_have_text("没有多扣。")
    expect(claim).to_be_hidden()
    claim_page = f"{base_url}?q=一个月收3万扣1200手续费说好千分之六"
    finger.goto(claim_page)
    finger.locator(f"{ROWS} [data-action]").tap()
    expect(finger.get_by_label("一个月合计的")).to_be_checked()
    finger.get_by_role("link", name="把钱要回来").tap()
    finger.wait_for_url("**/remedies/claim-refund/")


def test_a_code_is_seen_with_its_name(finger: Page, base_url: str) -> None:
    finger.goto(base_url + "codes/#acq.trade_has_close")
    row = finger.locator("[id='acq.trade_has_close']")
    expect(row.get_by_role("button")).to_be_visible()
    finger.wait_for_timeout(300)
    assert area(row.locator("h3"))["y"] >= bottom(finger, ".kb-filter")
    assert area(row.locator("p"))["width"] > 300
    expect(finger.locator(".kb-segments")).to_be_visible()
    finger.goto(base_url + "codes/?q=41+zhongguo")
    expect(finger.locator("[data-filter-status]")).to_have_text("码表里没有这一条")
    expect(finger.locator(".kb-segments")).to_be_hidden()


def test_a_sentence_is_shown_and_copied(finger: Page, base_url: str) -> None:
    finger.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finger.goto(base_url + "causes/credit-disabled/")
    finger.get_by_role("button", name="给顾客看").tap()
    shown = finger.get_by_role("dialog", name="给顾客看")
    assert area(shown) == {"x": 0, "y": 0, "width": 360, "height": HEIGHT}
    expect(shown.locator("p")).to_have_text(re.sub("[“”]", "", finger.locator(".kb-say q").inner_text()))
    assert shown.locator("p").evaluate("p => parseFloat(getComputedStyle(p).fontSize)") > 36
    expect(shown.get_by_role("button")).to_be_focused()
    assert shown.get_by_role("button").evaluate("b => parseFloat(getComputedStyle(b).fontSize)") >= 16
    shown.tap(position={"x": 30, "y": 30})
    expect(shown).to_have_count(0)
    finger.get_by_role("button", name="给顾客看").tap()
    finger.go_back()
    expect(shown).to_have_count(0)
    finger.get_by_role("button", name="给顾客看").tap()
    finger.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    finger.wait_for_function("() => !history.state?.shown")
    assert "causes/credit-disabled/" in finger.url
    bar = finger.locator(".kb-bar")
    before = area(bar)
    bar.get_by_role("button", name="复制要点").tap()
    expect(bar.get_by_role("status")).to_have_text("已复制要点")
    assert area(bar) == before
    bar.get_by_role("link", name="没好，下一步").tap()
    ways = finger.locator(".kb-unsolved a")
    expect(ways.first).to_be_in_viewport()
    assert ways.count() >= 3  # a cause, the diagnosis, whom to ask


def test_large_text_has_room_for_what_matters(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    assert finger.locator(BOX).evaluate(ROOM) >= 0
    finger.get_by_role("button", name="大字").tap()
    expect(finger.get_by_role("button", name="平常字")).to_be_visible()
    assert finger.locator(BOX).evaluate(ROOM) >= 0
    expect(finger.locator(".kb-dark:visible")).to_be_in_viewport(ratio=1)
    expect(finger.locator(".kb-prompt").first).to_be_in_viewport(ratio=1)
    finger.locator(BOX).fill(DOES_NOT_WORK)
    expect(finger.locator(f"{ROWS} .kb-hit__title").first).to_be_in_viewport(ratio=1)
    assert finger.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_and_telephone(browser: Browser, base_url: str) -> None:
    """WeChat prints nothing: it is said so. Who looks for a number is told first where it stands."""
    page = browser.new_page(**VIEWS["phone-light"], user_agent="Mozilla/5.0 MicroMessenger/8.0")
    page.goto(base_url + "till/")
    expect(page.locator("[data-print]")).to_contain_text("微信里打印不了")
    assert (
        "顾客在等？"
        in page.locator(".kb-band--after-fix, .kb-band:has(.kb-light--after-fix)").first.inner_text()
    )
    page.emulate_media(media="print")
    links = page.locator(".kb-sheet a").all()
    assert {link.evaluate("a => getComputedStyle(a).textDecorationLine") for link in links} == {"none"}
    page.emulate_media(media="screen")
    page.goto(base_url + "about/contact/")
    first = page.locator(".md-content p").first
    expect(first).to_contain_text("看机身标签")
    expect(first).to_be_in_viewport(ratio=1)
    page.close()
