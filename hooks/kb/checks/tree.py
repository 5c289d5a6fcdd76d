"""The table of a topic: its causes can be told apart, its questions matter."""

from __future__ import annotations

from collections.abc import Iterator

from kb import tree
from kb.checks.rules import rule
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.schema import Cause, Head, Question, Remedy
from kb.content.topics import Topic
from kb.diagnosis.table import table_of
from kb.tree.problems import Problem

CIRCLE = "only-if-cycle"
PROBLEMS = {
    "unanswered-question": ("没有原因回答这个问题", "在相应原因的 answers 里写上它，或删掉这张问题卡"),
    "inseparable": ("和 {other} 分不开", "给其中一张的 answers 加一个能分清它们的答案，或加一张问题卡"),
    "reserved-option": ("x 留给“不清楚”", "换一个选项编号"),
    CIRCLE: ("only_if 绕成了圈", "删掉其中一个 only_if"),
    "conditional-first": ("最先问的问题不能有 only_if", "删掉它的 only_if，或在 topics.yml 换一个 first"),
    "unknown-then": ("first 里没有这个选项，或问的是 first 自己", "改 topics.yml 的 then"),
    "no-causes": ("这个主题还没有原因", "先加一张原因卡，或从 topics.yml 删掉这个主题"),
}
"""Problem of the table → problem and remedy for the editor. All others are the business of the schema and of
the rule ``references``, which see the same cells."""


@rule("tree", "topics.yml")
def check_table(library: Library) -> Iterator[Finding]:
    """The answers of a topic's causes make a tree that asks only what matters and tells all causes apart.

    Bad: two causes with the same ``answers``; a question no cause answers; ``only_if`` in a circle.
    Good: every two causes differ in at least one answer.
    """
    if library.unreadable or any(card.head.topic not in library.topic_by_id for card in library.of(Head)):
        return  # the table cannot be read before the cards can
    for topic in library.topics.entries:
        if all(_sound(topic, library)):
            problems = [each for each in tree.problems(table_of(library, topic)) if each.kind in PROBLEMS]
            circle = [each for each in problems if each.kind == CIRCLE]
            inside = {each.question for each in circle}
            for problem in problems:
                if problem in circle[:1] or problem.question not in inside:
                    yield _finding(problem, topic, library)


def _sound(topic: Topic, library: Library) -> Iterator[bool]:
    """Yield whether what the table is made of exists; if not, the rule ``references`` says so."""
    questions = {card.slug: card for card in library.of(Question, topic.id)}
    for question in questions.values():
        options = [option.id for option in question.head.options]
        yield len(set(options)) == len(options)
    for cause in library.of(Cause, topic.id):
        for wanted in cause.head.remedies:
            yield wanted in library.cards and isinstance(library.cards[wanted].head, Remedy)
    cells = [cell for cause in library.of(Cause, topic.id) for cell in cause.head.answers.items()]
    cells += [cell for question in questions.values() for cell in question.head.only_if.items()]
    for slug, cell in cells:
        options = [option.id for option in questions[slug].head.options] if slug in questions else []
        yield all(option in options for option in ((cell,) if isinstance(cell, str) else cell))
    yield topic.first is None or topic.first in questions
    first = questions[topic.first].head.options if topic.first in questions else ()
    yield set(topic.then) <= {option.id for option in first} and set(topic.then.values()) <= {*questions}


def _finding(problem: Problem, topic: Topic, library: Library) -> Finding:
    text, remedy = PROBLEMS[problem.kind]
    if problem.cause:
        place = library.cards[problem.cause].at("answers")
    elif problem.question:
        place = library.question_by_slug[problem.question].at("only_if")
    else:
        place = library.topics.at(library.topics.entries.index(topic), "first")
    value = problem.question or problem.cause or problem.value or topic.id
    return place.finding(value, text.format(other=problem.other), remedy)
