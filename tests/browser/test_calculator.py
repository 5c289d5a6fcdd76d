"""The fee calculator: exact to the 分, honest about what it cannot read, and usable on a phone."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import area

PAGE = "remedies/check-fee/"
CENT = Decimal("0.01")
one_view = pytest.mark.parametrize("page", ["phone-light"], indirect=True)

CHECK = """async ([base, cases]) => {
  const { readYuan, readRate, yuan, percent } = await import(base + "fee/money.js");
  const { compare, totals } = await import(base + "fee/fee.js");
  const { explain } = await import(base + "fee/causes.js");
  const { sum } = await import(base + "fee/report.js");
  const { linksOf } = await import(base + "fee/links.js");
  const links = document.querySelector("[data-calculator] template").content;
  const slug = (link) => link.href.split("/").at(-2);
  return cases.map(({ rate, floor = "0", cap, extra = "0", trades }) => {
    const most = cap === undefined ? null : readYuan(cap);
    const terms = { rate: readRate(rate), floor: readYuan(floor), cap: most, extra: readYuan(extra) };
    const read = trades.map((t) => ({ ...t, amount: readYuan(t.amount), deducted: readYuan(t.deducted) }));
    const rows = compare(read, terms);
    const all = totals(rows);
    return {
      amount: yuan(all.amount), expected: yuan(all.expected), deducted: yuan(all.deducted),
      difference: yuan(all.difference), effective: percent(all.effective), sum: sum(rows[0], terms),
      reasons: explain(rows, terms).map((f) => f.reason),
      cards: explain(rows, terms).flatMap((f) => linksOf(f, links).map(slug)),
    };
  });
}"""

READ = """async ([base, name, texts]) => {
  const { yuan, percent, ...money } = await import(base + "fee/money.js");
  return texts.map((text) => {
    try { return name === "readRate" ? percent(money.readRate(text)) : yuan(money[name](text)); }
    catch (problem) { return problem.message; }
  });
}"""

STATEMENT = """async ([base, bytes]) => {
  const { yuan } = await import(base + "fee/money.js");
  const { decode } = await import(base + "fee/csv.js");
  const { readStatement } = await import(base + "fee/statement.js");
  try {
    const { trades, problems } = readStatement(decode(new Uint8Array(bytes)));
    const plain = trades.map((t) => [t.line, yuan(t.amount), yuan(t.deducted), t.date ?? "", t.kind ?? ""]);
    return [plain, problems.map((p) => `${p.line} ${p.problem}`)];
  } catch (problem) { return problem.message; }
}"""

Run = Callable[[str, object], object]


@pytest.fixture(scope="module")
def run(browser: Browser, base_url: str, assets: str):
    """Call the modules in Chromium, on the page that uses them."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(base_url + PAGE)
    yield lambda script, *arguments: page.evaluate(script, [f"{base_url}{assets}/", *arguments])
    context.close()


@pytest.fixture
def check(run: Run, site: Path) -> Callable[..., dict]:
    """Check some trades; ``cards`` are the ids of those that the page links for what was found."""
    ids = {
        card["url"].split("/")[1]: card["id"] for card in json.loads((site / "cards.json").read_text("utf-8"))
    }

    def check(rate: str, *trades: tuple[str, ...], **terms: str) -> dict:
        named = [dict(zip(("amount", "deducted", "kind", "date"), trade, strict=False)) for trade in trades]
        found = run(CHECK, [{"rate": rate, "trades": named, **terms}])[0]
        return found | {"cards": [ids[slug] for slug in found["cards"]]}

    return check


@pytest.fixture
def read(run: Run) -> Callable[..., object]:
    """Read a statement from its text in an encoding, or from bytes."""

    def read(content: str | bytes, encoding: str = "utf-8") -> object:
        return run(STATEMENT, list(content if isinstance(content, bytes) else content.encode(encoding)))

    return read


def plain(number: Decimal) -> str:
    return f"{number.quantize(CENT):,}"


def rounded_half_up(number: Decimal, unit: Decimal) -> Decimal:
    return number.quantize(unit, ROUND_HALF_UP)


