"""The agents' desk: from a pasted chat to a copied reply; the bar of the case; what is typed stays here."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from kb.content.library import Library
from kb.content.schema import AnswerCard
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_desk import allow_clipboard, clipboard
from tests.conftest import TESTS, area, two_views

DESK = pytest.mark.parametrize("page", ["desktop-light"], indirect=True)
TICKETS = [line.split("\t") for line in (TESTS / "browser/tickets.tsv").read_text("utf-8").splitlines()]
"""A ticket in a customer's words, and the answers that are right for it, written before any was looked up."""

ANSWERS = ".kb-work [data-answer]:not(section)"


def ready(page: Page, base_url: str, rest: str = "") -> None:
    allow_clipboard(page)
    page.goto(f"{base_url}agents/{rest}")
    expect(page.locator("#paste")).to_be_focused()


def paste(page: Page, text: str) -> None:
    """As with the keys: one stroke, one event."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("#paste").press("Control+a")
    page.locator("#paste").press("Control+v")


def said(page: Page) -> str:
    return page.locator("[data-desk-copy] [role=status]").inner_text()


@pytest.fixture(scope="module")
def cards(site: Path) -> list[dict]:
    return json.loads((site / "cards.json").read_text("utf-8"))


@DESK
def test_tickets(page: Page, base_url: str) -> None:
    """The right reply is first for four of five and among three for nearly all; two strokes copy it.

    Enter copies the first, unless the desk advises to ask back.
    """
    ready(page, base_url)
    places, strokes = [], []
    for text, right in TICKETS:
        page.locator("#paste").press("Escape")
        expect(page.locator(ANSWERS)).to_have_count(0)
        paste(page, text)
        expect(page.locator(ANSWERS).first).to_be_visible()
        got = page.locator(ANSWERS).evaluate_all("rows => rows.map(row => row.dataset.answer)")
        place = next((at for at, answer in enumerate(got) if answer in right.split()), 9)
        places.append(place)
        if place > 2:
            continue
        asks = page.get_by_role("button", name="复制追问").is_visible()
        keys = [f"Alt+{place + 1}"] if place or asks else ["Enter"]
        for key in keys:
            page.keyboard.press(key)
        name = got[place] if ":" not in got[place] else "“"
        expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text(f"已复制 {name}")
        copied = clipboard(page)
        assert copied == page.locator("[data-desk-reply]").input_value()
        assert copied.startswith("您好，")
        assert f"/c/{got[place]}/" in copied or ":" in got[place]
        strokes.append(1 + len(keys))
    assert len(TICKETS) >= 40
    assert places.count(0) >= 0.8 * len(TICKETS), places
    assert sum(place < 3 for place in places) >= 0.97 * len(TICKETS), places
    assert max(strokes) <= 3 and statistics.median(strokes) == 2


CHATS = {
    "李姐 09:12\n在吗\n客服 09:13\n请问您有什么问题？\n李姐 09:14\n退不退": "退不退",
    "您好，请问您有什么问题\n人呢？？\n怎么关花呗收款": "怎么关花呗收款",
    "怎么开通花呗": "怎么开通花呗",
    "张三 2026-11-26 10:23:11\n你好\n在吗\n张三 10:23:40\n花呗付不了": "花呗付不了",
    "顾客：花呗付不了\n客服小李：请问显示什么\n顾客：不支持": "花呗付不了 不支持",
    "电话 138 0013 8000，卡号6222 0212 3456 7890 123，花呗扣了两次": "电话 ,卡号 ,花呗扣了两次",
    "😭😭[大哭]花呗收不了👨‍👩‍👧": "花呗收不了",
    "你们是骗子吧！花呗扣了599，店里没收到": "花呗扣了599,店里没收到",
    "有人说能强开花呗，你们说是不是骗子": "有人说能强开花呗,你们说是不是骗子",
    "<img src=x onerror=alert(1)>付款码<b>无效</b>": "付款码 无效",
    "看 https://example.com/a?b=1 这个 BBS11112": "看 这个 BBS11112",
    "付款码无效" + "啊" * 130: "付款码无效" + "啊" * 130,
    "你好": "",
    "": "",
}


TAKEN = {
    "商户号：822100000012345，终端号 10012345": {"商户号": "822100000012345", "终端号": "10012345"},
    "我是 822100000012345 的店，收了1,288.5元，提示“不支持”": {
        "商户号": "822100000012345",
        "金额": "1,288.5元",
        "屏幕原话": "不支持",
    },
    "电话13800138000，卡号 622202123456789，身份证 320102199001011234": {},
    "一笔50元，又一笔60元": {},
    "你们多扣我3块": {},
    "一台电动车3200元，花呗没刷成": {"金额": "3200元"},
    "买鞋560块，店里又加收8块手续费": {"金额": "560块"},
    "花呗付的568 他手机显示扣了": {"金额": "568"},
    "昨天一共2360没到卡，付款码28开头": {},
    "跳出来一个“当前商户不收花呗”，我收了3天": {"屏幕原话": "当前商户不收花呗"},
    "每天最多收500元，一扫就提示超过限额怎么办": {"屏幕原话": "超过限额"},
    "机器显示：商户状态异常 顾客在等": {"屏幕原话": "商户状态异常"},
    "显示“支付中”，又提示网络超时了": {"屏幕原话": "支付中"},
    "他提示我去开通": {},
}
"""Where one value can be meant; never numbers of phones and cards, nor a fee or a limit for the sum."""


@DESK
def test_what_is_asked_out_of_what_is_pasted(page: Page, base_url: str, assets: str) -> None:
    ready(page, base_url)
    taken = page.evaluate(
        """async ([module, chats]) => {
             const { takenFrom } = await import(module);
             const marks = JSON.parse(document.querySelector("[data-taken]").dataset.taken);
             return chats.map(chat => takenFrom(chat, marks));
           }""",
        [f"{base_url}{assets}/desk/taken.js", list(TAKEN)],
    )
    assert dict(zip(TAKEN, taken, strict=True)) == TAKEN
    asked = page.evaluate(
        """async ([module, chats]) => {
             const { question } = await import(module);
             return chats.map(question);
           }""",
        [f"{base_url}{assets}/desk/words.js", list(CHATS)],
    )
    assert dict(zip(CHATS, asked, strict=True)) == CHATS


SUMS = {
    "30580 917.34": "收 30,580 元，扣 917.34 元，合 2.9998%。",
    "收了 1,200 到账 1192.8，怎么算的": "收 1,200 元，扣 7.20 元，合 0.6%。",
    "说好的千分之3.8，实际扣我0.6%": "按您说的，签 0.38%，扣 0.6%，每收 10,000 元多扣 22 元。",
    "说好千三八，收了一笔1万的，到账9940": "合 0.6%；按 0.38% 该扣 38 元，多 22 元（没算保底、封顶和优惠）。",
    "签的0.6%，收50元扣了0.3元": "按 0.6% 该扣 0.30 元，对得上（没算保底、封顶和优惠）。",
    "协议是零点三八，这个月扣零点五": "按您说的，签 0.38%，扣 0.5%，每收 10,000 元多扣 12 元。",
    "0.38签的，现在扣我0.6": "按您说的，签 0.38%，扣 0.6%，每收 10,000 元多扣 22 元。",
    "收了500，扣我3块流量费": "",
    "收了100到账0": "",
    "收满10万返36块": "",
    "一共收了10万，那次扣了36块": "",
    "今天收了2笔，扣了3块": "",
    "上午收了20，下午收了30，扣了1块": "",
}
"""What is reckoned of a customer's words: nothing where it is not plain what is meant."""


