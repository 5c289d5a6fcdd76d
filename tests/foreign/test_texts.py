"""Texts of a page: what is refused, by its name, and what is not."""

from __future__ import annotations

import pytest
import yaml
from kb.content.data import lines_of

from tests.conftest import ROOT
from tests.foreign.known import ASKS, DATA, KNOWN, finds, said


def cases(name: str) -> list[object]:
    lists = yaml.safe_load((ROOT / f"tests/golden/{name}.yml").read_text("utf-8"))
    return [
        pytest.param(kind, str(text).replace("⏎", "\n"), id=f"{kind}-{number}")
        for kind, texts in lists.items()
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(("kind", "text"), cases("refused"))
def test_refused(kind: str, text: str) -> None:
    found = finds(text)
    assert kind in {match.kind for match in found}, found
    assert all(match.problem and match.remedy and not match.remedy.endswith("。") for match in found)


@pytest.mark.parametrize(("kind", "text"), cases("allowed"))
def test_allowed(kind: str, text: str) -> None:
    assert finds(text) == []


def unseen(name: str) -> list[str]:
    lines = lines_of((ROOT / f"tests/golden/unseen-{name}.txt").read_text("utf-8"))
    assert len(lines) > 150 and not set(lines) & {*KNOWN.adverts, *KNOWN.harmless}
    return list(lines)


def test_adverts_like_none_of_the_examples_are_refused() -> None:
    """They were made hard: of the patterns that stood before the examples 82 % were let in."""
    let_in = [text for text in unseen("adverts") if not said(text)]
    assert len(let_in) <= 0.09 * len(unseen("adverts")), let_in


def test_harmless_sentences_like_none_of_the_examples_get_in() -> None:
    """They were made hard: most are of the same things that adverts speak of."""
    refused = [text for text in unseen("harmless") if said(text)]
    assert len(refused) <= 0.04 * len(unseen("harmless")), refused


def test_every_example_counts() -> None:
    """What was learnt fits nearly all that it was learnt from; a harmless example gets in as it stands."""
    known = [text for text in KNOWN.adverts if said(text)]
    assert len(known) >= 0.98 * len(KNOWN.adverts)
    wrong = [text for text in KNOWN.harmless if {m.kind for m in said(text)} & {"phrase", "brand"}]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "换成蓝鲸收银就好",
        "我们店认准星河支付",
        "麦芽付，收得更快",
        "请注册云杉钱包",
        "不支持花呗，换一台旺财宝",
    ],
)
def test_names_that_nobody_reviewed_are_refused(text: str) -> None:
    assert {match.kind for match in finds(text)} <= {"brand", "strange"} and finds(text)
    assert {match.kind for match in finds(text, ASKS)} <= {"brand", "strange"} and finds(text, ASKS)


@pytest.mark.parametrize(
    "name",
    ["鑫汇", "盈易来", "云帆达", "喜呗惠", "晴姐", "汇聚鑫", "小宸", "蕊姨", "盛佳", "泽哥", "鼎钱柜"],
)
@pytest.mark.parametrize(
    "text",
    [
        "{}能开花呗",
        "别信外人，{}才收得了花呗",
        "店里现在都用{}",
        "花呗收不了，后来{}给弄好了",
        "{}的码一扫就成",
        "怎么问到{}呢",
    ],
)
def test_characters_that_make_no_word_are_a_name(name: str, text: str) -> None:
    written = text.format(name)
    assert "strange" in {match.kind for match in finds(written)}
    assert "strange" in {match.kind for match in finds(written, ASKS)}
    assert finds(f"---\ntitle: {name}\n---\n") and finds(f"- term: {name}\n", DATA)


def test_who_is_turned_to_is_somebody_that_reviewed_texts_have() -> None:
    for whom in ("百川", "银河收款", "蜂鸟", "花满堂"):
        assert {match.kind for match in finds(f"花呗收不了就找{whom}")} & {"brand", "phrase"}, whom
    for whom in ("收单机构", "服务商", "装机器的那家", "顾客", "发卡行"):
        assert finds(f"花呗收不了就找{whom}问一问。") == [], whom


@pytest.mark.parametrize("text", ["换成收钱吧试一试", "改用余额付", "用云闪付付款", "顾客换一张卡支付"])
def test_reviewed_names_and_plain_words_get_in(text: str) -> None:
    assert finds(text) == []


