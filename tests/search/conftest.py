"""A site with Material's real dialog and our index, served over http; a browser to open it with."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from kb.search import Index, Vocabulary, build
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, serve
from tests.search.samples import DOCUMENTS, NOTHING, PLAIN

SCRIPTS = ROOT / "docs/assets"
MAIN = """{% extends "base.html" %}
{% block config %}{{ super() }}<script src="{{ 'assets/search/dialog.js' | url }}"></script>{% endblock %}
"""


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_data(yaml.safe_load((ROOT / "docs/_data/vocabulary.yml").read_text("utf-8")))


@pytest.fixture(scope="session")
def index(vocabulary: Vocabulary) -> Index:
    """Index of the sample with asks."""
    return build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING)


@pytest.fixture(scope="session")
def plain_index(vocabulary: Vocabulary) -> Index:
    """Index of the same documents without asks: words alone."""
    return build(PLAIN, vocabulary, SCRIPTS)


@pytest.fixture(scope="session")
def site(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a built site: one page for each document, Material's dialog, our files."""
    home = tmp_path_factory.mktemp("site")
    for document in DOCUMENTS:
        page = home / "docs" / f"{document.url.split('#')[0]}index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(
            f"\n## {s.title or '正文'} {{#{s.anchor or 'text'}}}\n\n{s.text}\n" for s in document.sections
        )
        page.write_text(f"# {document.id or '页'}\n{body}", "utf-8")
    (home / "docs/index.md").write_text("# 首页\n", "utf-8")
    (home / "docs/ask").mkdir()
    (home / "docs/ask/index.md").write_text("# 一步步查\n", "utf-8")
    (home / "overrides").mkdir()
    (home / "overrides/main.html").write_text(MAIN, "utf-8")
    theme = {"name": "material", "language": "zh", "font": False, "custom_dir": "overrides"}
    config = {
        "site_name": "试",
        "theme": theme | {"features": ["search.highlight", "search.share"]},
        "plugins": ["search"],
        "markdown_extensions": ["attr_list"],
    }
    (home / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    build_site(load_config(str(home / "mkdocs.yml")))
    files = {**index.files, "assets/search/dialog.js": (SCRIPTS / "search/dialog.js").read_bytes()}
    for path, content in files.items():
        target = home / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return home / "site"


@pytest.fixture(scope="session")
def address(site: Path):
    """Address of the site, under a sub-path as on a project's pages, so that absolute links would fail."""
    server = serve(site.parent)
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()


@pytest.fixture
def page(browser: Browser):
    """A page that fails the test on any error in its console."""
    page: Page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors


@pytest.fixture(scope="session")
def modules(browser: Browser):
    """A page into which the engine's modules are imported as they are, as ``window.kb``."""
    server = serve(SCRIPTS)
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/answer/rank.js")
    page.evaluate(
        """async () => {
            window.kb = {};
            for (const name of "normalise segment decode pinyin codes rank learnt facts engine".split(" ")) {
                Object.assign(window.kb, await import(`/answer/${name}.js`));
            }
            Object.assign(window.kb, await import("/search/present.js"));
        }"""
    )
    yield page
    page.close()
    server.shutdown()
