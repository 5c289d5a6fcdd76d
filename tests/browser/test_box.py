"""The box as fingers use it: tap, type, compose, paste, Enter, back, forward, rotate, enlarge, no network."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.conftest import area

CARD = "causes/credit-disabled/"
BOX = "#q"
ANSWERS = "#found [data-answer]:not([data-answer=ASK])"
TITLE = "#found .kb-hit__title"
ASK = "#found [data-answer=ASK]"
CHIPS = "#found .kb-fact"
DOES_NOT_WORK = "花呗扫不了"


def names(page: Page) -> list[str | None]:
    return [row.get_attribute("data-answer") for row in page.locator(ANSWERS).all()]


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def compose(page: Page, text: str) -> None:
    """Type with an input method: letters under composition, then the words."""
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "hua'bei", "selectionStart": 7, "selectionEnd": 7})
    client.send("Input.insertText", {"text": text})


def wait_for(page: Page, is_true: Callable[[], bool]) -> None:
    """Wait up to fifteen seconds; the page's policy forbids to evaluate text in it."""
    for _ in range(750):
        if is_true():
            return
        page.wait_for_timeout(20)
    raise AssertionError


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_then_facts_then_back_and_forth(finger: Page, base_url: str) -> None:
    """One case on the home page: every step is in the address, and each way back leads to what was there."""
    finger.goto(base_url)
    finger.locator(BOX).tap()
    expect(finger.locator(BOX)).to_be_focused()
    finger.keyboard.type(DOES_NOT_WORK)
    options = finger.locator(f"{ASK} button")
    expect(options.first).to_be_visible()
    assert asked(finger) == {"q": [DOES_NOT_WORK]}
    assert 3 <= options.count() <= 6
    before = names(finger)
    assert 3 <= len(before) <= 5

    finger.locator(ASK).get_by_role("button", name="不支持花呗").tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    assert asked(finger)["fact"] == ["screen.unsupported"]
    assert names(finger) != before
    expect(options.first).to_be_visible()
    finger.locator(ASK).get_by_role("button", name="不清楚").tap()
    expect(finger.locator(CHIPS)).to_have_count(2)
    finger.get_by_role("button", name=re.compile("^试过了")).first.tap()
    expect(finger.locator(CHIPS)).to_have_count(3)
    expect(finger.locator(CHIPS).last).to_contain_text("试过没好")
    finger.locator(CHIPS).nth(1).get_by_role("button").tap()
    expect(finger.locator(CHIPS)).to_have_count(2)
    assert asked(finger)["fact"] == ["screen.unsupported"] and asked(finger)["tried"]
    said, shown = finger.url, names(finger)

    finger.locator(TITLE).last.scroll_into_view_if_needed()
    scrolled = finger.evaluate("scrollY")
    finger.locator(TITLE).last.tap()
    finger.wait_for_url(lambda url: "fact=" not in url)
    assert "h=" not in finger.url
    finger.go_back()
    expect(finger.locator(CHIPS)).to_have_count(2)
    assert (finger.url, names(finger)) == (said, shown)
    wait_for(finger, lambda: abs(finger.evaluate("scrollY") - scrolled) < 60)
    finger.reload()
    expect(finger.locator(CHIPS)).to_have_count(2)
    assert names(finger) == shown
    for _ in range(5):  # the words, two facts, one that did not help, one taken back
        finger.go_back()
    expect(finger.locator(".kb-strip").first).to_be_visible()
    assert finger.url == base_url and not names(finger)
    expect(finger.locator(BOX)).to_have_value("")
    for _ in range(5):
        finger.go_forward()
    expect(finger.locator(CHIPS)).to_have_count(
        2
    )  # as the third of the five steps has, which is on its way out
    wait_for(finger, lambda: names(finger) == shown)


def test_an_address_shows_what_was_shown(finger: Page, browser: Browser, base_url: str) -> None:
    finger.goto(f"{base_url}{CARD}?h=旧的")
    finger.get_by_role("button", name="搜索").tap()
    compose(finger, DOES_NOT_WORK)
    finger.locator(f"{ASK} button").first.tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    assert "h=" not in finger.url
    finger.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finger.get_by_role("button", name="复制这次搜索的链接").tap()
    expect(finger.get_by_text("已复制链接")).to_be_visible()
    copied = finger.evaluate("navigator.clipboard.readText()")
    assert copied == finger.url
    other = browser.new_page()
    other.goto(copied)
    expect(other.locator(CHIPS)).to_have_count(1)
    assert names(other) == names(finger)
    other.close()


