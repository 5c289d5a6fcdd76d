"""The rules for what editors write. A rule is one generator ``check_*`` listed in ``CHECKS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kb.checks.asks import check_asks
from kb.checks.contacts import check_foreign, check_images
from kb.checks.evidence import check_dates, check_evidence, check_footnotes
from kb.checks.identity import check_ids, check_lock
from kb.checks.prose import check_sections, check_typography, check_uniqueness
from kb.checks.references import (
    check_answers,
    check_codes,
    check_links,
    check_prompts,
    check_references,
    check_tags,
)
from kb.content.findings import Finding
from kb.content.library import Library, read_library
from kb.diagnosis.diagnosis import check_table

CHECKS: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    check_ids,
    check_lock,
    check_references,
    check_answers,
    check_prompts,
    check_codes,
    check_tags,
    check_asks,
    check_links,
    check_sections,
    check_footnotes,
    check_evidence,
    check_dates,
    check_images,
    check_typography,
    check_uniqueness,
    check_foreign,
    check_table,
)


def check(root: Path) -> tuple[Library, list[Finding]]:
    """Read everything under ``root`` and apply every rule; findings come sorted by place."""
    library, findings = read_library(root)
    for rule in CHECKS:
        findings += rule(library)
    return library, sorted(set(findings))
