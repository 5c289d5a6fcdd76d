"""Reviewed telephone numbers: where a text names one it can be called; all of them as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.content.records import Phone

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
SKIPPED = frozenset(["a", "code", "pre", "textarea"])
"""Elements in which a link would be in the way."""


def with_calls(markup: str, phones: Sequence[Phone]) -> str:
    """Return ``markup`` with every reviewed number linked to the call; the title says how old it is."""
    by_number = {phone.number: phone for phone in phones}
    if not by_number:
        return markup
    numbers = "|".join("-?".join(number) for number in sorted(by_number, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\d-])(?:{numbers})(?![\d-])")

    def call(match: re.Match[str]) -> str:
        phone = by_number[match[0].replace("-", "")]
        about = f"{phone.name}，{phone.year} 年的资料"
        return f'<a class="kb-tel" href="tel:{phone.number}" title="{about}">{match[0]}</a>'

    parts, depth = TAG.split(markup), 0
    for place, part in enumerate(parts):
        name = NAME.match(part)
        if name and name[1] in SKIPPED:
            depth += -1 if part.startswith("</") else 1
        elif not name and not depth:
            parts[place] = pattern.sub(call, part)
    return "".join(parts)


def spoken(number: str) -> str:
    """Return a number in the groups in which it is written: ``400-758-5858``, ``010-66001918``, ``95188``."""
    if len(number) == 10:
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    return f"{number[:3]}-{number[3:]}" if len(number) == 11 and number.startswith("0") else number


def phone_list(phones: Sequence[Phone]) -> str:
    """Return the Markdown list of all numbers: whose, for what, from which year, what is not certain."""
    rows = (
        f"- **{phone.name}** {spoken(phone.number)}（{phone.year} 年的资料）：{phone.use}。{phone.note}。"
        for phone in phones
    )
    return "\n".join(["", "", "## 电话号码 {#phones}", "", "点号码就能拨。", "", *rows, ""])
