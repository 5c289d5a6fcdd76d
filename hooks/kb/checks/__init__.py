"""The rules for what editors write. A rule is one generator ``check_*`` under the decorator ``@rule``."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from kb.checks.rules import RULES, Rule, folded, rule
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.reader import read_library

__all__ = ["RULES", "Rule", "check", "rule"]

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def check(root: Path) -> tuple[Library, list[Finding]]:
    """Read everything under ``root`` and apply every rule; findings come by place, repeated ones folded.

    What other processes work at begins first and is asked last.
    """
    library, findings = read_library(root)
    begun = [each(library) for each in sorted(RULES, key=lambda each: not each.apart)]
    for found in reversed(begun):
        findings += found
    return library, folded(findings)
