"""Through the real box, in Chromium: what a reader types and what comes up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

BOX = "#q"
ROWS = "#found .kb-hit"
TITLE = f"{ROWS} .kb-hit__title"
META = "#found-status"

FIRST = {
    "word": ("信用类渠道", "收单侧关掉了信用类渠道"),
    "part of a word": ("用类", "收单侧关掉了信用类渠道"),
    "pinyin": ("fukuanma shixiao", "付款码失效"),
    "initials": ("fkmsx", "付款码失效"),
    "pinyin with Han": ("fukuanma 失效", "付款码失效"),
    "traditional": ("付款碼失效", "付款码失效"),
    "homophone": ("付宽码失效", "付款码失效"),
    "full width id": ("Ｃ２０", "收单侧关掉了信用类渠道"),
    "id": ("c20", "收单侧关掉了信用类渠道"),
    "code": ("ACQ.PAYMENT_AUTH_CODE_INVALID", "ACQ.PAYMENT_AUTH_CODE_INVALID 付款码无效"),
    "code, lower case": ("acq.payment_auth_code_invalid", "ACQ.PAYMENT_AUTH_CODE_INVALID 付款码无效"),
    "code with spaces": ("auth code invalid", "ACQ.PAYMENT_AUTH_CODE_INVALID 付款码无效"),
    "half a code": ("SYSTEM_ERR", "ACQ.SYSTEM_ERROR 系统错误"),
    "prompt": ("当前交易不支持花呗", "收单侧关掉了信用类渠道"),
    "sentence": ("我明明开通了花呗收款，顾客怎么还是付不了呢", "已开通，但这一笔被系统拦下"),
    "negation": ("花呗收款怎么都开通不了", "开通不了：暂不符合条件"),
    "markup in a title": ("超过商户收款额度", "超过商户收款额度 <b>& 限额</b>"),
}


def search(page: Page, address: str, query: str) -> None:
    page.goto(address)
    page.locator(BOX).focus()
    page.keyboard.insert_text(query)
    page.locator(ROWS).first.wait_for()


@pytest.mark.parametrize(("query", "title"), FIRST.values(), ids=FIRST.keys())
def test_first_result(page: Page, address: str, query: str, title: str):
    search(page, address, query)
    expect(page.locator(TITLE).first).to_have_text(title)


def test_rows_say_kind_and_owner_and_count_is_announced(page: Page, address: str):
    search(page, address, "信用类渠道")
    expect(page.locator(ROWS).first.locator(".kb-hit__says")).to_have_text("原因 · 拉卡拉的问题")
    expect(page.locator(f'{META}[role="status"]')).to_have_text(re.compile("最像的 [0-9]+ 条"))


@pytest.mark.parametrize("saves", [False, True])
def test_the_engine_is_fetched_when_idle_unless_bytes_cost(page: Page, address: str, saves: bool):
    connection = f"{{saveData: {str(saves).lower()}, effectiveType: '4g'}}"
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {connection}}})")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("engine.js") for url in asked) != saves
    assert not [url for url in asked if re.search(r"\.bin$|/f\d+\.json$", url)]
    search(page, address, "付款码")


@pytest.mark.parametrize(("query", "fetched"), [("付款码老是提示无效怎么办", False), ("付款碼无效", True)])
def test_the_traditional_table_is_fetched_for_unknown_characters(
    page: Page, address: str, query: str, fetched: bool
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, address, query)
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("traditional.json") for url in asked) == fetched


def test_no_query_while_composing(page: Page, address: str):
    page.goto(address)
    page.locator(BOX).focus()
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "hua'bei", "selectionStart": 7, "selectionEnd": 7})
    page.keyboard.up("i")
    page.wait_for_timeout(300)
    assert page.locator(ROWS).count() == 0 and "?" not in page.url
    session.send("Input.insertText", {"text": "花呗"})
    page.locator(ROWS).first.wait_for()


def test_paste_without_a_key_searches(page: Page, address: str):
    page.goto(address)
    page.locator(BOX).evaluate(
        """box => {
            box.focus();
            box.value = '付款码';
            box.dispatchEvent(new InputEvent('input', {bubbles: true}));
        }"""
    )
    expect(page.locator(TITLE).first).to_have_text("付款码失效")


def test_keyboard_alone_reaches_a_row(page: Page, address: str):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text("调亮屏幕")
    page.locator(ROWS).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("payment-code-expired"))


def test_what_is_in_a_section_leads_there(page: Page, address: str):
    search(page, address, "调亮屏幕")
    row = page.locator(ROWS).first
    expect(row.locator("mark")).to_have_text("调亮屏幕")
    row.get_by_role("link", name="怎么办").click()
    page.wait_for_url("**/payment-code-expired/#fix")


@pytest.mark.parametrize("query", ["C07", "付款码无效", "acq.payment_auth_code_invalid"])
def test_enter_at_once_goes_to_the_card(page: Page, address: str, query: str):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator(BOX).focus()
    page.keyboard.insert_text(query)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"payment-code-expired|codes/.*#acq\.payment_auth_code_invalid"))


def test_enter_waits_for_an_index_that_is_late(page: Page, address: str):
    held: list[Route] = []
    page.route("**/place.json", lambda route: held.append(route))
    page.goto(address)
    while not held:
        page.wait_for_timeout(20)
    page.locator(BOX).focus()
    page.keyboard.insert_text("C07")
    page.keyboard.press("Enter")
    expect(page.locator(META)).to_have_text("正在找…")
    held[0].continue_()
    page.wait_for_url(re.compile("payment-code-expired"))


def test_enter_on_nothing_found_stays(page: Page, address: str):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator(BOX).focus()
    page.keyboard.insert_text("ξψω")
    page.keyboard.press("Enter")
    expect(page.locator("[data-none]")).to_contain_text("没有找到")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.split("?")[0] == address


def test_query_in_the_address_opens_results(page: Page, address: str):
    page.goto(f"{address}?q=付款码失效")
    expect(page.locator(TITLE).first).to_have_text("付款码失效")


@pytest.mark.parametrize("query", ["ξψω", "xyzzyq", "zzzzzz", "番茄炒蛋好吃吗"])
def test_empty_state_says_so_and_offers_the_diagnosis(page: Page, address: str, query: str):
    page.goto(f"{address}?q={query}")
    expect(page.locator("[data-none]")).to_contain_text(f"这里只讲付款，没有找到“{query}”")
    page.locator("[data-none] a").click()
    page.wait_for_url(re.compile("/ask/"))


def test_what_is_answered_elsewhere_comes_first_and_says_where(page: Page, address: str):
    search(page, address, "花呗哪天还款")
    row = page.locator(ROWS).first
    expect(row).to_have_attribute("data-answer", "ELSEWHERE:repay")
    expect(row).to_contain_text("请在支付宝里问")


def test_cause_and_its_remedy_are_one_result(page: Page, address: str):
    search(page, address, "付款码老是提示无效")
    expect(page.locator(TITLE).first).to_have_text("付款码失效")
    assert "重新打开付款码" not in page.locator(TITLE).all_inner_texts()


@pytest.mark.parametrize(
    "query", ["扫码时屏幕上写着acq system error 怎么办", "提示ACQ.SYSTEM_ERR0R", "ACQ SYSTEM_ERROR"]
)
def test_a_code_anywhere_in_a_sentence_comes_first(page: Page, address: str, query: str):
    search(page, address, query)
    expect(page.locator(TITLE).first).to_have_text("ACQ.SYSTEM_ERROR 系统错误")


def test_works_offline_after_the_first_query(page: Page, address: str):
    search(page, address, "付款码")
    page.context.set_offline(True)
    page.locator(BOX).fill("付款码 ")
    expect(page.locator(TITLE).first).to_have_text("付款码失效")
    page.context.set_offline(False)


@pytest.mark.parametrize("harm", ["missing", "truncated", "foreign"])
def test_broken_shards_give_a_message_and_one_retry(page: Page, address: str, harm: str):
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url)
        if harm == "missing":
            return route.fulfill(status=404)
        body = route.fetch().body()
        return route.fulfill(body=body[: len(body) // 2] if harm == "truncated" else b"0000000000000")

    page.route(re.compile(r"/[lt]\d+\.bin"), answer)
    page.goto(address)
    page.locator(BOX).focus()
    page.keyboard.insert_text("付款码 qr")  # the words alone come with the engine
    expect(page.locator("#found")).to_have_text("网络断了，没有查到。再试一次一步步查")
    expect(page.locator(META)).to_have_text("")
    assert asked and all(asked.count(url) == 2 for url in asked)
    page.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(TITLE).first).to_have_text("付款码失效")