@pytest.mark.parametrize("page", ["phone-dark", "desktop-light"], indirect=True)
@pytest.mark.parametrize("path", ["", CARD])
def test_composed_pasted_cleared(path: str, page: Page, base_url: str) -> None:
    page.goto(base_url + path)
    page.wait_for_load_state("networkidle")
    if path and page.viewport_size["width"] < 500:
        page.get_by_role("button", name="搜索").click()
    page.locator(BOX).click()
    if path:
        expect(page.locator("#found-empty").get_by_role("link").first).to_be_visible()
    compose(page, "支付中")
    expect(page.locator(ANSWERS).first).to_have_attribute("data-answer", "SAYS:paying")
    expect(page.locator(ANSWERS).first).to_contain_text("不要再扫")
    assert asked(page) == {"q": ["支付中"]}
    page.locator(BOX).select_text()
    page.keyboard.insert_text("ACQ.SYSTEM_ERROR 是什么")
    expect(page.locator(ANSWERS).first).to_have_attribute("data-answer", "CODE:ACQ.SYSTEM_ERROR")
    assert page.locator(ANSWERS).first.locator("[data-action]").count() == 1
    wait_for(page, lambda: fits(page))  # the dialog slides in
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.get_by_role("button", name="清空").click()
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")
    assert not names(page) and asked(page) == {}
    expect(page.locator("#found-status")).to_have_text("")


