"""What a reviewer must verify on a card: every claim with its sources, every figure, number and day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.content import labels
from kb.content.cards import Card
from kb.content.handbook import Handbook
from kb.content.library import Library
from kb.content.markdown import FOOTNOTE, MARKUP, SENTENCE, visible
from kb.content.schema import AnswerCard, Cause, Head, Question, Remedy

FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?=[元角天日年月周倍折]|分钟|小时)")
YEAR = re.compile(r"(?:19|20)\d\d ?年")
INFERRED = "推论"


def review(library: Library, card: Card[Head]) -> Iterator[str]:
    """Yield the list in Markdown, a box to tick for each thing."""
    head = card.head
    yield f"# 复查 {card.id} {head.title}"
    yield f"\n{card.file}，上次核实 {head.verified}，该在 {head.review_by} 以前复查。\n\n## 卡片头\n"
    yield from (f"- [ ] {line}" for line in _claims(head, library.book))
    cited: dict[str, list[str]] = {}
    bare: list[str] = []
    inferred: list[str] = []
    for section in card.sections:
        for sentence in SENTENCE.findall(visible(section.text)):
            text = MARKUP.sub("", sentence).strip()
            notes = [note["id"] for note in FOOTNOTE.finditer(sentence)]
            for source in notes:
                cited.setdefault(source, []).append(text)
            if INFERRED in text:
                inferred.append(f"{section.title}：{text}")
            elif FIGURE.search(text) and not notes:
                bare.append(f"{section.title}：{text}")
    if cited:
        yield "\n## 出处：打开来看，说的是不是这个意思\n"
    for source, sentences in cited.items():
        entry = library.source_by_id[source]
        where, grade = entry.url or "没有网址，照标题去找", labels.GRADES[entry.grade]
        yield f"- [ ] {entry.title}，{entry.publisher}，{entry.year} 年，{grade}：{where}"
        yield from (f"    - {sentence}" for sentence in sentences)
    yield from _listed("没有写出处的数：对不对，要不要写出处", bare)
    yield from _listed("推论：今天还推得出吗", inferred)
    years = sorted({year for section in card.sections for year in YEAR.findall(section.text)})
    yield from _listed("年份：有没有更新的说法", years)
    codes = [code for code in library.codes.entries if card.id in code.cards]
    yield from _listed(
        "错误码", [f"{c.code}：{c.meaning}，{library.book.retries.says(c.retry)}" for c in codes]
    )
    yield "\n都对了：verified 写今天，review_by 写半年后，changed 写改了什么；没改就不动 changed。"


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {title}\n"
        yield from (f"- [ ] {line}" for line in lines)


def _claims(head: Head, book: Handbook) -> Iterator[str]:
    yield f"答案：{head.summary}"
    if isinstance(head, AnswerCard):
        yield f"谁来办：{book.owner_names[head.owner]}；依据：{labels.GRADES[head.evidence]}"
        if head.say:
            yield f"当面说：{head.say}"
    if isinstance(head, Cause):
        yield f"{book.retries.asked}：{book.retries.says(head.retry)}"
        yield f"常见程度：{labels.FREQUENCIES[head.frequency]}，{labels.BASES[head.basis]}"
        yield from (f"屏幕上的话，一字不差：{text}" for text in head.prompts)
    if isinstance(head, Remedy):
        yield f"要多久：{labels.EFFORTS[head.effort]}；怎样算好了：{head.verify}"
    if isinstance(head, Question):
        yield from (f"选项：{option.label}" for option in head.options)
