"""The lock: nothing published is lost, and little changes."""

from dataclasses import replace

import pytest
from kb.tree import Cause, PublishedPages, Remedy, Settings, answers_of, by_answers, resume, solve

from tests.tree.test_tree_plan import PENDING
from tests.tree.tree_tables import fee, huabei


def changed(table):
    """The table with two frequencies changed and one cause added."""
    causes = list(table.causes)
    causes[3] = replace(causes[3], frequency="sometimes")
    causes[7] = replace(causes[7], frequency="common" if causes[7].frequency == "sometimes" else "sometimes")
    one, two = table.questions[:2]
    new = Cause(
        "C99", "sometimes", (Remedy("R99", 10),), {one.slug: one.options[-1], two.slug: two.options[0]}
    )
    return replace(table, causes=(*causes, new))


@pytest.mark.parametrize(
    ("table", "starts"),
    [pytest.param(huabei(), [PENDING], marks=pytest.mark.slow), (fee(), [])],
    ids=lambda value: getattr(value, "topic", ""),
)
def test_most_pages_stay(table, starts):
    settings = Settings(budget=1_000_000)
    before = solve(table, starts, settings=settings)
    lock = PublishedPages({}).updated(before.live)
    after = solve(changed(table), starts, lock, settings)
    same = sum(after.live.get(path) == what for path, what in before.live.items())
    assert same >= 0.95 * len(before.live), f"{same} of {len(before.live)}"
    assert after.figures.over_best <= 1.05
    lock = lock.updated(after.live)
    assert set(before.live) | set(after.live) == set(lock.pages)
    for path in lock.retired(after.live.keys()):
        target = resume(answers_of(path), by_answers(after.live))
        assert target.target in after.nodes
        assert target.replayed < answers_of(path)
        assert target.replayed | target.dropped == answers_of(path)


def test_unchanged_table_keeps_every_page():
    table, settings = fee(), Settings(budget=500_000)
    lock = PublishedPages({}).updated(solve(table, settings=settings).live)
    for _ in range(2):
        plan = solve(table, published=lock, settings=settings)
        assert lock.retired(plan.live.keys()) == ()
        lock = lock.updated(plan.live)


def test_lock_of_a_former_table():
    """Questions and options that are gone do no harm."""
    lock = PublishedPages({"": "gone", "gone.yes/": "=", "kind.gone/": "fixed", "kind.card/kind.scan/": "="})
    plan = solve(fee(), published=lock, settings=Settings(budget=100_000))
    assert lock.retired(plan.live.keys()) == ("gone.yes/", "kind.card/kind.scan/", "kind.gone/")


def test_text_round_trip():
    lock = PublishedPages({"b.x/": "=", "": "a", "a.yes/b.no/": "c"})
    assert lock.text() == "/ a\na.yes/b.no/ c\nb.x/ =\n"
    assert PublishedPages.read(lock.text()) == lock
    assert PublishedPages.read("# comment\n\n" + lock.text()) == lock
    assert PublishedPages.read(lock.text() + lock.text()) == lock


@pytest.mark.parametrize("text", ["a.yes/", "a.yes/ b c", "ayes/ =", "a.yes/ =\na.yes/ b"])
def test_broken_lock(text):
    with pytest.raises(ValueError):
        PublishedPages.read(text)


def test_resume_keeps_the_most_answers():
    live = by_answers({"", "a.yes/", "a.yes/b.no/", "c.x/"})
    found = resume(answers_of("a.yes/b.no/c.yes/d.no/"), live)
    assert found.target == "a.yes/b.no/"
    assert found.dropped == {("c", "yes"), ("d", "no")}
    assert resume(answers_of("a.no/"), live).target == ""
    contradiction = resume(answers_of("a.yes/") | answers_of("a.no/"), live)
    assert contradiction.target == "a.yes/" and contradiction.dropped == {("a", "no")}
