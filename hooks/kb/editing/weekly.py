"""What waits for somebody, as the text of one tracking issue that is written anew every week."""

from __future__ import annotations

import concurrent.futures
import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date

from kb.content.library import Library
from kb.editing.effect.answers import Opened
from kb.editing.stale import overdue

MOST = 20
SECONDS = 20
AT_ONCE = 4
SIGNS = ":/?#[]@!$&'()*+,;=%"
"""What stands in an address as it is; all that is not ASCII is quoted."""

GONE = frozenset({404, 410, 451})
"""Answers that mean gone; others (403, 429, 5xx) may be for machines alone, and are asked again next week."""


def weekly(library: Library, today: date, dead: Callable[[str], str] | None) -> Iterator[str]:
    """Yield the text in Markdown. ``dead`` says why an address is gone, or nothing; None asks no network."""
    names = library.book.owner_names
    yield f"每周自动改写，{today}。做完一项就改卡片，不用在这里打勾。"
    due = overdue(library, today)
    yield f"\n## 过了复查日的卡片：{len(due)}\n"
    for owner in dict.fromkeys(owner for owner, _ in due):
        yield f"- {names.get(owner, '问题卡')}"
        for card in [card for whose, card in due if whose == owner]:
            command = f"python hooks/cli.py review {card.id}"
            yield f"    - {card.id} {card.head.title}，{card.head.review_by}：`{command}`"
    if dead:
        lost = list(_dead(library, dead))
        yield f"\n## 打不开的出处：{len(lost)}\n"
        yield from lost
    strays = Opened(library).strays()
    yield f"\n## 更像别处的问法：{len(strays)}，最像的 {min(MOST, len(strays))} 句\n"
    for stray in strays[:MOST]:
        yield f"- {stray.own}：“{stray.text}”，这句更像 {stray.other}"


def _dead(library: Library, dead: Callable[[str], str]) -> Iterator[str]:
    sources = [source for source in library.sources.entries if source.url]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for source, why in zip(sources, pool.map(dead, [s.url or "" for s in sources]), strict=True):
            if why:
                yield f"- {source.id}：{source.url}（{why}）"


def unanswered(url: str) -> str:
    """Ask for an address; return why nothing stands there, or nothing."""
    try:
        address = urllib.parse.quote(url, safe=SIGNS)
        request = urllib.request.Request(address, method="GET", headers={"User-Agent": "handbook-links/1"})
        with urllib.request.urlopen(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}" if error.code in GONE else ""
    except (OSError, ValueError, http.client.HTTPException) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__
