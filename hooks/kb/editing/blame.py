"""Which findings an editor is shown: those where something was changed; the rest follows from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kb.checks.rules import GATE
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.published import RULE as LOCK
from kb.editing.misplaced import misplaced
from kb.editing.uncommitted import changed_lines, lost_entries, renumbered

MOST_NAMED = 3
"""Changed files that a finding elsewhere names."""

LISTS = "docs/_data/"
"""Folder of what is allowed: what is taken out of it is foreign wherever it stands."""

LAST = ("typography", *reversed(GATE))
"""Rules whose findings say little of a line of which another rule says something."""


def told(findings: Iterable[Finding], library: Library, root: Path) -> list[Finding]:
    """Return what an editor is shown of what was found in ``library``, by what git knows of ``root``."""
    changed = changed_lines(root)
    findings = [*findings, *lost_entries(root, library), *renumbered(root, library, changed)]
    amiss = {finding.path for finding in findings}
    findings += misplaced(library, {file: lines for file, lines in changed.items() if file not in amiss})
    return caused(findings, changed, changed.keys() - library.files.names)


def caused(
    findings: Iterable[Finding], changed: Mapping[str, Collection[int]], gone: Collection[str] = ()
) -> list[Finding]:
    """Return a finding for each line that was ``changed``; if there is none, for the lines of those files.

    If there are findings elsewhere only, return the first of them, at the one file that was changed or is
    ``gone``, else with the names of what was changed. What the gate refuses is never left out as long as
    nothing else is wrong with its line, but where a list was changed that says what it lets in. The last says
    how many others there are. Without changes every finding is returned.
    """
    findings = list(findings)
    if not changed or not findings:
        return findings
    alone = next(iter(changed)) if len(changed) == 1 else ""
    here = [f for f in findings if f.path in changed]
    there = [f for f in here if not changed[f.path] or f.line in changed[f.path]]
    telling = {f.rule for f in there} - {LAST[0]}
    gate = (f for f in findings if f.rule in GATE and not alone.startswith(LISTS))
    shown = _one_a_line([*(there if telling else here), *gate])
    if not shown:
        first = min(findings, key=lambda f: (f.rule != LOCK, f))
        if alone and first.rule != LOCK:
            shown = [_missed(first, alone) if gone else _caused(first, alone, changed[alone])]
        else:
            shown = [_elsewhere(first, changed)]
    if rest := len(findings) - len(shown):
        hint = f"（还有 {rest} 处，多半是它引起的，改好再查）"
        shown[-1] = replace(shown[-1], remedy=shown[-1].remedy + hint)
    return shown


def _one_a_line(findings: Iterable[Finding]) -> list[Finding]:
    """Return what says most of each line; of what is foreign the longest, which has the others in it."""

    def order(finding: Finding) -> tuple[int, int, Finding]:
        late = LAST.index(finding.rule) + 1 if finding.rule in LAST else 0
        return late, -len(finding.value) if finding.rule in GATE else 0, finding

    lines: dict[tuple[str, int], Finding] = {}
    for finding in sorted(findings, key=order):
        lines.setdefault((finding.path, finding.line), finding)
    return sorted(lines.values())


def _missed(finding: Finding, gone: str) -> Finding:
    """Say that a file which is gone is missed where the finding stands."""
    problem = f"这个文件不见了，别处还要用它，先看 {finding.path}:{finding.line}"
    remedy = "从版本库里恢复它；真不要了，就把用到它的地方一起改掉"
    return Place(gone).finding(gone.rpartition("/")[2], problem, remedy, finding.rule)


def _caused(finding: Finding, file: str, lines: Collection[int]) -> Finding:
    """Say at the file that was changed what is wrong elsewhere: the same, if it is wrong in both places."""
    if twin := re.search(rf"{re.escape(file)}:([0-9]+)", finding.remedy):
        remedy = finding.remedy.replace(twin[0], f"{finding.path}:{finding.line}", 1)
        return replace(finding, path=file, line=int(twin[1]), column=1, remedy=remedy)
    problem = f"改了这里，{finding.path}:{finding.line} 就不对了：{finding.problem}"
    remedy = f"改回来；要这样改，就到那里照办：{finding.remedy}"
    return Place(file, min(lines, default=1)).finding(finding.value, problem, remedy, finding.rule)


def _elsewhere(finding: Finding, changed: Collection[str]) -> Finding:
    """Return the finding with the names of what was changed, unless it says them."""
    said = f"{finding.value}{finding.problem}{finding.remedy}"
    names = sorted(changed)
    if any(name.rpartition("/")[2] in said for name in names):
        return finding
    more = f" 等 {len(names)} 个文件" if len(names) > MOST_NAMED else ""
    return replace(finding, remedy=f"{finding.remedy}（这次改过 {'、'.join(names[:MOST_NAMED])}{more}）")
