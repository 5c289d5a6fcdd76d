"""Disguised contacts, links, adverts and markup: each is refused, and the report points at it."""

import pytest
from kb.foreign import scan

from tests.foreign.contacts import ALLOWED

# «» encloses what the report must point into.
REFUSED = """
url|详见 «https://mifupos.com»
url|见 [这里](«http://evil.example/x»)
url|«//cdn.evil.com/x.js»
url|«www.mifupos»
url|官网 «mifupos.com»
url|官网 «mifupos。com»
url|官网 «mifupos点com»
url|官网 «mifupos dot com»
url|官网 «mifupos[.]com»
url|官网 «mifupos . com»
url|官网 «mifupos·com»
url|官网 «米付.com»
url|官网 «米付.中国»
url|官网 «ｍｉｆｕｐｏｓ．ｃｏｍ»
url|官网 «mіfuроs.com»
url|官网 «𝗺𝗶𝗳𝘂𝗽𝗼𝘀.𝗰𝗼𝗺»
url|官网 «ⓜⓘⓕⓤpos.com»
url|官网 «mifu\u200bpos.com»
url|官网 «mifu\u00adpos.c\u200dom»
url|官网 «mifu**pos**.com»
url|官网 «mifupos&#46;com»
url|官网 «mifupos%2ecom»
url|官网 «mifupos\\.com»
url|«&#104;ttp://evil.example»
url|«h\u202ettps://evil.example»
url|«https://www.pbc.gov.cn@evil.com»
url|«https://www.pbc.gov.cn\\@evil.com»
url|«https://www.pbс.gov.cn/»
url|«https://www.pbc.gov.cn.evil.com/»
url|<«https://www.pbc.gov.cn。evil.com»>
url|«https://evil-www.pbc.gov.cn.co/»
url|«https://github.com/alipay/alipay-sdk-java-all/../../evil»
url|«https://github.com/alipay/alipay-sdk-java-all%2f..%2f..%2fevil»
url|«https://github.com/alipay/alipay-sdk-java-all-evil»
url|«https://github.com/evil»
url|«https:\\\\evil.example»
url|«https:evil.example»
url|«hxxps://evil.example»
url|«http://1.2.3.4/»
url|服务器 «8.210.33.12»
url|«http://3232235777/»
url|«xn--fiqs8s.xn--fiqs8s»
url|[a]: «https://evil.example» "题"
url|![x](a.png "«mifupos.com»")
url|![«mifupos.com»](a.png)
url|<!-- «mifupos.com» -->
url|<a href="../x" title="«mifupos.vip»">x</a>
url|«t.me/pos888»
url|«weixin://dl/chat»
phone|«13800138000»
phone|电话：«138-0013-8000»
phone|«138 0013 8000»
phone|«138.0013.8000»
phone|«138、0013、8000»
phone|«138/0013/8000»
phone|«1**38**00138000»
phone|«1<b>38</b>00138000»
phone|«138<!-- x -->00138000»
phone|«138⏎0013⏎8000»
phone|«1 3 8 0 0 1 3 8 0 0 0»
phone|«１３８００１３８０００»
phone|«①③⑧⓪⓪①③⑧⓪⓪⓪»
phone|«¹³⁸⁰⁰¹³⁸⁰⁰⁰»
phone|«❶❸❽00138000»
phone|«1️⃣3️⃣8️⃣00138000»
phone|«一三八零零一三八零零零»
phone|«幺三八〇〇幺三八〇〇〇»
phone|«壹叁捌零零壹叁捌零零零»
phone|«一三八-0013-八零零零»
phone|«l38OOl38OOO»
phone|«1380013\u200b8000»
phone|«138&#48;0138000»
phone|«138a0013a8000»
phone|«1转3转8转0转0转1转3转8转0转0转0»
phone|«+86 138 0013 8000»
phone|«8613800138000»
phone|«+852 9123 4567»
phone|«400-123-4567»
phone|«4001234567»
phone|«４００．１２３．４５６７»
phone|«四零零 一二三 四五六七»
phone|«800-820-8820»
phone|«010-88886666»
phone|«(0755) 8888 6666»
phone|«075588886666»
phone|拨打 «95016»
phone|热线：«95016»
phone|客服 «九五零一六»
phone|请致电 «9 5 0 1 6»
phone|电话 «66001919»
email|«abc@qq.com»
email|«abc＠qq.com»
email|«abc [at] qq.com»
email|«abc @ qq . com»
email|«jubao@pcac.org.cn»x.com
wechat|«加微信 abc123»
wechat|«加 微 信»：abc123
wechat|«加 V：abc123»
wechat|«+v abc123»
wechat|«V信：abc123»
wechat|«vx abc123»
wechat|«薇信：abc_123»
wechat|«威信 abc123»
wechat|«加微❤»
wechat|«➕微»❤
wechat|«wei xin：abcdef»
wechat|«微-信-号：pos-888»
wechat|«添加客服微信»
wechat|«wxid_abcd1234»
qq|«QQ群 123456789»
qq|«扣扣：123456»
qq|«企鹅号»一二三四五六
qq|«Q Q：1 2 3 4 5 6»
account|«Telegram: pos888»
account|«公众号：pos888»
advert|花呗«套现»秒回
advert|花呗«套*现»
advert|花呗«套 现»
advert|花呗«套。现»
advert|花呗«套xian»
advert|花呗«淘现»
advert|«提现代办»
advert|«免费领 POS 机»
advert|«免费送刷卡机»
advert|«办理POS»机
advert|«办机»加急
advert|«代开通花呗»
advert|«花呗码出售»
advert|«低费率，秒到»
advert|老板«加我»，微
advert|«私聊»
advert|«扫码加»群
advert|«联系客服微信»
advert|别错过«套现»
advert|«大额花呗»码
scattered|«刷ka卡»
scattered|«zheng书»
scattered|证«»书«证shu»
scattered|«适·配»方案
scheme|[x](«javascript:alert(1)»)
scheme|[x](«java\tscript:alert(1)»)
scheme|[x](«&#106;avascript:alert(1)»)
scheme|[x](«vbscript:msgbox»)
scheme|![x](«data:image/svg+xml;base64,AA»)
markup|«<script>»alert(1)</script>
markup|«<ScRiPt» src=x>
markup|«<iframe» src=x>
markup|«<img» src=x>
markup|«<object» data=x>
markup|«<link» rel=stylesheet>
markup|«<meta» http-equiv=refresh>
markup|«<base» href=/>
markup|«<form» action=x>
markup|«<svg»/onload=x>
markup|«<b style="background:url(»a.png)">
script|<b «onclick=»"x()">
script|![x](y.png){: «onerror=»x }
style|<b title="«@import url»(x)">
invisible|花«\u200b»呗
invisible|花«\u202e»呗
invisible|花«\U000e0041\U000e0042»呗
invisible|花«\ufe01\ufe02»呗
invisible|花«\u3164»呗
bank-card|«6222 0212 3456 7890 128»
id-card|«11010519491231002X»
order|«2024010122001412345678901234»
"""


def _cases():
    for line in REFUSED.strip().splitlines():
        kind, marked = line.split("|", 1)
        yield pytest.param(kind, marked, id=f"{kind}-{ascii(marked)[:40]}")


@pytest.mark.parametrize(("kind", "marked"), list(_cases()))
def test_refused_where_it_stands(kind, marked):
    marked = marked.replace("⏎", "\n")
    start, end = marked.index("«"), marked.rindex("»") - 1
    text = marked.replace("«", "").replace("»", "")
    found = [match for match in scan(text, ALLOWED) if match.kind == kind]
    assert any(start <= match.start <= end for match in found), list(scan(text, ALLOWED))
    assert all(match.problem and match.remedy and not match.remedy.endswith("。") for match in found)
