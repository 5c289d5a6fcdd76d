"""How a card is written: its sections, and nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kb.checks.rules import rule
from kb.checks.typography import STOP
from kb.content.cards import Card
from kb.content.findings import Finding, near
from kb.content.library import Library
from kb.content.markdown import (
    ITEM,
    MARKUP,
    SENTENCE,
    Section,
    blocks,
    headings,
    items,
    open_fence,
    visible,
)
from kb.content.schema import Head
from kb.content.slips import CUT

MIN_SECTION = 30
"""Characters below which a section says nothing."""

MIN_SHARED = 20
"""Characters of a sentence from which on two cards may not share it."""


@rule("sections")
def check_sections(library: Library) -> Iterator[Finding]:
    """A card has the sections of its kind, in order, with the fixed headings, none empty.

    Bad: ``## 怎么办`` without ``{#fix}``; 依据 before 怎么办; a section of ten characters.
    Good: ``## 怎么办 {#fix}``.
    """
    had = {entry.id: entry.anchors for entry in library.published}
    for card in library.of(Head):
        if open_fence(card.body):
            continue  # it swallows the headings that follow; the rule markup says so
        yield from _headings(card)
        if _is_cut(card, had.get(card.id, ())):
            last = card.body.rstrip("\n")
            place = card.line(card.body_line + last.count("\n"))
            yield place.finding(last.rpartition("\n")[2][-20:], CUT, "从版本库里恢复它，再改一次")
            continue
        titles = {section.anchor: section.title for section in card.spec.sections}
        order = list(titles)
        anchors = {title: anchor for anchor, title in titles.items()}
        crossed = {s.line for s in card.sections if anchors.get(s.title, s.anchor) != s.anchor in titles}
        present = [section.anchor for section in card.sections if section.line not in crossed]
        written = {s.title for s in card.sections if s.anchor not in titles or s.line in crossed}
        written |= {heading.title for heading in headings(card.body) if heading.level != 2}
        for wanted in card.spec.sections:
            if wanted.required and wanted.anchor not in present and wanted.title not in written:
                heading = f"“## {wanted.title} {{#{wanted.anchor}}}”"
                if bold := re.search(rf"^\*\*{wanted.title}\*\*[：:]?$", card.body, re.M):
                    place = card.line(card.body_line + card.body.count("\n", 0, bold.start()))
                    yield place.finding(bold[0], "小节的标题写成了粗体", f"写成{heading}")
                    continue
                yield card.line(card.body_line).finding(wanted.title, "缺少这一节", f"加上一节{heading}")
        highest = -1
        seen: set[str] = set()
        for section in card.sections:
            place = card.line(section.line)
            if section.anchor not in titles or section.line in crossed:
                expected = next((f"## {t} {{#{a}}}" for a, t in titles.items() if t == section.title), "")
                absent = [anchor for anchor in order if anchor not in present]
                hint = f"写成“{expected}”" if expected else near(section.anchor, absent)
                remedy = hint or f"这类卡片只有：{'、'.join(titles.values())}；小标题请用 ###"
                yield place.finding(section.title, "不是规定的小节", remedy)
                continue
            if section.anchor in seen:
                yield place.finding(section.title, "这一节写了两次", "合成一节")
                continue
            seen.add(section.anchor)
            if section.title != titles[section.anchor]:
                yield place.finding(section.title, "小节标题不对", f"标题写成“{titles[section.anchor]}”")
            position = order.index(section.anchor)
            if position < highest:
                yield place.finding(section.title, "小节顺序不对", f"顺序是：{'、'.join(titles.values())}")
            highest = max(highest, position)
            if too_short(section):
                yield place.finding(section.title, "这一节太短", f"写到 {MIN_SECTION} 个字以上，说清该做什么")


def _is_cut(card: Card[Head], had: Collection[str]) -> bool:
    """Return whether a card ends within a sentence, or before its last two sections, or one with its line.

    Its sections are those that it must have and those that it ``had`` when it was published.
    """
    sections = (one for one in card.spec.sections if one.required or one.anchor in had)
    there = [section.title in card.body for section in sections]
    rest = len(there) - there.index(False) if False in there else 0
    if card.body.endswith("\n"):
        return rest > 1 and not any(there[-rest:])
    return (rest > 0 and not any(there[-rest:])) or not STOP.search(card.body)


def too_short(section: Section) -> bool:
    """Return whether a section says nothing."""
    return len(MARKUP.sub("", section.text).strip()) < MIN_SECTION


def _headings(card: Card[Head]) -> Iterator[Finding]:
    anchors = {section.title: section.anchor for section in card.spec.sections}
    for heading in headings(card.body, card.body_line):
        place, anchor = card.line(heading.line), anchors.get(heading.title)
        section = f"写成“## {heading.title} {{#{anchor}}}”，小节用两个井号"
        if heading.level == 1 and heading.form == "plain":
            remedy = section if anchor else "删掉它：标题由卡片头的 title 给出，小节用 ##"
            yield place.finding(heading.title, "正文里不要写一级标题", remedy)
        elif heading.level > 2 and anchor:
            yield place.finding(heading.title, "小节的井号多了", section)
        elif heading.level > 2 and heading.anchor:
            text = f"{heading.title} {{#{heading.anchor}}}"
            yield place.finding(text, "小标题不用带编号", "删掉 {#…}")


@rule("uniqueness")
def check_uniqueness(library: Library) -> Iterator[Finding]:
    """No two cards share a sentence of 20 characters or more, no card has a line of a list twice.

    Bad: the same paragraph pasted into two causes.
    Good: said once, linked from the other: ``见[先收到这笔钱][R1]``.
    """
    first: dict[str, tuple[Card[Head], int]] = {}
    for card in library.of(Head):
        yield from _repeated(card)
        for number, line in enumerate(visible(card.body).split("\n"), card.body_line):
            for sentence in SENTENCE.findall(MARKUP.sub("", line)):
                said = sentence.strip()
                if len(said) < MIN_SHARED:
                    continue
                other, line_there = first.setdefault(said, (card, number))
                if other is not card:
                    remedy = f"{other.file}:{line_there} 已经写了这一句：换个说法，或改成链接"
                    yield card.line(number).finding(said, "两张卡片有同一句话", remedy)


def _repeated(card: Card[Head]) -> Iterator[Finding]:
    """Yield the lines of one list that stand there already, whatever their number."""
    for number, block in blocks(card.body, card.body_line):
        seen: dict[str, int] = {}
        for first, last in items(block):
            said = MARKUP.sub("", "".join(block[first:last])).strip()
            if ITEM.match(block[first]) and said in seen:
                remedy = f"第 {seen[said]} 行已经写了，删掉这一行"
                yield card.line(number + first).finding(said, "这一行写了两次", remedy)
            seen.setdefault(said, number + first)