def random_case(source: random.Random) -> dict:
    def money(most: int) -> Decimal:
        return Decimal(source.randint(1, 10 ** source.randint(1, most))) / 100

    floor, extra = source.choice([0, money(3)]), source.choice([0, money(3)])
    return {
        "amount": money(14),
        "rate": Decimal(source.randint(0, 999_999)) / 10 ** source.randint(4, 6),
        "floor": Decimal(floor),
        "cap": source.choice([None, floor + money(5)]),
        "extra": Decimal(extra),
        "deducted": money(6),
    }


def wanted_fee(case: dict) -> Decimal:
    fee = max(rounded_half_up(case["amount"] * case["rate"] / 100, CENT), case["floor"])
    return (fee if case["cap"] is None else min(fee, case["cap"])) + case["extra"]


def test_exact_on_a_thousand_random_cases(run: Run) -> None:
    source = random.Random(917)
    cases = [random_case(source) for _ in range(1000)]
    for case in cases:
        case["rate"] = case["rate"].quantize(Decimal("0.0001"))
    got = run(
        CHECK,
        [
            {name: f"{case[name]}" for name in ("rate", "floor", "cap", "extra") if case[name] is not None}
            | {"trades": [{"amount": plain(case["amount"]), "deducted": plain(case["deducted"])}]}
            for case in cases
        ],
    )
    for case, result in zip(cases, got, strict=True):
        expected = wanted_fee(case)
        effective = rounded_half_up(case["deducted"] / case["amount"] * 100, Decimal("0.0001"))
        assert result["expected"] == plain(expected), case
        assert result["difference"] == plain(case["deducted"] - expected), case
        assert Decimal(result["effective"].rstrip("%").replace(",", "")) == effective, case


def test_half_a_fen_is_rounded_up(check: Callable[..., dict]) -> None:
    assert check("1", ("0.50", "0"))["expected"] == "0.01"
    assert check("1", ("0.49", "0"))["expected"] == "0.00"


def test_the_worked_examples_of_the_card(check: Callable[..., dict]) -> None:
    assert check("0.6", ("1000", "6"))["expected"] == "6.00"
    floor = check("0.6", ("5", "0.1"), floor="0.1")
    assert floor["sum"] == "5.00 × 0.6% = 0.03，不到保底，按 0.10，应扣 0.10 元"
    cap = check("0.5", ("8000", "20"), cap="20")
    assert cap["sum"] == "8,000.00 × 0.5% = 40.00，超过封顶，按 20.00，应扣 20.00 元"
    extra = check("2.99", ("30580", "917.34"), extra="3")
    assert extra["sum"] == "30,580.00 × 2.99% = 914.34，再加 3.00，应扣 917.34 元"


def test_the_reported_case(check: Callable[..., dict]) -> None:
    case = check("0.63", ("30,580", "917.34"))
    assert (case["expected"], case["difference"], case["effective"]) == ("192.65", "724.69", "2.9998%")
    assert case["reasons"] == [
        "像是费率高了：等效费率 2.9998%，约定 0.63%。",
        "2.99% + 3 元/笔 也恰好等于 917.34（推论）",
    ]
    assert case["cards"] == ["C50", "C49", "C43", "C48", "C54", "C52", "C44", "C46"]


@pytest.mark.parametrize("extra", [1, 2, 3, 5])
def test_a_round_rate_with_a_whole_extra_is_found(extra: int, check: Callable[..., dict]) -> None:
    deducted = rounded_half_up(Decimal(41_267) * Decimal("0.0138"), CENT) + extra
    reasons = check("0.6", ("41267", str(deducted)))["reasons"]
    assert f"1.38% + {extra} 元/笔 也恰好等于 {deducted}（推论）" in reasons


def test_a_round_rate_alone_is_found(check: Callable[..., dict]) -> None:
    assert "2.99% 恰好等于 914.34（推论）" in check("0.63", ("30580", "914.34"))["reasons"]


def test_where_nearly_any_fee_fits_no_rate_is_named(check: Callable[..., dict]) -> None:
    assert check("0.6", ("100", "1.37"))["reasons"] == ["像是费率高了：等效费率 1.37%，约定 0.6%。"]


