"""Scripts and styles as files: none long, none without a user."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kb.delivery.assets import EVERYWHERE

from tests.conftest import ROOT

ASSETS = ROOT / "docs/assets"
STYLES = sorted((ASSETS / "style").glob("*.css"))
TEMPLATES = "\n".join(path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html"))
SCRIPTS = "\n".join(path.read_text("utf-8") for path in ASSETS.rglob("*.js"))
PAGES = "\n".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
PYTHON = "\n".join(path.read_text("utf-8") for path in (ROOT / "hooks").rglob("*.py"))
COMPUTED = re.compile(r"(kb-[\w-]+?--)(?:\{\{|[\"'] ~)")
"""A class whose end the template fills in: ``kb-word--{{ … }}``, ``"kb-retry--" ~ …``."""


def test_no_file_is_long() -> None:
    files = [*ASSETS.rglob("*.js"), *ASSETS.rglob("*.css"), ROOT / "overrides/sw.js"]
    assert [path.name for path in files if path.read_text("utf-8").count("\n") > 250] == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_style_is_loaded_and_every_rule_has_a_user(path: Path) -> None:
    assert path.stem in EVERYWHERE or path.stem in TEMPLATES
    names = set(re.findall(r"\.(kb-[\w-]+)", path.read_text("utf-8")))
    computed = tuple(COMPUTED.findall(TEMPLATES))
    used = "\n".join([TEMPLATES, SCRIPTS, PAGES, PYTHON])
    assert [name for name in sorted(names) if name not in used and not name.startswith(computed)] == []
