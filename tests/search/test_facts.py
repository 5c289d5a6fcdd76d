"""Facts weighed in the browser against the build: every node of both trees, remedies that did not help."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise, product

import pytest
from kb.content.library import Library
from kb.diagnosis.diagnosis import Diagnosis
from kb.exports import facts
from kb.search.encode import packed_json
from kb.tree.model import Costs, Model
from playwright.sync_api import Page

ASK = """([tables, topic, known]) => {
    const facts = new kb.Facts(tables.find((table) => table.topic === topic));
    return known.map((one) => {
        const weights = facts.weigh(one);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const chances = facts.table.causes.map((id, cause) => [id, weights[cause] / total]);
        const question = facts.next(one)?.slug ?? null;
        return { chances: Object.fromEntries(chances), question, total };
    });
}"""


@pytest.fixture(scope="module")
def diagnoses(library: Library) -> list[Diagnosis]:
    return [Diagnosis(library, topic) for topic in library.topics.entries]


@pytest.fixture(scope="module")
def tables(diagnoses: list[Diagnosis]) -> list[dict]:
    return json.loads(json.dumps(facts.tables(diagnoses)))


def test_no_table_is_large(tables: list[dict]):
    """A browser reads the table of a topic whole, but of no other topic."""
    for table in tables:
        assert len(gzip.compress(packed_json(table), 6)) <= 6_000, table["topic"]


def test_live_chances_equal_the_build_on_every_node(
    modules: Page, diagnoses: list[Diagnosis], tables: list[dict]
):
    for diagnosis in diagnoses:
        nodes = list(diagnosis.plan.nodes.values())
        known = [{"answers": dict(node.answers), "tried": []} for node in nodes]
        live = modules.evaluate(ASK, [tables, diagnosis.topic.id, known])
        model = Model(diagnosis.table, Costs())
        ids = [cause.id for cause in diagnosis.table.causes]
        for node, found in zip(nodes, live, strict=True):
            weights = weighed(model, dict(node.answers))
            exact = dict(zip(ids, (weight / sum(weights) for weight in weights), strict=True))
            assert found["chances"] == pytest.approx(exact, rel=1e-9), node.path
            for ranked in node.ranked:
                assert round(found["chances"][ranked.cause], 4) == pytest.approx(ranked.chance, abs=1e-4)
        assert len(nodes) > 50


def weighed(model: Model, answers: dict[str, str]) -> list[float]:
    """Return the joint weights of some answers, as the solver computes them."""
    weights = model.prior
    for q, slug in enumerate(model.slugs):
        if slug in answers:
            options = model.options[q]
            unknown = model.costs.unknown
            if answers[slug] in options:
                shares = model.likelihood[q][options.index(answers[slug])]
                weights = [w * share * (1 - unknown) for w, share in zip(weights, shares, strict=True)]
            else:
                weights = [w * unknown for w in weights]
    return weights


def test_a_remedy_that_did_not_help_speaks_against_its_causes(
    modules: Page, diagnoses: list[Diagnosis], tables: list[dict]
):
    for diagnosis in diagnoses:
        causes = diagnosis.table.causes
        tried = sorted({cause.remedies[0].id for cause in causes})
        before, *after = modules.evaluate(
            ASK,
            [tables, diagnosis.topic.id, [{"answers": {}, "tried": t} for t in ([], *([r] for r in tried))]],
        )
        for remedy, found in zip(tried, after, strict=True):
            for cause in causes:
                ids = [own.id for own in cause.remedies]
                ratio = found["chances"][cause.id] * found["total"]
                ratio /= before["chances"][cause.id] * before["total"]
                shares = [(1 / 3) ** place for place in range(len(ids))]
                cures = shares[ids.index(remedy)] / sum(shares) if remedy in ids else 0.0
                assert ratio == pytest.approx(1 - 0.97 * cures)


def test_the_next_question_saves_most_by_the_objective_of_the_build(
    modules: Page, diagnoses: list[Diagnosis], tables: list[dict]
):
    """One answer ahead, computed from the solver's own minutes, for every pair of first answers."""
    for diagnosis in diagnoses:
        model = Model(diagnosis.table, Costs())
        free = [q for q in diagnosis.table.questions if not q.only_if][:4]
        cases = [
            {one.slug: a, other.slug: b}
            for one, other in pairwise(free)
            for a, b in product(one.options[:3], other.options[:3])
        ]
        live = modules.evaluate(
            ASK, [tables, diagnosis.topic.id, [{"answers": case, "tried": []} for case in cases]]
        )
        for case, found in zip(cases, live, strict=True):
            minutes = {None: model.stop(weighed(model, case))}
            for q, question in enumerate(diagnosis.table.questions):
                open_ = all(case.get(s) in options for s, options in question.only_if.items())
                if question.slug not in case and open_:
                    options = (*question.options, "x")
                    after = [model.stop(weighed(model, case | {question.slug: o})) for o in options]
                    asking = model.minutes[q] * sum(weighed(model, case)) + model.costs.page * len(options)
                    minutes[question.slug] = asking + sum(after)
            best = min(minutes.values())
            assert minutes[found["question"]] == pytest.approx(best, rel=1e-9)


