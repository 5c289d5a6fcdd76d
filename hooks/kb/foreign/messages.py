"""What each kind of find means to an editor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """Problem and remedy of one kind, in Chinese."""

    problem: str
    remedy: str


_LIST = "docs/_data/contacts.yml"

MESSAGES = {
    "url": Message("是清单以外的网址", f"删掉它；确实要引用，请负责人加进 {_LIST}"),
    "scheme": Message("是能运行程序或夹带内容的链接", "改成站内的相对链接，图片和文件放进仓库"),
    "phone": Message("是清单以外的电话号码", f"删掉它；确是官方电话，请负责人核实后加进 {_LIST}"),
    "digits": Message("是一长串数字，里面可能藏着号码", "加上文字说明，或改成表格并写明单位"),
    "email": Message("是清单以外的电子邮箱", f"删掉它；确是官方邮箱，请负责人核实后加进 {_LIST}"),
    "wechat": Message("像是微信号或引人加微信", "删掉它；本站不留任何个人联系方式"),
    "qq": Message("像是 QQ 号或 QQ 群", "删掉它；本站不留任何个人联系方式"),
    "account": Message("像是引人去别处联系的账号", "删掉它；本站不留任何个人联系方式"),
    "advert": Message("是广告或拉客的话", "删掉它；要提醒读者防骗，写成“不要相信…”“谨防…”，不留任何联系方式"),
    "scattered": Message("里夹了拼音或符号，是广告打散字词的写法", "改成正常的写法"),
    "script": Message("会运行程序", "删掉它；正文里不放程序"),
    "markup": Message("会从别处加载内容，或改动页面的行为", "改用 Markdown 的写法，图片放进仓库"),
    "style": Message("会从别处加载内容", "样式里只用仓库里的文件，写相对路径"),
    "invisible": Message("是看不见的字符", "删掉它；可能是从网页粘贴时带进来的"),
    "bank-card": Message("像是银行卡号", "删掉它，或只留后四位"),
    "id-card": Message("像是身份证号", "删掉它"),
    "order": Message("像是某人的订单号", "删掉它，或只留后四位"),
}
