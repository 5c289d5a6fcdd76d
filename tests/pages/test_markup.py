"""Hostile text in every field: no page gains an element or an attribute, and no script runs but ours."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from kb.checks import check
from kb.content.handbook import KeyPages, Misleading
from kb.content.library import Library
from kb.content.records import Redirect
from kb.pages.elements import strange
from kb.pages.policy import UnknownScript, with_policy
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser
from pydantic import BaseModel, ValidationError

from tests.conftest import FIXTURE, FOREIGN, ROOT, serve

HOSTILE = "\x01\"'><b onload=alert()><script>alert()</script>&lt;"
KEPT = (KeyPages, Redirect, Misleading)
"""Paths and patterns: what they may be is checked elsewhere."""


def poisoned(value: Any) -> Any:
    """Return ``value`` with hostile text wherever its schema takes any text; equal texts stay equal."""
    if isinstance(value, KEPT):
        return value
    if isinstance(value, BaseModel):
        given = {name: poisoned(getattr(value, name)) for name in value.model_fields_set}
        kept = {name: getattr(value, name) for name in value.model_fields_set}
        for name, new in given.items():
            try:
                type(value).model_validate({**_raw(kept), _alias(value, name): _raw(new)})
            except ValidationError:
                continue
            kept[name] = new
        return value.model_copy(update=kept)
    if isinstance(value, str):
        return HOSTILE + value[:6]
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if (
        is_dataclass(value)
        and not isinstance(value, type)
        and type(value).__module__.startswith("kb.content")
    ):
        return replace(
            value, **{f.name: poisoned(getattr(value, f.name)) for f in fields(value) if f.name == "entries"}
        )
    return value


def _alias(model: BaseModel, name: str) -> str:
    return type(model).model_fields[name].alias or name


def _raw(value: Any) -> Any:
    """Return plain data as YAML gives it."""
    if isinstance(value, BaseModel):
        return {_alias(value, name): _raw(getattr(value, name)) for name in value.model_fields_set}
    if isinstance(value, dict):
        return {key: _raw(inner) for key, inner in value.items()}
    return [_raw(inner) for inner in value] if isinstance(value, tuple) else str(value)


def poisoned_library(library: Library) -> Library:
    cards = {card_id: replace(card, head=poisoned(card.head)) for card_id, card in library.cards.items()}
    tables = ("topics", "sources", "prompts", "codes", "terms", "tags")
    changed = {name: poisoned(getattr(library, name)) for name in tables}
    return replace(library, cards=cards, handbook=poisoned(library.handbook), **changed)


def built(root: Path, *, hostile: bool) -> Path:
    """Build the small site with all templates, its content hostile or as it is. Return the folder."""
    shutil.copytree(FIXTURE / "docs", root / "docs")
    for name in ("assets", "ask", "codes", "agents", "till"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name, dirs_exist_ok=True)
    for name in FOREIGN:
        shutil.copy(ROOT / "docs/_data" / name, root / "docs/_data")
    for name in ("overrides", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = re.sub(r"\nnav:\n(?:  .*\n)+", "\n", (ROOT / "mkdocs.yml").read_text("utf-8"))
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    library, findings = check(root)
    # the real pages name what is registered there
    assert {finding.rule for finding in findings} <= {"foreign", "blanks"}
    if hostile:
        library = poisoned_library(library)
        page = root / "docs/about/index.md"
        quoted = HOSTILE.replace("'", "''").replace("\x01", "")
        page.write_text(
            page.read_text("utf-8").replace("title: 关于", f"title: '{quoted}'\ndescription: '{quoted}'")
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("adapter.check", lambda root: (library, []))
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"), strict=False)
        build(config)
    # what has no Markdown is written when it is made, not held until the last is
    assert not [file for file in config["kb"].files if file.src_uri.endswith(".html")]
    return root / "site"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("clean"), hostile=False)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("hostile"), hostile=True)


class Elements(HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.scripts = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name) for name, _ in attributes} | {(tag, "")}
        self.scripts += tag == "script"


def elements(site: Path) -> Iterator[tuple[str, Elements]]:
    for path in sorted(site.rglob("*.html")):
        page = Elements()
        page.feed(path.read_text("utf-8"))
        yield path.relative_to(site).as_posix(), page


def test_hostile_text_adds_no_element_and_no_attribute(clean: Path, hostile: Path) -> None:
    known = set().union(*(page.found for _, page in elements(clean)))
    shown = 0
    for name, page in elements(hostile):
        assert page.found <= known, name
        shown += "&lt;script&gt;alert()" in (hostile / name).read_text("utf-8")
    assert shown > 15
    scripts = {name: page.scripts for name, page in elements(clean)}
    assert {name: page.scripts for name, page in elements(hostile)} == scripts


@pytest.mark.parametrize("name", ["atom.xml", "sitemap.xml", "opensearch.xml"])
def test_hostile_text_leaves_xml_well_formed(name: str, hostile: Path) -> None:
    ElementTree.parse(hostile / name)


def test_no_script_runs_but_ours(hostile: Path, browser: Browser) -> None:
    server = serve(hostile)
    page = browser.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
    for path in sorted(hostile.rglob("*.html")):
        if 'http-equiv="refresh"' in path.read_text("utf-8"):
            continue  # it leads on to one of the others
        page.goto(f"http://127.0.0.1:{server.server_port}/{path.relative_to(hostile).as_posix()}")
    page.close()
    server.shutdown()
    assert ran == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>a()</script>",
        "<style>p {}</style>",
        '<p onclick="a()">甲</p>',
        "<form><input></form>",
        "<p hidden>甲</p>",
        '<p style="display: none">甲</p>',
        '<p data-offline="x">甲</p>',
        '<a href="javascript:a()">甲</a>',
        '<a href=" java&#10;script:a()">甲</a>',
        '<img src="data:image/png;base64,AA" alt="">',
        '<p class="kb-action">甲</p>',
        '<iframe src="x"></iframe>',
        '<svg><a href="x"></a></svg>',
        "<!-- 甲 -->",
        '<a href="weixin://dl">甲</a>',
    ],
)
def test_markup_outside_the_list_is_named(markup: str) -> None:
    assert list(strange(f"<p>前</p>{markup}<p>后</p>"))


def test_what_markdown_makes_is_on_the_list() -> None:
    table = '<table><thead><tr><th style="text-align: right;">甲</th></tr></thead></table>'
    link = '<p>见<a href="../remedies/ask/#steps" title="乙">甲</a>，<a href="https://example.com/a:b">丙</a></p>'
    assert (
        list(strange(f'<h2 id="fix">怎么办</h2>{table}{link}<ol start="2"><li><code>x</code></li></ol>'))
        == []
    )
    assert list(strange("")) == []


def test_a_script_of_no_template_stops_the_build() -> None:
    page = '<html><head><meta charset="utf-8"></head><script>ours()</script>{}</html>'
    assert "sha256-" in with_policy(page.format(""), {"ours()"})
    with pytest.raises(UnknownScript):
        with_policy(page.format("<script>theirs()</script>"), {"ours()"})
    with pytest.raises(UnknownScript):
        with_policy("<html></html>", set())