def test_facts_and_words_are_given_in_any_order(modules: Page, tables: list[dict]):
    """Facts of a topic multiply; what belongs to another topic changes nothing."""
    table = tables[0]
    answers = {q["slug"]: q["options"][0][0] for q in table["questions"][:4]}
    turned = dict(reversed(answers.items()))
    cases = [{"answers": a, "tried": []} for a in (answers, turned, answers | {"nowhere": "x"})]
    first, *others = modules.evaluate(ASK, [tables, table["topic"], cases])
    assert all(found["chances"] == first["chances"] for found in others)


@pytest.mark.parametrize(("reader", "share"), [("yes", 0.985), ("no", 0.015)])
def test_words_and_facts_together(modules: Page, tables: list[dict], reader: str, share: float):
    """``withFacts`` against the product worked out here, for two made-up topics and two documents of neither.

    The last speaks to whoever says ``reader`` to the question who asks.
    """
    shipped = modules.evaluate(
        """([tables, known, words, readers]) => {
            const topics = tables.map((table) => new kb.Facts(table));
            return [...kb.withFacts(topics, known, Float64Array.from(words), readers)];
        }""",
        [
            [made_up("a", [0, 1]) | {"asker": "a-look"}, made_up("b", [2, 3])],
            {"answers": {"a-look": "yes"}, "tried": []},
            [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
            {reader: [5]},
        ],
    )
    likelihood = [0.97 * share + 0.015 for share in (1.0, 0.0)]
    average = sum(likelihood) / 2 * 0.92
    blended = [0.9 * chance + 0.1 * 0.6 * 0.5 for chance in (0.5, 0.1)]
    expected = [chance * share * 0.92 for chance, share in zip(blended, likelihood, strict=True)]
    expected += [(0.9 * 0.1 + 0.1 * 0.2 * 0.5) * average] * 2 + [0.1 * average, 0.1 * share * 0.92]
    assert shipped == pytest.approx([value / sum(expected) for value in expected])


WHO = """([tables, answers]) => {
    const topics = tables.map((table) => new kb.Facts(table));
    const asker = kb.askerOf({ answers, tried: [] }, topics);
    return [asker, kb.readerOf(asker, { document: 9 }, { customer: [9] })];
}"""


def test_who_asks_is_told_by_no_other_question(modules: Page, tables: list[dict]):
    """An option of another question may have the same name; unasked, the first answer tells."""
    for answers, expected in (
        ({"who-scans": "customer"}, [None, "customer"]),
        ({"asker": "x"}, [None, "customer"]),
        ({"who-scans": "customer", "asker": "shop"}, ["shop", ""]),
        ({"asker": "customer"}, ["customer", "customer"]),
    ):
        assert modules.evaluate(WHO, [tables, answers]) == expected
    options = {
        id
        for table in tables
        for question in table["questions"]
        for id, _ in question["options"]
        if question["slug"] != table["asker"]
    }
    assert "customer" in options


def made_up(topic: str, documents: list[int]) -> dict:
    """Return the table of two causes, of which the first says yes to a question and the second no."""
    question = {"slug": f"{topic}-look", "id": "Q1", "title": "", "minutes": 1, "only_if": {}}
    return {
        "topic": topic,
        "asker": None,
        "vague": [],
        "causes": [f"{topic}1", f"{topic}2"],
        "documents": documents,
        "weights": [1, 1],
        "remedies": [["R1"], ["R2"]],
        "minutes": {"R1": 1, "R2": 1},
        "questions": [question | {"options": [["yes", "是"], ["no", "否"]]}],
        "kinds": [[[1, 0], [0, 1]]],
        "cells": [[0, 1]],
        "noise": 0.03,
        "decay": 1 / 3,
        "unknown": 0.08,
        "click": 0.4,
        "reading": 5,
        "page": 0.002,
        "most": 7,
        "mostUnknown": 2,
    }