@DESK
def test_sums_are_reckoned_in_the_reply(page: Page, base_url: str, assets: str) -> None:
    ready(page, base_url)
    got = page.evaluate(
        """async ([module, texts]) => {
             const { says, sumsOf } = await import(module);
             return texts.map(sumsOf).map(sums => sums ? says(sums) : "");
           }""",
        [f"{base_url}{assets}/desk/sums.js", list(SUMS)],
    )
    wrong = [
        text
        for text, said in zip(SUMS, got, strict=True)
        if not said.endswith(SUMS[text]) or (said and not SUMS[text])
    ]
    assert not wrong, got
    paste(page, "说好千三八，收了一笔1万的花呗，到账9940，手续费怎么算的")
    expect(page.locator(ANSWERS).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
    line = clipboard(page).splitlines()[1]
    assert "合 0.6%；按 0.38% 该扣 38 元，多 22 元" in line
    assert line.endswith("?amount=10000&deducted=60&rate=0.38#calculator")
    expect(page.locator("[data-case-left]")).to_have_text("已填：约定费率、等效费率")
    paste(page, "手续费怎么回事，说好的0.38，这个月收了52000扣了312")
    expect(page.locator("[data-desk-reply]")).to_have_value(
        re.compile("^您好，按您说的数.*多 114.40 元.*\n请问")
    )
    answers = page.locator(ANSWERS).count()
    copied = clipboard(page)
    page.keyboard.press(f"Alt+{answers + 1}")
    page.wait_for_timeout(300)
    assert clipboard(page) == copied, "no answer stands there"


@DESK
def test_two_matters_in_one_ticket(page: Page, base_url: str) -> None:
    """Both codes are shown with their lights and answered; another question is added by one key."""
    ready(page, base_url)
    rows, reply = page.locator(ANSWERS), page.locator("[data-desk-reply]")
    codes = ["ACQ.PAYMENT_AUTH_CODE_INVALID", "ACQ.SYSTEM_ERROR"]
    paste(page, f"先报{codes[0]}，再扫又报{codes[1]}")
    expect(rows.nth(1)).to_be_visible()
    for place, (code, light) in enumerate(zip(codes, ("green", "red"), strict=True)):
        expect(rows.nth(place)).to_have_attribute("data-answer", f"CODE:{code}")
        expect(rows.nth(place)).to_have_attribute("data-light", light)
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
    assert all(code in clipboard(page) for code in codes) and "另外，ACQ" in clipboard(page)
    page.locator("#paste").press("Escape")
    paste(page, "不想收花呗了怎么关。还有每个月扣我的流量费能退吗")
    added = page.locator("[data-also]")
    expect(added).to_have_attribute("aria-pressed", "false")
    expect(added.locator("kbd")).to_have_text("Alt+=")
    first = rows.first.get_attribute("data-answer")
    page.locator("#paste").press("Alt+=")
    expect(added).to_have_attribute("aria-pressed", "true")
    expect(reply).to_have_value(
        re.compile(rf"/c/{first}/\n\n另外，.+/c/{added.get_attribute('data-also')}/$", re.S)
    )
    page.locator("#paste").press("Enter")
    status = page.locator("[data-desk-copy] [role=status]")
    expect(status).to_contain_text(f"已复制 {first}、{added.get_attribute('data-also')}")
    expect(status).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="复制回复")).to_be_in_viewport(ratio=1)
    assert clipboard(page) == reply.input_value() and clipboard(page).count("您好") == 1
    added.click()
    expect(reply).not_to_have_value(re.compile("另外"))
    expect(page.locator("#paste")).to_be_focused()


@DESK
def test_what_else_is_asked_is_added_to_a_question(page: Page, base_url: str) -> None:
    """The keys go on: nobody sends the words of the last customer."""
    ready(page, base_url)
    reply, added = page.locator("[data-desk-reply]"), page.locator("[data-also]").first
    paste(page, "换了台新机器，旧的能收花呗新的不行。另外不想收花呗了怎么关")
    added.click()
    expect(added).to_have_attribute("aria-pressed", "true")
    expect(reply).to_have_value(re.compile(r"^您好，请问.+\n\n另外，", re.S))
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
    assert clipboard(page) == reply.input_value()


