"""The real site: every promise of its addresses, links and exports."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from kb.checks import check
from kb.content.library import Library
from kb.content.schema import Cause
from kb.delivery.precache import read
from lxml import html

from tests.conftest import ROOT, build, copy_of_the_printer
from tests.pages.documents import Documents, dead_links, documents_of

CAUSES = [f"C{n:02d}" for n in (*range(1, 32), *range(41, 50))]
REMEDIES = [f"R{n:02d}" for n in (*range(1, 9), *range(11, 31))]


@pytest.fixture(scope="module")
def cards(site: Path) -> dict[str, dict]:
    return {card["id"]: card for card in json.loads((site / "cards.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def documents(site: Path) -> Documents:
    return documents_of(site)


def test_nothing_to_find() -> None:
    assert [str(finding) for finding in check(ROOT)[1]] == []


def test_every_published_id_is_there(cards: dict[str, dict]) -> None:
    assert set(CAUSES) | set(REMEDIES) <= set(cards)


def test_card_pages_and_short_links_open(site: Path, cards: dict[str, dict]) -> None:
    for card in cards.values():
        assert (site / card["url"] / "index.html").is_file()
        forward = html.parse(site / card["short_url"] / "index.html").getroot()
        target = urljoin(card["short_url"], forward.xpath("//a/@href")[0])
        assert target == card["url"]
        assert forward.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url=../../{card['url']}"]
        assert forward.xpath("//link[@rel='canonical']/@href")[0].endswith("/" + card["url"])


def test_every_tag_of_a_card_leads_on(documents: Documents, cards: dict[str, dict]) -> None:
    """To the page of what is seen on a screen, where there is one, or to the cards that have the tag."""
    listing = documents["tags/"]
    for card in cards.values():
        shown = documents[card["url"]].xpath("//nav[@class='md-tags']/a")
        assert [a.text.strip() for a in shown] and len(shown) == len(card["tags"])
        for link in shown:
            target = urlsplit(urljoin(card["url"], link.get("href")))
            if target.path.startswith("says/") and target.path in documents:
                continue
            anchor = unquote(target.fragment)
            assert listing.xpath("//*[@id=$anchor]", anchor=anchor), (card["id"], anchor)
    linked = {urljoin("tags/", href) for href in listing.xpath("//article//li/a/@href")}
    assert {card["url"] for card in cards.values()} <= linked


def test_no_link_is_dead(site: Path, documents: Documents) -> None:
    assert dead_links(site, documents) == []


def test_links_elsewhere_are_the_reviewed_ones(documents: Documents, library: Library) -> None:
    allowed = tuple(f"//{host.host}" for host in library.contacts.hosts)
    numbers = {phone.number for phone in library.contacts.phones}
    for address, root in documents.items():
        for href in root.xpath("//@href | //@src | //@action"):
            parts = urlsplit(href)
            if parts.scheme == "tel":
                assert parts.path in numbers, (address, href)
                continue
            assert parts.scheme in ("", "http", "https"), (address, href)
            if parts.netloc:
                assert href.partition(":")[2].startswith(allowed), (address, href)


def test_internal_links_are_relative(documents: Documents) -> None:
    for address, root in documents.items():
        if address != "404.html":
            assert not [href for href in root.xpath("//@href | //@src") if href.startswith("/")], address


def test_pages_say_their_language_and_direction(documents: Documents) -> None:
    """Without a direction, lists lose their margin and the menu opens on the other side."""
    for address, root in documents.items():
        if not root.xpath("//meta[@http-equiv='refresh']"):
            assert (root.get("lang"), root.get("dir")) == ("zh-Hans", "ltr"), address


def test_a_cause_without_proof_is_proposed_by_its_like_only(documents: Documents, library: Library) -> None:
    unproven = {card.url for card in library.of(Cause) if card.head.evidence == "unproven"}
    proposed = 0
    for card in library.cards.values():
        links = documents[card.url].xpath("//h2[@id='related']/following-sibling::ul[1]//a/@href")
        urls = {urlsplit(urljoin(card.url, link)).path for link in links}
        proposed += len(urls)
        assert card.url in unproven or not urls & unproven, card.id
    assert unproven and proposed > 100


def test_titles_and_descriptions_are_unique(documents: Documents) -> None:
    seen: dict[str, str] = {}
    for address, root in documents.items():
        if not root.xpath("//meta[@http-equiv='refresh']"):
            title = root.findtext(".//title")
            assert title not in seen, (address, seen.get(title))
            seen[title] = address


def test_sitemap_has_true_dates(site: Path, library: Library) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    for card in library.cards.values():
        entry = re.search(rf"<loc>[^<]*/{card.url}</loc>\s*<lastmod>([^<]*)</lastmod>", sitemap)
        assert entry and entry[1] == card.head.verified.isoformat()


def test_the_knowledge_base_does_not_import_mkdocs() -> None:
    modules = [
        ".".join(path.relative_to(ROOT / "hooks").with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / "hooks/kb").rglob("*.py"))
    ]
    code = (
        "import sys, importlib\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('mkdocs', 'material', 'properdocs'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print('clean')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "hooks", capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "clean", run.stderr


def test_two_builds_are_identical(printer: Path, tmp_path: Path) -> None:
    """The second elsewhere, with nothing kept from the first, trees included."""
    build(copy_of_the_printer(tmp_path), tmp_path / "site", PYTHONHASHSEED="7")
    first, second = read(printer / "site"), read(tmp_path / "site")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_no_mark_of_a_footnote_begins_a_line(site: Path, cards: dict[str, dict]) -> None:
    pages = [(site / card["url"] / "index.html").read_text("utf-8") for card in cards.values()]
    marks = [page[at.start() - 1] for page in pages for at in re.finditer('<sup id="fnref', page)]
    assert len(marks) > 100 and set(marks) == {"\u2060"}


def test_plain_text_answers(cards: dict[str, dict]) -> None:
    for card in cards.values():
        text = card["text"]
        assert text.startswith(f"【{card['title']}】（{card['id']}）\n{card['summary']}\n")
        assert text.splitlines()[-1].endswith(card["short_url"])
        assert not re.search(r"\[\^|\]\(|\*\*|<[a-z]|\u200b|&[a-z]+;", text), card["id"]
