"""Plans that are kept on disk: none is trusted that is cut short, or of another solver."""

import json
from dataclasses import replace
from functools import partial

from kb import tree
from kb.content.reader import read_library
from kb.diagnosis.cache import remembered
from kb.diagnosis.diagnosis import Diagnosis

from tests.conftest import PRINTER
from tests.tree.tree_tables import fee

SETTINGS = tree.Settings(budget=10_000)


def solved():
    return tree.solve(fee(), settings=SETTINGS)


def test_a_plan_cut_short_is_solved_again(tmp_path):
    [plan] = remembered(tmp_path, {"a": solved}, 1)
    kept = tmp_path / "a.json"
    kept.write_text(kept.read_text("utf-8")[:100], "utf-8")
    assert remembered(tmp_path, {"a": solved}, 1)[0].text() == plan.text()
    assert json.loads(kept.read_text("utf-8"))


def test_a_plan_is_found_again(tmp_path):
    [plan] = remembered(tmp_path, {"a": solved}, 1)
    assert remembered(tmp_path, {"a": lambda: 1 / 0}, 1)[0].text() == plan.text()


def test_several_trees_are_solved_side_by_side_in_their_order(tmp_path):
    tables = {"fee": fee(), "other": replace(fee(), topic="other")}
    tasks = {name: partial(tree.solve, table, settings=SETTINGS) for name, table in tables.items()}
    plans = remembered(tmp_path, tasks, 2)
    assert [plan.text() for plan in plans] == [task().text() for task in tasks.values()]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fee.json", "other.json"]


def test_old_plans_are_thrown_away(tmp_path):
    for number in range(20):
        (tmp_path / f"{number}.json").write_text("{}", "utf-8")
    remembered(tmp_path, {"new": solved}, 2)
    assert len(list(tmp_path.iterdir())) == 16 and (tmp_path / "new.json").exists()


def test_one_topic_solved_alone_leaves_the_others_theirs(tmp_path):
    library = replace(read_library(PRINTER)[0], root=tmp_path)
    (kept := tmp_path / ".cache/tree").mkdir(parents=True)
    for number in range(20):
        (kept / f"{number}.json").write_text("{}", "utf-8")
    assert len(library.topics.entries) == 2 and Diagnosis(library, library.topics.entries[0]).plan
    assert len(list(kept.iterdir())) == 16


def test_another_solver_is_another_plan(monkeypatch):
    """The key depends on what the solver is made of."""
    before = tree.digest(fee(), (), tree.PublishedPages({}))
    monkeypatch.setattr("kb.memory._sources", lambda package: "another")
    assert tree.digest(fee(), (), tree.PublishedPages({})) != before