CAUSES = {
    "one small trade at a round fee": ("0.6", [("5", "0.1")], {}, ["C45"]),
    "small trades at the same fee": ("0.6", [("3", "0.13"), ("8", "0.13"), ("500", "3")], {}, ["C45"]),
    "one trade with a round extra": ("0.6", [("1000", "9")], {}, ["C46", "C53", "C50", "C49", "C43"]),
    "the same extra on all": ("0.6", [("100", "3.87"), ("1000", "9.27")], {}, ["C46", "C53"]),
    "more on all": ("0.6", [("100", "0.9"), ("1000", "8.7")], {}, ["C50", "C49", "C43"]),
    "one kind": (
        "0.6",
        [("100", "0.6", "微信"), ("100", "1", "花呗"), ("90", "0.91", "花呗")],
        {},
        ["C48", "C54"],
    ),
    "another kind": ("0.6", [("100", "0.6", "借记卡"), ("100", "1.07", "贷记卡")], {}, ["C52", "C44"]),
    "since a day": (
        "0.6",
        [("100", "0.6", "", "2025-11-30"), ("100", "1", "", "2025-12-01"), ("90", "0.97", "", "2025-12-02")],
        {},
        ["C50", "C49", "C43"],
    ),
    "some, no reason in sight": (
        "0.6",
        [("100", "0.6"), ("100", "1"), ("90", "0.97")],
        {},
        ["C48", "C54", "C52", "C44"],
    ),
    "the cap left out": ("0.5", [("8000", "40"), ("90000", "450")], {"cap": "20"}, ["R26"]),
    "nothing wrong": ("0.6", [("1000", "6.01"), ("500", "3")], {}, ["C53", "C51", "C47"]),
}


@pytest.mark.parametrize("name", CAUSES)
def test_the_cause_that_fits(name: str, check: Callable[..., dict]) -> None:
    rate, trades, terms, cards = CAUSES[name]
    assert check(rate, *trades, **terms)["cards"] == cards


def test_what_sets_the_dear_trades_apart_is_named(check: Callable[..., dict]) -> None:
    rate, trades, *_ = CAUSES["one kind"]
    assert check(rate, *trades)["reasons"] == ["多扣的都是“花呗”，别的交易没有多扣。"]
    rate, trades, *_ = CAUSES["since a day"]
    assert check(rate, *trades)["reasons"] == ["从 2025-12-01 起才多扣，之前的都对。"]


def test_likely_slips_are_named(check: Callable[..., dict]) -> None:
    assert "千分之六要填 0.6" in check("6", ("1000", "6"))["reasons"][0]
    assert "不是到账金额" in check("0.63", ("30580", "29662.66"))["reasons"][0]
    assert "优惠减免" in check("0.6", ("1000", "5"))["reasons"][0]


YUAN = {
    "30,580": "30,580.00",
    " ３０，５８０．５ ": "30,580.50",
    "¥1": "1.00",
    "￥1,234,567.89元": "1,234,567.89",
    "0。63": "0.63",
    "-1": "不能是负数",
    "－1": "不能是负数",
    "三百": "只能填数字",
    "1e3": "只能填数字",
    "1.2.3": "多了一个小数点",
    "1,5": "逗号的位置不对",
    "1.234": "小数点后最多 2 位",
    "12345678901234567890": "数太大，小数点前最多 12 位",
}
RATES = {
    "0.63": "0.63%",
    "0.63％": "0.63%",
    "6.3‰": "0.63%",
    "0.3825": "0.3825%",
    "0": "0%",
    "100": "要小于 100%",
    "0.12345": "小数点后最多 4 位",
    "千分之六": "0.6%",
    "百分之零点六": "0.6%",
    "千六": "0.6%",
    "千分之几": "只能填数字",
    "千分之6": "0.6%",
    "万63": "0.63%",
    "万分之38.25": "0.3825%",
    "百分之0.6": "0.6%",
}


def test_amounts_and_rates_as_people_write_them(run: Run) -> None:
    assert run(READ, "readYuan", list(YUAN)) == list(YUAN.values())
    assert run(READ, "readRate", list(RATES)) == list(RATES.values())


