"""Ids and addresses are promises: unique, permanent, never reused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from kb.checks.rules import rule
from kb.content.data import DataFile
from kb.content.findings import Finding
from kb.content.kinds import BY_FOLDER
from kb.content.library import Library
from kb.content.published import read_published

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@rule("ids")
def check_ids(library: Library) -> Iterator[Finding]:
    """An id has its kind's letter and stands in one file; file names are lower-case ASCII; keys are unique.

    Bad: two files with one id; ``docs/causes/信用.md``; a source id listed twice.
    Good: one file an id; ``docs/causes/card-off.md``.
    """
    for card in library.duplicates:
        first = library.cards[card.id]
        remedy = f"{first.file} 已经用了它；新卡片请用下一个没用过的编号（make new 会替你选）"
        yield card.at("id").finding(card.id, "编号重复", remedy)
    for card in [*library.cards.values(), *library.duplicates]:
        if not SLUG.match(card.slug):
            remedy = "文件名只用小写字母、数字和短横，例如 card-off.md"
            yield card.line(1).finding(card.slug, "文件名不能做网址", remedy)
        if not card.id.startswith(card.spec.letter):
            yield card.at("id").finding(card.id, "编号写法不对", f"应是 {card.spec.shape}")
    for table, key in _keyed(library):
        seen: dict[str, int] = {}
        for index, entry in enumerate(table.entries):
            value = str(getattr(entry, key)).lower()
            if value in seen:
                line = table.at(seen[value], key).line
                yield table.at(index, key).finding(value, "写了两次", f"第 {line} 行已经有了，只留一处")
            seen.setdefault(value, index)


def _keyed(library: Library) -> tuple[tuple[DataFile[BaseModel], str], ...]:
    return (
        (library.topics, "id"),
        (library.sources, "id"),
        (library.prompts, "id"),
        (library.prompts, "text"),
        (library.codes, "code"),
        (library.terms, "term"),
        (library.redirects, "old"),
    )


@rule("lock")
def check_published(library: Library) -> Iterator[Finding]:
    """What was once published stays: ids, addresses and anchors, unless a redirect leads on.

    Bad: renaming ``card-off.md`` without an entry in ``_data/redirects.yml``.
    Good: the file renamed, and ``{old: causes/card-off/, new: causes/card-blocked/}``.
    """
    redirects = {entry.old: entry.new for entry in library.redirects.entries}
    for entry in read_published(library.root):
        card = library.cards.get(entry.id)
        if card is None:
            if not library.may_have(entry.id):
                remedy = "编号发布过就不能删：恢复这张卡片，或在正文写明已并入哪一张"
                yield entry.place.finding(entry.id, "发布过的卡片不见了", remedy)
            continue
        if card.url != entry.url and entry.url not in redirects:
            line = f"{{old: {entry.url}, new: {card.url}}}"
            remedy = f"改回原来的文件名，或在 docs/_data/redirects.yml 加 {line}"
            yield card.line(1).finding(entry.url, "发布过的网址变了", remedy)
        anchors = {section.anchor for section in card.sections}
        for anchor in entry.anchors:
            if anchor not in anchors:
                remedy = f"恢复 {{#{anchor}}} 这一节，别人的链接指着它"
                yield card.line(card.body_line).finding(f"#{anchor}", "发布过的小节不见了", remedy)
    yield from _redirects(library)


def _redirects(library: Library) -> Iterator[Finding]:
    addresses = {card.url for card in library.cards.values()}
    for index, entry in enumerate(library.redirects.entries):
        place = library.redirects.at(index, "new")
        if entry.old in addresses:
            yield place.finding(entry.old, "跳转盖住了真的页面", "这一页还在，删掉这条跳转")
        if entry.new.split("/")[0] in BY_FOLDER and entry.new not in addresses:
            yield place.finding(entry.new, "跳转指向没有的页面", "写一个现有的网址")
