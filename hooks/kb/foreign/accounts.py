"""Accounts a reader could add: WeChat, QQ and the like."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Allowed, Span
from .numbers import digitise

_XIN = "[信心芯欣新伈]"
_WECHAT = (
    rf"(?:[微薇威徽维卫巍唯]。?{_XIN}|[微薇威徽]xin|wei{_XIN}|[vw]{_XIN}|[微薇]x(?![a-z])|薇芯|卫星号?|绿泡泡"
    r"|(?<![a-z])(?:weixin|wechat|wexin|vx|wx|weix|v信|vchat)(?:id)?)"
)
_ADD = r"(?:(?<![增更外再附累叠参])[加架伽嘉茄]|(?<![a-z])jia|\+|添加|[➕])"
_QQ = r"(?:(?<![a-z])q{1,2}(?![a-z])|扣扣|抠抠|叩叩|蔻蔻|企鹅|球球|秋秋|q群|扣群)"
_OTHER = r"(?:(?<![a-z])(?:telegram|whatsapp|tg|skype)(?![a-z])|电报|纸飞机|飞机号|抖音|快手|小红书|钉钉|旺旺|陌陌|公众)"
_MARK = r"(?:号码|号|hao|id|同号|群|账号|[:=是为])"
_ID = r"([a-z][a-z0-9]{4,24}|[0-9]{5,13})"
_NOT_ID = re.compile(
    r"wechat|weixin|alipay|unionpay|bestpay|wxpay|jsapi|native|micropay|limitpay|nocredit|android|ios|iphone|huabei"
    r"|uqrcodepay|subappid|submchid|appid|openid|credit|wechatpay|string|[0-9]+(?=元|笔|万|个|次|天|年|日|分)"
)

_FIRSTS = _W, _A, _P, _Q, _O = tuple(
    map(
        re.compile,
        (
            "[微薇威徽维卫巍唯绿vw]",
            "[加架伽嘉茄j+添]",
            "[我客老经专业售私个微薇威徽维电]",
            "[q扣抠叩蔻企球秋]",
            "[tws电纸飞抖快小钉旺陌公关搜]",
        ),
    )
)
"""With what characters a rule begins: looked for once, so that a rule is tried at a few places only."""

_RULES = (
    ("wechat", _A, re.compile(rf"{_ADD}[a-z0-9。:]{{0,3}}(?:一?下|个|我的?|你|客服|老师|经理|专员|售后|业务员?|工作人员)*。?{_WECHAT}"
                          r"(?!。?(?:支付|付款|收款|钱包|里|小程序|公众|红包|零钱|转账|和|与|或|、|扫))")),
    ("wechat", _A, re.compile(rf"{_ADD}。?(?:我的?|个|下)?。?(?<![a-z])[vw薇徽](?![a-z]{{2}}|\w*支付)(?!端)")),
    ("wechat", _A, re.compile(r"(?<![增更外再附累叠参])加[微薇](?=$|[。:a-z0-9])")),
    ("wechat", _A, re.compile(r"(?:\+|加)[vw薇徽](?=[a-z]*[0-9])[a-z0-9]{5,20}")),
    ("wechat", _W, re.compile(rf"{_WECHAT}(?:{_MARK}|。){{1,4}}{_ID}")),
    ("wechat", _W, re.compile(rf"{_WECHAT}(?=[a-z0-9]{{0,19}}[0-9])(?=[0-9]{{0,19}}[a-z]){_ID}(?![a-z0-9])")),
    ("wechat", _W, re.compile(rf"{_WECHAT}。?[0-9]{{6,13}}(?![0-9元笔万]|位)")),
    ("wechat", _W, re.compile(r"(?<![a-z])wxid[a-z0-9]{4,}|(?<![a-z])v:[a-z][a-z0-9]{4,}|(?<![a-z])v:?[0-9]{8,12}(?![0-9])")),
    ("wechat", _P, re.compile(rf"(?:我|客服|老师|经理|专员|业务员?|售后|私人|个人)的?{_WECHAT}(?:号|[:是为])|电[微v](?:同|:)")),
    ("wechat", _W, re.compile(rf"{_WECHAT}(?:同号|联系)")),
    ("qq", _Q, re.compile(rf"{_QQ}(?:{_MARK}|。)*[0-9]{{5,12}}(?![0-9元笔万])")),
    ("qq", _A, re.compile(rf"{_ADD}(?:我的?|个|客服)?{_QQ}")),
    ("qq", _Q, re.compile(r"(?:扣扣|抠抠|叩叩|企鹅)(?:号|群|联系)|q{1,2}群号?[:是为0-9]")),
    ("account", _O, re.compile(rf"{_OTHER}(?:{_MARK}|。){{1,4}}{_ID}|(?:关注|搜索?)[^。]{{0,6}}公众号")),
)  # fmt: skip


def accounts(squeezed: str, allowed: Allowed, prose: bool) -> Iterator[Span]:
    """Yield what a reader could add, in a squeezed text.

    Bad: ``加 微 信：abc_123``, ``V信 abc123``, ``QQ群 一二三四五``. Good: ``微信支付``, ``微信：WECHAT``, ``微信付款码``.
    """
    text = digitise(squeezed, letters=False)
    places = {first: [found.start() for found in first.finditer(text)] for first in _FIRSTS}
    for kind, first, pattern in _RULES:
        for found in (m for at in places[first] if (m := pattern.match(text, at))):
            name = found[found.lastindex] if found.lastindex else ""
            if name and (_NOT_ID.match(text, found.start(found.lastindex)) or name in allowed.phones):
                continue
            if prose or not squeezed[found.start() : found.end()].isascii():
                yield Span(*found.span(), kind, squeezed[found.start() : found.end()])
