"""Years from now: a site that is built then, and one that nobody has built again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from tests.conftest import build, copy_of_the_printer

BANNER = ".kb-banner[data-review]"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("later") / "handbook"
    copy_of_the_printer(root)
    return root


@pytest.mark.slow
@pytest.mark.parametrize("year", [2030, 2038, 2101])
def test_a_build_of_a_later_year_says_what_is_due(year: int, root: Path, tmp_path: Path) -> None:
    now = str(int(datetime(year, 2, 1, tzinfo=UTC).timestamp()))
    report = "https://printer-help.example"
    numbers = {"ICP": "京ICP备12345678号-1", "POLICE": "11010802012345"}
    build(root, tmp_path, SOURCE_DATE_EPOCH=now, REPORT=report, **numbers)
    pages = [page.read_text("utf-8") for page in (tmp_path / "causes").glob("*/index.html")]
    cards = [page for page in pages if "data-review" in page]
    assert cards and all("该复查了" in card and " hidden><strong>该复查了" not in card for card in cards)
    number = '<a href="https://beian.miit.gov.cn/">京ICP备12345678号-1</a> 11010802012345'
    assert all(number in card for card in cards)
    assert all(card.count(f'<a href="{report}">报告错误</a>') == 2 for card in cards)
    assert not any("没有收信的地址" in card for card in cards)
    etree.parse(tmp_path / "atom.xml")


def test_a_page_that_nobody_has_built_again_says_that_it_is_due(page: Page, base_url: str) -> None:
    page.goto(base_url + "causes/credit-disabled/")
    due = page.locator(BANNER).get_attribute("data-review")
    page.clock.set_fixed_time(f"{due}T23:00:00")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator(BANNER)).to_be_hidden()
    page.clock.set_fixed_time(f"{int(due[:4]) + 1}{due[4:]}T01:00:00")
    page.reload()
    expect(page.locator(BANNER)).to_be_visible()
