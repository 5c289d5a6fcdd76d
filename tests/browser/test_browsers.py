"""The same journeys in Chromium, Firefox ESR and WebKit: what people do, by what they see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from kb.delivery import usb
from kb.delivery.precache import read
from playwright.sync_api import Browser

from tests.browser.drivers import Chromium, Driver, Firefox, Reader, WebKit, screen
from tests.conftest import serve

CARD = "causes/credit-disabled/"
TITLE = "花呗和信用卡一起被关了"
BOX = "#q"
HIT = "#found .kb-hit a"


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A person with one window of a browser, open for all journeys."""
    with ExitStack() as stack:
        driver = open_window(request, tmp_path_factory.mktemp("profile"), stack)
        stack.callback(driver.close)
        yield Reader(driver)


def open_window(request: pytest.FixtureRequest, folder: Path, stack: ExitStack) -> Driver:
    if request.param == "chromium":
        browser: Browser = request.getfixturevalue("browser")
        return Chromium(browser)
    if request.param == "firefox":
        return Firefox(folder)
    return WebKit(stack.enter_context(screen()), folder)


def search(reader: Reader, home: str) -> None:
    reader.open(home)
    reader.type(BOX, TITLE)
    reader.follow(HIT, TITLE)
    reader.see("h1", TITLE)


def copy(reader: Reader, card: str, home: str) -> None:
    """Copy the link of a card and paste it, which no browser lies about."""
    reader.open(card)
    reader.press("button", "复制链接")
    reader.see("[role=status]", "已复制链接")
    reader.open(home)
    assert reader.paste(BOX).endswith("/c/C20/")


def test_from_words_to_the_first_step(reader: Reader, base_url: str) -> None:
    search(reader, base_url)
    reader.see(".kb-lead", "先请顾客付余额")
    reader.follow(".kb-action--primary")
    reader.see("h1")
    assert "/remedies/" in reader.url


def test_from_a_message_to_a_cause(reader: Reader, base_url: str) -> None:
    reader.open(base_url)
    reader.follow("a", "不支持花呗")
    assert "/says/" in reader.url


def test_the_diagnosis_ends_in_something_to_do(reader: Reader, base_url: str) -> None:
    reader.open(base_url + "ask/huabei/")
    for _ in range(9):
        if reader.driver.run("return !document.querySelector('.kb-option')"):
            break
        reader.follow(".kb-option")
    reader.see(".kb-action--primary")


def test_the_calculator_says_what_was_taken_too_much(reader: Reader, base_url: str) -> None:
    reader.open(base_url + "remedies/check-fee/")
    for field, value in (("rate", "0.6"), ("amount", "1000"), ("deducted", "8")):
        reader.type(f"[name={field}]", value)
    reader.press("button", "算一算")
    reader.see("article", "多扣了 2.00 元")


def test_a_link_is_copied(reader: Reader, base_url: str) -> None:
    copy(reader, base_url + CARD, base_url)


def test_a_reply_is_copied_at_the_desk(reader: Reader, base_url: str) -> None:
    reader.open(base_url + "agents/")
    reader.type("#paste", "C20")
    reader.see("[data-desk-found]", TITLE)
    reader.see("[data-desk-reply]", "您好")
    reader.type("#paste", reader.driver.enter)
    reader.see("[data-desk-copy] [role=status]", "已复制 C20")
    reader.open(base_url)
    assert "/c/C20/" in reader.paste(BOX)


def test_five_pages_open_when_the_server_has_stopped(reader: Reader, site: Path, tmp_path: Path) -> None:
    (tmp_path / "handbook").symlink_to(site)
    server = serve(tmp_path)
    home = f"http://127.0.0.1:{server.server_port}/handbook/"
    reader.open(home)
    reader.until(KEPT_ALL.replace("COUNT", str(sum(1 for _ in (site / "offline").iterdir()))))
    server.shutdown()
    server.server_close()
    for path, title in (
        ("", ""),
        (CARD, TITLE),
        ("causes/", "原因"),
        ("ask/huabei/", ""),
        ("c/C20/", TITLE),
    ):
        reader.open(home + path)
        reader.see("h1", title)
    search(reader, home)


KEPT_ALL = """const { dataset } = document.documentElement;
  caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((c) => c.keys()))))
    .then((all) => { dataset.kept = all.flat().filter(({ url }) => url.includes("/offline/")).length; });
  return dataset.kept === "COUNT";"""
"""Whether the worker has kept all bundles; asks again for the next time."""


def test_a_disk_is_enough(reader: Reader, site: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(usb.pack(usb.for_disk(read(site)), "handbook"))).extractall(tmp_path)
    home = tmp_path / "handbook/index.html"
    search(reader, home.as_uri())
    copy(reader, (home.parent / CARD / "index.html").as_uri(), home.as_uri())
