"""Plans solved before, on disk, by a hash of all that they depend on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kb import tree

Task = Callable[[], tree.Plan]
"""Solves one tree. Another process must be able to receive it: no function within a function."""


def remembered(folder: Path, tasks: Mapping[str, Task]) -> list[tree.Plan]:
    """Return the plans kept in ``folder`` under the keys of ``tasks``; those that are missing are solved
    side by side, one on a core, and kept.

    A file that cannot be read, cut short by a stop while it was written, counts as none.
    """
    found = {key: _read(folder / f"{key}.json") for key in tasks}
    missing = [key for key, plan in found.items() if plan is None]
    for key, plan in zip(missing, _solved([tasks[key] for key in missing]), strict=True):
        found[key] = plan
        _keep(folder / f"{key}.json", plan)
    if missing:
        _prune(folder, KEPT * len(tasks))
    return [plan for plan in found.values() if plan is not None]


def _read(path: Path) -> tree.Plan | None:
    try:
        plan = tree.Plan.from_dict(json.loads(path.read_text("utf-8")))
        path.touch()  # the plans used last are those that stay
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return plan


def _solved(tasks: Sequence[Task]) -> Iterator[tree.Plan]:
    if len(tasks) < 2:
        yield from (task() for task in tasks)
        return
    with ProcessPoolExecutor(min(len(tasks), os.cpu_count() or 1)) as processes:
        yield from processes.map(_run, tasks)


def _run(task: Task) -> tree.Plan:
    return task()


def _keep(path: Path, plan: tree.Plan) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(plan.as_dict(), ensure_ascii=False), "utf-8")
        fresh.replace(path)
    except OSError:
        pass  # a plan that cannot be kept is solved again


KEPT = 8
"""Plans that are kept for each tree, those used last."""


def _prune(folder: Path, most: int) -> None:
    plans = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in plans[most:]:
        path.unlink(missing_ok=True)
