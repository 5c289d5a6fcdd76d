"""What is wrong with a table, as plain data: the caller knows the files and lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from .table import DEGREES, FREQUENCIES, Cell, Question, Table

SEPARATION = 0.2
"""Two causes are told apart by a question if their answers differ by this total variation."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. ``kind`` is the name of the rule; a field that does not apply is empty.

    A ``fatal`` problem must be mended before :func:`kb.tree.solve`; with any other the tree is only poorer.
    """

    kind: str
    cause: str = ""
    question: str = ""
    value: str = ""
    other: str = ""
    """The second cause of ``inseparable``, the condition's question of ``only-if-…``."""
    fatal: bool = True


def problems(table: Table) -> list[Problem]:
    """Return all problems of the table, in the order of :data:`RULES`."""
    return [problem for rule in RULES for problem in rule(table)]


def no_causes(table: Table) -> Iterator[Problem]:
    """``no-causes``: the topic has no cause, so there is nothing to find."""
    if not table.causes:
        yield Problem("no-causes", value=table.topic)


def bad_causes(table: Table) -> Iterator[Problem]:
    """``no-remedies``, ``free-remedy``, ``unknown-frequency``: a cause that cannot be weighed."""
    for cause in table.causes:
        if not cause.remedies:
            yield Problem("no-remedies", cause.id)
        for remedy in cause.remedies:
            if remedy.minutes <= 0:
                yield Problem("free-remedy", cause.id, value=remedy.id)
        if cause.frequency not in FREQUENCIES:
            yield Problem("unknown-frequency", cause.id, value=cause.frequency)


def bad_cells(table: Table) -> Iterator[Problem]:
    """``unknown-question``, ``unknown-option``, ``unknown-degree``, ``empty-cell`` in a cause's answers."""
    questions = {question.slug: question for question in table.questions}
    for cause in table.causes:
        for slug, cell in cause.answers.items():
            if slug not in questions:
                yield Problem("unknown-question", cause.id, slug)
                continue
            for option in _options(cell):
                if option not in questions[slug].options:
                    yield Problem("unknown-option", cause.id, slug, option)
            if cell is not None and not cell:
                yield Problem("empty-cell", cause.id, slug)
            if isinstance(cell, Mapping):
                for degree in cell.values():
                    if degree not in DEGREES:
                        yield Problem("unknown-degree", cause.id, slug, str(degree))


def bad_questions(table: Table) -> Iterator[Problem]:
    """``few-options``, ``reserved-option``: a question needs two answers of its own; ``x`` means 不清楚."""
    for question in table.questions:
        if len(question.options) < 2:
            yield Problem("few-options", question=question.slug)
        if "x" in question.options:
            yield Problem("reserved-option", question=question.slug, value="x")


def bad_conditions(table: Table) -> Iterator[Problem]:
    """``only-if-unknown-question``, ``only-if-unknown-option``, ``only-if-cycle``."""
    questions = {question.slug: question for question in table.questions}
    for question in table.questions:
        for slug, options in question.only_if.items():
            if slug not in questions:
                yield Problem("only-if-unknown-question", question=question.slug, other=slug)
                continue
            for option in options:
                if option not in questions[slug].options:
                    yield Problem(
                        "only-if-unknown-option", question=question.slug, value=str(option), other=slug
                    )
        if _depends_on_itself(question, questions):
            yield Problem("only-if-cycle", question=question.slug)


def bad_first(table: Table) -> Iterator[Problem]:
    """``unknown-first``, ``conditional-first``, ``unknown-then``: what is forced must be askable there."""
    questions = {question.slug: question for question in table.questions}
    for slug in dict.fromkeys((*filter(None, [table.first]), *table.then.values())):
        if slug not in questions:
            yield Problem("unknown-first", value=slug)
        elif questions[slug].only_if:
            yield Problem("conditional-first", question=slug)
    options = questions[table.first].options if table.first in questions else ()
    for option, slug in table.then.items():
        if option not in options or slug == table.first:
            yield Problem("unknown-then", question=slug, value=option)


def unused_questions(table: Table) -> Iterator[Problem]:
    """``unanswered-question``: no cause says anything about it, so its answer changes nothing."""
    answered = {slug for cause in table.causes for slug, cell in cause.answers.items() if cell is not None}
    for question in table.questions:
        if question.slug not in answered:
            yield Problem("unanswered-question", question=question.slug, fatal=False)


def inseparable(table: Table) -> Iterator[Problem]:
    """``inseparable``: two causes that no question tells apart."""
    if any(any(rule(table)) for rule in (bad_cells, bad_questions)):
        return  # their cells cannot be read yet
    shares = {
        cause.id: [question.shares(cause.answers.get(question.slug)) for question in table.questions]
        for cause in table.causes
    }
    for one, two in combinations(table.causes, 2):
        if not any(map(_differ, shares[one.id], shares[two.id])):
            yield Problem("inseparable", one.id, other=two.id, fatal=False)


RULES = (
    no_causes,
    bad_causes,
    bad_cells,
    bad_questions,
    bad_conditions,
    bad_first,
    unused_questions,
    inseparable,
)


def _options(cell: Cell) -> tuple[str, ...]:
    if cell is None:
        return ()
    return (cell,) if isinstance(cell, str) else tuple(cell)


def _depends_on_itself(question: Question, questions: Mapping[str, Question]) -> bool:
    seen: set[str] = set()
    waiting = list(question.only_if)
    while waiting:
        slug = waiting.pop()
        if slug == question.slug:
            return True
        if slug in questions and slug not in seen:
            seen.add(slug)
            waiting.extend(questions[slug].only_if)
    return False


def _differ(one: tuple[float, ...] | None, two: tuple[float, ...] | None) -> bool:
    """A silent cell counts as answered evenly, so only a decided one differs from it."""
    size = len(one or two or ())
    even = (1.0 / size,) * size if size else ()
    apart = sum(abs(a - b) for a, b in zip(one or even, two or even, strict=True)) / 2
    return apart >= SEPARATION