@pytest.mark.parametrize(
    ("warning", "offer"),
    [
        ("别信外面的广告", "到我们店里办最省心"),
        ("谨防上当", "我们免费代开，先办后付"),
        ("有人说“加我，免费领机器”，是骗子", "找我们一小时就开好"),
    ],
)
def test_a_warning_excuses_what_it_tells_of_and_nothing_behind_it(warning: str, offer: str) -> None:
    assert finds(f"{warning}。") == []
    assert [match.kind for match in finds(f"{warning}，{offer}。")] == ["phrase"]


@pytest.mark.parametrize(
    "text",
    [
        "请把短信里的验证码念给专员",
        "先把余额转到监管账户",
        "安装远程控制软件，由工程师操作",
        "有事联系本站编辑",
        "短信里的六位数念给对方",
        "来人要密码，照给",
        "货款先存到代理的卡上",
        "上门费 80 元，按通知缴纳",
        "问问谁有门路",
    ],
)
def test_what_only_cheats_ask_for_is_refused_unless_somebody_tells_of_it(text: str) -> None:
    assert {match.kind for match in finds(text)} == {"phrase"}
    assert finds(f"谁叫你“{text}”，别信。") == []
    assert finds(f"有人叫我{text}怎么办", ASKS) == []


def test_a_channel_is_called_by_a_reviewed_name() -> None:
    assert "brand" in {match.kind for match in finds("小程序“开店帮手”里能看到这一项")}
    assert finds("小程序“收钱吧”里能看到这一项") == []


@pytest.mark.parametrize(
    "text",
    [
        "区号 0317，后面拨 6602，再拨 481",
        "95188 接通后按 2，再按 7 7 0 3 5 9",
        "前三位 159，接着 0826，最后 4471，连起来",
        "电话 151 年 3307 月 8842 日",
        "第一位三，第二位九，第三位是七，记好了拨",
        "电话分成三笔记：151 元、3307 元、8842 元",
        "号码：2033 年 1 月 5 日 9 点 3307 笔，把前四位去掉",
        "银发〔1513〕3078 号、842 号，连起来拨",
        "- 第一位是 1\n- 第二、三位是 5、3\n- 末四位是 8、8、4、2",
    ],
)
def test_a_number_to_be_put_together_is_refused(text: str) -> None:
    assert "phone" in {match.kind for match in finds(text)}


def test_sums_that_are_put_together_get_in() -> None:
    assert finds("三笔合起来是 30,580 元、1,234 元和 99,000 元。") == []


@pytest.mark.parametrize(
    "text", ["- 加\n- 我\n- 办\n- 机", "| 加 | 微 | 信 |\n|---|---|---|\n| 办 | 花 | 呗 |"]
)
def test_a_call_cut_into_blocks_is_refused(text: str) -> None:
    assert finds(text)
    assert finds("| 能 | 不能 | 是 |\n|---|---|---|\n| 否 | 有 | 没有 |") == []


@pytest.mark.parametrize(
    "text",
    [
        "打 95188 转 2，等 3 分钟，再按 1",
        "尾号 1234 和尾号 5678 的两张卡，打 95188 问",
        "二〇二二年三月一日起施行",
    ],
)
def test_numbers_that_lead_nowhere_get_in(text: str) -> None:
    assert finds(text) == []


@pytest.mark.parametrize("text", ["找老邱问一问", "把单子交给小孟", "唐师傅会来", "请阿强看看", "问胖哥"])
def test_nobody_is_named(text: str) -> None:
    assert {match.kind for match in finds(text)} <= {"phrase", "brand", "strange"} and finds(text)


@pytest.mark.parametrize("text", ["薇芯", "斗音", "公粽号", "伽我", "撕聊", "花贝", "妃率", "莲系我"])
def test_words_of_the_same_sound_are_refused(text: str) -> None:
    assert {match.kind for match in finds(f"{text}，价好")} & {"phrase", "strange"}


def test_definitions_of_links_are_read() -> None:
    assert finds("[办机找我]: ../index.md")
    assert finds('[看]: ../index.md "办机找我"')
    assert finds("[看]: https://mifupos.com")
    assert finds('[看][甲]\n\n[甲]: ../index.md "说明"') == []
