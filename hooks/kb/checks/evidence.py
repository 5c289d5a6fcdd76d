"""How well a claim is founded, and when it was last looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from kb.content.findings import Finding, near
from kb.content.library import Library

FOOTNOTE = re.compile(r"\[\^(?P<id>[^\]]+)\]")
MAX_REVIEW = timedelta(days=400)


def check_footnotes(library: Library) -> Iterator[Finding]:
    """Footnotes name sources; on a card they are the very ones of its ``sources``.

    Bad: ``……一种资金渠道[^lakala]`` with ``sources: [lakala-notify]``.
    Good: ``……一种资金渠道[^lakala-notify]``.
    """
    cards = {card.file: card for card in library.cards.values()}
    for text in library.texts:
        if not text.file.endswith(".md"):
            continue
        card = cards.get(text.file)
        cited: set[str] = set()
        for number, line in enumerate(text.text.split("\n"), 1):
            for note in FOOTNOTE.finditer(line):
                cited.add(note["id"])
                place = (number, note.start("id") + 1)
                if note["id"] not in library.source:
                    if not library.sources.complete:
                        continue
                    remedy = near(note["id"], library.source) or "先在 docs/_data/sources.yml 加上它"
                    yield Finding(text.file, *place, "footnotes", note["id"], "没有这个出处", remedy)
                elif card and note["id"] not in getattr(card.head, "sources", (note["id"],)):
                    remedy = "加到卡片头的 sources 里"
                    yield Finding(
                        text.file, *place, "footnotes", note["id"], "卡片头没有列出这个出处", remedy
                    )
        for index, source in enumerate(getattr(card.head, "sources", ()) if card else ()):
            if source not in cited and source in library.source:
                remedy = f"在正文相应的句子后面加 [^{source}]，或从 sources 删掉"
                yield Finding(
                    text.file,
                    *card.marks.find(("sources", index)),
                    "footnotes",
                    source,
                    "正文没有引用这个出处",
                    remedy,
                )


def check_evidence(library: Library) -> Iterator[Finding]:
    """The grade of a card is not better than its sources carry.

    Bad: ``evidence: official`` with nothing but a blog among the sources.
    Good: ``official`` with an official source; ``corroborated`` with one that several sources bear out.
    """
    for card in library.cards.values():
        grade = getattr(card.head, "evidence", None)
        if grade is None or any(source not in library.source for source in card.head.sources):
            continue
        grades = {library.source[source].grade for source in card.head.sources}
        place = card.marks.find(("evidence",))
        if grade == "official" and "official" not in grades:
            yield Finding(
                card.file,
                *place,
                "evidence",
                grade,
                "出处里没有官方文件",
                "降为 corroborated 或 reported，或补上官方出处",
            )
        if grade == "corroborated" and not grades & {"official", "corroborated"}:
            yield Finding(
                card.file, *place, "evidence", grade, "出处里没有多方印证的", "降为 reported，或补上出处"
            )
        if grade == "reported" and grades == {"unproven"}:
            yield Finding(card.file, *place, "evidence", grade, "出处只有原文", "降为 unproven，或补上出处")


def check_dates(library: Library) -> Iterator[Finding]:
    """A card is reviewed after it was verified, and within 400 days.

    Bad: ``verified: 2026-11-22`` with ``review_by: 2026-05-22``.
    Good: ``review_by: 2027-05-22``. That the day has passed breaks no build: the page says so itself.
    """
    for card in library.cards.values():
        head = card.head
        if head.review_by <= head.verified:
            remedy = "复查日要在核实日之后，一般是半年后"
            yield Finding(
                card.file,
                *card.marks.find(("review_by",)),
                "dates",
                str(head.review_by),
                "复查日早于核实日",
                remedy,
            )
        elif head.review_by - head.verified > MAX_REVIEW:
            remedy = "最迟一年后复查"
            yield Finding(
                card.file,
                *card.marks.find(("review_by",)),
                "dates",
                str(head.review_by),
                "复查日太远",
                remedy,
            )
