"""Telephone numbers and the numbers of people: bank cards, identity cards, orders."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .model import Allowed, Span
from .numbers import Run, digitise, runs

_AREA = r"0(?:10|2[0-57-9]|[3-9][0-9]{2})"
_CALL = re.compile(
    r"拨打|拨|致电|电话|热线|客服|座机|咨询|来电|联系|手机|专线|(?<![a-z])(?:tel|call|phone|hotline)(?![a-z])"
)
_NEAR = 12
"""Characters before a number in which a word makes it a contact."""
_MANY = 300
"""Groups of digits without a word between them, beyond which nobody can tell what is hidden there."""
_UNIT = re.compile(r"\s*(?:元|万|亿|笔|个|人|分|秒|次|条|%|块|¥|毫秒|页|字|行|[.,][0-9])")


@dataclass(frozen=True)
class Rule:
    """A shape of number. ``pattern`` is looked for at the start of each group and must end with a group."""

    kind: str
    pattern: re.Pattern[str]
    accept: Callable[[str, list[str], bool], bool]
    """Takes the digits, the groups they are written in, and whether a word such as 电话 stands before."""


def _always(digits: str, groups: list[str], called: bool) -> bool:
    return True


def _when_called(digits: str, groups: list[str], called: bool) -> bool:
    return called


def _is_line(digits: str, groups: list[str], called: bool) -> bool:
    """Accept an area code that is not cut: ``010-6600 1919``, not ``0.1066001919``; or digits one by one."""
    return len(groups[0]) > 2 or all(len(group) == 1 for group in groups) or called


def _is_hotline(digits: str, groups: list[str], called: bool) -> bool:
    return called or len(groups) == 1 or all(len(group) == 1 for group in groups)


def _is_bank_card(digits: str, groups: list[str], called: bool) -> bool:
    """Accept 16 to 19 digits that pass the check of Luhn (ISO/IEC 7812-1), written in one to six groups."""
    doubled = [int(digit) for digit in digits[-2::-2]]
    total = sum(int(digit) for digit in digits[::-2]) + sum(n * 2 - 9 * (n > 4) for n in doubled)
    return total % 10 == 0 and (len(groups) == 1 or {len(group) for group in groups[:-1]} <= {4, 6})


def is_identity(digits: str) -> bool:
    """Return whether 17 digits and a check character form an identity number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10x98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11]
    return digits[17] == check and _is_date(digits[6:14])


def _is_identity(digits: str, groups: list[str], called: bool) -> bool:
    return is_identity(digits)


def _is_order(digits: str, groups: list[str], called: bool) -> bool:
    return len(groups) == 1 and _is_date(digits[:8])


def _is_date(digits: str) -> bool:
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


RULES = (
    Rule("id-card", re.compile(r"(?=([1-8][0-9]{5}(?:19|20)[0-9]{10}))"), _is_identity),
    Rule("order", re.compile(r"(?=(20[0-9]{26}))"), _is_order),
    Rule("order", re.compile(r"(?=(20[0-9]{30}))"), _is_order),
    *(Rule("bank-card", re.compile(rf"(?=([3-689][0-9]{{{n}}}))"), _is_bank_card) for n in (18, 17, 16, 15)),
    Rule("phone", re.compile(r"(?=((?:00?86|86|0)?1[3-9][0-9]{9}))"), _always),
    Rule("phone", re.compile(r"(?=((?:86)?[48]00[0-9]{7}))"), _always),
    Rule("phone", re.compile(rf"(?=((?:86)?{_AREA}[2-9][0-9]{{7}}))"), _is_line),
    Rule("phone", re.compile(rf"(?=((?:86)?{_AREA}[2-9][0-9]{{6}}))"), _is_line),
    Rule("phone", re.compile(r"(?=(86(?:10|2[0-57-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}))"), _when_called),
    Rule("phone", re.compile(r"(?=(95[0-9]{3}))"), _is_hotline),
    *(Rule("phone", re.compile(rf"(?=({p}))"), _when_called)
      for p in ("9[56][0-9]{6}", "9[56][0-9]{4}", "9[56][0-9]{3}", "1[0-2][0-9]{3}", "[2-8][0-9]{7}", "[2-8][0-9]{6}")),
)  # fmt: skip
"""The longer and the surer first: digits that one rule has taken are not looked at again."""


def numbers(text: str, allowed: Allowed, prose: bool) -> Iterator[Span]:
    """Yield the foreign telephone numbers and the numbers of people in a folded text.

    Bad: ``１３８-零零13 八零00``, ``400。123。4567``, ``拨打 95016``.
    Good: ``30,580 元``, ``2026-11-22``, ``25–30 开头、16–24 位``, an allowed number however it is written.
    """
    digitised = digitise(text, letters=prose)
    for run in runs(digitised):
        if len(run.starts) > _MANY:
            if prose:
                yield Span(run.starts[0], run.ends[len(run.digits)], "digits", run.digits[:40])
        elif len(run.digits) >= 5:
            yield from _in_run(run, text, allowed, prose)
    yield from _spaced(digitised, allowed)
    yield from _identity_with_x(digitised)
    yield from _international(digitised, allowed)


