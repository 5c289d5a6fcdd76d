"""The theme's style sheet as it is sent: what pages have is styled as before, the rest is gone."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest
from kb.delivery.theme import LEFT_OUT, trimmed

THEME = Path(material.__file__).parent / "templates/assets/stylesheets"
CLASSES = re.compile(r'\sclass="([^"]*)"')

ICON = """url("data:image/svg+xml;charset=utf-8,<svg><path transform='rotate(9)' d='M1'/></svg>")"""
SHEETS = {
    "a choice": (".a,.md-top,.b:not(.md-top){c:d}", ".a,.b:not(.md-top){c:d}"),
    "a comma in brackets": (".a:is(.b,.md-top){c:d}", ".a:is(.b,.md-top){c:d}"),
    "nothing left": ("@media print{.md-top .a{c:d}}.a{c:d}", ".a{c:d}"),
    "frames": ("@keyframes x{0%{c:d}to{c:e}}.md-tabs{c:d}", "@keyframes x{0%{c:d}to{c:e}}"),
    "an import": ('@charset "UTF-8";.a{c:d}', '@charset "UTF-8";.a{c:d}'),
    "the other direction": ("[dir=rtl] .a,.b{c:d}", ".b{c:d}"),
    "icons": (f":root{{--x:{ICON};--y:{ICON}}}.a{{c:var(--y)}}", f":root{{--y:{ICON}}}.a{{c:var(--y)}}"),
}


@pytest.mark.parametrize(("before", "after"), SHEETS.values(), ids=SHEETS)
def test_rules_for_what_no_page_has_are_gone(before: str, after: str) -> None:
    assert trimmed(before) == after


def test_the_theme_loses_more_than_half_and_stays_whole() -> None:
    (path,) = THEME.glob("main.*.min.css")
    css = path.read_text("utf-8")
    sent = trimmed(css)
    assert len(sent) < len(css) / 2
    assert sent.count("{") == sent.count("}") and sent.count('"') % 2 == 0
    assert ".md-typeset details{" in sent and ".md-header{" in sent


def test_no_page_has_what_was_left_out(site: Path, printer: Path) -> None:
    for folder in (site, printer / "site"):
        for path in folder.rglob("*.html"):
            names = {name for value in CLASSES.findall(path.read_text("utf-8")) for name in value.split()}
            assert not set(filter(LEFT_OUT.fullmatch, names)), path
