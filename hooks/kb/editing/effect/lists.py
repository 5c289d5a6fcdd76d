"""What a change does to the lists below ``docs/_data``, entry by entry and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.content.library import Library
from kb.content.records import Code, Prompt, Source
from kb.content.schema import Cause

LISTS = (
    ("prompts", "text", "屏幕上的话"),
    ("codes", "code", "错误码"),
    ("sources", "id", "出处"),
    ("terms", "term", "词语"),
    ("wordings", "right", "用词"),
    ("elsewhere", "id", "不归这里答的"),
    ("topics", "id", "主题"),
)
"""List of a library, key by which its entries are known, and what readers call one."""


def changed_lists(old: Library, new: Library) -> Iterator[tuple[str, str]]:
    """Yield file and line for each entry that is new, gone or says something else."""
    for name, key, called in LISTS:
        was, now = (_by_key(library, name, key) for library in (old, new))
        file = getattr(new, name).file
        for value, entry in now.items():
            if value not in was:
                yield file, f"- 新的{called}：“{value}”{_more(entry, new)}"
            elif was[value] != entry:
                keys = [k for k in type(entry).model_fields if getattr(entry, k) != getattr(was[value], k)]
                yield file, f"- 改了{called}“{value}”的 {'、'.join(keys)}{_more(entry, new)}"
        yield from ((file, f"- 去掉的{called}：“{value}”") for value in was if value not in now)
    was_tags, now_tags = set(old.tags.entries), set(new.tags.entries)
    yield from ((new.tags.file, f"- 新的标签：“{tag}”") for tag in sorted(now_tags - was_tags))
    yield from ((new.tags.file, f"- 去掉的标签：“{tag}”") for tag in sorted(was_tags - now_tags))
    yield from _addresses(old, new)


def _by_key(library: Library, name: str, key: str) -> dict[str, Any]:
    return {getattr(entry, key): entry for entry in getattr(library, name).entries}


def _more(entry: object, library: Library) -> str:
    """Return what an entry leads to."""
    if isinstance(entry, Prompt):
        causes = [card.id for card in library.of(Cause) if entry.text in card.head.prompts]
        return f"，选项 {entry.option}，通到 {'、'.join(causes) or '哪张卡片都不通'}"
    if isinstance(entry, Code):
        return f"，通到 {'、'.join(entry.cards) or '哪张卡片都不通'}"
    if isinstance(entry, Source):
        return f" {entry.title}，{entry.publisher}，{entry.year} 年"
    return ""


def _addresses(old: Library, new: Library) -> Iterator[tuple[str, str]]:
    """Yield the cards that moved, and the redirects that are no card's."""
    moved = {}
    for card in new.every.values():
        before = old.every.get(card.id)
        if before and before.url != card.url:
            moved[before.url] = card.url
            line = f"- 换了网址：{card.id} {card.head.title}，从 {before.url} 搬到 {card.url}"
            led = any(entry.old == before.url for entry in new.redirects.entries)
            yield new.redirects.file, f"{line}，{'旧网址会转过来' if led else '旧网址没有转过来'}"
    was = {(entry.old, entry.new) for entry in old.redirects.entries}
    now = {(entry.old, entry.new) for entry in new.redirects.entries}
    yield from (
        (new.redirects.file, f"- 新的转向：{one} → {other}")
        for one, other in sorted(now - was)
        if moved.get(one) != other
    )
