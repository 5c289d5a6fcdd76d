"""The words of advertisements, and of the sentences that warn against them."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Span

_THING = r"(?:pos|刷卡|收款|收银|拉卡拉|刷脸|花呗|信用卡|个人|商户|大|小|手)?。?(?:pos机?|机器|机(?!构|会|关|制)|刷卡机|收款码|收款机|花呗码)"


def _spread(words: str) -> str:
    """Allow pauses between the characters of words of three and more: ``招代理`` → ``招[。:]?代[。:]?理``."""
    return "(?:" + "|".join(("[。:]?" if len(word) > 2 else "").join(word) for word in words.split()) + ")"


_MENTIONS = (
    re.compile(r"(?<![配成整全一])[套淘掏][a-z0-9。:]{0,8}[现](?![在有场成行货象状代实任])|[套淘掏]。?(?:xian|x)(?![a-z])|(?<![a-z])tao(?:xian|现)"),
    re.compile(r"(?<![一两几这那])套。?现(?=[有现](?:找|联|加|需|要))"),
    re.compile(_spread("提现代办 代办提现 代提现 提额代办 代还 养卡 垫还 空卡")),
    re.compile(_spread("大额花呗 花呗码出售 花呗收款码出售 境外云闪付 花呗变现 花呗取现 花呗提现 白条取现 信用卡取现秒")),
    re.compile(r"代。?(?:开通?|办|申请|刷)(?!表|理)。?(?:花呗|信用卡|pos|商户|收款码|营业执照|执照)"),
    re.compile(r"(?:出售|售卖|出租|收购|回收|转让|供应|批发|租售)[^。]{0,8}(?:花呗|收款码|付款码|pos|刷卡机|四件套|银行卡|营业执照|对公)"),
    re.compile(r"(?:花呗|收款码|pos|刷卡机|四件套|对公户?)[^。]{0,4}(?:出售|出租|转让|批发|代理加盟|招代理)"),
    re.compile(rf"(?:免费|0元|零元|一元|1元|全国|包邮)。?(?:申?领取?|赠?送|办理?|申请|安装|包邮|发货)。?(?:一台|1台|台)?。?{_THING}"),
    re.compile(r"(?:办理?|申办|申领|领取|购买)。?(?:一台|1台|一个|个人|正规|拉卡拉|大|手)*。?(?:pos|刷卡机|收款机|刷脸机|收银机|花呗码)(?!的?(?:退机|退货|注销|销户|手续费))"),
    re.compile(r"(?:pos机?|刷卡机|收款机|花呗|信用卡)(?:免费)?(?:申请)?。?(?:代办|办理(?!退|注销|销户|挂失)|申领|免费领|免费送|包邮)"),
    re.compile(_spread("免费领机 免费送机 领机器 送机器 一清机 招代理 招商加盟")),
    re.compile(r"办机(?![器构会关制场])"),
    re.compile(r"(?:低|超低|最低|0|零|优惠)费率[^。]{0,6}。?[^。]{0,4}(?:秒到(?!费)|办|申请|到账|咨询|pos|机)|秒到[^。]{0,6}低费率|费率[^。]{0,4}(?:低至|仅需|只要)[^。]{0,8}秒到"),
)  # fmt: skip
"""What a warning may have to name."""

_CALLS = (
    re.compile(r"(?<![增更外再附累叠参])加。?我(?!们|国|行|方|司)(?=$|。|[a-z0-9]|微|好友|办|咨询|了解|领|详|吧|:|免费)"),
    re.compile(_spread("私聊 私信我 滴滴我 私我 找我办 找我开 找我领 私戳 戳我 联系我办 加好友 加v信 加群 进群领 入群 拉你进群 加客服微 加入微信群")),
    re.compile(r"(?:扫码|扫描?(?:下方|上方|下面)?二维码|长按(?:识别)?)。?(?:添?加|进群|入群|咨询|联系|领取|关注)(?!载)"),
    re.compile(r"联。?系。?(?:我(?!们)|客。?服。?(?:微|v|q|薇)|[微薇v]。?信|(?<![a-z])q)"),
    re.compile(r"(?:有需要|需要的?|想办|要办|想要)(?:的?(?:朋友|老板|商户|亲))?。?(?:可以?)?(?:联系我|找我|加我|私|滴)"),
    re.compile(r"(?:百度|必应|谷歌|抖音|快手|小红书)(?:一下|搜索?)|(?:电|手机|v|微)[微v信]?同号|薇同|微同号"),
    re.compile(r"(?:点击|戳)(?:下方|这里|此处|链接)?。?(?:免费)?(?:领取|办理|申领|咨询)"),
)  # fmt: skip
"""What no honest page says: it sends the reader to a person."""

_HAN = "[\u4e00-\u9fff“”「」a-z]"
_WARNED = re.compile(
    rf"(?:(?:不要|别|切勿|请勿|勿|千万别|不能|不可)(?:再|去)?(?:相信|轻信|听信|信|使用|用|找人?|买|购买|扫|碰|参与|做|帮人|理会|点)"
    rf"|拒绝|谨防|警惕|禁止|严禁|严打|打击|防范|涉嫌|疑似|怀疑|不得|当成|当作|误判为|判为|判定为|认定为|识别为|视为|防止"
    rf"|警告[。:]?)(?!{_HAN}{{0,6}}(?:错过|失去|犹豫|手慢|吃亏|别家|同行|找我|我家)){_HAN}{{0,8}}$"
)
_CONDEMNED = re.compile(
    r"(?:码|机)?。?(?:的?(?:广告|骗局|诈骗|陷阱|风险|嫌疑|套路)|(?:行为)?(?:是|属于?|涉嫌)?(?:违法|违规|犯罪|骗)|都是骗|的?都?不要信)"
)


def adverts(squeezed: str) -> Iterator[Span]:
    """Yield the words of adverts in a squeezed text, unless the same clause warns against them.

    A warning excuses only the word it governs. It cannot be abused: a contact, a link, or a word that sends the
    reader to somebody is never excused, and an advert without any of these sells nothing.

    Bad: ``花呗套*现``, ``套xian``, ``免费领 POS 机``, ``别错过套现``. Good: ``不要相信花呗套现码``, ``疑似套现``.
    """
    for pattern in _CALLS:
        for found in pattern.finditer(squeezed):
            yield Span(*found.span(), "advert", found[0])
    for pattern in _MENTIONS:
        for found in pattern.finditer(squeezed):
            before = squeezed[max(0, found.start() - 24) : found.start()]
            if not _WARNED.search(before) and not _CONDEMNED.match(squeezed, found.end()):
                yield Span(*found.span(), "advert", found[0])


_PINYIN = {
    "刷卡": "shua ka", "证书": "zheng shu", "适配": "shi pei", "方案": "fang an", "办理": "ban li", "花呗": "hua bei",
    "微信": "wei xin", "提现": "ti xian", "收款": "shou kuan", "代办": "dai ban", "费率": "fei lv", "秒到": "miao dao",
    "客服": "ke fu", "电话": "dian hua", "手机": "shou ji", "机器": "ji qi", "扫码": "sao ma", "联系": "lian xi",
    "开通": "kai tong", "支付": "zhi fu", "银行": "yin hang", "信用": "xin yong", "免费": "mian fei", "代理": "dai li",
    "贷款": "dai kuan", "变现": "bian xian", "取现": "qu xian", "咨询": "zi xun", "号码": "hao ma", "公司": "gong si",
}  # fmt: skip
_SYMBOL = r"(?:[·・.^~+=#@$&|\\]{1,3}|(?<!\*)\*(?!\*))"


_SCATTERED = frozenset(
    spelt
    for (a, b), (pa, pb) in ((word, pinyin.split()) for word, pinyin in _PINYIN.items())
    for spelt in (a + pb, pa + b, *(a + inside + b for inside in (pa, pb, pa + pb, pa[0], pb[0])))
)
_FIRST = "".join(word[0] for word in _PINYIN)
_LAST = "".join(word[1] for word in _PINYIN)
_MIXED = re.compile(rf"[{_FIRST}][a-z]{{1,10}}[{_LAST}]?|[a-z](?<![a-z].)[a-z]{{1,5}}[{_LAST}]")
_MARKED = re.compile(rf"([{_FIRST}]){_SYMBOL}([{_LAST}])")


def scattered(folded: str) -> Iterator[Span]:
    """Yield words with pinyin or marks inside, in a folded text: ``刷ka卡``, ``zheng书``, ``适·配``."""
    for found in _MIXED.finditer(folded):
        if found[0] in _SCATTERED:
            yield Span(*found.span(), "scattered", found[0])
    for found in _MARKED.finditer(folded):
        if found[1] + found[2] in _PINYIN:
            yield Span(*found.span(), "scattered", found[0])
