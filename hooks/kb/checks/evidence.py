"""How well a claim is founded, and when it was last looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from kb.checks.names import Use, unknown, uses_in
from kb.checks.prose import too_short
from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import FOOTNOTE, matches, open_fence
from kb.content.schema import AnswerCard, Cause, Head

A_DAY = timedelta(days=1)
"""By which a day may be ahead: it is tomorrow elsewhere."""
USUAL = timedelta(days=181)
MAX_REVIEW = timedelta(days=400)


def _lacks_section(card: Card[AnswerCard]) -> bool:
    """Return whether a section is gone or emptied, with what it cites; the rule sections says so."""
    there = {section.anchor for section in card.sections}
    gone = {section.anchor for section in card.spec.sections if section.required} - there
    return bool(gone) or any(map(too_short, card.sections))


@rule("footnotes", "sources.yml")
def check_footnotes(library: Library) -> Iterator[Finding]:
    """Footnotes name sources; on a card they are the very ones of its ``sources``.

    Bad: ``……一种资金渠道[^notify]`` with ``sources: [trade-notify]``.
    Good: ``……一种资金渠道[^trade-notify]``.
    """
    known = library.sources.places("id")
    cards = {card.file: card for card in library.of(AnswerCard)}
    uses = list(uses_in(cards.values(), "sources", "references"))
    for file, text in library.files.texts.items():
        card = cards.get(file)
        listed = card.head.sources if card else ()
        cited: set[str] = set()
        for number, note in matches(FOOTNOTE, text) if file.endswith(".md") else ():
            cited.add(note["id"])
            place = Place(file, number, note.start("id") + 1)
            if note["id"] not in known:
                if note["id"] not in listed:
                    uses.append(Use(note["id"], place))
            elif card and note["id"] not in listed:
                yield place.finding(note["id"], "卡片头没有列出这个出处", "加到卡片头的 sources 里")
        lost = card is not None and (open_fence(card.body) or _lacks_section(card))  # with what it cites
        for index, source in enumerate(() if lost else listed):
            misspelt = get_close_matches(source, cited - known.keys(), n=1, cutoff=0.8)
            if card and source not in cited and source in known and not misspelt:
                remedy = f"在正文相应的句子后面加 [^{source}]，或从 sources 删掉"
                yield card.at("sources", index).finding(source, "正文没有引用这个出处", remedy)
    if len(known) == len(library.sources.entries):  # else one of those named twice may be it
        yield from unknown(uses, known, "没有这个出处")


@rule("evidence")
def check_cases(library: Library) -> Iterator[Finding]:
    """What is said to stand on logs says on how many cases, and nothing else does.

    Bad: ``basis: log`` without ``cases``; ``cases: 40`` with ``basis: assumed``.
    Good: ``basis: log`` and ``cases: 2460``, as ``cli.py learn`` proposes them.
    """
    for card in library.of(Cause):
        if card.head.basis == "log" and not card.head.cases:
            remedy = "在卡片头加一行 cases: 案例数；没有数过，basis 就写 assumed"
            yield card.at("basis").finding("log", "没有写依据多少个案例", remedy)
        elif card.head.cases and card.head.basis != "log":
            yield card.at("cases").finding(card.head.cases, "依据的不是日志，不写案例数", "把这一行整行删掉")


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
    """A card was verified in the past, and is reviewed after that, within 400 days; so old is every source.

    Bad: ``year: 2062``; ``verified: 2062-11-22``; ``verified: 2026-11-22`` with ``review_by: 2026-05-22``.
    Good: ``review_by: 2027-05-22``. That the day has passed breaks no build: the page says so itself.
    """
    for index, source in enumerate(library.sources.entries):
        if source.year > (date.today() + A_DAY).year:
            yield library.sources.at(index, "year").finding(source.year, "这一年还没有到", "写资料上的年份")
    for card in library.of(Head):
        head, place = card.head, card.at("review_by")
        if head.verified > date.today() + A_DAY:
            remedy = "写核实那一天；电脑的日期不对就先改好"
            yield card.at("verified").finding(head.verified, "核实日还没有到", remedy)
        usual = f"一般是核实以后半年，例如 {head.verified + USUAL}"
        if head.review_by <= head.verified:
            yield place.finding(head.review_by, "复查日早于核实日", usual)
        elif head.review_by - head.verified > MAX_REVIEW:
            yield place.finding(head.review_by, "复查日太远", usual)
