"""Lists of more cards than one page should hold: one for each topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import build, copy_of_the_printer


@pytest.mark.slow
def test_each_topic_has_lists_of_its_own(tmp_path: Path) -> None:
    root = tmp_path / "handbook"
    copy_of_the_printer(root)
    choice = root / "hooks/kb/pages/choice.py"
    choice.write_text(choice.read_text("utf-8").replace("MOST_LISTED = 300", "MOST_LISTED = 1"), "utf-8")
    build(root, root / "site")

    def page(address: str) -> str:
        return (root / "site" / address / "index.html").read_text("utf-8")

    for folder in ("causes", "remedies", "questions", "tags"):
        assert f'href="../topics/print/{folder}/"' in page(folder)
        assert 'href="../causes/damp-paper/"' not in page(folder)
    listed = [
        topic for topic in ("print", "quality") if "causes/damp-paper/" in page(f"topics/{topic}/causes")
    ]
    assert len(listed) == 1
    assert "causes/damp-paper/" in page(f"topics/{listed[0]}/tags")
