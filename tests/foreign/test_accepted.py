"""Innocent texts that look like something foreign: none is refused."""

# ruff: noqa: E501

import pytest
from kb.foreign import Syntax, scan

from tests.foreign.contacts import ALLOWED

PROSE = """
30,580 元扣 917.34 元，等于 2.99% 加 3 元
费率 0.38% 或 0.6%，保底 0.1 元
30580×2.99%=914.34，再 +3 元 = 917.34
0.45%+0.0325%+0.0325%=0.515%
核实于 2026-11-22，复核 2027-05-22
2025-12-23 18:30:25 的一笔
国务院令第768号，银发〔2021〕259号，第三十四条
发改价格〔2016〕557 号（2016-09-06 起）
不要相信花呗套现码
谨防花呗套现骗局
被系统识别为疑似套现
套现是违法的
一套现有设备，在现场成套现货
ACQ.PAYMENT_AUTH_CODE_INVALID 付款码无效
BBS11112、BBS11105、BPS10034
000100 / 000101 网络请求失败
DCP10000，A0 重新签到
付款码 25–30 开头、16–24 位数字
微信 10–15；支付宝 25–30；银联 62；数字人民币 01
见 C20、R17、Q03
mkdocs.yml、cards.json、credit-disabled.md、app.js
版本 1.0.6，SDK 2.14.3
/api/v3/labs/trans/micropay
`disable_pay_channels` 传入 credit_group,point
hb_fq_num=3，hb_fq_seller_percent=100
按 5+5+5+5+10+10+20 秒轮询
3/6/12 期，0 或 100
拉卡拉 400-766-6666，支付宝 95188
拉卡拉 4007666666、400 766 6666、（400）7666666
举报电话 010-66001918，01066001918
拨打 12363 或 12315
拨打 95188、400-758-5858、12363
[看原因](../causes/credit-disabled.md#fix)
[C20] 与 [^lakala-notify]
## 怎么办 {#fix}
![图](../img/x.png){ .wide }
微信支付、微信付款码、在微信里打开
微信：WECHAT 支付宝：ALIPAY 银联：UQRCODEPAY
再加微信支付试一次
出示付款码的二维码，扫 QR 码
`scan(text, allowed)` 返回 `Match`
见 https://www.pbc.gov.cn/tiaofasi/144941/144957/5414094/index.html。
<https://jubao.pcac.org.cn>
网站 jubao.pcac.org.cn，邮箱 jubao@pcac.org.cn
[Java SDK](https://github.com/alipay/alipay-sdk-java-all/blob/master/README)
https://github.com/LawRefBook/Laws
"http://www.qinghai.gov.cn/zwgk/system/2014/03/20/010107748.shtml"
https://qianjiang.gov.cn/ykb_210/hqzc/jrzc/202206/t20220609_10793209.html
支付宝官方 .NET SDK：间联商户等级
`card.id` 与 `page.link`
<details><summary>展开</summary></details>
开通花呗收款、办理营业执照、联系客服
给你办机器的服务商，怎么办？机构说是支付宝停的
秒到费、加急费、提现手续费
一机一码、一机一户
商户号 822290059430BEV，终端号 A1234567
单笔 500 元，单日 5000 元，单月 50000 元
| 500 | 1000 | 5000 | 10000 |
静态码 500 元；A/B/C 级 = 自主约定 / 5000 / 1000 元
余额 130.00，150.00，1800.00
5 个工作日告知受理，30 个工作日完成，最长 60
😀👍🏽 ❤️ 👨‍👩‍👧 1️⃣
用户：转发给顾客的话
sub_mch_id 与 sub_appid 不匹配（微信）
com.lkl.laop.sdk:lkl-laop-java-sdk:1.0.6
git 提交 85b3fc29，sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
"""
CODE = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 13.5 5.5 19 18.80"/></svg>
<script src="{{ 'js/app.js' | url }}"></script><img src="x.png" onerror="this.remove()">
const top = window.top; event.target.name = card.id; a.to(b.is)
.a { margin: 0.1875rem 13.80013px; transition: 150ms; z-index: 95000; background: url("../img/a.svg") }
const x = 0.13800138000; // 138.5 + 139.25 * 1e5
{{ page.title }} {% for card in cards %}{{ card.url }}{% endfor %}
@media (min-width: 60em) { .md-grid { max-width: 61rem } }
matrix(13 8 0.01 3800 0 0)
"""


@pytest.mark.parametrize("text", PROSE.strip().splitlines())
def test_prose_accepted(text):
    assert list(scan(text, ALLOWED)) == []


@pytest.mark.parametrize("text", CODE.strip().splitlines())
def test_code_accepted(text):
    assert list(scan(text, ALLOWED, Syntax.CODE)) == []