EXPORT = """某银行商户对账单
商户号：***
交易时间,交易金额(元),手续费(元),到账金额(元),支付方式,备注
2025-12-03 10:00:00,"30,580.00",917.34,"29,662.66",花呗,"写真
两套"
2025/12/3 11:00,`1000,-6.00,994,微信,
2025年12月4日,２００,abc,,微信,
,,,,,
2025-12-04,-50.00,-0.30,-49.70,微信,退款
2025-12-04,5,,4.90,微信,没写手续费
2025-12-05,1,000.00,6,994,微信,
2025-12-05,1,000.00,6,994,微信
2025-12-05,1,000.00,6,994,微信,a
2025-12-05,0,0,0,微信,
2025-12-05,1,2,,微信,
合计,32585.00,923.34,,,
"""
EXPORT_TRADES = [
    [4, "30,580.00", "917.34", "2025-12-03", "花呗"],
    [6, "1,000.00", "6.00", "2025-12-03", "微信"],
    [10, "5.00", "0.10", "2025-12-04", "微信"],
]
EXPORT_PROBLEMS = [
    "7 手续费(元)“abc”只能填数字",
    "9 金额是负数，像是退款，没有算进去",
    "11 多了一列：金额里有逗号的要加引号",
    "12 到账比金额还大",
    "13 多了一列：金额里有逗号的要加引号",
    "14 金额是 0",
    "15 手续费比金额还大",
    "16 是合计，没有算进去",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_export_in_any_encoding(encoding: str, newline: str, read: Callable[..., object]) -> None:
    trades, problems = read(EXPORT.replace("\n", newline), encoding)
    assert trades == EXPORT_TRADES
    assert problems == EXPORT_PROBLEMS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_the_mark_of_utf_16_says_the_order_of_bytes(encoding: str, read: Callable[..., object]) -> None:
    assert read("\ufeff" + EXPORT, encoding) == [EXPORT_TRADES, EXPORT_PROBLEMS]


def test_separators_and_column_names(read: Callable[..., object]) -> None:
    wanted = [[2, "1,000.00", "6.00", "", ""]]
    assert read("收款金额\t商户手续费\n1,000.00\t6") == [wanted, []]
    assert read("手续费率;手续费;订单金额\n0.6%;6;1,000.00") == [wanted, []]
    assert read("金额,结算金额\n1000,994") == [wanted, []]
    assert read("金额,手续费\n1000,6,\n") == [wanted, []]
    assert read('"交易金额（分）","手续费（分）"\n100000,600') == [wanted, []]
    assert read('金额,手续费\n="1000","6元"') == [wanted, []]


@pytest.mark.parametrize(
    "name", ["优惠手续费", "手续费补贴", "返还手续费", "应收手续费", "手续费(%)", "退回手续费"]
)
def test_a_column_about_a_fee_is_not_the_fee(name: str, read: Callable[..., object]) -> None:
    trade = [[2, "1,000.00", "9.00", "", ""]]
    assert read(f"交易金额,{name},支出手续费\n1000,5,9") == [trade, []]
    assert read(f"交易金额,{name},到账金额\n1000,5,991") == [trade, []]


def test_of_two_fees_neither_is_guessed(read: Callable[..., object]) -> None:
    assert read("金额,平台手续费,渠道手续费\n1000,5,9") == (
        "“平台手续费”和“渠道手续费”都像手续费，分不清哪一列是实扣的：只留那一列再试"
    )
    assert read("金额,平台手续费,渠道手续费,到账金额\n1000,5,4,991") == [
        [[2, "1,000.00", "9.00", "", ""]],
        [],
    ]


@pytest.mark.parametrize("column", ["交易类型", "业务类型", "交易状态", "摘要"])
@pytest.mark.parametrize("word", ["退款", "消费撤销", "冲正", "部分退款", "已退货"])
def test_a_refund_is_no_trade_whatever_its_sign(column: str, word: str, read: Callable[..., object]) -> None:
    trades, problems = read(f"金额,手续费,{column}\n1000,9,消费\n1000,-9,{word}\n500,3,{word}\n200,2,未退款")
    assert [trade[0] for trade in trades] == [2, 5]
    assert problems == [f"3 是“{word}”，没有算进去", f"4 是“{word}”，没有算进去"]


def test_a_fee_given_back_is_not_taken(read: Callable[..., object]) -> None:
    trades, problems = read("金额,手续费\n1000,9\n1000,-9\n谢谢,1\n500,3")
    assert [trade[0] for trade in trades] == [2, 5]
    assert problems == [
        "3 手续费是负数，别的行是正数，像是退款，没有算进去",
        "4 金额“谢谢”只能填数字",
    ]
    merchants_side = read("金额,手续费\n1000,-9\n500,-3")
    assert merchants_side == [[[2, "1,000.00", "9.00", "", ""], [3, "500.00", "3.00", "", ""]], []]


DATES = {
    "2025-12-03": "2025-12-03",
    "2025/1/3 11:00": "2025-01-03",
    "２０２５年１２月４日": "2025-12-04",
    "20251203100000": "2025-12-03",
    "2024-02-29": "2024-02-29",
    "12/20/2025 10:30": "",
    "2025-99-99": "",
    "2025-02-29": "",
    "2025-12-00": "",
}


def test_dates_that_are_none_are_left_out(read: Callable[..., object]) -> None:
    rows = "\n".join(f"{date},1000,9" for date in DATES)
    trades, problems = read(f"交易时间,金额,手续费\n{rows}")
    assert dict(zip(DATES, [trade[3] for trade in trades], strict=True)) == DATES
    assert problems == []


def test_two_numbers_a_line_need_no_head(read: Callable[..., object]) -> None:
    trades, problems = read("３０，５８０　917.34元\n\n1000,6\n谢谢\n")
    assert trades == [[1, "30,580.00", "917.34", "", ""], [3, "1,000.00", "6.00", "", ""]]
    assert problems == ["4 金额“谢谢”只能填数字"]


def test_what_is_no_statement_is_refused_with_a_reason(read: Callable[..., object]) -> None:
    assert "另存为 CSV" in read(b"PK\x03\x04rest")
    assert "另存为 CSV" in read(b"\xd0\xcf\x11\xe0rest")
    assert "没认出表头" in read("时间,备注\n2025-12-03,谢谢")
    assert read('金额,手续费\n1000,6\n"1000,6\n1000,6') == "第 3 行起引号没有成对，请补上再试"


def open_form(page: Page, base_url: str) -> None:
    page.goto(base_url + PAGE)


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    go = page.get_by_role("button", name="算一算")
    go.click()
    expect(go).not_to_have_attribute("aria-busy", "true")


def problem(page: Page, name: str) -> str:
    return page.locator(f"#fee-{name}-problem").inner_text()


def test_the_form_answers_the_reported_case(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    fill(page, rate="0.63", amount="30580", deducted="917.34")
    expect(page.locator("output")).to_have_text("多扣了 724.69 元。")
    facts = page.locator("[data-result] .kb-facts dd").all_inner_texts()
    assert facts == ["192.65 元", "917.34 元", "724.69 元", "2.9998%"]
    expect(page.locator("[data-findings]")).to_contain_text("2.99% + 3 元/笔 也恰好等于 917.34（推论）")
    box = area(page.locator("[data-result] .kb-facts"))
    assert box["y"] + box["height"] <= page.viewport_size["height"], "the figures are in view"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="费率被悄悄上调").first.click()
    page.wait_for_url("**/causes/fee-raised/")


def test_the_statement_is_checked_row_by_row(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.locator("[name=rate]").fill("0.6")
    page.get_by_text("一次核对很多笔").click()
    page.locator("[name=file]").set_input_files(
        {"name": "export.csv", "mimeType": "text/csv", "buffer": EXPORT.encode("gbk")}
    )
    expect(page.locator("output")).to_have_text("3 笔里有 2 笔多扣，差额共 733.93 元。")
    assert page.locator("[data-result] .kb-facts dd").all_inner_texts() == [
        "189.51 元",
        "923.44 元",
        "733.93 元",
        "2.9237%",
    ]
    assert page.locator("[data-skipped] li").all_inner_texts()[0] == "第 7 行：手续费(元)“abc”只能填数字"
    assert page.locator(".kb-table td").all_inner_texts()[:4] == ["4", "30,580.00", "917.34", "733.86"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.kb-calculator *')].filter((e) => e.getClientRects().length &&
             parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    for target in page.locator(".kb-calculator :is(.kb-button, summary, input):visible").all():
        assert area(target)["height"] >= 44
    assert Axe().run(page).violations_count == 0


WRONG = {
    "rate": {
        "-1": "不能是负数",
        "abc": "只能填数字",
        "100": "要小于 100%",
        "0.0063": "太小：是不是 0.63%？就填它",
    },
    "amount": {
        "": "请填收款金额，例如 30580",
        "0": "要大于 0",
        "1.2.3": "多了一个小数点",
        "12345678901234567890": "数太大，小数点前最多 12 位",
    },
    "deducted": {"": "请填实扣手续费：金额减到账", "2000": "比收款金额还大：这里填手续费"},
    "cap": {"0.05": "不能比保底低"},
}


@one_view
@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_wrong_field_says_what_is_wrong(name: str, value: str, page: Page, base_url: str) -> None:
    open_form(page, base_url)
    right = {"rate": "0.6", "floor": "0.10", "cap": "20", "amount": "1000", "deducted": "6"}
    fill(page, **right | {name: value})
    assert problem(page, name) == WRONG[name][value]
    expect(page.locator(f"[name={name}]")).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    expect(page.locator("[data-result]")).to_be_hidden()
    fill(page, **right)
    assert problem(page, name) == ""
    expect(page.locator("output")).to_have_text("没有多扣。")


@one_view
def test_without_an_agreed_rate_only_what_was_taken_is_said(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    fill(page, amount="30580", deducted="917.34")
    expect(page.locator("output")).to_have_text(
        "实际扣了 2.9998%。多没多扣还不知道：翻协议找到约定费率，填上再算。"
    )
    for part in ("[data-result]", "[data-claim]"):
        expect(page.locator(part)).to_be_hidden()
    fill(page, rate="0.63")
    expect(page.locator("output")).to_contain_text("多扣了 724.69 元")
    expect(page.locator("[data-claim]")).to_be_visible()
    fill(page, rate="")
    expect(page.locator("[data-claim]")).to_be_hidden()


@one_view
def test_the_hint_of_a_month_has_a_row_of_its_own(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.get_by_label("一个月合计的").check()
    hint, form = page.locator("[data-total]"), page.locator(".kb-calculator form")
    assert area(hint)["width"] > 0.9 * area(form)["width"]


@one_view
def test_large_buttons_stand_below_one_another(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="平常字")).to_be_visible()
    first, second = (area(page.get_by_role("button", name=name)) for name in ("算一算", "填入公开案例"))
    assert second["y"] >= first["y"] + first["height"]
    assert first["width"] == second["width"]


@one_view
def test_a_result_does_not_outlive_its_numbers(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.get_by_role("button", name="填入公开案例").click()
    expect(page.locator("output")).to_have_text("公开案例，不是你的账：多扣了 724.69 元。")
    page.locator("[name=amount]").press_sequentially("0")
    expect(page.locator("output")).to_have_text("")
    expect(page.locator("[data-result]")).to_be_hidden()


@one_view
def test_a_statement_that_cannot_be_read_says_why(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.locator("[name=rate]").fill("0.6")
    page.get_by_text("一次核对很多笔").click()
    go = page.get_by_role("button", name="逐笔核对")
    go.click()
    expect(page.locator("#fee-statement-problem")).to_have_text("请先粘贴明细，或者选一个文件")
    assert Axe().run(page).violations_count == 0
    page.locator("[name=statement]").fill("金额,手续费\n谢谢,惠顾")
    go.click()
    expect(page.locator("#fee-statement-problem")).to_have_text("一笔也没有读出来，看下面每一行的原因")
    expect(page.locator("[data-skipped-rows]")).to_have_text("第 2 行：金额“谢谢”只能填数字")
    for content, reason in ((b"PK\x03\x04", "另存为 CSV"), (b" " * 5_000_001, "文件太大")):
        page.locator("[name=file]").set_input_files(
            {"name": "export.csv", "mimeType": "text/csv", "buffer": content}
        )
        expect(page.locator("#fee-statement-problem")).to_contain_text(reason)


@one_view
def test_long_lists_are_cut_on_the_page_but_not_in_the_report(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.locator("[name=rate]").fill("0.6")
    page.get_by_text("一次核对很多笔").click()
    rows = [f"{100 + n},{n + 2}" for n in range(30)] + ["谢谢,惠顾"] * 25
    page.locator("[name=statement]").fill("\n".join(["金额,手续费", *rows]))
    page.get_by_role("button", name="逐笔核对").click()
    expect(page.locator(".kb-table tbody tr")).to_have_count(20)
    assert page.locator(".kb-table tbody tr td").all_inner_texts()[:2] == ["31", "129.00"]
    expect(page.locator("[data-skipped-rows] li")).to_have_count(21)
    expect(page.locator("[data-skipped-rows] li").last).to_have_text("还有 5 行")
    assert page.locator("[data-report]").input_value().count("多扣 ") == 30


REPORT = """手续费核对
商户号：【商户号】
收款金额：30,580.00 元，交易时间【时间】
约定：费率 0.63%
应扣：30,580.00 × 0.63% = 192.65 元
实扣：917.34 元
差额：724.69 元
等效费率：2.9998%
像是费率高了：等效费率 2.9998%，约定 0.63%。

请说明：按哪一项标准扣、在哪里公示过、我哪天同意的。拿不出依据，请退还多扣的钱。"""


@one_view
def test_the_report_is_copied_as_plain_text(page: Page, base_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_form(page, base_url)
    page.get_by_role("button", name="填入公开案例").click()
    copied = page.locator("[data-copied]")
    copied.evaluate(
        """status => new MutationObserver(() => (self.said = [...(self.said ?? []), status.textContent]))
             .observe(status, {childList: true})"""
    )
    for _ in range(2):
        page.get_by_role("button", name="复制这段话给收单机构").click()
        expect(copied).to_have_text("已复制")
        page.wait_for_function("() => self.said.at(-1) === '已复制'")
        assert page.evaluate("navigator.clipboard.readText()") == REPORT
    assert page.evaluate("self.said.filter(text => text)") == ["已复制"] * 2, "each copy is announced"

    page.evaluate("navigator.clipboard.writeText('').then(() => { navigator.clipboard.writeText = null })")
    page.get_by_role("button", name="算一算").click()
    page.get_by_role("button", name="复制这段话给收单机构").click()
    expect(copied).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == REPORT

    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="复制这段话给收单机构").click()
    expect(copied).to_have_text("已选中，请长按复制")
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == REPORT


def test_who_comes_back_finds_what_he_typed(finger: Page, base_url: str) -> None:
    open_form(finger, base_url)
    finger.locator("#fee-amount").fill("500")
    finger.locator("#fee-deducted").fill("4.5")
    finger.locator("#fee-rate").fill("0.6")
    finger.get_by_role("button", name="算一算").tap()
    finger.get_by_role("link", name="把钱要回来").first.tap()
    finger.wait_for_url("**/claim-refund/**")
    finger.go_back()
    expect(finger.locator("#fee-amount")).to_have_value("500")
    expect(finger.locator("#fee-rate")).to_have_value("0.6")
    example = finger.get_by_role("button", name="填入公开案例")
    expect(example).to_be_disabled()  # it would take the place of his numbers
    for name in ("amount", "deducted", "rate"):
        finger.locator(f"#fee-{name}").fill("")
    expect(example).to_be_enabled()


def test_what_was_computed_is_filled_into_the_letter(finger: Page, base_url: str) -> None:
    """The reader's own numbers go along to the text that asks for the money; the public case's do not."""
    open_form(finger, base_url)
    finger.get_by_role("button", name="填入公开案例").tap()
    expect(finger.locator("[data-headline]")).to_contain_text("不是你的账")
    assert finger.evaluate("sessionStorage.getItem('kb-case')") is None
    for name, value in {"amount": "20,000", "deducted": "180", "rate": "0.6"}.items():
        finger.locator(f"[name={name}]").fill(value)
    finger.get_by_role("button", name="算一算").tap()
    expect(finger.locator("output")).to_have_text("多扣了 60.00 元。")
    finger.get_by_role("button", name="改按一个月合计算").tap()
    expect(finger.locator("output")).to_have_text("合计比按费率算的多 60.00 元。")
    expect(finger.locator("[data-total]")).to_be_visible()
    expect(finger.locator("[data-as-month]")).to_be_hidden()
    expect(finger.locator("[data-findings]")).to_contain_text("各算一次")
    sent = finger.locator("[data-report]").input_value()
    assert "差额：60.00 元" in sent and "各算一次" not in sent, "what is advised is not claimed"
    finger.get_by_role("link", name="把钱要回来").tap()
    finger.wait_for_url("**/remedies/claim-refund/")
    letter = finger.locator("blockquote", has_text="关于退还多收")
    expect(letter).to_contain_text("共扣手续费180.00元，按约定应扣120.00元，多收60.00元")
    expect(letter).to_contain_text("双方约定费率为0.6%")
    left = finger.locator("[data-case-left]")
    expect(left).to_contain_text("商户号")
    expect(left).not_to_contain_text("总差额")


@one_view
def test_the_report_of_many_trades_lists_those_that_cost_too_much(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.locator("[name=rate]").fill("0.6")
    page.get_by_text("一次核对很多笔").click()
    page.locator("[name=statement]").fill(
        "交易日期,金额,手续费\n2025-12-01,1000,6\n2025-12-02,1000,9\n2025-12-03,500,6"
    )
    page.get_by_role("button", name="逐笔核对").click()
    expect(page.locator("[data-report]")).not_to_have_value("")  # what reads statements is fetched now
    text = page.locator("[data-report]").input_value()
    assert "交易：3 笔，金额共 2,500.00 元" in text
    assert "第 3 行 2025-12-02 金额 1,000.00，应扣 6.00，实扣 9.00，多扣 3.00\n" in text
    assert "第 2 行" not in text
    expect(page.locator("[data-findings]")).to_contain_text("多出的正好是每笔 3.00 元")


def test_without_scripts_the_formula_remains(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url + PAGE)
    expect(page.locator("[data-calculator]")).to_be_hidden()
    expect(page.locator("blockquote")).to_contain_text("应扣 = 金额 × 费率")
    expect(page.locator("table:not([class])")).to_contain_text("917.34")
    context.close()


@one_view
def test_each_form_of_a_page_has_its_own_result(page: Page, base_url: str, assets: str) -> None:
    open_form(page, base_url)
    page.evaluate(
        """async (module) => {
             const copy = document.querySelector("[data-calculator]").cloneNode(true);
             copy.id = "second";
             document.querySelector("[data-calculator]").after(copy);
             (await import(module)).enhance(copy);
           }""",
        f"{base_url}{assets}/fee/calculator.js",
    )
    second = page.locator("#second")
    for name, value in {"rate": "0.63", "amount": "30580", "deducted": "917.34"}.items():
        second.locator(f"[name={name}]").fill(value)
    second.get_by_role("button", name="算一算").click()
    expect(second.locator("output")).to_have_text("多扣了 724.69 元。")
    expect(page.locator("output").first).to_have_text("")
    second.locator("[name=amount]").fill("1.2.3")
    second.get_by_role("button", name="算一算").click()
    expect(second.locator(".kb-field__problem").first).to_have_text("多了一个小数点")
    expect(page.locator(".kb-field__problem").first).to_have_text("")


@one_view
def test_a_file_that_cannot_be_opened_says_so(page: Page, base_url: str) -> None:
    open_form(page, base_url)
    page.locator("[name=rate]").fill("0.6")
    page.get_by_text("一次核对很多笔").click()
    page.evaluate("() => { File.prototype.arrayBuffer = () => Promise.reject(new DOMException()) }")
    page.locator("[name=file]").set_input_files(
        {"name": "export.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()}
    )
    expect(page.locator("#fee-statement-problem")).to_contain_text("这个文件打不开")


def test_nothing_moves_when_the_form_wakes(page: Page, base_url: str) -> None:
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
             for (const entry of list.getEntries()) window.shift += entry.value;
           }).observe({ type: "layout-shift", buffered: true })"""
    )
    open_form(page, base_url)
    page.wait_for_timeout(300)
    assert page.evaluate("shift") <= 0.02
