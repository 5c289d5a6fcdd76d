"""How well a claim is founded, and when it was last looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kb.checks.rules import rule
from kb.content.findings import Finding, Place, near
from kb.content.library import Library
from kb.content.markdown import FOOTNOTE, matches
from kb.content.schema import AnswerCard, Head

MAX_REVIEW = timedelta(days=400)


@rule("footnotes")
def check_footnotes(library: Library) -> Iterator[Finding]:
    """Footnotes name sources; on a card they are the very ones of its ``sources``.

    Bad: ``……一种资金渠道[^notify]`` with ``sources: [trade-notify]``.
    Good: ``……一种资金渠道[^trade-notify]``.
    """
    cards = {card.file: card for card in library.of(AnswerCard)}
    for text in library.texts:
        if not text.file.endswith(".md"):
            continue
        card = cards.get(text.file)
        cited: set[str] = set()
        for number, note in matches(FOOTNOTE, text.text):
            cited.add(note["id"])
            place = Place(text.file, number, note.start("id") + 1)
            if note["id"] not in library.source_by_id:
                if library.sources.complete:
                    remedy = near(note["id"], library.source_by_id) or "先在 docs/_data/sources.yml 加上它"
                    yield place.finding(note["id"], "没有这个出处", remedy)
            elif card and note["id"] not in card.head.sources:
                yield place.finding(note["id"], "卡片头没有列出这个出处", "加到卡片头的 sources 里")
        for index, source in enumerate(card.head.sources if card else ()):
            if card and source not in cited and source in library.source_by_id:
                remedy = f"在正文相应的句子后面加 [^{source}]，或从 sources 删掉"
                yield card.at("sources", index).finding(source, "正文没有引用这个出处", remedy)


@rule("evidence")
def check_evidence(library: Library) -> Iterator[Finding]:
    """The grade of a card is not better than its sources carry.

    Bad: ``evidence: official`` with nothing but a blog among the sources.
    Good: ``official`` with an official source; ``corroborated`` with one that several sources bear out.
    """
    for card in library.of(AnswerCard):
        grade, sources = card.head.evidence, library.source_by_id
        if any(source not in sources for source in card.head.sources):
            continue
        grades = {sources[source].grade for source in card.head.sources}
        place = card.at("evidence")
        if grade == "official" and "official" not in grades:
            remedy = "降为 corroborated 或 reported，或补上官方出处"
            yield place.finding(grade, "出处里没有官方文件", remedy)
        if grade == "corroborated" and not grades & {"official", "corroborated"}:
            yield place.finding(grade, "出处里没有多方印证的", "降为 reported，或补上出处")
        if grade == "reported" and grades == {"unproven"}:
            yield place.finding(grade, "出处只有原文", "降为 unproven，或补上出处")


@rule("dates")
def check_dates(library: Library) -> Iterator[Finding]:
    """A card is reviewed after it was verified, and within 400 days.

    Bad: ``verified: 2026-11-22`` with ``review_by: 2026-05-22``.
    Good: ``review_by: 2027-05-22``. That the day has passed breaks no build: the page says so itself.
    """
    for card in library.of(Head):
        head, place = card.head, card.at("review_by")
        if head.review_by <= head.verified:
            yield place.finding(head.review_by, "复查日早于核实日", "复查日要在核实日之后，一般是半年后")
        elif head.review_by - head.verified > MAX_REVIEW:
            yield place.finding(head.review_by, "复查日太远", "最迟一年后复查")
