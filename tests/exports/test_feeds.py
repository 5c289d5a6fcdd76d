"""What machines read: feeds, plain text, policies, and the weight of every page."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from kb.pages.policy import content_security_policy, scripts_of, with_policy
from lxml import html
from playwright.sync_api import Page, Response

from tests.conftest import two_views

MAX_HTML = 15 * 1024
MAX_FIRST_VIEW = {
    "": 39,
    "causes/credit-disabled/": 41,
    "ask/huabei/screen.unsupported/": 39,
    "codes/": 50,
    "till/": 35,
    "remedies/check-fee/": 56,
    "agents/": 75,
}
"""Address → KB: markup, styles, scripts with the digests of all of them (3 KB), pictures."""

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def cards(site: Path) -> list[dict]:
    return json.loads((site / "cards.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["cards", "tree", "macros"])
def test_exports_match_their_schemas(name: str, site: Path) -> None:
    schema = json.loads((site / f"schema/{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (site / f"{name}.json", *(site / "exports").glob(f"{name}-*.json")):
        jsonschema.validate(json.loads(path.read_text("utf-8")), schema)


def test_the_parts_are_the_whole(site: Path, cards: list[dict]) -> None:
    parts = [json.loads(path.read_text("utf-8")) for path in (site / "exports").glob("cards-*.json")]
    assert len(parts) > 1
    assert sorted((card for part in parts for card in part), key=lambda card: card["id"]) == cards


def test_atom_lists_the_cards_verified_last(site: Path, cards: list[dict]) -> None:
    feed = ElementTree.fromstring((site / "atom.xml").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    by_title = {card["title"]: card for card in cards}
    assert entries
    for entry in entries:
        card = by_title[entry.findtext(f"{ATOM}title")]
        assert entry.findtext(f"{ATOM}updated").startswith(card["verified"])
        assert entry.find(f"{ATOM}link").get("href").endswith(card["url"])
        assert card["summary"] in entry.findtext(f"{ATOM}summary")


def test_every_card_has_its_plain_text(site: Path, cards: list[dict]) -> None:
    index = (site / "llms.txt").read_text("utf-8")
    for card in cards:
        assert (site / card["url"] / "index.txt").read_text("utf-8") == card["text"] + "\n"
        assert f"({card['url']}index.txt): {card['summary']}" in index


def test_robots_and_opensearch_point_home(site: Path) -> None:
    assert re.search(r"^Sitemap: https://.*/sitemap\.xml$", (site / "robots.txt").read_text(), re.M)
    description = ElementTree.fromstring((site / "opensearch.xml").read_bytes())
    url = description.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template").endswith("/?q={searchTerms}")


def test_structured_data_is_true(site: Path, cards: list[dict]) -> None:
    for card in cards:
        root = html.parse(site / card["url"] / "index.html").getroot()
        article, crumbs = json.loads(root.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]
        assert article["@type"] == "Article" and article["headline"] == card["title"]
        assert article["dateModified"] == card["verified"]
        assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]
        assert root.xpath("//meta[@property='og:title']/@content") == [card["title"]]
        assert root.xpath("//meta[@property='og:description']/@content") == [card["summary"]]


def test_every_page_is_light_and_has_a_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        data = path.read_bytes()
        assert len(gzip.compress(data, 6)) <= MAX_HTML, path
        assert data.count(b'http-equiv="Content-Security-Policy"') == 1, path
        assert b"'unsafe-inline'" not in data, path


def test_policy_names_each_inline_script() -> None:
    scripts = '<script>a()</script><script src="x.js"></script><script type="application/json">{}</script>'
    page = f'<meta charset="utf-8">{scripts}'
    own = scripts_of(page)
    policy = content_security_policy(own)
    assert policy.count("'sha256-") == 1
    assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy
    guarded = with_policy(page, own)
    assert guarded.index("Content-Security-Policy") < guarded.index("<script>")


@two_views
@pytest.mark.parametrize("path", MAX_FIRST_VIEW)
def test_the_first_view_is_light_and_still(path: str, page: Page, base_url: str) -> None:
    """Without the engine of the search, which is fetched once the page is idle."""
    sizes: list[int] = []

    def weigh(answer: Response) -> None:
        if "/search/" not in answer.url:
            sizes.append(len(gzip.compress(answer.body(), 6)))

    page.on("response", weigh)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) "
        "if (!e.hadRecentInput) shift += e.value }).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(base_url + path, wait_until="networkidle")
    assert sum(sizes) <= MAX_FIRST_VIEW[path] * 1024
    assert page.evaluate("shift") <= 0.02
