"""The sentences people ask with: enough of them, each leading to one answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from kb.checks.files import KNOWN
from kb.checks.rules import rule
from kb.content.asks import FOLDER, NO_ASKS, STRAYS, UNANSWERED, Ask
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.lost import asks_name
from kb.content.schema import AnswerCard

NUMBERED = re.compile(r"(?:\d{1,2}[.、．）]|[-*•●])\s*(?=[一-鿿])")

FEWEST = 5
LONGEST = 100
"""Characters of what somebody types or says in one go."""
FEWEST_ELSEWHERE = 15
"""A kind of question that we do not answer is known by its sentences alone."""


@rule("asks")
def check_asks(library: Library) -> Iterator[Finding]:
    """Every card has at least five asks, every entry of ``_data/elsewhere.yml`` 15; none stands twice.

    Bad: the same question in the files of two cards; a file whose name is no card, no entry and no page.
    Good: one sentence a line, in the words of people.
    """
    seen: dict[str, str] = {}
    answered = _answered(library)
    misnamed = {name for name in library.asks if not KNOWN.fullmatch(f"{FOLDER}/{name}.txt")}  # rule files
    for name, asks in library.asks.items():
        folder, _, answer = name.partition("/")
        if name not in misnamed and folder in answered and not answered[folder](answer):
            yield Place(f"{FOLDER}/{name}.txt").finding(answer, *UNANSWERED[folder])
        for ask in asks:
            if len(ask.text) > LONGEST:
                remedy = f"一行只写一句，不超过 {LONGEST} 个字：只留问的那一句"
                yield Place(ask.file, ask.line).finding(ask.text, f"有 {len(ask.text)} 个字，太长", remedy)
            if mark := NUMBERED.match(ask.text):
                yield Place(ask.file, ask.line).finding(
                    mark[0], "问法前面不写序号和记号", "删掉这一行开头的记号，只留问法"
                )
            if ask.text in seen:
                remedy = f"{seen[ask.text]} 已经有了，只留一处"
                yield Place(ask.file, ask.line).finding(ask.text, "这一句写了两次", remedy)
            seen.setdefault(ask.text, f"{ask.file}:{ask.line}")
    wanted = {f"cards/{card.id}": FEWEST for card in library.of(AnswerCard)}
    wanted |= {f"elsewhere/{entry.id}": FEWEST_ELSEWHERE for entry in library.elsewhere.entries}
    entries = {entry.id: index for index, entry in enumerate(library.elsewhere.entries)}
    for name, fewest in wanted.items():
        own, file = name.partition("/")[2], f"{FOLDER}/{name}.txt"
        if own in library.renumbered or file in library.files.findings:
            continue
        if name not in library.asks and any(other.lower().startswith(name.lower()) for other in misnamed):
            continue
        found = len(library.asks.get(name, ()))
        if found < fewest:
            remedy = f"一行一句，至少 {fewest} 句，用大家嘴里的话"
            if file not in library.files.names:
                place = library.elsewhere.at(entries[own], "id") if own in entries else Place(file)
                yield place.finding(own, NO_ASKS, f"加一个文件 {file}，{remedy}；原来有的，从版本库里恢复它")
            else:
                yield Place(file).finding(own, f"只有 {found} 句问法", remedy)


@rule("asks")
def check_strays(library: Library) -> Iterator[Finding]:
    """No ask is far more like the asks of another answer, as the last build found.

    Bad: “怎么还款” among the asks of a card about a broken scanner.
    Good: a sentence that says what the card is about.
    """
    kept = library.root / STRAYS
    if not kept.is_file():
        return
    strays = {(text, own): other for text, own, other in json.loads(kept.read_text("utf-8"))}
    for name, asks in library.asks.items():
        folder, _, answer = name.partition("/")
        own = f"ELSEWHERE:{answer}" if folder == "elsewhere" else answer
        for ask in asks:
            if other := strays.get((ask.text, own)):
                yield nearer(ask, other, "挪过去，或者把话说明白；再建一次站就重新算", library)


def nearer(ask: Ask, answer: str, remedy: str, library: Library) -> Finding:
    """Return that an ask is more like those of another ``answer``: a card's id, or what else answers."""
    card = library.cards.get(answer)
    title = f"《{card.head.title}》" if card else ""
    return Place(ask.file, ask.line).finding(ask.text, f"这句更像 {answer}{title}", remedy, "asks")


def _answered(library: Library) -> dict[str, Callable[[str], bool]]:
    """Return for each folder of asks whether something answers a file of it."""
    entries = {entry.id for entry in library.elsewhere.entries}
    pages = {asks_name(file)[6:] for file in library.files.names | library.lost if file.endswith(".md")}
    return {
        "cards": library.may_have,
        "elsewhere": lambda name: name in entries or "elsewhere.yml" in library.broken,
        "pages": pages.__contains__,
    }
