"""Numbers: each run of seven or more digits is registered, or written in the grammar of what it counts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from .model import BLANK, Find, Known
from .scattered import RUN, scattered
from .sounds import dictated

_HAN = "〇零一二三四五六七八九幺两洞拐勾壹贰叁肆伍陆柒捌玖①②③④⑤⑥⑦⑧⑨"
_DIGITS = str.maketrans(_HAN, "0012345678912079123456789123456789")
DIGIT = f"[0-9{_HAN}]"
_HAN_DIGIT = re.compile(f"[{_HAN}]")
_YAO = re.compile(rf"(?<![什怎这那多要])么(?=[\W_]{{0,4}}{DIGIT})")
"""Read as 1 before another digit: ``么三八``; not in ``什么``."""
_ANY = re.compile(rf"[0-9]|(?:[{_HAN}][^{_HAN}]*){{3}}")

_N = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?"
_UNIT = (
    r"(?:人民币|美元|元|块|角|万|亿|千|百|十|笔|单|个|人|位|分(?!机)|秒|毫秒|次|条|页|字|行|天|日|月|年|周|期|小时|时|点|张|台|家|级|类|号|款|项|种|倍|折"
    r"|步|版|层|章|节|组|道|件|户|店|岁|米|公里|克|斤|份|遍|回|格|像素|左右|以上|以下|以内|多|余|来|%|‰|°|℃)"
)
_BETWEEN = r"\s?(?:[–—~～、/，,+×·-]|至|到|或|和)\s?"
_WEAK = r"(?:_|[^\w、，。；;|\n+−×÷=–—~(（])"
_FREE = rf"(?<![0-9A-Za-z.,/:-])(?<![0-9]{_WEAK})(?<![0-9]{_WEAK}{{2}})"
_END = rf"(?!{_WEAK}{{0,4}}[0-9])"
"""Nothing that a reader may take for the rest of the number stands right before or behind."""
_YEAR = r"(?:19|20)[0-9]{2}"
_TERM = rf"[¥￥]?{_N}\s?(?:{_UNIT})?"

_QUANTITY = re.compile(
    rf"(?<![0-9.,])(?:第\s?)?[¥￥+−-]?{_N}(?:{_BETWEEN}{_N}(?:\s?{_UNIT})?){{0,12}}\s?{_UNIT}"
)
_BIG = re.compile(r"(?<![0-9.,])[1-9][0-9]{6,8}(?:\.[0-9]{2})?\s?元")
_GRAMMAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FREE}(?P<date>{_YEAR}(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:[12][0-9]|3[01]|0?[1-9]))"
        rf"(?:[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?{_END}",
        rf"〔{_YEAR}〕\s?(?:第\s?)?[0-9]{{1,5}}\s?号",
        rf"{_FREE}{_YEAR}\s?(?:[–—~、/-]|至|到)\s?{_YEAR}(?:[、/]{_YEAR}){{0,12}}{_END}",
        rf"{_FREE}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:[–—~-](?:[01]?[0-9]|2[0-3]):[0-5][0-9])?{_END}",
        rf"(?P<sum>{_FREE}{_TERM}(?:\s?[+−×÷=/-]\s?{_TERM}){{1,20}}{_END})",
        rf"(?:{_FREE}[¥￥]?|¥\s?)(?:[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|(?:0|[1-9][0-9]{{0,5}})\.[0-9]{{2}})(?:\.[0-9]{{2}})?{_END}",
        r"(?:版本|系统|[vV])[\s：号是为]{0,3}"
        r"(?:0|[1-9][0-9]{0,3})(?:\.(?:0|[1-9][0-9]{0,4})){1,3}(?![0-9]|\.[0-9])",
        rf"{_FREE}(?:192\.168|10\.(?:[1-9]?[0-9]|1[0-9]{{2}}))(?:\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{{2}}|[1-9]?[0-9])){{2}}{_END}",
    )
)  # fmt: skip
"""Dates, laws, years, times of day, sums and rates, amounts, versions, addresses inside a network."""

_COUNTS = re.compile(r"[=%‰A-Za-z一-鿿]")
"""What makes a chain of numbers a sum rather than one number in pieces: a result or a unit."""
_NOTHING = re.compile(r"(?<![0-9.])0(?![0-9.])")
_LIST = re.compile(r"\s*[、，,；;。/|\n]\s*")
_CUE = re.compile(
    r"(?:打|拨|电话|热线|客服|致电|专线|来电|座机|手机|联系|咨询|短信|发送?[到至]|呼|号码|微信|扣扣|企鹅|账号|总机|分机|内线|短号|[工群]号|推荐人|邀请)"
    r"[^。，；！？\n]{0,8}$"
)
_BEFORE = re.compile(r"(?<![0-9])([0-9](?:[^\w，、\n]{0,2}[0-9])*)[^0-9。！？\n]{1,8}$")
"""A number that stands right before another: what follows may be the rest of what is dialled."""
_PLAIN = re.compile(r"0|[1-9][0-9]{0,5}")
_LAST = re.compile(r"尾号|[后末][三四五六]")
_APART = re.compile(r"\s*[、，,；;。/|\n–—~]\s*")
_SERVICE = re.compile(r"9[56][0-9]{3,4}|123[0-9]{2}|10[01][0-9]{2}(?!0)")
_PHONE = re.compile(r"(?:0{0,2}86)?(?:1[3-9][0-9]{9}|[48]00[0-9]{7}|0[0-9]{9,11})")
_TIME = re.compile(r"[0-9]{4,} ?[月日时点周岁]|(?<![0-9])(?!(?:19|20)[0-9]{2} ?年)[0-9]{4,} ?年")
"""No time is written so."""
_NO_DATE = re.compile(r"(?<![0-9.,])(?:0[0-9]{2,}|[0-9]{4,}) ?[月日]")
"""Part of a number that is told as a date: ``2013 年 9 月 0000 日``."""
_SENTENCE = re.compile(r"[^。！？]+")
_DIALLED = re.compile(r"[拨打呼按转]|号码|电话|区号|分机|接着|再接|拼|连起来|合起来|凑")
_GROUPS = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
_PART = re.compile(r"(?<![0-9.])[0-9]+(?![0-9]|\.[0-9])")
_PLACE = re.compile(
    rf"(?:第[{_HAN}十0-9]+(?:[到至、和][{_HAN}十0-9]+)?|[前后末][{_HAN}几])[位段组][是为：]? ?{DIGIT}"
)
"""``第三位八``: three of them tell a number place by place."""
_PUT_TOGETHER = re.compile(
    r"[连拼凑串](?:起来|在一起|成)|去掉|删掉|抹掉|拆成|分成|倒着|反着|反过来|依次|挨个|照着|[首前后]面?再?[添加补]"
)
_IS_CALLED = re.compile(r"电话|手机号|号码|拨|微信|扣扣")
"""Who tells how to put a number to call together out of others hides it in their units."""
LEAST_DIALLED, LEAST_PLACES, LEAST_HAN, LEAST_PUT_TOGETHER = 7, 3, 3, 9


def numbers(text: str, known: Known) -> list[Find]:
    """Return the foreign numbers of a text whose words are blank ``BLANK`` already.

    Bad: ``139 95188 888``, ``95188-0013``, ``一三八-0013-八零零零``, ``打 95016``, ``6222 0212 3456 7890``.
    Good: ``95188、400-766-6666``, ``30,580 元``, ``2026-11-22``, ``〔2021〕259 号``, ``3/6/12 期``.
    """
    said = [Find("phone", one) for one in dictated(text, _HAN)]
    if not _ANY.search(text):
        return said
    digits = _YAO.sub("1", _without_grammar(text)).translate(_DIGITS)
    found = [*said, *_runs(digits, text, known), *(Find("number", one[0]) for one in _NO_DATE.finditer(text))]
    if not found:
        for sentence in _SENTENCE.finditer(digits):
            found += _in_parts(sentence[0], text[sentence.start() : sentence.end()], known)
    if not found and _PUT_TOGETHER.search(text) and _IS_CALLED.search(text):
        left = sum(len(whole[0]) for whole in _GROUPS.finditer(text) if not _is_registered(whole[0], known))
        found += [Find("phone", text.strip())] * (left >= LEAST_PUT_TOGETHER)
    return found


def places(text: str) -> int:
    """Return how many places of a number a text tells: ``第三位是 8``."""
    return len(_PLACE.findall(text))


def _runs(digits: str, text: str, known: Known) -> Iterator[Find]:
    """Yield what is written in one run, or with words in its gaps."""
    for run in RUN.finditer(digits):
        start, end = run.span()
        if end - start < 3:
            continue
        start, end = _strip(text, start, end)
        found = "".join(filter(str.isdigit, digits[start:end]))
        if len(found) < 3 or _is_registered(digits[start:end], known):
            continue
        if len(found) >= 7:
            kind = _kind(found)
            if kind == "card" and all(map(_PLAIN.fullmatch, _LIST.split(text[start:end]))):
                kind = "number"  # several, in a list
            yield Find(kind, text[start:end])
        elif _is_service(digits, start, end, known):
            yield Find("phone", text[start:end])
    yield from (Find("phone", text[start:end]) for start, end in scattered(digits, text))


def _in_parts(digits: str, shown: str, known: Known) -> Iterator[Find]:
    """Yield a sentence that gives a number to call in parts: ``区号 0451，后面跟 8762，再跟 1930``.

    Registered numbers and last digits of cards do not count, nor what is written in a grammar.
    """
    for whole in _GROUPS.finditer(digits):
        if _is_registered(whole[0], known):
            digits = digits[: whole.start()] + BLANK * len(whole[0]) + digits[whole.end() :]
    parts = [
        part.span()
        for part in _PART.finditer(digits)
        if not _LAST.search(digits, max(0, part.start() - 4), part.start())
        and (len(part[0]) >= LEAST_HAN or not _HAN_DIGIT.search(shown, *part.span()))
    ]
    counted = sum(end - start for start, end in parts)
    if (len(parts) > 1 and counted >= LEAST_DIALLED and _DIALLED.search(digits)) or (
        places(shown) >= LEAST_PLACES
    ):
        yield Find("phone", shown[parts[0][0] : parts[-1][1]] if parts else shown)


def _without_grammar(text: str) -> str:
    """Return the text with ``BLANK`` for all that is written in the grammar of a date, an amount, …"""

    def blank(match: re.Match[str]) -> str:
        found = "".join(filter(str.isdigit, match[0]))
        groups = match.groupdict()
        if _PHONE.fullmatch(found) or ("date" in groups and not _is_date(groups["date"])):
            return match[0]
        if _TIME.search(match[0]):
            return match[0]
        if "sum" in groups and (not _COUNTS.search(match[0]) or _NOTHING.search(match[0])):
            return match[0]
        return BLANK * len(match[0])

    for pattern in (*_GRAMMAR, _QUANTITY, _BIG):
        text = pattern.sub(blank, text)
    return text


def _is_date(text: str) -> bool:
    year, month, day = map(int, re.split("[-/.]", text))
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a run without a Han numeral at its end that is part of a word: ``统一 95188``."""
    if text[start - 1 : start].isalnum() and _HAN_DIGIT.match(text[start]) and not text[start + 1].isalnum():
        start += 1
        while not text[start].isalnum():
            start += 1
    if text[end : end + 1].isalnum() and _HAN_DIGIT.match(text[end - 1]) and not text[end - 2].isalnum():
        end -= 1
        while not text[end - 1].isalnum():
            end -= 1
    return start, end


def _is_registered(run: str, known: Known) -> bool:
    """Return whether a run is registered numbers or codes in a list; none excuses its neighbours."""
    listed = ("".join(filter(str.isdigit, one)) for one in _LIST.split(run))
    return all(one in known.phones or one in known.names for one in listed)


def _is_service(text: str, start: int, end: int, known: Known) -> bool:
    """Return whether a run of up to six digits reads like a number to call, or like the rest of one.

    Ranges and last digits do not.
    """
    cue = _CUE.search(text, max(0, start - 16), start)
    if cue is None and (before := _BEFORE.search(text, max(0, start - 26), start)):
        cue = before if "".join(filter(str.isdigit, before[1])) in known.phones else None
    called = cue is not None and not _LAST.search(cue[0])
    numbers = ("".join(filter(str.isdigit, one)) for one in _APART.split(text[start:end]))
    return any((called and len(one) >= 3) or _SERVICE.fullmatch(one) for one in numbers)


def _kind(digits: str) -> str:
    if re.fullmatch(r"(?:86)?1[3-9][0-9]{9}", digits):
        return "mobile"
    if _PHONE.fullmatch(digits):
        return "phone"
    return "order" if len(digits) > 24 else "card" if len(digits) >= 13 else "number"
