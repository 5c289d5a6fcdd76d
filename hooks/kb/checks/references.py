"""Everything that is named exists, and everything that exists is used."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from kb.content.cards import Card
from kb.content.findings import Finding, near
from kb.content.library import Library
from kb.content.schema import Cell

CARD_REFERENCE = re.compile(r"\[(?P<text>[^\[\]]*)\]\[(?P<id>[A-Za-z][0-9]+)\]")
PAGE_LINK = re.compile(r"\]\((?P<path>[^)\s#?:]*)(?:#(?P<anchor>[^)\s]*))?\)")


def check_references(library: Library) -> Iterator[Finding]:
    """Topics, layers, remedies, sources and questions that a card names exist, and are used by a card.

    Bad: ``remedies: [R99]``; a remedy that no cause lists; ``layer: policies``.
    Good: ``remedies: [R17]``.
    """
    used: set[str] = set()
    for card in library.cards.values():
        head = card.head
        topic = library.topic.get(head.topic)
        if topic is None:
            if library.topics.complete:
                yield _unknown(card, ("topic",), head.topic, "没有这个主题", library.topic)
        elif card.kind == "cause" and head.layer not in {layer.id for layer in topic.layers}:
            yield _unknown(card, ("layer",), head.layer, "这个主题没有这一层面", [x.id for x in topic.layers])
        for key in ("remedies", "after"):
            for index, wanted in enumerate(getattr(head, key, ())):
                used |= {wanted} if key == "remedies" else set()
                if not library.knows(wanted):
                    place = card.marks.find((key, index))
                    yield Finding(
                        card.file,
                        *place,
                        "references",
                        wanted,
                        "没有这张对策卡",
                        "改成现有的编号，清单在“全部对策”一页",
                    )
        for index, source in enumerate(getattr(head, "sources", ())):
            used.add(source)
            if source not in library.source and library.sources.complete:
                yield _unknown(card, ("sources", index), source, "没有这个出处", library.source)
    for index, topic in enumerate(library.topics.entries):
        named = [(("cautions", number, "card"), c.card) for number, c in enumerate(topic.cautions)]
        if topic.meanwhile:
            named.append((("meanwhile",), topic.meanwhile))
        for path, wanted in named:
            if not library.knows(wanted):
                place = library.topics.place(index, *path)
                yield Finding(library.topics.file, *place, "references", wanted, "没有这张卡片", "请改正编号")
    if library.claimed:
        return  # a card that cannot be read may be the one that uses it
    for card in library.of_kind("remedy"):
        if card.id not in used:
            remedy = "在相应原因的 remedies 里加上它"
            yield Finding(
                card.file, *card.marks.find(("id",)), "references", card.id, "没有原因用到这条对策", remedy
            )
    yield from _after_cycles(library)


def _after_cycles(library: Library) -> Iterator[Finding]:
    for card in library.of_kind("remedy"):
        seen, todo = set(), list(card.head.after)
        while todo:
            wanted = todo.pop()
            if wanted == card.id:
                remedy = "删掉其中一个 after"
                yield Finding(
                    card.file, *card.marks.find(("after",)), "references", card.id, "先后顺序绕成了圈", remedy
                )
                break
            if wanted not in seen and wanted in library.cards:
                seen.add(wanted)
                todo += library.cards[wanted].head.after


def check_answers(library: Library) -> Iterator[Finding]:
    """``answers`` and ``only_if`` name questions of the same topic and options that they have.

    Bad: ``answers: {balanse: ok}``; ``answers: {balance: yes}``.
    Good: ``answers: {balance: ok}``.
    """
    for card in library.cards.values():
        cells: dict[str, Cell] = {}
        if card.kind == "cause":
            key, cells = "answers", card.head.answers
        elif card.kind == "question":
            key, cells = "only_if", card.head.only_if
        for slug, cell in cells.items():
            question = library.question.get(slug)
            known = [q.slug for q in library.of_kind("question", card.head.topic)]
            if question is None or slug not in known:
                if library.knows(slug):
                    continue
                yield _unknown(card, (key, slug), slug, "这个主题没有这个问题", known)
                continue
            options = [option.id for option in question.head.options]
            for option in (cell,) if isinstance(cell, str) else cell:
                if option not in options:
                    yield _unknown(card, (key, slug), option, f"问题 {slug} 没有这个选项", options)


def check_prompts(library: Library) -> Iterator[Finding]:
    """Screen messages come from ``_data/prompts.yml``, to the letter, and each is used by a card.

    Bad: ``prompts: [不支持花呗]``.
    Good: ``prompts: [当前交易不支持花呗]``.
    """
    used: set[str] = set()
    for card in library.of_kind("cause"):
        for index, prompt in enumerate(card.head.prompts):
            used.add(prompt)
            if prompt not in library.prompt and library.prompts.complete:
                yield _unknown(
                    card, ("prompts", index), prompt, "清单里没有这句屏幕提示", library.prompt, "prompts"
                )
    if library.claimed:
        return
    for index, prompt in enumerate(library.prompts.entries):
        if prompt.text not in used:
            place = library.prompts.place(index, "text")
            remedy = "在相应原因的 prompts 里加上它，或从清单删掉"
            yield Finding(
                library.prompts.file, *place, "prompts", prompt.text, "没有原因用到这句提示", remedy
            )


def check_codes(library: Library) -> Iterator[Finding]:
    """Codes come from ``_data/codes.yml``; cards that a code names exist.

    Bad: ``codes: [ACQ.SYSTEM_EROR]``.
    Good: ``codes: [ACQ.SYSTEM_ERROR]``.
    """
    for card in library.of_kind("cause"):
        for index, code in enumerate(card.head.codes):
            if code not in library.code and library.codes.complete:
                yield _unknown(card, ("codes", index), code, "清单里没有这个错误码", library.code, "codes")
    for index, code in enumerate(library.codes.entries):
        for number, wanted in enumerate(code.cards):
            if not library.knows(wanted):
                place = library.codes.place(index, "cards", number)
                yield Finding(library.codes.file, *place, "codes", wanted, "没有这张卡片", "请改正编号")


def check_tags(library: Library) -> Iterator[Finding]:
    """Free tags come from the list in ``_data/tags.yml``.

    Bad: ``tags: [扫码枪]``.
    Good: ``tags: [设备]``.
    """
    for card in library.cards.values():
        for index, tag in enumerate(getattr(card.head, "tags", ())):
            if tag not in library.tags:
                yield _unknown(card, ("tags", index), tag, "清单里没有这个标签", library.tags, "tags")


def check_links(library: Library) -> Iterator[Finding]:
    """Links in the text lead to cards, pages and sections that exist.

    Bad: ``[请拉卡拉查][R99]``; ``[错误码](../code/index.md)``.
    Good: ``[请拉卡拉查][R17]``; ``[错误码](../codes/index.md)``.
    """
    for text in library.texts:
        if not text.file.endswith(".md"):
            continue
        for number, line in enumerate(text.text.split("\n"), 1):
            for link in CARD_REFERENCE.finditer(line):
                if not library.knows(link["id"]):
                    remedy = "改成现有的编号，清单在“全部原因”“全部对策”两页"
                    yield Finding(
                        text.file,
                        number,
                        link.start("id") + 1,
                        "references",
                        link["id"],
                        "没有这张卡片",
                        remedy,
                    )
            for link in PAGE_LINK.finditer(line):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(text.file), link["path"]))
                if link["path"] and not (library.root / target).is_file():
                    remedy = "改成现有的文件，或写成 [文字][C20]"
                    yield Finding(
                        text.file,
                        number,
                        link.start("path") + 1,
                        "references",
                        link["path"],
                        "没有这个文件",
                        remedy,
                    )


def _unknown(
    card: Card, path: tuple, value: str, problem: str, known: Iterable[str], rule: str = "references"
) -> Finding:
    known = list(known)
    remedy = near(value, known) or (f"可选：{'、'.join(known)}" if len(known) <= 12 else "请从清单里选")
    return Finding(card.file, *card.marks.find(path), rule, value, problem, remedy)
