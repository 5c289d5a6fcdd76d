"""A rule in an editor's words: those of the page of writing rules, and the examples of the check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kb.checks import RULES
from kb.content.findings import near

GUIDE = "docs/about/writing.md"
ENTRY = re.compile(r"^\d+\. \*\*(.+?)\*\*(.*)（检查：([a-z-]+)）$", re.M)
EXAMPLES = re.compile(r"^\s*(Bad|Good): (.+?)(?=\n\s*(?:Bad|Good):|\Z)", re.M | re.S)
MARKS = {"Bad": "✗ 不行", "Good": "✓ 可以"}
CODE = re.compile(r"``(.+?)``")
FOREIGN = re.compile(r"[A-Za-z]")
"""What makes an example one for programmers: English beside the code."""


def explain(root: Path, name: str) -> Iterator[str]:
    """Yield the lines on a rule. Raise ``LookupError`` with the remedy if there is none."""
    entries = ENTRY.findall((root / GUIDE).read_text("utf-8"))
    found = [f"{title}{text}" for title, text, rule in entries if rule == name]
    if not found:
        rules = sorted({rule for *_, rule in entries})
        raise LookupError(f"没有“{name}”这条规则。{near(name, rules)}可以写：{'、'.join(rules)}")
    yield from found
    for rule in RULES:
        for mark, text in EXAMPLES.findall(rule.check.__doc__ or "") if rule.name == name else ():
            codes = CODE.findall(" ".join(text.split()))
            if codes and not FOREIGN.search(CODE.sub("", text)) and "{{" not in text:
                yield f"  {MARKS[mark]}：{'；'.join(codes)}"
