"""Any text is scanned without an exception, in linear time; a contact is refused however it is disguised."""

# ruff: noqa: E501

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kb.foreign import Syntax, scan

from tests.foreign.contacts import ALLOWED

SEPARATORS = ["-", " ", ".", "、", "/", "**", "<b>", "\n", "·", " - ", "​", "‌", "­", "⁠"]
LOOKS = {digit: [digit, chr(0xFF10 + int(digit)), "零一二三四五六七八九"[int(digit)], "⓪①②③④⑤⑥⑦⑧⑨"[int(digit)],
                 "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)], f"&#{48 + int(digit)};", f"&#x{48 + int(digit):x};",
                 chr(0x1D7CE + int(digit))] for digit in "0123456789"}  # fmt: skip
LETTERS = {
    "a": "аａ𝐚",
    "c": "сｃⓒ",
    "e": "еｅ𝖾",
    "o": "оοｏ",
    "p": "рｐ𝗉",
    "i": "іｉ",
    "s": "ѕｓ",
    "m": "ｍⓜ",
    "u": "ｕ",
    "f": "ｆ",
}
DOTS = [".", "．", "。", "点", " . ", "[.]", "&#46;", "%2e", "\\.", "​.", "·"]


@st.composite
def disguised_phones(draw):
    number = draw(
        st.sampled_from(["13800138000", "19912345678", "4001234567", "01088886666", "075588886666"])
    )
    spelt = [draw(st.sampled_from(LOOKS[digit])) for digit in number]
    cuts = draw(st.sets(st.integers(3, len(number) - 1), max_size=5))
    return "".join((draw(st.sampled_from(SEPARATORS)) if n in cuts else "") + c for n, c in enumerate(spelt))


@st.composite
def disguised_domains(draw):
    name, tld = draw(st.sampled_from([("mifupos", "com"), ("pos", "cn"), ("evil", "net"), ("shua", "vip")]))
    spelt = [
        draw(st.sampled_from([c, *LETTERS.get(c, "")])) + draw(st.sampled_from(["", "", "", "​", "­"]))
        for c in name
    ]
    return (
        "".join(spelt) + draw(st.sampled_from(DOTS)) + draw(st.sampled_from([tld, tld.upper(), "‌".join(tld)]))
    )


@st.composite
def disguised_words(draw):
    word = draw(st.sampled_from(["加微信abc123", "花呗套现", "免费领pos机", "大额花呗码", "微信号abc123"]))
    return "".join(c + draw(st.sampled_from(["", "", " ", "*", "​", "-", "·", "**"])) for c in word)


AROUND = st.sampled_from(["", "请看 ", "\n\n", "：", "（", "**", "<!-- "])


@settings(max_examples=400, deadline=None)
@given(AROUND, disguised_phones())
def test_phone_is_refused(before, phone):
    assert any(match.start >= len(before) - 2 for match in scan(f"{before}{phone}\n", ALLOWED))


@settings(max_examples=300, deadline=None)
@given(AROUND, disguised_domains())
def test_domain_is_refused(before, domain):
    assert any(match.kind == "url" for match in scan(f"{before}{domain} 见", ALLOWED))


@settings(max_examples=300, deadline=None)
@given(AROUND, disguised_words())
def test_words_are_refused(before, words):
    assert any(match.kind in {"wechat", "advert"} for match in scan(f"{before}{words}。", ALLOWED))


PIECES = st.sampled_from(
    [
        "1",
        "3",
        "8",
        ".",
        "/",
        ":",
        "@",
        "\\",
        "&",
        "#",
        ";",
        "%",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "*",
        "_",
        "`",
        "加",
        "微",
        "信",
        "套",
        "现",
        "一",
        "。",
        "com",
        "http://",
        "\u200b",
        "😀",
        "&#49;",
        "%2e",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.sampled_from(Syntax))
def test_any_text_gives_valid_offsets(text, syntax):
    for match in scan(text, ALLOWED, syntax):
        assert 0 <= match.start < match.end <= len(text)
        assert match.value and match.problem and match.remedy


@pytest.mark.parametrize(
    "unit", ["1", "0", "[", "一", "<", "&", "%41", "\\", "a.", "微", "套", "@", "1 3 ", "<!--", "é", "\u200b"]
)
def test_time_is_linear(unit):
    text = (unit * 1_000_000)[:1_000_000]
    before = time.process_time()
    list(scan(text, ALLOWED))
    assert time.process_time() - before < 6  # 2 s on a quiet machine


def test_card_is_quick():
    text = (
        "该付款方式不支持当前交易。先查单，再决定要不要重收，费率 0.6%。\n- [看原因](../causes/x.md#fix)\n"
        * 40
    )
    list(scan(text, ALLOWED))
    before = time.process_time()
    list(scan(text, ALLOWED))
    assert time.process_time() - before < 0.05