BESIDE = {
    "昨天一天没开张，今天头一单就出岔子，老婆还跟我吵了一架，真是倒霉透了。客人的付款码扫出来说付款码无效，"
    "试了三回，队都排到门外去了，你们倒是给个说法": ("C07", ""),
    "我开了二十年小卖部，老老实实做人，你们业务员当初笑脸相迎，现在电话都不接。提现一百块扣我一毛，"
    "收的时候已经扣过手续费了，这不是扣两遍吗，良心呢": ("C51", ""),
    "我真是倒了八辈子霉，一上午什么都没干成，孩子还在旁边哭。花呗账单看不懂，这个月怎么多出来三百块，"
    "我也没买啥，求你们给查查": ("ELSEWHERE:bill", ""),
    "早上好，辛苦了，我是老客户了，麻烦尽快回。顾客退货，他当时付的花呗，怎么退给他。"
    "另外每个月扣我的流量费是什么钱，再不说清楚我就投诉你们": ("C47", "R34"),
    "你们招聘吗，我会打字，普通话二甲，工资多少。另外不想收花呗了怎么关": ("R33", ""),
    "支付宝付款的时候总先扣花呗，我想改成先扣余额，扣款顺序在哪改": ("ELSEWHERE:pay-order", ""),
    "我开水果店的，苹果三块一斤，梨两块五，起早贪黑的，房租又涨了。买一斤梨都刷花呗，一笔扣我一毛多。"
    "花呗我不做了，替我停了，微信零钱照收": ("R33", ""),
    "我带孩子在书店买书，花呗里还有六千额度，结账时说当前商家不支持花呗，另一家分店上周还能付，"
    "最后刷的银行卡，店员爱理不理的": ("R31", ""),
    "店主不见了，三个月的工钱没给我，我是店里的服务员，机器绑的是他的卡，"
    "能不能把里面的钱打给我，孩子要交学费": ("ELSEWHERE:own-pay", ""),
    "你们这服务太差了，电话打了五遍没人接，我都要气哭了，天这么热还停电。我想问下抖音怎么涨粉，"
    "能教教我吗，隔壁老王都十万粉了": ("", ""),
}
"""Much beside the point, and something that is not → the first answer, if any; what else is asked."""


@DESK
def test_the_matter_decides_in_a_long_ticket(page: Page, base_url: str) -> None:
    """Not anger, nor what happened besides; where nothing in it is ours, the reply says so."""
    ready(page, base_url)
    rows, also = page.locator(ANSWERS), page.locator("[data-also]")
    for text, (first, other) in BESIDE.items():
        page.keyboard.press("Escape")
        expect(rows).to_have_count(0)
        paste(page, text)
        if first:
            expect(rows.first, text).to_have_attribute("data-answer", first)
        else:
            expect(page.locator("[data-none]")).to_contain_text("没有找到")
            expect(page.locator("[data-desk-reply]")).to_have_value(re.compile("^您好，这个我们这里答不了"))
        assert also.evaluate_all("all => all.map(one => one.dataset.also)") == [other] * bool(other), text


TOLD = {
    "店里花呗收不了，换了几个客人都一样，余额和信用卡都正常": [
        "asker.shop",
        "balance.ok",
        "credit-card.ok",
        "other-customer.fail",
    ],
    "客人用花呗付，别人都能付，就她付不了，余额也付不了": [
        "asker.shop",
        "balance.fail",
        "other-customer.ok",
    ],
    "机器扫客人花呗一直转圈，不知道扣没扣": ["asker.shop", "who-scans.merchant", "stuck.waiting"],
    "我没执照，余额能不能收，信用卡可以吗": [],
    "银行卡和花呗要怎么开通，别人能付吗": [],
}
"""What is said of a case → the answers that it gives; a question gives none."""


@DESK
def test_what_the_ticket_tells_is_not_asked_back(page: Page, base_url: str) -> None:
    ready(page, base_url)
    for text, facts in TOLD.items():
        page.keyboard.press("Escape")
        expect(page.locator(ANSWERS)).to_have_count(0)
        paste(page, text)
        expect(page.locator(ANSWERS).first).to_be_visible()
        expect(page.locator(".kb-work .kb-fact")).to_have_count(len(facts))
        assert re.findall(r"fact=([\w.-]+)", page.url) == facts, text
        if facts:
            expect(page.get_by_role("button", name="复制回复")).to_be_visible()


SENT = {
    "卖空调的，想让客人免息分期，利息归店里，去哪里办": ("R43", "merchant"),
    "想做你们代理，一千块押金打到哪里": ("ELSEWHERE:become-agent", "merchant"),
    "扣的手续费太多了，能不能把花呗给关了": ("R33", "merchant"),
    "机器上弹的码，客人扫了没有花呗，我扫客人就能用花呗": ("R32", "merchant"),
    "我付款时选了花呗，扣的却是银行卡": ("C31", "customer"),
    "我这花呗额度还多，屏幕跳出来超过限额，店主说你自己问去": ("R39", "customer"),
}
"""Words → what is sent, and to whom: the opposite of it was sent once."""


@DESK
def test_what_is_sent_fits_who_asks_and_what_he_wants(page: Page, base_url: str) -> None:
    ready(page, base_url)
    for text, (first, tone) in SENT.items():
        page.keyboard.press("Escape")
        expect(page.locator(ANSWERS)).to_have_count(0)
        paste(page, text)
        expect(page.locator(ANSWERS).first, text).to_have_attribute("data-answer", first)
        expect(page.locator("[name=tone]:checked"), text).to_have_value(tone)


