"""The tables of the topics, with which the browser weighs facts in any order (``f<n>.json`` of the index).

The browser's half is ``docs/assets/answer/facts.js``; what the numbers mean is said in ``kb.tree``.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb import tree
from kb.diagnosis.diagnosis import Diagnosis
from kb.tree.model import DECAY
from kb.tree.table import NOISE, Cell, Question, Table


def tables(diagnoses: Iterable[Diagnosis]) -> list[dict[str, object]]:
    """Return one object a topic, as JSON data, whose keys ``facts.js`` lists."""
    return [_table(diagnosis) for diagnosis in diagnoses]


def words(diagnosis: Diagnosis) -> dict[str, object]:
    """Return how the questions of a topic are said, for ``docs/assets/page/kept.js``, which lists keys."""
    found: dict[str, object] = {}
    for question in diagnosis.table.questions:
        head = diagnosis.library.question_by_slug[question.slug].head
        found[question.slug] = {
            "title": head.title,
            "options": {option.id: [option.label, option.report] for option in head.options},
            "only_if": {slug: list(options) for slug, options in question.only_if.items()},
        }
    return found


def _table(diagnosis: Diagnosis) -> dict[str, object]:
    table, settings = diagnosis.table, tree.Settings()
    columns = [_cells(question, table) for question in table.questions]
    return {
        "topic": table.topic,
        "asker": diagnosis.topic.asker,
        "vague": [[vague.words, vague.questions] for vague in diagnosis.topic.vague],
        "causes": [cause.id for cause in table.causes],
        "weights": [cause.weight for cause in table.causes],
        "remedies": [[remedy.id for remedy in cause.remedies] for cause in table.causes],
        "minutes": {remedy.id: remedy.minutes for cause in table.causes for remedy in cause.remedies},
        "questions": [_question(question, diagnosis) for question in table.questions],
        "kinds": [kinds for kinds, _ in columns],
        "cells": [cells for _, cells in columns],
        "noise": NOISE,
        "decay": DECAY,
        "unknown": settings.costs.unknown,
        "click": settings.costs.click,
        "reading": settings.costs.reading,
        "page": settings.costs.page,
        "most": settings.max_questions,
        "mostUnknown": settings.max_unknown,
    }


def _question(question: Question, diagnosis: Diagnosis) -> dict[str, object]:
    card = diagnosis.library.question_by_slug[question.slug]
    return {
        "slug": question.slug,
        "id": card.id,
        "title": card.head.title,
        "minutes": question.minutes,
        "options": [[option.id, option.label] for option in card.head.options],
        "only_if": {slug: list(options) for slug, options in question.only_if.items()},
    }


def _cells(question: Question, table: Table) -> tuple[list[tuple[float, ...]], list[int]]:
    """Return the different rows of shares, and for every cause the number of its own; -1 if it is silent."""
    answers: list[Cell] = [cause.answers.get(question.slug) for cause in table.causes]
    shares = [question.shares(cell) for cell in answers]
    kinds = list(dict.fromkeys(row for row in shares if row is not None))
    return kinds, [-1 if row is None else kinds.index(row) for row in shares]
