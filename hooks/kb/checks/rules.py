"""The registry of rules. A rule is one generator under ``@rule("its public name")``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kb.checks.names import CURLY
from kb.content.asks import NO_ASKS, UNANSWERED
from kb.content.files import MISSING
from kb.content.findings import Finding
from kb.content.front_matter import JOINED
from kb.content.library import Library
from kb.content.pages import MISPLACED
from kb.content.slips import CUT, PROBLEMS, TWO_CARDS, TWO_HEADS, TWO_PAGES
from kb.foreign.model import MESSAGES

Check = Callable[[Library], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check under the name that its findings show; several checks may share a name.

    ``needs``: the data files without which it would blame the innocent. ``apart``: once it is begun, other
    processes work at it.
    """

    name: str
    check: Check
    needs: tuple[str, ...] = ()
    apart: bool = False

    def __call__(self, library: Library) -> Iterator[Finding]:
        """Begin, and return the findings; one that names no rule of its own gets this one's name."""
        found = self.check(library) if library.broken.isdisjoint(self.needs) else ()
        return (finding if finding.rule else replace(finding, rule=self.name) for finding in found)


RULES: list[Rule] = []
"""All rules, in the order in which they were registered."""


def rule(name: str, *needs: str, apart: bool = False) -> Callable[[Check], Check]:
    """Register a check. Its docstring says what holds, with a ``Bad:`` and a ``Good:`` example."""

    def register(check: Check) -> Check:
        RULES.append(Rule(name, check, needs, apart))
        return check

    return register


MOST_SAME = 3
"""Findings of one value and problem that are shown: more have one cause."""

MOST_ALIKE = 12
"""Findings of one problem that are shown."""


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by place; of many that say the same, the first few, and how many more there are."""
    kept = _capped(sorted(_once(set(findings))), MOST_SAME, lambda f: (f.rule, f.value, f.problem))
    return sorted(_capped(kept, MOST_ALIKE, lambda f: (f.rule, f.problem)))


STRUCTURE = frozenset("sections steps footnotes typography waiting unproven".split())
"""Rules that look for what a page must have, or read its Markdown as a whole."""

GATE = ("foreign", "privacy")
"""Rules whose findings no other fault may hide, but for signs that do not belong to the site."""

VAGUE = ("foreign", "blanks")
"""Rules whose findings say little where another rule knows what is wrong with the value."""

BROKEN = frozenset(
    "asks codes files ids images lock markup pages redirects references schema settings tags".split()
)
"""Rules whose findings say what is wrong with a value as a whole."""

ALONE = frozenset({TWO_CARDS, TWO_HEADS, TWO_PAGES, MISPLACED, JOINED[0], CUT})
ALONE |= {problem for problem, _ in UNANSWERED.values()}
"""Problems of a file that cannot be read as what it is: nothing else that is found in it helps."""


HALF_STOP = re.compile(r"[一-鿿]+[.,:;!?][一-鿿]+")
"""What looks like an address, and is a sentence with a stop of the wrong width."""


def _once(findings: set[Finding]) -> Iterator[Finding]:
    """Yield the findings, but of vague rules none on what another rule explains better.

    A slip of the pen explains what else is wrong with its line, and with the structure of its page.
    """
    alone = {f.path for f in findings if f.problem in ALONE}
    findings = {f for f in findings if f.problem in ALONE or f.path not in alone}
    slips = {(f.path, f.line, f.problem) for f in findings if f.rule == "markup" and f.problem in PROBLEMS}
    lines = {(path, line) for path, line, _ in slips}
    pages = {path for path, _ in lines}
    findings = {
        f
        for f in findings
        if (f.path, f.line, f.problem) in slips
        or not (
            ((f.path, f.line) in lines and (f.rule not in GATE or f.problem == MESSAGES["character"][0]))
            or (f.path in pages and f.rule in STRUCTURE)
        )
    }
    findings = _first_of_lists(findings - set(_explained(findings)))
    others = [finding for finding in findings if finding.rule not in VAGUE]
    unread = {f.path for f in others if f.rule == "front-matter" or f.path.endswith(f"/{f.value}")}
    explained: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for finding in findings:
        if finding.rule in BROKEN:
            explained[finding.path].append((finding.line, finding.value))
    for finding in findings:
        near = [value for line, value in explained[finding.path] if abs(line - finding.line) <= 1]
        shown = finding.value.split("（U+")[0]
        known = any(shown in value or value in shown or value == "-" for value in near)
        if finding.rule not in VAGUE or not (known or finding.path in unread):
            yield finding


def _explained(findings: set[Finding]) -> Iterator[Finding]:
    """Yield what follows from another finding: words of settings that may not be, dots for full stops, a file
    that is missing because it stands elsewhere or has another ending.
    """
    blamed = {_stem(f.path) for f in findings if f.rule == "files" and f.problem != MISSING}
    wrong = {f.path for f in findings if f.rule == "settings"}
    lines = {(f.path, f.line) for f in findings if f.rule == "typography"}
    for finding in findings:
        dotted = (finding.path, finding.line) in lines and HALF_STOP.fullmatch(finding.value)
        gone = finding.problem in (MISSING, NO_ASKS) and _stem(finding.path) in blamed
        if gone or (finding.rule == "foreign" and (dotted or finding.path in wrong)):
            yield finding


def _stem(path: str) -> str:
    return PurePosixPath(path).name.split(".")[0]


def _first_of_lists(findings: set[Finding]) -> set[Finding]:
    """Return them without items of a list that have the fault of an item before them on their line."""
    items = sorted(
        f for f in findings if (f.rule == "schema" and f.value.isdecimal()) or f.problem == CURLY[0]
    )
    first = {(f.path, f.line, f.problem): f for f in reversed(items)}
    return (findings - set(items)) | set(first.values())


def _capped(findings: list[Finding], most: int, key: Callable[[Finding], object]) -> list[Finding]:
    groups: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[key(finding)].append(finding)
    kept = []
    for group in groups.values():
        shown = group[:most]
        if len(group) > most:
            rest = f"（另有 {len(group) - most} 处同样的问题，改好再查）"
            shown[-1] = replace(shown[-1], remedy=shown[-1].remedy + rest)
        kept += shown
    return kept
