"""How a card is written: its sections, its typography, as of every page, and nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import autocorrect_py

from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place, near
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
    unpaired,
    visible,
)
from kb.content.pages import Page
from kb.content.schema import Head
from kb.content.slips import CUT

MIN_SECTION = 30
"""Characters below which a section says nothing."""

MIN_SHARED = 20
"""Characters of a sentence from which on two cards may not share it."""

UNSPOKEN = re.compile(r"\s*(?:[#|>$]|\?{3}|\[\^)")
"""What begins a block that is no sentence: headings, tables, folded parts."""
CLAUSE = re.compile(r"[一-鿿”）][，。；！？]")
"""What a sentence has that is more than the name of something."""

TEXTS = ("title", "description", "lead", "exact", "summary", "say", "verify", "why", "how")
"""Keys of heads that hold text."""
SENTENCES = tuple(key for key in TEXTS if key not in ("title", "exact"))
"""Those of them that hold a sentence."""


@rule("sections")
def check_sections(library: Library) -> Iterator[Finding]:
    """A card has the sections of its kind, in order, with the fixed headings, none empty.

    Bad: ``## 怎么办`` without ``{#fix}``; 依据 before 怎么办; a section of ten characters.
    Good: ``## 怎么办 {#fix}``.
    """
    for card in library.of(Head):
        if open_fence(card.body):
            continue  # it swallows the headings that follow; the rule markup says so
        yield from _headings(card)
        needed = [section.title for section in card.spec.sections if section.required]
        if not card.body.endswith("\n") and not all(title in card.body for title in needed):
            last = card.line(card.body_line + card.body.count("\n"))
            yield last.finding(card.body.rpartition("\n")[2][-20:], CUT, "从版本库里恢复它，再改一次")
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
                hint = f"写成“{expected}”" if expected else near(section.anchor, order)
                remedy = hint or f"这类卡片只有：{'、'.join(titles.values())}；小标题请用 ###"
                yield place.finding(section.title, "不是规定的小节", remedy)
                continue
            if section.anchor in seen:
                yield place.finding(section.title, "这一节写了两次", "合成一节")
            seen.add(section.anchor)
            if section.title != titles[section.anchor]:
                yield place.finding(section.title, "小节标题不对", f"标题写成“{titles[section.anchor]}”")
            position = order.index(section.anchor)
            if position < highest:
                yield place.finding(section.title, "小节顺序不对", f"顺序是：{'、'.join(titles.values())}")
            highest = max(highest, position)
            if too_short(section):
                yield place.finding(section.title, "这一节太短", f"写到 {MIN_SECTION} 个字以上，说清该做什么")


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


@rule("typography")
def check_typography(library: Library) -> Iterator[Finding]:
    """Chinese typography: full-width punctuation, a space between Han and Latin (autocorrect).

    Bad: ``等24小时,再试``.
    Good: ``等 24 小时，再试``.
    """
    for page in _written(library):
        for line, column, old, new in _lint(page.body):
            place = page.line(line + page.body_line - 1, column)
            yield place.finding(old, "排版不规范", f"写成“{new}”（python hooks/cli.py fix 会替你改）")
        for key in TEXTS:
            value = getattr(page.head, key, None) or ""
            corrected = autocorrect_py.format(value)
            if corrected != value:
                remedy = f"写成“{corrected}”（python hooks/cli.py fix 会替你改）"
                yield page.at(key).finding(value, "排版不规范", remedy)


@rule("typography")
def check_pairs(library: Library) -> Iterator[Finding]:
    """A quote that is opened is closed in its paragraph, and the other way round.

    Bad: ``屏幕写着“交易失败，先别重扫``.
    Good: ``屏幕写着“交易失败”，先别重扫``.
    """
    for page in _written(library):
        for number, text in _passages(page):
            if (at := unpaired(text)) is not None:
                column = at - text.rfind("\n", 0, at)
                yield _unpaired(page.line(number + text.count("\n", 0, at), column), text, at)
        for key in TEXTS:
            value = getattr(page.head, key, None) or ""
            if (at := unpaired(value)) is not None:
                yield _unpaired(page.at(key), value, at)


STOP = re.compile(r"[。！？：；…][”）]*(?:\s*(?:\[\^[^\]]*\]|\[[^\]]*\]|\*\*|[”）)]))*$|）$")
"""What ends a sentence: its stop, then what may follow it."""


@rule("typography")
def check_stops(library: Library) -> Iterator[Finding]:
    """Sentences end with a stop, in the head and at the end of a paragraph, an item, a step.

    Bad: ``summary: 换一种方式收``.
    Good: ``summary: 换一种方式收。``.
    """
    for page in _written(library):
        for number, passage in _passages(page):
            text = passage.rstrip()
            if not UNSPOKEN.match(text) and CLAUSE.search(text) and not STOP.search(text):
                yield _endless(page.line(number + text.count("\n")), text)
        for key in SENTENCES:
            value = getattr(page.head, key, None)
            if value and not STOP.search(value):
                yield _endless(page.at(key), value)


def _written(library: Library) -> tuple[Card[Head] | Page, ...]:
    """Return the cards and the other pages."""
    return *library.of(Head), *library.pages.values()


def _passages(page: Card[Head] | Page) -> Iterator[tuple[int, str]]:
    """Yield the first line and the text of each paragraph, item, row or heading."""
    for number, block in blocks(page.body, page.body_line):
        for first, last in items(block):
            yield number + first, "\n".join(block[first:last])


def _endless(place: Place, text: str) -> Finding:
    end = text.split("\n")[-1][-12:]
    return place.finding(end, "末尾没有标点，像是没有写完", f"写成“{end}。”，或补上少了的话")


def _unpaired(place: Place, text: str, at: int) -> Finding:
    other = "”" if text[at] == "“" else "“"
    shown = text[at:].split("\n")[0] if other == "”" else text[: at + 1].split("\n")[-1]
    return place.finding(shown, "引号只有一半", f"补上另一半 {other}，或删掉这一半")


@lru_cache(maxsize=1 << 16)
def _lint(markdown: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return line, column, old and new text of each fault; remembered from build to build."""
    return tuple(
        (fault.line, fault.col, fault.old, fault.new)
        for fault in autocorrect_py.lint_for(markdown, "markdown").lines
    )


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
