"""Plans solved before, on disk, by a hash of all that they depend on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from kb import tree


def remembered(folder: Path, key: str, solve: Callable[[], tree.Plan]) -> tree.Plan:
    """Return the plan kept in ``folder`` under ``key``; else solve it and keep it.

    A file that cannot be read, cut short by a stop while it was written, counts as none.
    """
    kept = folder / f"{key}.json"
    try:
        return tree.Plan.from_dict(json.loads(kept.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        plan = solve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(plan.as_dict(), ensure_ascii=False), "utf-8")
        fresh.replace(kept)
        _prune(folder)
    except OSError:
        pass  # a plan that cannot be kept is solved again
    return plan


KEPT = 16
"""Plans that are kept, the newest ones."""


def _prune(folder: Path) -> None:
    plans = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in plans[KEPT:]:
        path.unlink(missing_ok=True)
