"""What a reader in need must find on a card: something to do now, steps to follow, how sure we are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.checks.markup import UNFINISHED
from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import CARD_REFERENCE, MARKUP, matches
from kb.content.pages import Page
from kb.content.schema import AnswerCard, Cause, Head, Remedy

FEWEST_STEPS, MOST_STEPS = 2, 10
STEP = re.compile(r"\d+\. \S")
WRAPPED = re.compile(r"[一-鿿“（\[*](?!\s)")
"""What a line begins with that goes on with the one before."""
ANOTHER_STEP = re.compile(r"第 ?([2-9]|10|[二三四五六七八九十]) ?步")
DENIES_EVIDENCE = re.compile(r"(没有|没见|未见|没给)[^。；]{0,20}(证据|实例)")
CONTRARY = "相反"
SENTENCE_END = re.compile(r"[。！？]")


def _written(card: Card[Head]) -> bool:
    """Return whether the text of a card is written: the rule ``markup`` reports what is not."""
    return not UNFINISHED.search(card.body)


def _linked(markdown: str) -> set[str]:
    return {link["id"] for _, link in matches(CARD_REFERENCE, markdown)}


@rule("waiting", "handbook.yml", "topics.yml")
def check_waiting(library: Library) -> Iterator[Finding]:
    """Where others must mend it, the reader is told what to do meanwhile.

    A cause of somebody ``elsewhere`` links in 怎么办 to a remedy of the reader's; if all its remedies are
    theirs, to the topic's ``meanwhile``. So does a remedy of theirs where somebody waits at the till.
    Bad: an owner elsewhere with 怎么办 that says only 等客服处理.
    Good: ``这段时间先[换个办法][编号]`` with the id of a remedy.
    """
    book = library.book
    elsewhere = book.elsewhere
    own = {card.id for card in library.of(Remedy) if card.head.owner not in book.elsewhere}
    for cause in library.of(Cause):
        section = next((section for section in cause.sections if section.anchor == "fix"), None)
        topic = library.topic_by_id.get(cause.head.topic)
        if section is None or topic is None or library.unreadable or not _written(cause):
            continue
        linked, place = _linked(section.text), cause.line(section.line)
        hidden = linked & {*library.retired, *library.drafts}
        if hidden or not all(map(library.may_have, linked)):
            continue  # a link that leads to nothing to be seen may be meant for this
        theirs = [library.cards[card_id] for card_id in cause.head.remedies if card_id in library.cards]
        alone = all(isinstance(card.head, Remedy) and card.head.owner in elsewhere for card in theirs)
        if alone and topic.at_till and topic.meanwhile and topic.meanwhile not in linked:
            remedy = f"在这一节写一句，链接到 [文字][{topic.meanwhile}]"
            yield place.finding(section.title, "都要等别人办，没有说眼下怎么办", remedy)
        elif cause.head.owner in elsewhere and not alone and not linked & own:
            remedy = "在这一节链接一条读者自己能做的对策：[文字][编号]"
            yield place.finding(section.title, "只能等别人，读者自己没有事可做", remedy)
    for card in filter(_written, library.of(Remedy)):
        topic = library.topic_by_id.get(card.head.topic)
        meanwhile = topic.meanwhile if topic and topic.at_till else None
        if meanwhile and card.head.owner in elsewhere and meanwhile not in _linked(card.body):
            remedy = f"在正文写一句，链接到 [文字][{meanwhile}]"
            yield card.at("owner").finding(card.head.title, "要等别人办，没有说眼下怎么办", remedy)


@rule("steps")
def check_steps(library: Library) -> Iterator[Finding]:
    """What to do is a numbered list of two to ten steps, the first of which can stand alone.

    Answers show the first step without the others.
    Bad: one paragraph; a single step; eleven; ``1. 换别的付成的，看第 2 步。``
    Good: ``1. 备好商户号。`` ``2. 打电话。``
    """
    for card in filter(_written, library.of(Remedy)):
        for section in card.sections:
            if section.anchor == "steps":
                count = sum(1 for line in section.text.split("\n") if STEP.match(line))
                if not FEWEST_STEPS <= count <= MOST_STEPS:
                    remedy = f"写成 {FEWEST_STEPS}–{MOST_STEPS} 步，一步一行，以“1. ”“2. ”开头"
                    yield card.line(section.line).finding(section.title, f"有 {count} 步", remedy)
        for (_, before), (place, line) in pairwise(_lines(card, "")):
            if STEP.match(before) and WRAPPED.match(line):
                remedy = "接到上一行末尾；是另一步，就在前面写上序号"
                yield place.finding(line, "一步写成了两行", remedy)
        for place, line in _lines(card, ""):
            if line.startswith("1. ") and (other := ANOTHER_STEP.search(line)):
                remedy = "把要做的直接写出来：别的页面只放第一步"
                yield place.finding(other[0], "第一步叫人看别的步骤", remedy)


@rule("unproven")
def check_unproven(library: Library) -> Iterator[Finding]:
    """A card without evidence says so in its summary and first sentence, and what speaks against it.

    Bad: ``evidence: unproven`` and a text that begins as if it were known.
    Good: ``这个说法没有证据。``; ``相反的事实：…`` among two sources.
    """
    for card in library.of(AnswerCard):
        if card.head.evidence != "unproven" or not card.sections or not _written(card):
            continue
        section = card.sections[0]
        first = SENTENCE_END.split(MARKUP.sub("", section.text).strip())[0]
        if not DENIES_EVIDENCE.search(first):
            remedy = "第一句就说明，例如“这个说法没有证据。”"
            yield card.line(section.line).finding(first, "未见证据，第一句没有说", remedy)
        elif not DENIES_EVIDENCE.search(card.head.summary):
            remedy = "写上“没有证据”，读者先看到的是这一句"
            yield card.at("summary").finding(card.head.summary, "未见证据，摘要没有说", remedy)
        elif CONTRARY not in card.body:
            remedy = f"在最后一节写上“{CONTRARY}的事实：”，后面写事实和出处"
            yield card.line(card.sections[-1].line).finding(card.id, "未见证据，没有列出相反的事实", remedy)
        elif len(card.head.sources) < 2:
            remedy = "再加一个出处，写上相反的事实"
            yield card.at("sources").finding(card.head.sources[0], "未见证据，只列了一个出处", remedy)


@rule("misleading", "handbook.yml")
def check_misleading(library: Library) -> Iterator[Finding]:
    """No line says what ``misleading`` of ``_data/handbook.yml`` rules out.

    Bad: a test that proves nothing, in a line about how one knows that it works; a ``say`` that asks for
    money again and does not say that the first try is known to have failed.
    Good: a test that proves it; ``这笔写明没成，您换余额付``.
    """
    for entry in library.book.misleading:
        never = re.compile(entry.never)
        for page in library.written:
            for place, line in _said(page) if entry.where == "say" else _lines(page, entry.near):
                found = never.search(MARKUP.sub("", line)) if entry.near in line else None
                if found:
                    yield place.finding(found[0], entry.problem, entry.remedy)


def _said(page: Card[Head] | Page) -> Iterator[tuple[Place, str]]:
    if isinstance(page.head, AnswerCard) and page.head.say:
        yield page.at("say"), page.head.say


def _lines(page: Card[Head] | Page, near: str) -> Iterator[tuple[Place, str]]:
    """Yield the lines of the text; how one knows that it worked is always ``near``."""
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        yield page.line(number), line
    if isinstance(page.head, Remedy):
        yield page.at("verify"), near + page.head.verify
