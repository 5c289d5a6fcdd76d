"""What a table can have wrong: each fault is named, none is an exception."""

from dataclasses import replace

import pytest
from kb.tree import Cause, Problem, Question, Remedy, Table, problems, solve

from tests.tree.tree_tables import fee, huabei

REMEDY = (Remedy("R1", 5),)
YES_NO = Question("q", 1, ("yes", "no"))


def table(*causes, questions=(YES_NO,), first=None, then=None):
    return Table("t", causes, questions, first, then or {})


def cause(cell, id="C1", **values):
    return Cause(id, values.get("frequency", "common"), values.get("remedies", REMEDY), {"q": cell})


def conditional(slug, **only_if):
    return Question(slug, 1, ("yes", "no"), {key: (value,) for key, value in only_if.items()})


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (table(questions=()), [Problem("no-causes", value="t")]),
        (table(cause("yes", remedies=())), [Problem("no-remedies", "C1")]),
        (table(cause("yes", frequency="often")), [Problem("unknown-frequency", "C1", value="often")]),
        (table(cause("yes", remedies=(Remedy("R1", 0),))), [Problem("free-remedy", "C1", value="R1")]),
        (table(cause("maybe")), [Problem("unknown-option", "C1", "q", "maybe")]),
        (table(cause(("yes", "maybe"))), [Problem("unknown-option", "C1", "q", "maybe")]),
        (table(cause({"yes": "mostly"})), [Problem("unknown-degree", "C1", "q", "mostly")]),
        (table(cause(())), [Problem("empty-cell", "C1", "q")]),
        (
            table(Cause("C1", "rare", REMEDY, {"r": "yes", "q": "no"})),
            [Problem("unknown-question", "C1", "r")],
        ),
        (
            table(cause("yes"), questions=(YES_NO, conditional("r"))),
            [Problem("unanswered-question", question="r", fatal=False)],
        ),
        (
            table(cause("yes"), questions=(replace(YES_NO, options=("yes",)),)),
            [Problem("few-options", question="q")],
        ),
        (
            table(cause("yes"), questions=(replace(YES_NO, options=("yes", "x")),)),
            [Problem("reserved-option", question="q", value="x")],
        ),
        (
            table(cause("yes"), questions=(conditional("q", r="yes"),)),
            [Problem("only-if-unknown-question", question="q", other="r")],
        ),
        (
            table(cause("yes"), questions=(conditional("q", q="yes"),)),
            [Problem("only-if-cycle", question="q")],
        ),
        (
            table(
                Cause("C1", "rare", REMEDY, {"q": "yes", "r": "no"}),
                questions=(conditional("q", r="maybe"), conditional("r", q="yes")),
            ),
            [
                Problem("only-if-unknown-option", question="q", value="maybe", other="r"),
                Problem("only-if-cycle", question="q"),
                Problem("only-if-cycle", question="r"),
            ],
        ),
        (table(cause("yes"), first="r"), [Problem("unknown-first", value="r")]),
        (
            table(cause("yes"), first="q", then={"maybe": "r", "yes": "q"}),
            [
                Problem("unknown-first", value="r"),
                Problem("unknown-then", question="r", value="maybe"),
                Problem("unknown-then", question="q", value="yes"),
            ],
        ),
        (
            table(
                Cause("C1", "rare", REMEDY, {"q": "yes", "r": "no"}),
                questions=(YES_NO, conditional("r", q="yes")),
                first="r",
            ),
            [Problem("conditional-first", question="r")],
        ),
        (
            table(cause("yes"), cause({"yes": "always", "no": "rarely"}, "C2", remedies=(Remedy("R2", 1),))),
            [Problem("inseparable", "C1", other="C2", fatal=False)],
        ),
        (table(cause("yes"), cause("no", "C2", remedies=(Remedy("R2", 1),))), []),
        (table(cause(None), cause("no", "C2", remedies=(Remedy("R2", 1),))), []),
        (
            table(cause("yes"), cause("yes", "C2")),
            [Problem("inseparable", "C1", other="C2", fatal=False)],
        ),
    ],
)
def test_problem(bad, expected):
    assert problems(bad) == expected


def test_good_tables_have_no_fatal_problem():
    for good in (huabei(), fee()):
        assert not [problem for problem in problems(good) if problem.fatal]


def test_poor_tables_still_give_a_page():
    for poor in (table(cause("yes"), questions=()), table(cause(None)), table(cause("yes"))):
        plan = solve(poor)
        assert plan.nodes[""].question is None
        assert plan.nodes[""].ranked[0].cause == "C1"
