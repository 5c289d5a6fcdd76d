"""A small library to search in: cards, codes, a title with markup, and a kind of question for others."""

from dataclasses import replace

from jieba import Tokenizer
from kb.search import Document, Section, Vocabulary
from kb.search.normalise import Simplifier, normalise, traditional_to_simplified
from kb.search.words import tokenizer_with


def tokenizer_of(vocabulary: Vocabulary) -> Tokenizer:
    """Return jieba with the words of a site: what ``Words`` has in columns."""
    simplify = Simplifier(traditional_to_simplified())
    return tokenizer_with(normalise(word, simplify) for word in vocabulary.words)


DOCUMENTS = (
    Document(
        url="causes/credit-disabled/",
        title="收单侧关掉了信用类渠道",
        kind="原因",
        id="C20",
        badges=("拉卡拉的问题",),
        summary="收单机构想只禁信用卡，却连花呗一起禁了。余额能付、信用卡和花呗都不行时先查它。",
        asks=("余额能付，花呗和信用卡都不行", "支付宝信用卡也刷不了是谁关的"),
        prompts=("当前交易不支持花呗",),
        aliases=("禁用信用卡", "credit_group"),
        sections=(
            Section("symptom", "你会看到什么", "余额和储蓄卡能付，花呗与信用卡同时失败。"),
            Section("fix", "怎么办", "请拉卡拉核对信用类渠道开关，恢复花呗收款。"),
        ),
    ),
    Document(
        url="causes/payment-code-expired/",
        title="付款码失效",
        kind="原因",
        id="C07",
        badges=("顾客的问题",),
        summary="付款码过期、已用过或是截图，刷新后再扫一次。",
        asks=("付款码老是提示无效怎么办", "截图的付款码为什么扫不出来"),
        prompts=("付款码无效",),
        sections=(Section("fix", "怎么办", "请顾客刷新付款码，调亮屏幕，再扫一次。"),),
    ),
    Document(
        url="causes/not-eligible/",
        title="开通不了：暂不符合条件",
        kind="原因",
        id="C19",
        badges=("支付宝的问题",),
        summary="系统评估后暂不开放，过段时间再试。",
        asks=("花呗收款开通不了是什么原因", "为什么一直不给我开通花呗收款"),
        prompts=("您的账户暂不符合开通条件",),
    ),
    Document(
        url="causes/per-trade-check/",
        title="已开通，但这一笔被系统拦下",
        kind="原因",
        id="C25",
        summary="商户已开通，有的顾客能付有的不能：每一笔都要过检测，人工不能放行。",
        asks=("花呗收款开通了顾客还付不了", "有的客户能用花呗有的不能用"),
    ),
    Document(
        url="causes/merchant-limit/",
        title="超过商户收款额度 <b>& 限额</b>",
        kind="原因",
        id="C23",
        summary="单笔、单日或当月超过了收款额度。",
        asks=("收款码为什么只能收几百块",),
        weight=1.1,
    ),
    Document(
        url="codes/#acq.payment_auth_code_invalid",
        title="ACQ.PAYMENT_AUTH_CODE_INVALID 付款码无效",
        kind="返回码",
        summary="请顾客刷新付款码，再扫一次。",
        codes=("ACQ.PAYMENT_AUTH_CODE_INVALID",),
    ),
    Document(
        url="codes/#acq.system_error",
        title="ACQ.SYSTEM_ERROR 系统错误",
        kind="返回码",
        summary="先查单，再决定要不要重收。",
        codes=("ACQ.SYSTEM_ERROR",),
    ),
    Document(
        url="remedies/refresh/",
        title="重新打开付款码",
        kind="对策",
        id="R12",
        need="C07",
        summary="请顾客重新打开付款码再扫。",
        asks=("付款码在哪里打开", "怎么让顾客重新打开付款码"),
    ),
    Document(
        url="elsewhere:repay",
        title="还花呗",
        kind="不归这里",
        summary="还款的事请在支付宝里问。",
        asks=("花呗怎么还款", "花呗哪天还款", "花呗还款日能改吗"),
    ),
    Document(
        url="about/", title="关于本站", kind="页面", sections=(Section("", "", "独立的资料，不是官方。"),)
    ),
)

PLAIN = tuple(
    replace(document, asks=(), need="") for document in DOCUMENTS if not document.url.startswith("elsewhere:")
)
"""The same without asks."""
NOTHING = ("番茄炒蛋怎么做", "今天天气怎么样", "帮我订一张火车票", "附近有什么好吃的")
