"""Where each page stands in the drawing of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from .address import UNKNOWN
from .plan import Plan


@dataclass(frozen=True)
class Box:
    """One page. ``x`` counts answers, ``y`` rows, both from 0; a question stands beside its first option."""

    path: str
    option: str
    """The answer that leads here; empty at the root."""
    question: str | None
    x: int
    y: float
    parent: int | None
    """Index of the page it comes from."""
    folded: bool
    """Whether questions follow that are not drawn."""


@dataclass(frozen=True)
class Layout:
    """Boxes, each after its parent; the drawing is ``columns`` × ``rows``."""

    boxes: tuple[Box, ...]
    columns: int
    rows: int


def layout(plan: Plan, depth: int) -> Layout:
    """Lay out the pages within ``depth`` answers of the root, without 不清楚."""
    rows = count()
    boxes: list[Box] = []

    def place(path: str, option: str, x: int, parent: int | None) -> float:
        node, own = plan.nodes[path], len(boxes)
        boxes.append(Box(path, option, node.question, x, 0.0, parent, bool(node.next) and x == depth))
        below = [place(after, o, x + 1, own) for o, after in _known(node.next if x < depth else ())]
        y = below[0] if below else float(next(rows))
        boxes[own] = replace(boxes[own], y=y)
        return y

    place(plan.starts[0], "", 0, None)
    return Layout(tuple(boxes), 1 + max(box.x for box in boxes), next(rows))


def _known(after: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    return (pair for pair in after if pair[0] != UNKNOWN)
