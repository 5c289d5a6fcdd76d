"""Plans solved before, kept on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

from kb import tree
from kb.memory import Memory

Task = Callable[[], tree.Plan]
"""Solves one tree. Another process must be able to receive it: no function within a function."""

KEPT = 8
"""Plans that are kept for each topic, those used last."""


def remembered(folder: Path, tasks: Mapping[str, Task], topics: int) -> list[tree.Plan]:
    """Return the plans kept in ``folder`` under the keys of ``tasks``; those that are missing are solved
    side by side, one on a core, and kept. ``topics``: how many share the folder, solved now or not.
    """
    memory = Memory(folder, KEPT * topics)
    found = {key: _plan(memory.read(key)) for key in tasks}
    missing = [key for key, plan in found.items() if plan is None]
    for key, plan in zip(missing, _solved([tasks[key] for key in missing]), strict=True):
        found[key] = plan
        memory.keep(key, plan.as_dict())
    return [plan for plan in found.values() if plan is not None]


def _plan(kept: object) -> tree.Plan | None:
    if isinstance(kept, dict):
        with suppress(ValueError, KeyError, TypeError):
            return tree.Plan.from_dict(kept)
    return None


def _solved(tasks: Sequence[Task]) -> Iterator[tree.Plan]:
    if len(tasks) < 2:
        yield from (task() for task in tasks)
        return
    with ProcessPoolExecutor(min(len(tasks), os.cpu_count() or 1)) as processes:
        yield from processes.map(_run, tasks)


def _run(task: Task) -> tree.Plan:
    return task()