def test_enter_on_touch_keeps_the_list_unless_the_words_name_something(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.locator(BOX).tap()
    finger.keyboard.type(DOES_NOT_WORK)
    expect(finger.locator(ANSWERS).first).to_be_visible()
    finger.keyboard.press("Enter")
    expect(finger.locator(BOX)).not_to_be_focused()
    finger.wait_for_timeout(200)
    assert asked(finger) == {"q": [DOES_NOT_WORK]} and names(finger)
    finger.locator(BOX).fill("bbs11112")
    finger.locator(BOX).press("Enter")
    finger.wait_for_url("**/codes/#bbs11112")


@pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
def test_enter_at_a_desk_opens_the_first_row(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    page.wait_for_load_state("networkidle")
    page.locator(BOX).click()
    page.keyboard.insert_text("怎么开通花呗收款")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: CARD not in url)
    assert "q=" not in page.url and "h=" not in page.url


def test_the_dialog_closes_by_back_and_opens_again_where_it_was(finger: Page, base_url: str) -> None:
    finger.goto(base_url + CARD, wait_until="networkidle")
    dialog = finger.get_by_role("dialog")
    finger.get_by_role("button", name="搜索").tap()
    expect(finger.locator(BOX)).to_be_focused()
    expect(dialog.get_by_role("link", name="支付中")).to_be_in_viewport()
    finger.evaluate("history.back()")  # in line behind the entry just added, as a finger is
    expect(finger.locator(BOX)).not_to_be_in_viewport()
    assert finger.url == base_url + CARD
    finger.go_forward()
    expect(finger.locator(BOX)).to_be_in_viewport()
    finger.keyboard.type("花呗付不了")
    expect(finger.locator(ANSWERS).first).to_be_visible()
    scroll = finger.locator("[data-scroll]")
    wait_for(finger, lambda: scroll.evaluate("list => (list.scrollTo(0, 120), list.scrollTop)") > 0)
    said, shown = finger.url, names(finger)
    finger.locator(TITLE).nth(3).tap()
    finger.wait_for_url(lambda url: url != said)
    finger.go_back()
    expect(finger.locator(TITLE).nth(3)).to_be_in_viewport()
    assert (finger.url, names(finger)) == (said, shown)
    scrolled = finger.evaluate("history.state.scroll")
    assert scrolled > 0
    wait_for(finger, lambda: abs(scroll.evaluate("e => e.scrollTop") - scrolled) < 2)
    expect(finger.locator(BOX)).not_to_be_focused()
    finger.keyboard.press("Tab")
    finger.go_back()
    expect(finger.locator(BOX)).not_to_be_in_viewport()
    assert finger.url == base_url + CARD


def test_what_is_typed_before_the_scripts_arrive_is_answered(finger: Page, base_url: str) -> None:
    held: list[Route] = []
    finger.route("**/box/box.js", lambda route: held.append(route))
    finger.goto(base_url, wait_until="commit")
    finger.locator(BOX).tap()
    finger.keyboard.type("付款码无效")
    while not held:
        finger.wait_for_timeout(20)
    held[0].continue_()
    expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", "SAYS:code-invalid")
    expect(finger.locator(BOX)).to_have_value("付款码无效")


@pytest.mark.parametrize("words", ["199提额", "提额199"])
def test_bare_words_of_a_swindle_meet_the_warning_first(words: str, finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}?q={words}")
    first = finger.locator("#found [data-answer]").first
    expect(first).to_have_attribute("data-answer", "ELSEWHERE:scam")
    expect(first).to_have_attribute("data-light", "red")


@pytest.mark.parametrize(
    ("words", "customer", "shop"),
    [
        ("关花呗", "ELSEWHERE:close-own", "R33"),
        ("花呗怎么关", "ELSEWHERE:close-own", "R33"),
        ("没到账", "R35", "R42"),
    ],
)
def test_bare_words_are_asked_whose_they_are(
    words: str, customer: str, shop: str, finger: Page, base_url: str
) -> None:
    for label, right in (("我是顾客，来付钱的", customer), ("我是店家，来收钱的", shop)):
        finger.goto(f"{base_url}?q={words}")
        first = finger.locator("#found [data-answer]").first
        expect(first).to_have_attribute("data-answer", "ASK")
        finger.get_by_role("button", name=label).tap()
        expect(first).to_have_attribute("data-answer", right)


def test_a_lost_network_says_so_and_nothing_else(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.wait_for_load_state("networkidle")
    finger.context.set_offline(True)
    finger.locator(BOX).tap()
    finger.keyboard.insert_text("多扣了手续费")  # at once: no second question is under way
    expect(finger.locator("#found")).to_have_text("网络断了，没有查到。再试一次一步步查")
    finger.context.set_offline(False)
    finger.get_by_role("button", name="再试一次").tap()
    expect(finger.locator(ANSWERS).first).to_be_visible()
    assert "网络断了" not in finger.locator("#found").inner_text()


SWALLOW = """{
  const Real = Worker;
  self.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      let early = false;
      this.addEventListener("message", (event) => {
        if (early && !self.lost) {
          self.lost = true;
          event.stopImmediatePropagation();
        }
        early = event.data.more;
      });
    }
  };
}"""
"""The reply that completes the first answer never comes, as from a worker that the phone has ended."""


def test_an_answer_outlives_a_second_reply_that_never_comes(finger: Page, base_url: str) -> None:
    finger.add_init_script(SWALLOW)
    finger.clock.install()
    finger.goto(base_url)
    finger.locator(BOX).tap()
    finger.keyboard.insert_text("手续费比说好的高")
    expect(finger.locator(ANSWERS).first).to_be_visible()
    before = finger.locator("#found").inner_text()
    finger.wait_for_function("() => self.lost")
    finger.clock.fast_forward(20_000)
    finger.wait_for_timeout(300)
    assert finger.locator("#found").inner_text() == before, "what has come stays"
    finger.locator(BOX).fill("付款码无效")
    expect(finger.locator("#found [data-light=green]").first).to_be_visible()


@pytest.mark.parametrize("query", ["手续费多扣了", "顾客花呗付不了", "信用卡刷不了", "换了机器"])
def test_what_a_row_says_and_its_way_on_are_whole(query: str, finger: Page, base_url: str) -> None:
    """Neither is cut, nor does one cover the other."""
    finger.goto(f"{base_url}?q={query}")
    expect(finger.locator(ANSWERS).nth(1)).to_be_visible()
    cut = finger.locator(".kb-hit__says, .kb-hit__action").evaluate_all(
        """all => all.filter(e => e.scrollWidth > e.clientWidth + 1 ||
             e.getBoundingClientRect().right > innerWidth).map(e => e.textContent)"""
    )
    assert cut == []
    for foot in finger.locator(".kb-hit__foot").all():
        says, ways = area(foot.locator(".kb-hit__says")), foot.locator(".kb-hit__action")
        body = area(foot.locator("xpath=preceding-sibling::*[1]"))
        assert says["y"] >= body["y"] + body["height"] - 1
        assert not ways.count() or area(ways)["height"] >= 44


@pytest.mark.parametrize("words", ["扫码失败", "付款码"])
def test_bare_words_of_a_scan_are_asked_what_the_screen_says(words: str, finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}?q={words}")
    first = finger.locator("#found [data-answer]").first
    expect(first).to_have_attribute("data-answer", "ASK")
    finger.get_by_role("button", name="付款码无效、获取信息失败").tap()
    expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", "C07")


def test_nothing_below_a_stop_says_to_try_again(finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}?q=屏幕一直转，显示支付中")
    rows = finger.locator(ANSWERS)
    expect(rows.first).to_have_attribute("data-light", "red")
    expect(finger.locator("#found [data-light=green]")).to_have_count(0)
    finger.goto(f"{base_url}?q=付款码无效")
    expect(finger.locator("#found [data-light=green]").first).to_be_visible()


def test_amount_and_fee_open_the_calculator_filled(finger: Page, base_url: str) -> None:
    finger.goto(base_url)
    finger.locator(BOX).tap()
    finger.keyboard.type("30580 917.34")
    row = finger.locator(ANSWERS)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("扣 917.34 元")  # not yet what stood there while it was typed
    row.locator("[data-action]").tap()
    expect(finger.locator("#fee-amount")).to_have_value("30580")
    expect(finger.locator("#fee-deducted")).to_have_value("917.34")
    finger.locator("#fee-rate").fill("0.63")
    finger.get_by_role("button", name="算一算").tap()
    expect(finger.locator("[data-calculator]")).to_contain_text("724.69")


def test_facts_outweigh_words(finger: Page, base_url: str) -> None:
    """A card whose asks have all that was typed gives way when facts speak against it."""
    finger.goto(f"{base_url}?q=不支持该交易")
    expect(finger.locator(ANSWERS).first).to_be_visible()
    assert names(finger)[0] == "C08"
    finger.goto(f"{base_url}?q=不支持该交易&fact=balance.ok&fact=before.never")
    expect(finger.locator(CHIPS)).to_have_count(2)
    expect(finger.locator(ANSWERS).first).to_contain_text("没有开通")
    assert "C08" not in names(finger)[:3]


@pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
def test_unproven_causes_come_last_unless_named(page: Page, base_url: str) -> None:
    page.goto(base_url)
    for words in ("花呗扫不了", "扫花呗失败", "花呗收不了", "花呗刷不了"):
        page.locator(BOX).fill("")
        expect(page.locator(ANSWERS)).to_have_count(0)
        page.locator(BOX).fill(words)
        expect(page.locator(ANSWERS).first).to_be_visible()
        rows = page.locator(ANSWERS).all_inner_texts()
        unproven = ["未见证据" in row for row in rows]
        assert rows and unproven == sorted(unproven), words
    page.locator(BOX).fill("系统架构差异")
    expect(page.locator(ANSWERS).first).to_contain_text("未见证据")


@pytest.mark.parametrize("path", ["codes/", "404.html"])
def test_other_pages_have_the_same_box(path: str, finger: Page, root_url: str) -> None:
    finger.goto(root_url + path)
    finger.locator(BOX).tap()
    finger.keyboard.type("BBS11112是什么意思")
    expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", "CODE:BBS11112")
    finger.locator(BOX).fill("番茄炒蛋先放哪个")
    expect(finger.locator("[data-none]")).to_contain_text("没有找到“番茄炒蛋先放哪个”")
    finger.locator(BOX).fill("花呗怎么还款")
    expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", re.compile("^ELSEWHERE:"))
    assert fits(finger)


@pytest.mark.parametrize("path", ["", "codes/"])
def test_a_code_is_itself_or_not_here(path: str, finger: Page, base_url: str) -> None:
    """Read out, with a slip, in a sentence; two digits that nobody listed are not answered by others."""
    finger.goto(base_url + path)
    for words in ("五八", "58", "机器显示５８"):
        finger.locator(BOX).fill(words)
        expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", "CODE:58")
    for words in ("机器显示05", "零五", "05"):
        finger.locator(BOX).fill(words)
        expect(finger.locator("[data-none]")).to_contain_text("没有收录“05”")
        assert names(finger) == []
    if not path:
        finger.get_by_role("link", name="看错误码页").tap()
        finger.wait_for_url("**/codes/?q=05")
    expect(finger.locator("[data-filter-status]")).to_contain_text("没有收录这个码")
    for words in ("五八", "BBS。111O5", "bbs lll05"):
        finger.locator(BOX).fill(words)
        expect(finger.locator("[data-filter-status]")).to_have_text("找到 1 条")


def test_rows_are_low_and_easy_to_hit(finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}?q={DOES_NOT_WORK}")
    expect(finger.locator(ASK)).to_be_visible()
    rows = finger.locator("#found .kb-hit")
    assert rows.count() >= 4
    for row in rows.all()[1:]:
        says, way = area(row.locator(".kb-hit__says")), area(row.locator(".kb-hit__action"))
        low = 112 if way["y"] < says["y"] + says["height"] - 10 else 134  # where the way on has its own line
        assert area(row)["height"] <= low, "three lines, lest the point of a summary be cut, and one"
        assert area(row.locator("[data-action]"))["height"] >= 44
    last = rows.last
    title = last.locator(".kb-hit__title").get_attribute("href")
    last.tap(position={"x": 150, "y": 28})  # on the words below the title
    finger.wait_for_url(title)
    finger.goto(f"{base_url}?q=店里给顾客退款怎么退")
    expect(finger.locator(ANSWERS).first).to_have_attribute("data-answer", "R34")


def test_facts_in_any_order_beside_the_diagnosis(finger: Page, base_url: str) -> None:
    """From a page of the diagnosis to the box and, where there is a page for what is said, back."""
    finger.goto(base_url + "ask/huabei/screen.unsupported/")
    finger.locator(".kb-option").first.tap()
    finger.wait_for_url(re.compile(r"/ask/huabei/[^/]+/[^/]+/$"))
    finger.get_by_role("link", name="换个次序答").tap()
    expect(finger.locator(CHIPS)).to_have_count(2)
    before = names(finger)
    finger.locator(".kb-others summary").tap()
    finger.locator(".kb-others button").first.tap()
    finger.locator(f"{ASK} button").first.tap()
    expect(finger.locator(CHIPS)).to_have_count(3)
    others = finger.locator(CHIPS).filter(has_not_text="屏幕")
    others.first.get_by_role("button").tap()
    expect(finger.locator(CHIPS)).to_have_count(2)
    assert names(finger) != before
    others.first.get_by_role("button").tap()
    expect(finger.locator(CHIPS)).to_have_count(1)
    finger.get_by_role("link", name="按这些回答").tap()
    finger.wait_for_url("**/ask/huabei/screen.unsupported/")


def test_turned_and_enlarged(finger: Page, base_url: str) -> None:
    finger.goto(f"{base_url}{CARD}?q={DOES_NOT_WORK}")
    expect(finger.locator(f"{ASK} button").first).to_be_visible()
    shown = names(finger)
    for size in ({"width": 720, "height": 360}, {"width": 320, "height": 568}):
        finger.set_viewport_size(size)
        expect(finger.locator(TITLE).first).to_be_visible()
        wait_for(finger, lambda: names(finger) == shown and fits(finger))
    finger.evaluate("document.documentElement.style.webkitTextSizeAdjust = '200%'")
    finger.evaluate("document.documentElement.dataset.large = ''")
    for target in finger.locator("#found :is(button, [data-action]):visible").all():
        assert area(target)["height"] >= 44
    assert fits(finger)


def test_what_a_first_view_and_a_cold_query_fetch(page: Page, base_url: str) -> None:
    """Bytes as a server that compresses sends them: the engine once, which the worker has from the page."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(base_url)
    page.wait_for_load_state("networkidle")
    view = sum(len(gzip.compress(response.body())) for response in responses)
    assert view <= 90_000
    responses.clear()
    page.locator(BOX).fill(DOES_NOT_WORK)
    expect(page.locator(ASK)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(responses) <= 14
    sent = {response.url: response.body() for response in responses}
    assert sum(len(gzip.compress(body)) for body in sent.values()) <= 40_000
