"""Everything that is named exists, and everything that exists is used."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place, choice
from kb.content.library import Library
from kb.content.markdown import CARD_REFERENCE, PAGE_LINK, matches
from kb.content.schema import AnswerCard, Cause, Cell, Head, Question, Remedy


@rule("references")
def check_references(library: Library) -> Iterator[Finding]:
    """Topics, layers, owners, remedies, sources that a card names exist, and every remedy is used by a cause.

    Bad: a remedy without a card; a remedy that no cause lists; ``layer: policies``.
    Good: ``remedies`` with the id of a remedy that there is.
    """
    for card in library.of(Head):
        topic = library.topic_by_id.get(card.head.topic)
        if topic is None:
            if library.topics.complete:
                yield _unknown(card, ("topic",), card.head.topic, "没有这个主题", library.topic_by_id)
        elif isinstance(card.head, Cause) and card.head.layer not in {layer.id for layer in topic.layers}:
            known = [layer.id for layer in topic.layers]
            yield _unknown(card, ("layer",), card.head.layer, "这个主题没有这一层面", known)
    for answer in library.of(AnswerCard):
        yield from _named(answer, library)
    used: set[str] = set()
    for cause in library.of(Cause):
        used |= set(cause.head.remedies)
        yield from _remedies(cause, "remedies", cause.head.remedies, library)
    for remedy in library.of(Remedy):
        yield from _remedies(remedy, "after", remedy.head.after, library)
    yield from _topics(library)
    if not library.unreadable:  # a card that cannot be read may be the one that uses it
        for remedy in library.of(Remedy):
            if remedy.id not in used:
                text = "在相应原因的 remedies 里加上它"
                yield remedy.at("id").finding(remedy.id, "没有原因用到这条对策", text)
        yield from _after_cycles(library)


def _named(card: Card[AnswerCard], library: Library) -> Iterator[Finding]:
    head = card.head
    for index, source in enumerate(head.sources):
        if source not in library.source_by_id and library.sources.complete:
            yield _unknown(card, ("sources", index), source, "没有这个出处", library.source_by_id)
    owners = library.handbook.owner_names if library.handbook else {}
    for key, owner in (("owner", head.owner), ("reader", head.reader)):
        if owners and owner and owner not in owners:
            yield _unknown(card, (key,), owner, "不在可选的值里", owners, "schema")
    for index, lead in enumerate(head.widget.leads if head.widget else ()):
        if not library.may_have(lead.card):
            place = card.at("widget", "leads", index, "card")
            yield place.finding(lead.card, "没有这张卡片", "请改正编号")


def _remedies(card: Card[Head], key: str, wanted: Iterable[str], library: Library) -> Iterator[Finding]:
    for index, name in enumerate(wanted):
        found = library.cards.get(name)
        if not library.may_have(name) or (found and not isinstance(found.head, Remedy)):
            remedy = "改成现有的编号，清单在“全部对策”一页"
            yield card.at(key, index).finding(name, "没有这张对策卡", remedy)


def _topics(library: Library) -> Iterator[Finding]:
    for index, topic in enumerate(library.topics.entries):
        for number, caution in enumerate(topic.cautions):
            place = library.topics.at(index, "cautions", number, "card")
            found = library.cards.get(caution.card)
            if not library.may_have(caution.card):
                yield place.finding(caution.card, "没有这张卡片", "请改正编号")
            elif found and not isinstance(found.head, Cause):
                yield place.finding(caution.card, "提醒要指向一张原因卡", "写一张原因卡的编号")
        if topic.meanwhile:
            place = library.topics.at(index, "meanwhile")
            found = library.cards.get(topic.meanwhile)
            if not library.may_have(topic.meanwhile):
                yield place.finding(topic.meanwhile, "没有这张卡片", "请改正编号")
            elif found and not isinstance(found.head, Remedy):
                yield place.finding(topic.meanwhile, "没有这张对策卡", "写一张对策卡的编号")


def _after_cycles(library: Library) -> Iterator[Finding]:
    for card in library.of(Remedy):
        seen: set[str] = set()
        todo = list(card.head.after)
        while todo:
            wanted = todo.pop()
            if wanted == card.id:
                yield card.at("after").finding(card.id, "先后顺序绕成了圈", "删掉其中一个 after")
                break
            found = library.cards.get(wanted)
            if wanted not in seen and found and isinstance(found.head, Remedy):
                seen.add(wanted)
                todo += found.head.after


@rule("references")
def check_answers(library: Library) -> Iterator[Finding]:
    """``answers`` and ``only_if`` name questions of the same topic and options that they have.

    Bad: ``answers: {balanse: ok}``; ``answers: {balance: yes}``.
    Good: ``answers: {balance: ok}``.
    """
    for cause in library.of(Cause):
        yield from _cells(cause, "answers", cause.head.answers, library)
    for question in library.of(Question):
        yield from _cells(question, "only_if", question.head.only_if, library)


def _cells(card: Card[Head], key: str, cells: Mapping[str, Cell], library: Library) -> Iterator[Finding]:
    known = [question.slug for question in library.of(Question, card.head.topic)]
    for slug, cell in cells.items():
        question = library.question_by_slug.get(slug)
        if question is None or slug not in known:
            if not library.may_have(slug):
                yield _unknown(card, (key, slug), slug, "这个主题没有这个问题", known)
            continue
        options = [option.id for option in question.head.options]
        for option in (cell,) if isinstance(cell, str) else cell:
            if option not in options:
                yield _unknown(card, (key, slug), option, f"问题 {slug} 没有这个选项", options)


@rule("prompts")
def check_prompts(library: Library) -> Iterator[Finding]:
    """Screen messages come from ``_data/prompts.yml``, to the letter, and each is used by a card.

    Bad: ``prompts`` with half of a sentence of the list.
    Good: the sentence to the letter.
    """
    used: set[str] = set()
    for card in library.of(Cause):
        for index, prompt in enumerate(card.head.prompts):
            used.add(prompt)
            if prompt not in library.prompt_by_text and library.prompts.complete:
                problem = "清单里没有这句屏幕提示"
                yield _unknown(card, ("prompts", index), prompt, problem, library.prompt_by_text)
    if library.unreadable:
        return
    for index, entry in enumerate(library.prompts.entries):
        if entry.text not in used:
            remedy = "在相应原因的 prompts 里加上它，或从清单删掉"
            yield library.prompts.at(index, "text").finding(entry.text, "没有原因用到这句提示", remedy)


@rule("codes")
def check_codes(library: Library) -> Iterator[Finding]:
    """Codes come from ``_data/codes.yml``; cards, systems and owners that a code names exist.

    Bad: ``codes: [ACQ.SYSTEM_EROR]``.
    Good: ``codes: [ACQ.SYSTEM_ERROR]``.
    """
    for card in library.of(Cause):
        for index, code in enumerate(card.head.codes):
            if code not in library.code_by_name and library.codes.complete:
                yield _unknown(card, ("codes", index), code, "清单里没有这个错误码", library.code_by_name)
    book = library.handbook
    for index, entry in enumerate(library.codes.entries):
        for number, wanted in enumerate(entry.cards):
            if not library.may_have(wanted):
                yield library.codes.at(index, "cards", number).finding(wanted, "没有这张卡片", "请改正编号")
        for key, value, known in (
            ("system", entry.system, book.system_names if book else {}),
            ("owner", entry.owner, book.owner_names if book else {}),
        ):
            if book and value not in known:
                place = library.codes.at(index, key)
                yield place.finding(value, "不在可选的值里", choice(value, known), "schema")


@rule("tags")
def check_tags(library: Library) -> Iterator[Finding]:
    """Free tags come from the list in ``_data/tags.yml``.

    Bad: ``tags: [扫码枪]``.
    Good: ``tags: [设备]``.
    """
    for card in library.of(AnswerCard):
        for index, tag in enumerate(card.head.tags):
            if tag not in library.tags.entries and library.tags.complete:
                yield _unknown(card, ("tags", index), tag, "清单里没有这个标签", library.tags.entries)


@rule("references")
def check_links(library: Library) -> Iterator[Finding]:
    """Links in the text lead to cards and pages that exist.

    Bad: ``[请客服查][R0]``; ``[错误码](../code/index.md)``.
    Good: ``[错误码](../codes/index.md)``.
    """
    for text in library.texts:
        if not text.file.endswith(".md"):
            continue
        for number, link in matches(CARD_REFERENCE, text.text):
            if not library.may_have(link["id"]):
                remedy = "改成现有的编号，清单在“全部原因”“全部对策”两页"
                yield Place(text.file, number, link.start("id") + 1).finding(
                    link["id"], "没有这张卡片", remedy
                )
        for number, link in matches(PAGE_LINK, text.text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(text.file), link["path"]))
            if link["path"] and not (library.root / target).is_file():
                place = Place(text.file, number, link.start("path") + 1)
                yield place.finding(link["path"], "没有这个文件", "改成现有的文件，或写成 [文字][编号]")


def _unknown(
    card: Card[Head],
    path: tuple[str | int, ...],
    value: str,
    problem: str,
    known: Iterable[str],
    rule: str = "",
) -> Finding:
    return card.at(*path).finding(value, problem, choice(value, known), rule)
