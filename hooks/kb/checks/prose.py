"""How a card is written: its sections, its typography, and nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import autocorrect_py

from kb.content.cards import ANCHOR, FENCE, HEADING, Card
from kb.content.findings import Finding, near
from kb.content.library import Library

SECTIONS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "cause": (
        ("symptom", "你会看到什么", True),
        ("confirm", "怎么确认", True),
        ("fix", "怎么办", True),
        ("avoid", "不要这样做", False),
        ("evidence", "依据", True),
    ),
    "remedy": (
        ("steps", "怎么做", True),
        ("script", "电话里这样说", False),
        ("next", "还不行怎么办", True),
        ("avoid", "不要这样做", False),
        ("evidence", "依据", True),
    ),
    "question": (("how", "怎么看", True),),
}
"""Kind → (anchor, heading, required), in the order in which they stand."""

MIN_SECTION = 30
"""Characters below which a section says nothing."""

MIN_SHARED = 20
"""Characters of a sentence from which on two cards may not share it."""

SENTENCE = re.compile(r"[^。！？；\n]+")
MARKUP = re.compile(r"\[\^[^\]]*\]|\]\[[^\]]*\]|\]\([^)]*\)|[*_`>#\[\]]|^\s*(?:[-*]|\d+\.)\s", re.M)


def check_sections(library: Library) -> Iterator[Finding]:
    """A card has the sections of its kind, in order, with the fixed headings, none empty.

    Bad: ``## 怎么办`` without ``{#fix}``; 依据 before 怎么办; a section of ten characters.
    Good: ``## 怎么办 {#fix}``.
    """
    for card in library.cards.values():
        yield from _headings(card)
        spec = SECTIONS[card.kind]
        order = [anchor for anchor, _, _ in spec]
        titles = {anchor: title for anchor, title, _ in spec}
        present = [section.anchor for section in card.sections]
        for anchor, title, required in spec:
            if required and anchor not in present:
                remedy = f"加上一节“## {title} {{#{anchor}}}”"
                yield Finding(card.file, card.body_line, 1, "sections", title, "缺少这一节", remedy)
        highest = -1
        for index, section in enumerate(card.sections):
            place = (section.line, 1)
            if section.anchor not in titles:
                expected = next((f"## {t} {{#{a}}}" for a, t in titles.items() if t == section.title), "")
                hint = f"写成“{expected}”" if expected else near(section.anchor, order)
                remedy = hint or f"这类卡片只有：{'、'.join(titles.values())}；小标题请用 ###"
                yield Finding(card.file, *place, "sections", section.title, "不是规定的小节", remedy)
                continue
            if section.anchor in present[:index]:
                yield Finding(card.file, *place, "sections", section.title, "这一节写了两次", "合成一节")
            if section.title != titles[section.anchor]:
                remedy = f"标题写成“{titles[section.anchor]}”"
                yield Finding(card.file, *place, "sections", section.title, "小节标题不对", remedy)
            position = order.index(section.anchor)
            if position < highest:
                remedy = f"顺序是：{'、'.join(titles.values())}"
                yield Finding(card.file, *place, "sections", section.title, "小节顺序不对", remedy)
            highest = max(highest, position)
            if len(MARKUP.sub("", section.text).strip()) < MIN_SECTION:
                remedy = f"写到 {MIN_SECTION} 个字以上，说清该做什么"
                yield Finding(card.file, *place, "sections", section.title, "这一节太短", remedy)


def _headings(card: Card) -> Iterator[Finding]:
    fence = ""
    for number, line in enumerate(card.body.split("\n"), card.body_line):
        opening = FENCE.match(line)
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
        heading = None if fence else HEADING.match(line)
        if heading and len(heading[1]) == 1:
            remedy = "删掉它：标题由卡片头的 title 给出，小节用 ##"
            yield Finding(card.file, number, 1, "sections", heading[2], "正文里不要写一级标题", remedy)
        if heading and len(heading[1]) > 2 and ANCHOR.match(heading[2]):
            yield Finding(card.file, number, 1, "sections", heading[2], "小标题不用带编号", "删掉 {#…}")
    if fence:
        yield Finding(
            card.file, card.body_line, 1, "sections", fence, "代码块没有结束", f"在代码后面另起一行写 {fence}"
        )


def check_typography(library: Library) -> Iterator[Finding]:
    """Chinese typography: full-width punctuation, a space between Han and Latin (autocorrect).

    Bad: ``等24小时,再试``.
    Good: ``等 24 小时，再试``.
    """
    for card in library.cards.values():
        for line, column, old, new in _lint(card.body):
            place = (line + card.body_line - 1, column)
            yield Finding(
                card.file, *place, "typography", old, "排版不规范", f"写成“{new}”（make fix 会替你改）"
            )
        for key in ("title", "summary", "verify", "why", "how"):
            value = getattr(card.head, key, "")
            corrected = autocorrect_py.format(value)
            if corrected != value:
                place = card.marks.find((key,))
                yield Finding(
                    card.file,
                    *place,
                    "typography",
                    value,
                    "排版不规范",
                    f"写成“{corrected}”（make fix 会替你改）",
                )


@lru_cache(maxsize=4096)
def _lint(markdown: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return line, column, old and new text of each fault; remembered from build to build."""
    return tuple(
        (fault.line, fault.col, fault.old, fault.new)
        for fault in autocorrect_py.lint_for(markdown, "markdown").lines
    )


def check_uniqueness(library: Library) -> Iterator[Finding]:
    """No two cards share a sentence of 20 characters or more: what is said twice will diverge.

    Bad: the same paragraph pasted into two causes.
    Good: said once, linked from the other: ``见[先把这笔钱收到][R11]``.
    """
    first: dict[str, Card] = {}
    for card in sorted(library.cards.values(), key=lambda card: card.id):
        for number, line in enumerate(card.body.split("\n"), card.body_line):
            for sentence in SENTENCE.findall(MARKUP.sub("", line)):
                said = sentence.strip()
                if len(said) < MIN_SHARED:
                    continue
                other = first.setdefault(said, card)
                if other is not card:
                    remedy = (
                        f"{other.id} 已经写了这一句：换个说法，或改成链接 [{other.head.title}][{other.id}]"
                    )
                    yield Finding(card.file, number, 1, "uniqueness", said, "两张卡片有同一句话", remedy)
