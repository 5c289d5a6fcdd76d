"""What the heads of cards name exists, and every remedy is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from kb.checks.names import Use, no_cards, unknown, uses_in
from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import matches
from kb.content.schema import AnswerCard, Cause, Head, Remedy


@rule("references", "topics.yml")
def check_topics(library: Library) -> Iterator[Finding]:
    """The topic and the layer that a card names exist.

    Bad: ``topic: huabai``; ``layer: policies``.
    Good: ids of ``_data/topics.yml``.
    """
    topics = library.topics
    uses = [Use(card.head.topic, card.at("topic")) for card in library.of(Head)]
    for page in library.pages.values():
        if page.head.topic and not page.file.startswith("docs/topics/"):
            uses.append(Use(page.head.topic, page.at("topic")))
    yield from unknown(uses, topics.places("id"), "没有这个主题")
    for index, topic in enumerate(topics.entries):
        layers = {layer.id: topics.at(index, "layers", n, "id") for n, layer in enumerate(topic.layers)}
        causes = library.of(Cause, topic.id)
        yield from unknown(
            [Use(card.head.layer, card.at("layer")) for card in causes], layers, "这个主题没有这一层面"
        )


@rule("schema", "handbook.yml")
def check_owners(library: Library) -> Iterator[Finding]:
    """Owners, readers and systems that cards and data files name are those of ``_data/handbook.yml``.

    Bad: ``owner: merchent``; ``reader: everybody``.
    Good: ``owner: merchant``; ``reader: customer``.
    """
    book = library.book
    owners = {owner.id: library.at("handbook.yml", "owners", n, "id") for n, owner in enumerate(book.owners)}
    systems = {
        system.id: library.at("handbook.yml", "systems", n, "id") for n, system in enumerate(book.systems)
    }
    uses = [Use(card.head.owner, card.at("owner")) for card in library.of(AnswerCard)]
    uses += [Use(card.head.reader, card.at("reader")) for card in library.of(AnswerCard) if card.head.reader]
    uses += [Use(code.owner, library.codes.at(n, "owner")) for n, code in enumerate(library.codes.entries)]
    uses += [
        Use(entry.owner, library.elsewhere.at(n, "owner"))
        for n, entry in enumerate(library.elsewhere.entries)
        if entry.owner
    ]
    yield from unknown(uses, owners, "不在可选的值里")
    named = [Use(code.system, library.codes.at(n, "system")) for n, code in enumerate(library.codes.entries)]
    yield from unknown(named, systems, "不在可选的值里")


@rule("references")
def check_remedies(library: Library) -> Iterator[Finding]:
    """Remedies, causes and widgets name cards that there are; every remedy is used by a cause.

    Bad: a remedy that no cause lists; ``remedies`` with the id of a cause, ``cause`` with that of a remedy.
    Good: ``remedies`` with the id of a remedy that there is.
    """
    used: set[str] = set()
    for cause in library.of(Cause):
        used |= set(cause.head.remedies)
        own = ((name, cause.at("remedies", index)) for index, name in enumerate(cause.head.remedies))
        yield from _missing(own, Remedy, library)
    for remedy in library.of(Remedy):
        after = ((name, remedy.at("after", index)) for index, name in enumerate(remedy.head.after))
        yield from _missing(after, Remedy, library)
        if remedy.head.cause:
            yield from _missing([(remedy.head.cause, remedy.at("cause"))], Cause, library)
    for card in library.of(AnswerCard):
        leads = enumerate(card.head.widget.leads if card.head.widget else ())
        uses = (Use(lead.card, card.at("widget", "leads", index, "card")) for index, lead in leads)
        yield from no_cards(uses, library)
    if not library.unreadable:  # a card that cannot be read may be the one that uses it
        for remedy in library.of(Remedy):
            if remedy.id not in used:
                text = "在相应原因的 remedies 里加上它"
                yield remedy.at("id").finding(remedy.id, "没有原因用到这条对策", text)
        yield from _after_cycles(library)


NAMES: dict[type[Head], str] = {Cause: "原因", Remedy: "对策"}


def _missing(named: Iterable[tuple[str, Place]], head: type[Head], library: Library) -> Iterator[Finding]:
    for card_id, place in named:
        found = library.cards.get(card_id)
        if not library.may_have(card_id) or (found and not isinstance(found.head, head)):
            remedy = f"改成现有的编号，清单在“全部{NAMES[head]}”一页"
            yield place.finding(card_id, f"没有这张{NAMES[head]}卡", remedy)


def _after_cycles(library: Library) -> Iterator[Finding]:
    """Yield one finding for each circle of ``after``, at the first card that stands in it."""
    blamed: set[str] = set()
    for card in library.of(Remedy):
        seen: set[str] = set()
        todo = list(card.head.after)
        while todo:
            wanted = todo.pop()
            if wanted == card.id and not blamed & {card.id, *seen}:
                blamed |= {card.id, *seen}
                yield card.at("after").finding(card.id, "先后顺序绕成了圈", "删掉其中一个 after")
                break
            found = library.cards.get(wanted)
            if wanted not in seen and found and isinstance(found.head, Remedy):
                seen.add(wanted)
                todo += found.head.after


@rule("tags", "tags.yml")
def check_tags(library: Library) -> Iterator[Finding]:
    """Free tags come from the list in ``_data/tags.yml``.

    Bad: ``tags: [扫码枪]``.
    Good: ``tags: [设备]``.
    """
    known = {tag: library.tags.at(index) for index, tag in enumerate(library.tags.entries)}
    yield from unknown(uses_in(library.of(AnswerCard), "tags"), known, "清单里没有这个标签")


WIDE = re.compile("[，、] *")


@rule("prompts", "prompts.yml")
def check_prompts(library: Library) -> Iterator[Finding]:
    """Screen messages come from ``_data/prompts.yml``, to the letter, and each is used by a card.

    Bad: ``prompts`` with half of a sentence of the list.
    Good: the sentence to the letter.
    """
    known = library.prompts.places("text")
    uses = list(uses_in(library.of(Cause), "prompts"))
    said = {use.name for use in uses}
    split = {name: WIDE.split(name) for name in said - known.keys()}
    joined = {name: parts for name, parts in split.items() if len(parts) > 1 and known.keys() & set(parts)}
    for use in uses:
        if parts := joined.get(use.name):
            yield use.place.finding(use.name, "中间的标点是全角的", f"几句之间用半角逗号：{', '.join(parts)}")
    faults = list(unknown([use for use in uses if use.name not in joined], known, "清单里没有这句屏幕提示"))
    yield from faults
    if library.unreadable:
        return
    said |= {part for parts in joined.values() for part in parts}
    blamed = {fault.value for fault in faults}
    misspelt = said - known.keys()
    for text, place in known.items():
        if text not in said | blamed and not get_close_matches(text, misspelt, n=1, cutoff=0.8):
            yield place.finding(text, "没有原因用到这句提示", "在相应原因的 prompts 里加上它，或从清单删掉")


SCREEN = re.compile(
    r"(?:屏幕|机器|POS|手机)(?:上|里)?[^“”。，；：]{0,4}?(?:写着|显示|提示|出现|弹出|写的是|说)(?:的是)?：?“(?P<said>[^”]+)”"
)
LEAST_SAID = 4
"""Characters from which on what a screen says is a sentence, not a button."""


@rule("prompts", "prompts.yml", "codes.yml")
def check_quotes(library: Library) -> Iterator[Finding]:
    """What a text says that a screen shows is in the list of messages or of codes.

    Bad: ``屏幕上写着“系统打瞌睡了”``. Good: ``屏幕上写着“…”`` with words of ``_data/prompts.yml``.
    """
    known = [text for prompt in library.prompts.entries for text in (prompt.text, *prompt.variants)]
    known += [text for code in library.codes.entries for text in (code.meaning, *code.aliases)]
    for file, text in library.files.texts.items():
        for number, quote in matches(SCREEN, text) if file.endswith(".md") else ():
            said = quote["said"].rstrip("。！…")
            if len(said) >= LEAST_SAID and not any(said in one for one in known):
                place = Place(file, number, quote.start("said") + 1)
                remedy = "照清单里的原话写；真有这句，先加进 docs/_data/prompts.yml"
                yield place.finding(said, "屏幕提示和错误码的清单里没有这句话", remedy)
