"""Scan a text of the site for whatever is foreign to it."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .accounts import accounts
from .adverts import adverts, scattered
from .hosts import Clear, cleared, links
from .markup import active, invisible, schemes
from .model import Allowed, Match, Span, Syntax
from .normalise import View, decode, squeeze, undecorate
from .phones import numbers

_SHOWN = 60
"""Characters of the original that a report quotes."""
_FAMILY = {"email": "url", "style": "url", "scheme": "url", "qq": "wechat", "account": "wechat"}


def scan(text: str, allowed: Allowed, syntax: Syntax = Syntax.PROSE) -> Iterator[Match]:
    """Yield what is foreign in one file, in the order it stands there.

    Bad: ``加 微 信 abc123``, ``１３８-零零13-八000``, ``https://www.pbc.gov.cn@evil.com``, ``<img src=x onerror=…>``.
    Good: ``微信付款码``, ``95188``, ``2.99%``, ``../causes/credit-disabled.md#fix``, ``不要相信花呗套现码``.
    """
    clear = cleared(text, allowed)
    found = {match for match in _mapped(text, allowed, syntax.is_prose()) if not _is_clear(match, clear)}
    yield from _outermost(found)


def _mapped(text: str, allowed: Allowed, prose: bool) -> Iterator[Match]:
    original = View.of(text)
    for view, spans in _spans(original, allowed, prose):
        for span in spans:
            start = view.offsets[span.start]
            end = max(view.offsets[span.end - 1] + 1, start + 1)
            yield Match(start, end, span.kind, _value(span.value, text[start:end]))


def _spans(original: View, allowed: Allowed, prose: bool) -> Iterator[tuple[View, Iterable[Span]]]:
    """Pair each rule with each view in which its matter may show: as written, decoded, and as a reader sees it."""
    folded = original.fold()
    decoded = decode(original).fold()
    plain, decoration = undecorate(decoded)
    yield original, invisible(original.text)
    if prose:
        yield original, active(original.text)
    written = (folded,) if folded.text == decoded.text else (folded, decoded)
    for view in written:
        yield view, links(view, prose)
        yield view, schemes(view.text)
    if prose and plain.text != decoded.text:
        yield plain, links(plain, prose, ticks=False)
    for view in (plain, decoration, *written[:-1]):
        yield view, numbers(view.text, allowed, prose)
        squeezed = squeeze(view)
        yield squeezed, accounts(squeezed.text, allowed, prose)
        yield squeezed, adverts(squeezed.text)
        yield view, scattered(view.text)


def _value(value: str, shown: str) -> str:
    shown = shown[:_SHOWN]
    return value if value == shown else f"{value}（写作 {shown}）"


def _is_clear(match: Match, clear: list[Clear]) -> bool:
    return match.kind in {"url", "email"} and any(address.covers(match.start, match.end) for address in clear)


def _outermost(found: Iterable[Match]) -> Iterator[Match]:
    """Yield in order, of finds of one family that overlap only the first and longest."""
    ends: dict[str, int] = {}
    for match in sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.value)):
        family = _FAMILY.get(match.kind, match.kind)
        if match.start >= ends.get(family, 0):
            ends[family] = match.end
            yield match
