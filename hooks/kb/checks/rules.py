"""The registry of rules. A rule is one generator under ``@rule("its public name")``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb.content.findings import Finding
from kb.content.library import Library

Check = Callable[[Library], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check under the name that its findings show; several checks may share a name."""

    name: str
    check: Check

    def __call__(self, library: Library) -> Iterator[Finding]:
        """Yield the findings; one that names no rule of its own gets this one's name."""
        for finding in self.check(library):
            yield finding if finding.rule else replace(finding, rule=self.name)


RULES: list[Rule] = []
"""All rules, in the order in which they were registered."""


def rule(name: str) -> Callable[[Check], Check]:
    """Register a check. Its docstring says what holds, with a ``Bad:`` and a ``Good:`` example."""

    def register(check: Check) -> Check:
        RULES.append(Rule(name, check))
        return check

    return register
