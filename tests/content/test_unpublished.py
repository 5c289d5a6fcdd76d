"""What no check reads is not part of the site."""

from __future__ import annotations

import pytest
from kb.content.files import UNPUBLISHED
from mkdocs.config import load_config

from tests.conftest import ROOT


@pytest.mark.parametrize("folder", UNPUBLISHED)
def test_what_is_not_checked_is_not_published(folder: str) -> None:
    excluded = load_config(str(ROOT / "mkdocs.yml")).exclude_docs
    assert excluded.match_file(f"{folder.removeprefix('docs/')}/page.md")