@DESK
def test_what_is_only_told_is_not_offered_as_asked(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "顾客退货，他当时付的花呗，怎么退给他。另外他的芝麻信用分一直很高")
    expect(page.locator(ANSWERS).first).to_be_visible()
    expect(page.locator("[data-also]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(ANSWERS)).to_have_count(0)
    paste(page, "顾客退货，他当时付的花呗，怎么退给他。另外芝麻信用分怎么涨")
    expect(page.locator("[data-also]")).to_have_attribute("data-also", "ELSEWHERE:zhima")


@DESK
def test_a_chat_of_ten_thousand_characters(page: Page, base_url: str) -> None:
    ready(page, base_url)
    chat = "".join(
        f"顾客{n % 3} 10:{n % 60:02}\n<b>我的卡号是 6222021234567890{n:03}</b> 😀 收款的事问一下\n"
        for n in range(200)
    )
    paste(page, f"{chat}顾客1 11:59\n付款码无效")
    expect(page.locator(ANSWERS).first).to_be_visible()
    assert len(chat) > 10_000
    assert "6222" not in page.locator(".kb-work__found, .kb-work__back").first.inner_html()
    assert page.locator(".kb-work b b, .kb-work img").count() == 0
    assert page.url == base_url + "agents/"


@DESK
def test_by_keyboard(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "怎么开通花呗")
    rows = page.locator(ANSWERS)
    expect(rows.first.locator("[aria-current]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("[aria-current]")).to_be_visible()
    second = rows.nth(1).get_attribute("data-answer")
    expect(page).to_have_url(re.compile(f"#card={second}$"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Enter")
    first = rows.first.get_attribute("data-answer")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text(f"已复制 {first} 全文，还有 1 处")
    assert clipboard(page).startswith("【")
    page.keyboard.press("Alt+2")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text(f"已复制 {second}")
    reply = page.locator("[data-desk-reply]").input_value()
    page.keyboard.press("Alt+0")
    page.keyboard.type("第二步")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已复制改错，发给维护的人")).to_be_visible()
    lines = clipboard(page).splitlines()
    assert lines[0].startswith(f"要改：{second} ") and lines[-1].endswith(f"/c/{second}/")
    assert lines[1:3] == ["哪里不对：第二步", "应该是什么、凭什么："]
    assert page.locator("[data-desk-reply]").input_value() == reply
    page.keyboard.press("Escape")
    expect(page.locator("[data-desk-flag]")).to_be_hidden()
    expect(page.locator("#paste")).to_be_focused()
    pieces = []
    for _ in range(2):
        page.keyboard.press("Alt+s")
        expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text(f"第 {len(pieces) + 1} 段")
        pieces.append(clipboard(page))
    assert reply.splitlines()[0] == pieces[0] and pieces[1] not in reply
    page.locator("#paste").press("Escape")
    expect(rows).to_have_count(0)
    expect(page.locator("#paste")).to_have_value("")


ASKED = "您好，请问.+？\n1\\. .+\n(\\d\\. .+\n)+都不像.+。\n问清以前，先别再扫，也别再付；.+。"
"""A question with what holds whatever the answer."""

PLACES = {
    "on a desk": ({"width": 1280, "height": 800}, ""),
    "on a phone": ({"width": 360, "height": 740}, ""),
    "beside a help desk": ({"width": 320, "height": 700}, "?embed=1"),
}


def test_enter_copies_what_the_desk_advises_to_send(browser: Browser, base_url: str) -> None:
    """While it is not sure: the question, with what holds in every case. The next key has the answer."""
    for name, (viewport, rest) in PLACES.items():
        context = browser.new_context(viewport=viewport, permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{base_url}agents/{rest}")
        reply, rows = page.locator("[data-desk-reply]"), page.locator(ANSWERS)
        status = page.locator("[data-desk-copy] [role=status]")
        expect(page.locator("#paste")).to_be_focused()
        paste(page, "花呗扫不了")
        page.keyboard.press("Enter")  # before there are answers
        expect(status, name).to_have_text("已复制 追问")
        assert re.fullmatch(ASKED, clipboard(page)), name
        assert clipboard(page) == reply.input_value() and len(clipboard(page)) < 120
        expect(page.get_by_role("button", name="复制追问")).to_be_visible()
        expect(page.locator("[aria-current=true]")).to_have_count(0)
        first = rows.first.get_attribute("data-answer")
        page.locator("#paste").press("Shift+Enter")
        expect(status).to_contain_text(f"已复制 {first}")
        assert clipboard(page).endswith(f"/c/{first}/") and len(clipboard(page)) < 200
        expect(page.get_by_role("button", name="复制回复")).to_be_visible()
        page.keyboard.press("ArrowUp")
        expect(reply).to_have_value(re.compile(ASKED))
        rows.nth(1).get_by_role("button").click()
        page.get_by_role("button", name="复制回复").click()
        expect(status).to_contain_text(f"已复制 {rows.nth(1).get_attribute('data-answer')}")
        page.locator("#paste").press("Escape")
        paste(page, "付款码无效")
        expect(rows.first).to_be_visible()
        page.keyboard.press("Enter")
        expect(status).to_contain_text("已复制 C07")
        context.close()


@DESK
def test_tones_facts_and_the_question_to_ask_back(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "花呗扫不了")
    reply = page.locator("[data-desk-reply]")
    expect(reply).to_have_value(re.compile("^您好，"))
    asked = page.locator(".kb-work .kb-asked")
    expect(asked).to_be_visible()
    page.get_by_role("button", name="复制这个追问").click()
    assert re.fullmatch(ASKED, clipboard(page))
    asked.get_by_role("button").first.click()
    expect(page.locator(".kb-work .kb-fact")).to_have_count(1)
    page.keyboard.press("Alt+t")
    expect(page.get_by_label("对顾客")).to_be_checked()
    expect(page.locator(ANSWERS).first).to_have_attribute("data-answer", re.compile("R31|R39"))
    expect(page.locator(".kb-work .kb-fact")).to_have_count(2)
    page.get_by_text("工单", exact=True).click()
    expect(page.locator("#paste")).to_be_focused()
    expect(reply).to_have_value(re.compile("^【.+\n· 商户号：【商户号】\n(· .+：.+\n)+"))
    expect(page.locator("[data-desk-left]")).to_contain_text("还有 5 处没填：商户号")
    address = page.url
    assert "fact=" in address and "tone=ticket" in address and "花呗扫不了" not in unquote(address)
    page.reload()
    expect(page.locator(".kb-work .kb-fact")).to_have_count(1)
    expect(page.get_by_label("工单")).to_be_checked()


WRITERS = {
    "【顾客转来】花呗付不了": ("对顾客", ["asker.customer"], "R31|R39"),
    "【商户转来】我在店里付不了花呗": ("对商户", ["asker.shop"], "R23|C18|C28"),
    "我在店里付不了花呗": ("对顾客", ["asker.customer"], "R31|R39"),
    "花呗扣了钱没到账": ("对顾客", [], "R35"),
    "顾客说他在别家都能付": ("对商户", ["asker.shop", "elsewhere.ok"], "C18|C25"),
    "我在别家都能付，就你家不行": ("对顾客", ["asker.customer", "elsewhere.ok"], "R31|R39"),
    "花呗付不了": ("对商户", [], "C18|C25"),
    "你好，我是来吃面的，扫老板的码选花呗不让付": ("对顾客", ["asker.customer"], "R31|R39"),
    "我不是开店的，我去买水果花呗付不了": ("对顾客", ["asker.customer"], "R31|R39"),
    "我妈在药店付花呗，店员说没收到，让再付一次": ("对顾客", ["asker.customer"], "R35"),
    "我是卖水果的，顾客用花呗付不了": ("对商户", ["asker.shop"], "C18"),
    "我付了花呗，收银员叫我重新付一次": ("对顾客", ["asker.customer"], "R35"),
    "服务商让我多出手续费": ("对商户", [], "C48"),
}
"""Who writes, as a mark, his words or the first answer tell: tone, facts, first answer or one of two."""


@DESK
def test_the_tone_follows_who_wrote_until_one_is_chosen(page: Page, base_url: str) -> None:
    ready(page, base_url)
    rows = page.locator(ANSWERS)
    for text, (tone, facts, first) in WRITERS.items():
        page.keyboard.press("Escape")
        expect(rows).to_have_count(0)
        paste(page, text)
        expect(rows.first, text).to_have_attribute("data-answer", re.compile(f"^(?:{first})$"))
        expect(page.get_by_label(tone), text).to_be_checked()
        assert re.findall(r"fact=([\w.-]+)", page.url) == facts, text
    page.keyboard.press("Escape")
    paste(page, "【顾客转来】花呗付不了")
    expect(page.get_by_label("对顾客")).to_be_checked()
    page.get_by_text("对商户", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.type("，急得很")
    expect(page.locator(".kb-work .kb-fact")).to_have_count(1)
    expect(page.get_by_label("对商户")).to_be_checked()
    page.get_by_role("button", name=re.compile("^去掉“")).click()
    expect(page.locator(".kb-work .kb-fact")).to_have_count(0)
    page.keyboard.press("Escape")
    paste(page, "顾客转来：红烧肉要炖多久")
    expect(page.locator("[data-none]")).to_be_visible()


@DESK
def test_a_tone_that_is_chosen_says_who_asks(page: Page, base_url: str, library: Library) -> None:
    """The answers change with it, and what was typed for the other side goes."""
    ready(page, base_url)
    first = page.locator(ANSWERS).first
    paste(page, "关花呗")
    page.get_by_text("对顾客", exact=True).click()
    expect(first).to_have_attribute("data-answer", "ELSEWHERE:close-own")
    page.get_by_text("对商户", exact=True).click()
    expect(first).to_have_attribute("data-answer", "R33")
    expect(page.locator(".kb-work .kb-fact")).to_contain_text("店家")
    expect(page.locator("[data-desk-reply]")).to_have_value(re.compile("/c/R33/"))
    theirs = {card.id for card in library.of(AnswerCard) if card.head.reader == "customer"}
    got = page.locator(ANSWERS).evaluate_all("rows => rows.map(row => row.dataset.answer)")
    assert theirs and not theirs & set(got), "what speaks to customers alone"
    page.keyboard.press("Alt+t")
    expect(first).to_have_attribute("data-answer", "ELSEWHERE:close-own")
    page.keyboard.press("Alt+t")
    expect(page.get_by_label("工单")).to_be_checked()
    expect(page.locator(".kb-work .kb-fact")).to_have_count(0)
    page.keyboard.press("Escape")
    paste(page, "我开小超市的，用的是拉卡拉机器，花呗收不了")
    expect(page.get_by_label("对商户")).to_be_checked()


@DESK
def test_a_customer_reads_of_the_shop_as_somebody_else(page: Page, base_url: str) -> None:
    """Never what is written for the shop, and nothing that only somebody at the till can say."""
    ready(page, base_url)
    reply, note = page.locator("[data-desk-reply]"), page.locator("[data-desk-note]")
    paste(page, "【顾客转来】付款码无效")
    expect(reply).to_have_value(re.compile("^您好，.+的话，.+请店员再扫一次。$"))
    expect(note).to_contain_text("照店里当面说的话改写")
    page.keyboard.press("Escape")
    paste(page, "【顾客转来】每个月扣我流量费")
    expect(reply).to_have_value(re.compile("^您好，这件事我们只有写给店家的说明.+/c/C47/$"))
    expect(note).to_contain_text("没有写给顾客的话")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制 C47")


THREATS = {
    "机器一直让签到，签完还是不行，生意都耽误了，等着我投诉吧": "C03",
    "提现扣了一遍手续费，收款时又扣一遍，不说清楚我就去12315告你们": "C51",
    "贴的码一天只收得到五百，多了就说限额，再不解决直接举报": "C16",
    "你们太过分了，欺负人，我要打12315投诉你们": "R27",
    "扣费不退还不理人，去哪里投诉": "R27",
}
"""What is the matter decides, unless there is nothing but the threat, or somebody asks where to complain."""


@DESK
def test_nobody_is_told_to_pay_again_who_says_that_he_has(page: Page, base_url: str) -> None:
    """A code that lets one try again, in a ticket that tells of money taken."""
    ready(page, base_url)
    reply = page.locator("[data-desk-reply]")
    held = re.compile("\\n问清以前，先别再扫，也别再付；.+\\n")
    for text, is_held in (
        ("扫码报 ACQ.BUYER_BALANCE_NOT_ENOUGH", False),
        ("扫码报 ACQ.BUYER_BALANCE_NOT_ENOUGH，但是顾客手机上已经扣钱了", True),
        ("扫码报 ACQ.BUYER_BALANCE_NOT_ENOUGH，顾客手机上没扣钱", False),
    ):
        page.keyboard.press("Escape")
        expect(reply).to_have_value("")
        paste(page, text)
        expect(reply).to_have_value(re.compile("余额不够"))
        assert bool(held.search(reply.input_value())) == is_held, text


@DESK
def test_a_threat_is_said_by_the_way(page: Page, base_url: str) -> None:
    ready(page, base_url)
    rows = page.locator(ANSWERS)
    for text, first in THREATS.items():
        page.keyboard.press("Escape")
        expect(rows).to_have_count(0)
        paste(page, text)
        expect(rows.first, text).to_have_attribute("data-answer", first)


@DESK
def test_a_truthful_answer_brings_no_card_for_others_first(page: Page, base_url: str) -> None:
    """Whose code is scanned has an option of the same name as a reader of cards."""
    ready(page, base_url, "#fact=who-scans.customer")
    paste(page, "自己的收钱码收不了花呗")
    rows = page.locator(ANSWERS)
    expect(rows.first).to_have_attribute("data-answer", "C21")
    assert not {"R31", "R35"} & set(rows.evaluate_all("rows => rows.map(row => row.dataset.answer)"))
    expect(page.get_by_label("对商户")).to_be_checked()


@DESK
def test_the_mouse_and_the_keys_take_turns(page: Page, base_url: str) -> None:
    """What is chosen by hand is copied by Enter and by buttons, and the next text goes where it should."""
    ready(page, base_url)
    status = page.locator("[data-desk-copy] [role=status]")
    paste(page, "支付中，顾客说扣了")
    page.locator(ANSWERS).nth(1).get_by_role("button").click()
    page.keyboard.press("Enter")
    expect(status).to_contain_text("已复制")
    paste(page, "手续费多扣了")
    expect(page.locator(ANSWERS).first).to_be_visible()
    expect(status).to_be_empty()
    for name in ("复制全文", "复制回复"):
        page.get_by_role("button", name=name, exact=True).click(timeout=3000)
        expect(status).to_contain_text("已复制")
    page.keyboard.press("Control+v")
    expect(page.locator("#paste")).to_be_focused()
    expect(page.locator("#paste")).not_to_have_value("手续费多扣了")


@DESK
def test_what_is_pasted_after_an_answer_is_another_customers(page: Page, base_url: str) -> None:
    ready(page, base_url)
    box, undo = page.locator("#paste"), page.locator("[data-desk-undo]")

    def add(text: str) -> None:
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        box.press("Control+v")
        expect(page.locator(ANSWERS).first).to_be_visible()

    add("商户号 822100000012345，花呗扫不了")
    page.get_by_role("button", name="复制这个追问").click()
    expect(page.locator("[data-desk-copy] [role=status]")).to_have_text("已复制 追问")
    box.press("End")
    add("，别人能付")
    expect(box).to_have_value("商户号 822100000012345，花呗扫不了，别人能付")
    add("手续费多扣了")
    page.get_by_role("button", name="是另一位，另起").click()
    expect(box).to_have_value("手续费多扣了")
    expect(page.locator("[data-case-left]")).to_be_empty()
    page.get_by_role("button", name="撤销").click()

    def answer_then_add(text: str) -> None:
        box.fill("商户号 822100000012345，花呗扫不了，别人能付")
        box.press("Enter")
        expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
        add(text)
        expect(box).to_have_value(text)
        expect(page.locator("[data-case-left]")).to_be_empty()

    answer_then_add("换一位也不行")
    page.get_by_role("button", name="还是那一位，接上").click()
    expect(box).to_have_value("商户号 822100000012345，花呗扫不了，别人能付\n换一位也不行")
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    answer_then_add("怎么开通花呗")
    page.get_by_role("button", name="撤销").click()
    expect(box).to_have_value("商户号 822100000012345，花呗扫不了，别人能付")
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    box.press("Escape")
    expect(undo).to_contain_text("撤销")
    add("怎么开通花呗")
    expect(undo).to_be_empty()


@DESK
def test_a_reply_changed_by_hand_is_there_again_after_another(page: Page, base_url: str) -> None:
    ready(page, base_url)
    box, reply = page.locator("#paste"), page.locator("[data-desk-reply]")
    box.fill("花呗扫不了，别人能付")
    expect(page.locator(ANSWERS).nth(1)).to_be_visible()
    expect(reply).not_to_have_value("")
    reply.press("Control+End")
    reply.type("辛苦了")
    box.press("ArrowDown")
    expect(reply).not_to_have_value(re.compile("辛苦了$"))
    box.press("ArrowUp")
    expect(reply).to_have_value(re.compile("辛苦了$"))
    page.get_by_role("radio", name="工单").check()
    expect(reply).not_to_have_value(re.compile("辛苦了$"))
    page.get_by_role("radio", name="对商户").check()
    expect(reply).to_have_value(re.compile("辛苦了$"))
    box.press("End")
    page.keyboard.type("。急")
    expect(reply).to_have_value(re.compile("辛苦了$"))  # he has said more, the answer is the same
    box.fill("怎么开通花呗")
    expect(reply).not_to_have_value(re.compile("辛苦了$"))


@DESK
def test_the_question_is_answered_by_keyboard(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "花呗扫不了")
    options = page.locator(".kb-work .kb-asked__option")
    expect(options.first).to_be_visible()
    second = options.nth(1).inner_text()
    page.keyboard.press("Alt+/")
    expect(options.first).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator(".kb-work .kb-fact")).to_have_count(1)
    expect(page.locator("#paste")).to_be_focused()
    assert second and page.locator("#paste").input_value() == "花呗扫不了"


@DESK
def test_a_chat_copied_anew_is_the_same_customers(page: Page, base_url: str) -> None:
    ready(page, base_url)
    box, undo = page.locator("#paste"), page.locator("[data-desk-undo]")
    paste(page, "商户号 822100000012345，花呗扫不了")
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    for text, filled in (
        ("商户号 822100000012345，花呗扫不了，别人能付", "已填：商户号"),
        ("怎么开通花呗", ""),
    ):
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        box.press("Control+a")
        box.press("Control+v")
        expect(box).to_have_value(text)
        expect(page.locator("[data-case-left]")).to_have_text(filled)
        assert undo.get_by_role("button", name="撤销").count() == (not filled)


@DESK
def test_a_desk_opened_by_its_address_begins_another_case(page: Page, base_url: str) -> None:
    ready(page, base_url)
    fill_in(page)
    page.reload()
    expect(page.locator(".kb-case input").first).to_have_value(CASE["商户号"])
    page.goto(base_url + "remedies/query-first/")
    page.goto(base_url + "agents/")
    expect(page.locator("[data-case-left]")).to_be_empty()


@DESK
def test_a_ticket_has_the_fields_of_the_case(page: Page, base_url: str) -> None:
    for text in ("收了1,288.5元，提示“不支持”，付款码无效", "给顾客退花呗的钱，收了1,288.5元，提示“不支持”"):
        page.goto("about:blank")
        ready(page, base_url, "#tone=ticket")
        page.locator(".kb-case summary").click()
        page.locator("#paste").fill(text)
        reply = page.locator("[data-desk-reply]")
        expect(reply).to_have_value(re.compile("· 金额：1,288.5元\n· 屏幕原话：不支持\n"))
        page.locator(".kb-case").get_by_label("金额").fill("99元")
        expect(reply).to_have_value(re.compile("· 金额：99元\n"))
        page.locator(".kb-case").get_by_label("金额").fill("")


@two_views
def test_the_desk_is_readable_and_accessible(page: Page, base_url: str) -> None:
    page.goto(base_url + "agents/")
    page.locator("#paste").fill("付款码无效")
    expect(page.locator(ANSWERS).first).to_be_visible()
    expect(page.locator("[data-desk-reply]")).not_to_have_value("")
    page.locator(".kb-case summary").click()
    assert area(page.locator(ANSWERS).first)["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@DESK
def test_three_panes_and_a_side_bar(page: Page, base_url: str) -> None:
    ready(page, base_url)
    boxes = [
        page.locator(f".kb-work__{name}").evaluate("e => e.getBoundingClientRect().x")
        for name in ("found", "reply", "back")
    ]
    assert boxes == sorted(set(boxes))
    button = area(page.get_by_role("button", name="复制回复"))
    assert button["y"] + button["height"] < page.viewport_size["height"]
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(base_url + "agents/?embed=1")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator("#desk")).to_be_hidden()
    page.locator("#paste").fill("付款码无效")
    expect(page.locator(ANSWERS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    above, below = page.locator("[data-desk-reply]"), page.locator(ANSWERS).first
    assert area(above)["y"] < 265 and area(above)["y"] < area(below)["y"]


def test_the_table_of_all_answers_without_scripts(browser: Browser, base_url: str, cards: list[dict]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url + "agents/")
    expect(page.locator("#desk li:visible")).to_have_count(len(cards))
    expect(page.locator(".kb-work")).to_be_hidden()
    context.close()


# The bar of the case

CASE = {
    "商户号": "8221 0000 1234",
    "终端号": "T-77",
    "时间": "昨天三点",
    "金额": "88.5 元",
    "屏幕原话": "机器没声音",
}


def fill_in(page: Page) -> None:
    page.locator(".kb-case summary").click()
    for name, value in CASE.items():
        page.locator(".kb-case").get_by_label(name).fill(value)


@DESK
def test_the_case_knows_the_keys_of_the_desk(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "顾客付的568，机器一直显示支付中")
    expect(page.locator("[data-desk-reply]")).to_have_value(re.compile("/c/"))
    page.keyboard.press("Alt+c")
    field = page.locator(".kb-case").get_by_label("商户号")
    expect(field).to_be_focused()
    page.keyboard.type("822100000012345")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
    assert "/c/" in clipboard(page)
    assert clipboard(page) == page.locator("[data-desk-reply]").input_value()


@DESK
def test_the_case_fills_the_words_to_say(page: Page, base_url: str) -> None:
    allow_clipboard(page)
    page.goto(base_url + "remedies/query-first/")
    left = page.locator("[data-case-left]")
    expect(left).to_have_text("还有 7 处没填：商户号、终端号、时间、金额、屏幕原话、扣了／没扣、订单号")
    fill_in(page)
    expect(left).to_have_text("还有 2 处没填：扣了／没扣、订单号")
    page.get_by_role("button", name="复制这段话").first.click()
    copied = clipboard(page)
    assert all(value in copied for value in CASE.values()) and "【订单号】" in copied
    page.get_by_role("button", name="复制全文").click()
    assert CASE["商户号"] in clipboard(page)
    page.get_by_role("button", name="清空").click()
    expect(page.locator("blockquote").first).to_contain_text("【商户号】")


@DESK
def test_the_desk_counts_what_is_left_before_copying(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "打客服电话该怎么说")
    left, reply = page.locator("[data-desk-left]"), page.locator("[data-desk-reply]")
    expect(left).to_contain_text("处没填：商户号")
    fill_in(page)
    expect(left).to_have_text(f"案卡填了：{'、'.join(CASE)}；全文还有 1 处没填：能付／也不能付")
    page.locator(".kb-case").get_by_label("能付／也不能付").fill("能付")
    expect(left).not_to_contain_text("没填")
    paste(page, "给顾客退花呗的钱，手续费怎么问")
    expect(page.locator(ANSWERS).first).to_have_attribute("data-answer", "R34")
    expect(reply).not_to_have_value("")


@DESK
def test_nothing_of_one_customer_reaches_the_next(page: Page, base_url: str) -> None:
    ready(page, base_url)
    status = page.locator("[data-desk-copy] [role=status]")
    page.keyboard.press("Enter")
    expect(status).to_have_text("没有复制：先贴上顾客的话")
    expect(status).to_have_class(re.compile("problem"))
    paste(page, "商户号 822100000012345，怎么打电话给客服说")
    reply, steps = page.locator("[data-desk-reply]"), page.locator("[data-desk-steps]")
    expect(steps).to_contain_text("822100000012345")
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("已复制")
    expect(status).not_to_have_class(re.compile("problem"))
    page.keyboard.press("Alt+t")
    page.reload()
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    paste(page, "商户号 822100000012345，怎么打电话给客服说")
    page.keyboard.press("Escape")
    expect(page.locator("[data-desk-undo]")).to_contain_text("上一位已清空，连同案卡：商户号")
    expect(page.locator("[data-case-left]")).to_be_empty()
    expect(page.locator("[data-desk-open]")).to_be_hidden()
    expect(page.get_by_label("对商户")).to_be_checked()
    assert page.evaluate("sessionStorage.length") == 0
    page.keyboard.press("Control+z")
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")
    expect(reply).not_to_have_value("")
    paste(page, "怎么打电话给客服说")
    expect(steps).to_contain_text("【商户号】")
    paste(page, "红烧肉要炖多久")
    expect(page.locator("[data-none]")).to_be_visible()
    expect(status).to_be_empty()
    page.keyboard.press("Enter")
    expect(status).to_have_text("已复制 这一句")
    assert clipboard(page).startswith("您好，这个我们这里答不了，")
    paste(page, "ACQ.PAYMENT_AUTH_CODE_INVALID")
    expect(reply).to_have_value(re.compile("^您好，"))
    assert "127.0.0.1" not in reply.input_value()
    expect(page.get_by_text("预览：链接指向")).to_be_visible()


@DESK
def test_escape_begins_with_the_next_customer_wherever_one_is(page: Page, base_url: str) -> None:
    ready(page, base_url)
    box = page.locator("#paste")
    for leave in (
        lambda: page.get_by_role("button", name="复制回复").click(),
        lambda: page.locator("[data-desk-reply]").click(),
        lambda: page.locator(".kb-case summary").click(),
        lambda: (
            page.locator(".kb-case summary").click(),
            page.locator(".kb-case").get_by_label("商户号").fill("822100000099999"),
        ),
    ):
        paste(page, "商户号 822100000012345，怎么打电话给客服说")
        expect(page.locator(ANSWERS).first).to_be_visible()
        leave()
        page.keyboard.press("Escape")
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        expect(page.locator(ANSWERS)).to_have_count(0)
        expect(page.locator("[data-case-left]")).to_be_empty()


@DESK
def test_what_was_found_in_words_goes_with_them(page: Page, base_url: str) -> None:
    """Also when the page has been loaded again since; what was typed stays."""
    ready(page, base_url)
    paste(page, "一台电动车3200元，花呗没刷成")
    expect(page.locator("[data-case-left]")).to_have_text("已填：金额")
    page.locator("#paste").press("Alt+c")
    expect(page.get_by_label("商户号", exact=True)).to_be_focused()
    page.keyboard.type("822100000012345")
    page.reload()
    expect(page.locator("[data-case-left]")).to_have_text("已填：金额、商户号")
    paste(page, "花呗没刷成")
    expect(page.locator(ANSWERS).first).to_be_visible()
    expect(page.locator("[data-case-left]")).to_have_text("已填：商户号")


@DESK
def test_the_fields_that_a_reply_needs_come_first(page: Page, base_url: str) -> None:
    ready(page, base_url)
    paste(page, "手续费多扣了，怎么要回来")
    expect(page.locator("[data-desk-left]")).to_contain_text("没填")
    page.locator("#paste").press("Alt+c")
    names = page.locator("[data-case-fields] label").all_inner_texts()
    missing = re.search("没填：(.+)$", page.locator("[data-desk-left]").inner_text())[1].split("、")
    assert [name.strip() for name in names[: len(missing)]] == missing
    expect(page.get_by_label(missing[0], exact=True)).to_be_focused()
    page.keyboard.press("Alt+c")
    expect(page.get_by_label(missing[0], exact=True)).to_be_hidden()
    expect(page.locator("#paste")).to_be_focused()
    page.keyboard.press("Alt+c")
    expect(page.get_by_label(missing[0], exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label(missing[0], exact=True)).to_be_hidden()
    paste(page, "【顾客转来】付款码无效")
    expect(page.get_by_label("对顾客")).to_be_checked()
    expect(page.locator("[data-desk-note]")).to_contain_text("照店里当面说的话改写")
    page.locator("#paste").press("Shift+Enter")
    expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制")
    assert clipboard(page) == page.locator("[data-desk-reply]").input_value(), "not what is for the shop"


@DESK
def test_what_is_typed_stays_in_the_tab(page: Page, base_url: str) -> None:
    """It is in no request, no address but the fragment, and nowhere once the tab is closed."""
    sent: list[str] = []
    page.context.on("request", lambda request: sent.append(unquote(request.url) + (request.post_data or "")))
    ready(page, base_url)
    fill_in(page)
    secret = "我叫李小四，手机 13800138000，付款码无效"
    paste(page, secret)
    expect(page.locator(ANSWERS).first).to_be_visible()
    page.locator("#paste").press("Enter")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="打开这一页").click()
    card = opened.value
    expect(card).not_to_have_url(re.compile("#"))
    card.goto(base_url + "remedies/query-first/")
    expect(card.locator("blockquote").first).to_contain_text(CASE["商户号"])
    expect(page.locator(ANSWERS).first).to_be_visible()
    page.reload()
    expect(page.locator(".kb-case input").first).to_have_value(CASE["商户号"])
    typed = [*CASE.values(), "李小四", "13800138000", "付款码无效"]
    addresses = [unquote(one.url).split("#")[0] for one in (page, card)]
    for value in typed:
        assert not [line for line in (*sent, *addresses) if value in line]
    kept = page.evaluate("JSON.stringify([localStorage, document.cookie])")
    assert not [value for value in typed if value in kept]
    context = page.context
    card.close()
    page.goto("about:blank")
    other = context.new_page()
    other.goto(base_url + "remedies/query-first/")
    assert other.evaluate("sessionStorage.length") == 0
    expect(other.locator("blockquote").first).to_contain_text("【商户号】")


NO_ANSWER = {
    "在吗": ("还没有说是什么事。", "请说一下是什么事。", "这一句"),
    "我老公花呗上个月买了啥，能不能帮我看看账单": ("这件事不在这里答", "这件事我们答不了。", "“花呗账单"),
    "红烧肉要炖多久": ("这里只讲花呗收款和手续费，没有找到。", "这个我们这里答不了，我们只答", "这一句"),
}
"""What asks nothing, is answered elsewhere, fits nothing: what the agent is told, what is sent, its name."""


@DESK
def test_what_has_no_answer_here_gets_an_honest_reply(page: Page, base_url: str) -> None:
    ready(page, base_url)
    found, reply = page.locator("[data-desk-status]"), page.locator("[data-desk-reply]")
    for text, (told, sent, name) in NO_ANSWER.items():
        page.keyboard.press("Escape")
        expect(reply).to_have_value("")
        paste(page, text)
        expect(found).to_contain_text(told)
        expect(reply).to_have_value(re.compile(f"^您好，{sent}"))
        assert found.locator("[data-none]").count() == (text != "在吗")
        page.keyboard.press("Enter")
        expect(page.locator("[data-desk-copy] [role=status]")).to_contain_text(f"已复制 {name}")
        assert clipboard(page) == reply.input_value()


@DESK
def test_what_was_chosen_and_changed_comes_back(page: Page, base_url: str) -> None:
    ready(page, base_url)
    reply, rows = page.locator("[data-desk-reply]"), page.locator(ANSWERS)
    status = page.locator("[data-desk-copy] [role=status]")
    paste(page, "怎么开通花呗")
    expect(rows.first.locator("[aria-current]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    second = rows.nth(1).get_attribute("data-answer")
    expect(reply).to_have_value(re.compile(f"/c/{second}/$"))
    reply.press("Control+End")
    page.keyboard.type("，我等您回话")
    page.keyboard.press("Control+Enter")
    expect(status).to_contain_text(f"已复制 {second}")
    changed = reply.input_value()
    assert clipboard(page) == changed and changed.endswith("，我等您回话")
    page.keyboard.press("Escape")
    expect(reply).to_have_value("")
    page.keyboard.press("Control+z")
    expect(rows.nth(1).locator("[aria-current]")).to_be_visible()
    expect(reply).to_have_value(changed)
    assert f"card={second}" in page.url
    page.keyboard.press("ArrowUp")
    expect(reply).not_to_have_value(re.compile("我等您回话"))
