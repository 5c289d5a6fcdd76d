"""The plan of a topic: its pages as plain data, to be rendered, exported and cached."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .address import UNKNOWN
from .figures import Figures
from .published import RESULT
from .verdict import NearMiss, Ranked, Step

VERSION = 4
"""Of the plan's form as ``tree.json`` has it: raise it when the form changes."""


@dataclass(frozen=True, slots=True)
class Node:
    """One page. ``question`` is ``None`` on a result page."""

    path: str
    answers: tuple[tuple[str, str], ...]
    question: str | None
    next: tuple[tuple[str, str], ...]
    """(option, path of the page it leads to), 不清楚 (``x``) last; empty on a result page."""
    remaining: tuple[int, int] | None
    """Questions still to come for most readers: 10th and 90th percentile; ``None`` on a result page."""
    chance: float
    """Share of readers who give these answers."""
    ranked: tuple[Ranked, ...]
    """Possible causes: the result, or on a question page what is still possible."""
    steps: tuple[Step, ...]
    near: tuple[NearMiss, ...]
    proven: bool
    """Whether nothing better can be done here, as against: nothing better was found."""

    @property
    def unsure(self) -> bool:
        """Whether even the first cause is unlikely."""
        return self.ranked[0].word == "unlikely"


@dataclass(frozen=True)
class Plan:
    """All pages of a topic by path; ``starts`` are the paths where a diagnosis may begin, the root first."""

    topic: str
    starts: tuple[str, ...]
    nodes: Mapping[str, Node]
    figures: Figures

    @property
    def live(self) -> dict[str, str]:
        """What is recorded when it is published: path → slug of the question, or ``=``."""
        return {path: node.question or RESULT for path, node in self.nodes.items()}

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-able data."""
        return {
            "version": VERSION,
            "topic": self.topic,
            "starts": list(self.starts),
            "figures": asdict(self.figures),
            "nodes": [asdict(node) for node in self.nodes.values()],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Plan:
        """Read what :meth:`as_dict` returned, also after a round trip through JSON."""
        nodes = (_node(node) for node in data["nodes"])
        return cls(
            data["topic"],
            tuple(data["starts"]),
            {node.path: node for node in nodes},
            Figures(**{key: _frozen(value) for key, value in data["figures"].items()}),
        )

    def text(self) -> str:
        """Return ``tree.txt``: one line a page, indented by depth; a page met again is only referred to."""
        seen: set[str] = set()
        lines = [f"# {self.topic}: {self.figures.pages} pages"]
        for start in self.starts:
            if start not in seen:
                self._outline(start, start or "/", 0, seen, lines)
        return "\n".join(lines) + "\n"

    def _outline(self, path: str, label: str, depth: int, seen: set[str], lines: list[str]) -> None:
        node, margin = self.nodes[path], "  " * depth
        if path in seen:
            lines.append(f"{margin}{label} -> {path}")
            return
        seen.add(path)
        if node.question is None:
            causes = " ".join(f"{ranked.cause}:{ranked.chance:.0%}" for ranked in node.ranked[:3])
            lines.append(f"{margin}{label} = {causes}")
            return
        lines.append(f"{margin}{label} ? {node.question}")
        for option, after in node.next:
            self._outline(after, "不清楚" if option == UNKNOWN else option, depth + 1, seen, lines)


def _node(data: Mapping[str, Any]) -> Node:
    values = {key: _frozen(value) for key, value in data.items()}
    for name, kind in (("ranked", Ranked), ("steps", Step), ("near", NearMiss)):
        values[name] = tuple(kind(**item) for item in values[name])
    return Node(**values)


def _frozen(value: Any) -> Any:
    """Return lists as tuples, and equal strings as one: a plan has few, ten thousand times each."""
    if isinstance(value, list | tuple):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return sys.intern(value) if isinstance(value, str) else value
