"""What a change newly allows: for those who review it."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Known

_KINDS = {
    "phones": "电话",
    "emails": "邮箱",
    "addresses": "网址",
    "words": "字母词",
    "parts": "编号和文件名里的词",
    "asks": "问句里的词",
    "names": "编号和错误码",
    "plain": "不会是名字的词",
    "brands": "产品和公司的名字",
    "alone": "单独成词的字",
    "usual": "说惯的词",
    "harmless": "说得对的例句",
    "warned": "算作提醒的说法",
    "asking": "算作问句的说法",
}
_FEWER = {
    "sounds": "不再防同音字的词",
    "refused": "不再拒绝的说法",
    "demands": "不再拒绝的请求",
    "baits": "不再算作诱饵的说法",
    "shapes": "不再查的名字写法",
    "choosing": "后面的名字不再查的说法",
    "channels": "后面的名字不再查的地方",
    "calls": "后面是谁不再查的说法",
    "adverts": "不再当作广告的例句",
}


def newly_allowed(old: Known, new: Known) -> Iterator[str]:
    """Yield one line in Chinese for each thing that ``new`` lets in and ``old`` did not."""
    for field, label in _KINDS.items():
        for value in sorted(set(getattr(new, field)) - set(getattr(old, field))):
            yield f"{label}：{value}"
    for field, label in _FEWER.items():
        for value in sorted(set(getattr(old, field)) - set(getattr(new, field))):
            yield f"{label}：{value}"
