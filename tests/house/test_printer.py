"""A handbook on another subject, served by the same program: checked, built, searched, walked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from kb.checks import check
from kb.content.library import Library
from kb.content.schema import Cause
from lxml import html
from playwright.sync_api import Page, expect

from tests.conftest import PRINTER, serve
from tests.pages.documents import Documents, dead_links, documents_of

FOREIGN = re.compile("花呗|拉卡拉|支付宝|顾客|商户|收银|扫")
"""Words of the other handbook."""


@pytest.fixture(scope="module")
def library(printer: Path) -> Library:
    return check(printer)[0]


@pytest.fixture(scope="module")
def documents(printer: Path) -> Documents:
    return documents_of(printer / "site")


@pytest.fixture(scope="module")
def topics(printer: Path) -> dict[str, dict]:
    """The exported trees by topic."""
    data = json.loads((printer / "site/tree.json").read_text("utf-8"))
    return {topic["topic"]: topic for topic in data["topics"]}


@pytest.fixture(scope="module")
def printer_url(printer: Path) -> Iterator[str]:
    server = serve(printer)
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


def test_it_consists_of_content_and_settings() -> None:
    assert {path.name for path in PRINTER.iterdir()} == {"docs", "mkdocs.yml"}


def test_it_has_no_findings(printer: Path) -> None:
    assert [str(finding) for finding in check(printer)[1]] == []


def test_no_link_is_dead(printer: Path, documents: Documents) -> None:
    assert dead_links(printer / "site", documents) == []


def test_its_pages_speak_of_printers_only(documents: Documents) -> None:
    said = {address: FOREIGN.findall("".join(root.itertext())) for address, root in documents.items()}
    assert {address: words for address, words in said.items() if words} == {}


def test_both_topics_begin_with_their_own_screen(printer: Path, library: Library) -> None:
    """Two topics have an option ``nothing``: a message begins where its causes are."""
    assert {topic.screen for topic in library.topics.entries} == {"message", "panel"}
    starts = {}
    for prompt in library.prompts.entries:
        address = f"says/{prompt.id}/"
        root = html.parse(printer / "site" / address / "index.html").getroot()
        starts[prompt.id] = urljoin(address, root.xpath("//a[@data-start]/@href")[0])
    assert starts["offline"] == "ask/print/message.offline/"
    assert starts["ready"] == "ask/quality/panel.nothing/"
    assert all((printer / "site" / start / "index.html").is_file() for start in starts.values())


@pytest.mark.parametrize("topic", ["print", "quality"])
def test_whoever_answers_as_a_card_says_is_led_to_it(topic: str, topics: dict, library: Library) -> None:
    nodes = {node["url"]: node for node in topics[topic]["nodes"]}
    for cause in library.of(Cause, topic):
        node = nodes[f"ask/{topic}/"]
        while node["question"]:
            cell = cause.head.answers.get(node["question"], "x")
            node = nodes[node["next"][cell if isinstance(cell, str) else next(iter(cell))]]
        assert cause.id in [found["id"] for found in node["causes"][:2]]


def test_from_the_words_on_the_screen_to_what_to_do(page: Page, printer_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(printer_url)
    page.get_by_role("link", name="就绪").click()
    expect(page.locator("h1")).to_have_text("“就绪”")
    page.locator("[data-start]").click()
    expect(page.locator("h1")).to_have_text("印坏的地方是什么样？")
    page.locator(".kb-option", has_text="一块有一块没有").click()
    expect(page.locator("h1")).to_have_text("换一包新纸好了吗？")
    page.locator(".kb-option", has_text="好了").click()
    expect(page.locator("h1")).to_contain_text("纸受潮了")
    page.locator("[data-copy-toolbar] button").click()
    summary = page.evaluate("navigator.clipboard.readText()")
    assert summary.startswith(
        "【打得不对】情况摘要\n· 没有灯亮\n· 一块清楚一块虚\n· 换纸后好了\n可能的原因：纸受潮了"
    )
    page.get_by_role("link", name="这种原因的全部").click()
    page.wait_for_url("**/causes/damp-paper/")
    page.locator(".kb-action--primary").click()
    page.wait_for_url("**/remedies/dry-paper/")
    expect(page.locator(".kb-verify")).to_contain_text("整张一样清楚")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("老是夹住纸", "纸卡在机器里"),
        ("e35", "E35 感光鼓到了寿命"),
        ("ganguanggu", "感光鼓旧了"),
        ("C09", "打印机被暂停了"),
    ],
)
def test_search_answers(query: str, title: str, page: Page, printer_url: str) -> None:
    page.goto(printer_url + "about/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    expect(page.locator("#found .kb-hit__title").first).to_have_text(title)


def test_a_code_in_the_list_is_found_by_search(page: Page, printer_url: str) -> None:
    """The list stands where this handbook has it."""
    page.goto(printer_url)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text("E10")
    page.locator("#found .kb-hit", has_text="E10 纸盒没有纸").locator("a").first.click()
    page.wait_for_url("**/panel/**#e10")
