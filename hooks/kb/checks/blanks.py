"""What texts leave open comes from one closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding, Place, choice, near
from kb.content.library import Library
from kb.content.markdown import visible
from kb.content.schema import AnswerCard

BLANK = re.compile(r"(?<!】)【([^】]*)(?:】(?!【|\[[A-Z]\d)|$)")
"""Two in a row are a link whose brackets are wrong, which the rule ``markup`` says."""


@rule("blanks", "handbook.yml")
def check_told(library: Library) -> Iterator[Finding]:
    """What a diagnosis fills is a blank of the list, and what it fills it with answers one of its questions.

    Bad: ``{blank: 屏幕, question: screens, says: {ok: 能付}}``.
    Good: ``{blank: 屏幕原话, question: screen, says: {limit: 超过限额}}``.
    """
    known = library.book.blanks.all
    place = Place("docs/_data/handbook.yml", 1)
    for fill in library.book.blanks.told:
        if fill.blank not in known:
            yield place.finding(
                fill.blank, "不是清单里的空", near(fill.blank, known) or "加进 blanks 的 case 或 others"
            )
        if fill.question not in library.question_by_slug and not library.unreadable:
            yield place.finding(
                fill.question, "没有这个问题", choice(fill.question, library.question_by_slug)
            )


@rule("blanks", "handbook.yml")
def check_widgets(library: Library) -> Iterator[Finding]:
    """What a widget fills is a blank of the list.

    Bad: ``fills: {rate: 费率}``.
    Good: ``fills: {rate: 约定费率}``.
    """
    known = library.book.blanks.all
    for card in library.of(AnswerCard):
        for name, blank in card.head.widget.fills.items() if card.head.widget else ():
            if blank not in known:
                remedy = near(blank, known) or "换成清单里的；真要新的，就加进 handbook.yml 的 blanks"
                yield card.at("widget", "fills", name).finding(blank, "不是清单里的空", remedy)


@rule("blanks", "handbook.yml")
def check_blanks(library: Library) -> Iterator[Finding]:
    """A blank stands in ``blanks`` of ``_data/handbook.yml``, so that a case fills it everywhere.

    Bad: ``商户号是【你的商户号】``; a bracket that does not end on its line.
    Good: ``商户号是【商户号】``.
    """
    known = library.book.blanks.all
    for file, text in library.files.texts.items():
        if not file.endswith(".md"):
            continue
        for number, line in enumerate(visible(text).split("\n"), 1):
            for blank in BLANK.finditer(line):
                place = Place(file, number, blank.start(1) + 1)
                if not blank[0].endswith("】") or "【" in blank[1]:
                    open_one = re.split("[，。；：【]", blank[1])[0]
                    yield place.finding(open_one, "这个空没有收口", "在它后面写上“】”")
                elif blank[1] and blank[1] not in known:
                    remedy = near(blank[1], known) or "换成清单里的；真要新的，就加进 handbook.yml 的 blanks"
                    yield place.finding(blank[1], "不是清单里的空", remedy)
