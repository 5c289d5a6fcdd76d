"""Ids and addresses are promises: unique, permanent, never reused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.content.cards import KINDS
from kb.content.findings import Finding
from kb.content.library import Library, Table
from kb.content.published import read_lock

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LETTERS = {"cause": "C", "remedy": "R", "question": "Q"}


def check_ids(library: Library) -> Iterator[Finding]:
    """An id stands in one file only; file names are lower-case ASCII; keys of data are unique.

    Bad: two files with ``id: C20``; ``docs/causes/信用.md``; a source id listed twice.
    Good: one file an id; ``docs/causes/credit-disabled.md``.
    """
    for card in library.duplicates:
        first = library.cards[card.id]
        remedy = f"{first.file} 已经用了它；新卡片请用下一个没用过的编号（make new 会替你选）"
        yield Finding(card.file, *card.marks.find(("id",)), "ids", card.id, "编号重复", remedy)
    for card in [*library.cards.values(), *library.duplicates]:
        if not SLUG.match(card.slug):
            remedy = "文件名只用小写字母、数字和短横，例如 credit-disabled.md"
            yield Finding(card.file, 1, 1, "ids", card.slug, "文件名不能做网址", remedy)
    for table, key in _keyed(library):
        seen: dict[str, int] = {}
        for index, entry in enumerate(table.entries):
            value = getattr(entry, key).lower()
            if value in seen:
                line = table.place(seen[value], key)[0]
                yield Finding(
                    table.file,
                    *table.place(index, key),
                    "ids",
                    value,
                    "写了两次",
                    f"第 {line} 行已经有了，只留一处",
                )
            seen.setdefault(value, index)


def _keyed(library: Library) -> Iterator[tuple[Table, str]]:
    yield library.topics, "id"
    yield library.sources, "id"
    yield library.prompts, "id"
    yield library.prompts, "text"
    yield library.codes, "code"
    yield library.terms, "term"
    yield library.redirects, "old"


def check_lock(library: Library) -> Iterator[Finding]:
    """What was once published stays: ids, addresses and anchors, unless a redirect leads on.

    Bad: renaming ``credit-disabled.md`` without an entry in ``_data/redirects.yml``.
    Good: the file renamed, and ``{old: causes/credit-disabled/, new: causes/credit-off/}``.
    """
    redirects = {entry.old: entry.new for entry in library.redirects.entries}
    addresses = {card.url for card in library.cards.values()}
    for entry in read_lock(library.root):
        card = library.cards.get(entry.id)
        if card is None:
            if not library.knows(entry.id):
                remedy = "编号发布过就不能删：恢复这张卡片，或在正文写明已并入哪一张"
                yield Finding(entry.file, entry.line, 1, "lock", entry.id, "发布过的卡片不见了", remedy)
            continue
        if card.url != entry.url and entry.url not in redirects:
            remedy = (
                f"改回原来的文件名，或在 docs/_data/redirects.yml 加 {{old: {entry.url}, new: {card.url}}}"
            )
            yield Finding(card.file, 1, 1, "lock", entry.url, "发布过的网址变了", remedy)
        anchors = {section.anchor for section in card.sections}
        for anchor in entry.anchors:
            if anchor not in anchors:
                remedy = f"恢复 {{#{anchor}}} 这一节，别人的链接指着它"
                yield Finding(
                    card.file, card.body_line, 1, "lock", f"#{anchor}", "发布过的小节不见了", remedy
                )
    for index, entry in enumerate(library.redirects.entries):
        place = library.redirects.place(index, "new")
        if entry.old in addresses:
            remedy = "这一页还在，删掉这条跳转"
            yield Finding(library.redirects.file, *place, "lock", entry.old, "跳转盖住了真的页面", remedy)
        folder = entry.new.split("/")[0]
        if folder in KINDS and entry.new not in addresses:
            yield Finding(
                library.redirects.file, *place, "lock", entry.new, "跳转指向没有的页面", "写一个现有的网址"
            )
