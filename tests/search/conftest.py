"""A site with the real box and our index, served over http; a browser to open it with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from kb.search import Index, Vocabulary, build
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, serve
from tests.search.samples import DOCUMENTS, NOTHING, PLAIN

SCRIPTS = ROOT / "docs/assets"
PAGE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>试</title><h1>{title}</h1>
<form action="says/" data-box="page" data-site="{site}" data-scope="{scope}">
<input id="q" type="search" name="q"><button type="reset" hidden>清空</button><button>搜</button></form>
<p id="found-status" role="status"></p><div id="found" tabindex="-1"></div>{body}
<script src="{site}assets/page/site.js" type="module"></script></html>
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
    """Folder of a site: a page for each document, all with the box, and our files."""
    site = tmp_path_factory.mktemp("home") / "site"
    for document in DOCUMENTS:
        folder = document.url.split("#")[0]
        up = "../" * folder.count("/")
        body = "".join(f'<h2 id="{s.anchor}">{s.title}</h2><p>{s.text}</p>' for s in document.sections)
        write(
            site / folder / "index.html", PAGE.format(title=document.id or "页", site=up, scope="", body=body)
        )
    write(site / "index.html", PAGE.format(title="首页", site="./", scope="付款", body=""))
    write(site / "ask/index.html", PAGE.format(title="一步步查", site="../", scope="", body=""))
    for path, content in index.files.items():
        write(site / path, content)
    shutil.copytree(SCRIPTS, site / "assets")
    return site


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


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
            const names = "normalise segment decode pinyin codes rank learnt facts reader engine";
            for (const name of names.split(" ")) {
                Object.assign(window.kb, await import(`/answer/${name}.js`));
            }
            Object.assign(window.kb, await import("/search/present.js"));
        }"""
    )
    yield page
    page.close()
    server.shutdown()