def _in_run(run: Run, text: str, allowed: Allowed, prose: bool) -> Iterator[Span]:
    taken = _reviewed(run, allowed)
    for rule in RULES:
        for found in rule.pattern.finditer(run.digits):
            start, end = found.span(1)
            if start not in run.starts or end not in run.ends:
                continue
            if any(taken[start:end]):
                continue
            first, last = run.starts[start], run.ends[end]
            span = Span(first, last, rule.kind, found[1])
            if _is_find(rule, span, run.groups(start, end), text, prose):
                taken[start:end] = b"\1" * (end - start)
                yield span


def _reviewed(run: Run, allowed: Allowed) -> bytearray:
    """Return a mark for each digit that belongs to an allowed number."""
    taken = bytearray(len(run.digits))
    for phone in allowed.phones:
        at = run.digits.find(phone)
        while at >= 0:
            if at in run.starts and at + len(phone) in run.ends:
                taken[at : at + len(phone)] = b"\1" * len(phone)
            at = run.digits.find(phone, at + 1)
    return taken


def _is_find(rule: Rule, span: Span, groups: list[str], text: str, prose: bool) -> bool:
    shown = text[span.start : span.end]
    if sum(c.isdigit() or c in "零一二三四五六七八九两拐洞勾" for c in shown) < min(4, len(span.value) - 1):
        return False
    called = bool(_CALL.search(text, max(0, span.start - _NEAR), span.start))
    if not called and len(span.value) < 9 and not prose:
        return False
    if not called and len(span.value) < 9 and _UNIT.match(text, span.end):
        return False
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if len(groups) == 1:
        glued = any(c.isascii() and (c.isalnum() or c == "_") for c in before + after)
        if glued and (not prose or len(span.value) < 10 or _in_hash(text, span)):
            return False
        if before == "." and text[max(0, span.start - 2) : span.start - 1].isdigit():
            return False  # the digits of a decimal fraction
    elif _AMOUNTS.fullmatch(shown) or (not prose and not _is_plain(shown, groups)):
        return False
    return rule.accept(span.value, groups, called)


_AMOUNTS = re.compile(r"(?:0|[1-9][0-9]{0,5})\.[0-9]{2}(?:[，、,/|\s]+(?:0|[1-9][0-9]{0,5})\.[0-9]{2})+")
"""Sums of money, all with their 分: ``150.00，1800.00`` is none to call, ``400.1 234567`` may be one."""
_HASH = re.compile(r"[0-9a-f]{32,}")


def _in_hash(text: str, span: Span) -> bool:
    window = max(0, span.start - 128)
    return any(m.start() + window < span.end and m.end() + window > span.start
               for m in _HASH.finditer(text[window : span.end + 128]))  # fmt: skip


def _is_plain(shown: str, groups: list[str]) -> bool:
    """Accept in code only what looks like a number to call: hyphens or spaces, three groups or so."""
    return len(groups) <= 4 and re.fullmatch(r"[0-9]+(?:[- ()]{1,2}[0-9]+)+", shown) is not None


_SPACED = tuple(
    re.compile(shape)
    for shape in (
        r"1(?<![0-9]1)[3-9][0-9](?P<s>[^0-9\n]{1,6})[0-9]{4}(?P=s)[0-9]{4}(?![0-9])",
        r"1(?<![0-9]1)(?P<s>[^0-9\n]{1,4})[3-9](?:(?P=s)[0-9]){9}(?![0-9])",
        r"[48](?<![0-9].)(?P<s>[^0-9\n]{1,4})0(?P=s)0(?:(?P=s)[0-9]){7}(?![0-9])",
        r"[48](?<![0-9].)00(?P<s>[^0-9\n]{1,6})[0-9]{3}(?P=s)[0-9]{4}(?![0-9])",
    )
)
_MEASURE = re.compile(r"[元万年月日天分秒次条号期个时第笔]")


def _spaced(text: str, allowed: Allowed) -> Iterator[Span]:
    """Yield numbers whose groups are held apart by the same letters or words: ``138a0013a8000``."""
    for shape in _SPACED:
        for found in shape.finditer(text):
            digits = re.sub(r"[^0-9]", "", found[0])
            if digits not in allowed.phones and not _MEASURE.search(found["s"]):
                yield Span(*found.span(), "phone", digits)


def _identity_with_x(text: str) -> Iterator[Span]:
    for found in re.finditer(r"(?<![0-9])[1-8][0-9]{16}[ -]?x(?![a-z0-9])", text):
        digits = re.sub(r"[^0-9x]", "", found[0])
        if is_identity(digits):
            yield Span(*found.span(), "id-card", digits)


def _international(text: str, allowed: Allowed) -> Iterator[Span]:
    for found in re.finditer(
        r"(?<![0-9a-z)%])\+(?=[1-9])[0-9]{1,14}(?:[ ()-]{1,2}[0-9]{1,14}){0,6}(?![0-9])", text
    ):
        digits = re.sub(r"[^0-9]", "", found[0])
        national = digits.removeprefix("86")
        if 9 <= len(digits) <= 15 and not {national, "0" + national, digits} & allowed.phones:
            yield Span(*found.span(), "phone", digits)
