"""What a card gives the reader who has somebody waiting: a sentence to say, a first step of his own."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.schema import AnswerCard, Cause, Remedy

LONGEST_SAY = 40
"""Characters that can be said in one breath."""


@rule("say")
def check_say(library: Library) -> Iterator[Finding]:
    """Where a customer waits, every card has one sentence to say, of 40 characters at most.

    Bad: no ``say`` in a topic with ``at_till``; an explanation of three clauses.
    Good: ``say: 您用余额付，可以吗？``
    """
    for card in library.of(AnswerCard):
        topic, said = library.topic_by_id.get(card.head.topic), card.head.say or ""
        if topic and topic.at_till and not said:
            problem = f"没有写当面怎么说（一句，{LONGEST_SAY} 字以内）"
            yield card.at("say").finding(card.id, problem, "在卡片头加一行 say: 请稍等，我先看一下。")
        elif len(said) > LONGEST_SAY:
            remedy = f"缩到 {LONGEST_SAY} 字以内，一口气说得完"
            yield card.at("say").finding(said, f"有 {len(said)} 个字，太长", remedy)


@rule("schema")
def check_light(library: Library) -> Iterator[Finding]:
    """Only a card that says whom it speaks to has a light for him.

    Bad: ``light`` without ``reader``.
    Good: ``reader: customer`` and ``light: {retry: once, says: 可以再付一次}``.
    """
    for card in library.of(AnswerCard):
        if card.head.light and not card.head.reader:
            remedy = "写给别人看的卡片，加一行 reader:；不是，就删掉 light 这一行"
            yield card.at("light").finding(card.head.light.says, "没有写 reader，这一句没有人看", remedy)


@rule("first-remedy")
def check_first_remedy(library: Library) -> Iterator[Finding]:
    """The first remedy of a cause is one that its reader, or who is with him, can do now.

    Bad: ``remedies`` that begin with the work of an institution, or with what is written for its customer.
    Good: what the reader does first; what others must do behind it.
    """
    if not library.handbook:
        return
    names = library.handbook.owner_names
    for cause in library.of(Cause):
        first = library.cards.get(cause.head.remedies[0])
        if first is None or not isinstance(first.head, Remedy):
            continue
        owner, reader, problem = first.head.owner, first.head.reader, ""
        if owner in library.handbook.elsewhere:
            problem = f"第一条对策要{names[owner]}来做"
        elif reader and reader != cause.head.reader:
            problem = f"第一条对策是写给{names[reader]}看的"
        if problem:
            yield cause.at("remedies", 0).finding(first.id, problem, "把读者自己能做的一条放在最前面")
