"""Numbers, handles and hosts at random, disguised at random: none gets in. What is registered does.

The numbers follow the numbering plan of mainland China (mobile 1[3-9] and eleven digits, area code and
eight digits, 400 and 800 numbers); a registered one is never drawn.
"""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.foreign.known import KNOWN, PAGE, finds

QUIET = settings(max_examples=300, deadline=None, derandomize=True)

HAN = ["〇零", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾"]
GAPS = [
    "",
    "",
    "-",
    " ",
    "  ",
    ".",
    "、",
    "/",
    "**",
    "·",
    " - ",
    "——",
    "（",
    "）",
    "\n",
    "\n\n",
    "…",
    "`",
    "_",
    "|",
    "*",
]
LOOKS = [
    lambda digit: digit,
    lambda digit: f"&#{ord(digit)};",
    lambda digit: f"&#x{ord(digit):x};",
    lambda digit: chr(ord("０") + int(digit)),
    lambda digit: chr(0x1D7CE + int(digit)),
    *(lambda digit, n=n: HAN[int(digit)][n % len(HAN[int(digit)])] for n in range(3)),
]
"""How a digit may be written; each of them shows as a digit or is no character of ours."""
AROUND = st.sampled_from(
    ["", "请看", "王经理 ", "- ", "> ", "（", "电话：", "## 怎么办\n\n", "拨打 95188 或 "]
)
DIGITS = "0123456789"


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=least, max_size=most)


mobiles = st.builds("1{}{}".format, st.sampled_from("3456789"), digits(9, 9))
landlines = st.builds(
    "{}{}{}".format, st.sampled_from(["010", "021", "0755", "0371"]), st.sampled_from("2345678"), digits(7, 7)
)
hotlines = st.builds("{}{}".format, st.sampled_from(["400", "800"]), digits(7, 7))
accounts = st.builds("{}{}".format, st.sampled_from(["62", "43", "02"]), digits(14, 17))
numbers = st.one_of(mobiles, landlines, hotlines, accounts).filter(lambda number: number not in KNOWN.phones)


@st.composite
def disguised(draw: st.DrawFn) -> str:
    number = draw(numbers)
    look = draw(st.lists(st.sampled_from(LOOKS), min_size=1, max_size=3))
    gap = draw(st.lists(st.sampled_from(GAPS), min_size=1, max_size=4))
    cuts = draw(st.sets(st.integers(1, len(number) - 1), max_size=6))
    pieces = []
    for place, digit in enumerate(number):
        pieces.append(draw(st.sampled_from(gap)) if place in cuts else "")
        pieces.append(draw(st.sampled_from(look))(digit))
    return "".join(pieces)


@QUIET
@given(AROUND, disguised(), st.sampled_from(["", "。", "，找我", "\n", " 微信同号"]))
def test_no_number_gets_in(before: str, number: str, after: str) -> None:
    assert finds(before + number + after)


LETTERS = "abcdefghijklmnopqrstuvwxyz"
handles = st.one_of(
    st.builds("{}{}".format, st.text(LETTERS, min_size=2, max_size=8), digits(2, 6)),
    st.builds(
        "{}_{}".format, st.text(LETTERS, min_size=3, max_size=8), st.text(LETTERS, min_size=3, max_size=6)
    ),
    st.builds(
        "{}.{}".format,
        st.text(LETTERS, min_size=4, max_size=9),
        st.sampled_from(["com", "cn", "help", "vip", "top"]),
    ),
).filter(lambda handle: handle not in KNOWN.words)


@QUIET
@given(
    AROUND,
    handles,
    st.sampled_from(["", " ", "**", "&#8203;", "-", "\u200b", "．"]),
    st.integers(1, 4),
    st.booleans(),
)
def test_no_handle_gets_in(before: str, handle: str, inside: str, at: int, upper: bool) -> None:
    written = handle.upper() if upper else handle
    text = before + written[:at] + inside + written[at:]
    known = all(
        piece in KNOWN.words | KNOWN.names or piece.isdigit()
        for piece in re.split("[^A-Za-z0-9]+", text.removeprefix(before))
    )
    assert finds(text) or known


@QUIET
@given(st.sampled_from(sorted(KNOWN.phones)), st.sampled_from(DIGITS), st.sampled_from(["", " ", "-", "转 "]))
def test_a_registered_number_excuses_no_neighbour(phone: str, digit: str, gap: str) -> None:
    assert finds(f"打 {phone}") == []
    assert finds(f"打 {digit * 3}{gap}{phone}")
    assert finds(f"打 {phone}{gap}{digit * 3}")


@QUIET
@given(
    st.sampled_from(sorted(phone for phone in KNOWN.phones if len(phone) > 5)),
    st.sets(st.integers(3, 8), max_size=3),
    st.sampled_from(["-", " "]),
)
def test_a_registered_number_in_groups(phone: str, cuts: set[int], mark: str) -> None:
    assert (
        finds("打 " + "".join((mark if place in cuts else "") + digit for place, digit in enumerate(phone)))
        == []
    )


@QUIET
@given(
    st.integers(1, 999_999),
    st.integers(0, 99),
    st.sampled_from(["元", "笔", "%", "次", "分钟"]),
    st.integers(1, 6),
)
def test_amounts_get_in(whole: int, part: int, unit: str, times: int) -> None:
    one = f"{whole:,}.{part:02} {unit}"
    assert finds("、".join([one] * times)) == []
    assert finds(f"合计 {whole} {unit}，另收 {part} {unit}") == []


@QUIET
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_get_in(day: date) -> None:
    assert finds(f"核实于 {day}，{day:%Y} 年 {day.month} 月 {day.day} 日起，到 {day} 18:30:05 为止") == []


@pytest.mark.parametrize(
    "unit",
    [
        "<https://jubao.pcac.org.cn> ",
        "https://jubao.pcac.org.cn/ ",
        "1",
        "1 ",
        "一",
        "1+",
        "、1",
        "138 元 ",
        "加",
        "a.",
        "@",
        "<",
        "&",
        "*",
        "`",
        "|",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = (unit * (128 * 1024))[: 128 * 1024]
    before = time.process_time()
    finds(text, PAGE)
    assert time.process_time() - before < 3  # 0.1 to 0.7 s on a quiet machine
