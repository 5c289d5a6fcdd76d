"""Without a network: the service worker in a real Chromium, with a server that stops, hangs or changes."""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import random
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment
from kb.delivery import precache as offline
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, VIEWS, QuietHandler, area

SHELL = b'<script src="assets/site.js" type="module"></script><link rel="stylesheet" href="assets/a.css">'


WORKER = Environment().from_string((ROOT / "overrides/sw.js").read_text("utf-8"))


class Handler(QuietHandler):
    def do_GET(self) -> None:
        if self.server.hangs or (self.server.slow and self.path.endswith("/")):
            time.sleep(20 if self.server.hangs else 4)
        super().do_GET()


class Host:
    """A copy of the site, by hard links, below a sub-path of a server that can stop and hang."""

    def __init__(self, site: Path, parent: Path) -> None:
        self.folder = Path(shutil.copytree(site, parent / "handbook", copy_function=os.link))
        handler = functools.partial(Handler, directory=str(parent))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.hangs = self.server.slow = False
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/handbook/"

    def publish(self, on: bool = True) -> None:
        """Write the worker anew, as a build does after a change."""
        shutil.rmtree(self.folder / "offline", ignore_errors=True)
        (self.folder / "sw.js").unlink()
        offline.write_worker(self.folder, WORKER, on)

    def change(self, path: str, old: str, new: str) -> None:
        """Change a page of the copy, which shares its files with the site: a new file takes its place."""
        page = self.folder / path
        text = page.read_text("utf-8")
        assert old in text
        page.unlink()
        page.write_text(text.replace(old, new), "utf-8")

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    host = Host(site, tmp_path)
    yield host
    host.stop()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page whose scripts may not fail; a refused connection is no fault here."""
    context = browser.new_context(**VIEWS["desktop-light"])
    reader = context.new_page()
    errors: list[str] = []
    reader.on("pageerror", lambda error: errors.append(str(error)))
    yield reader
    context.close()
    assert not errors


def kept(reader: Page) -> dict[str, list[str]]:
    """What lies in the caches: name → addresses."""
    return reader.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async name =>
             [name, (await (await caches.open(name)).keys()).map(request => request.url)])))"""
    )


def has_bundles(reader: Page, host: Host) -> bool:
    found = [url for urls in kept(reader).values() for url in urls if "/offline/" in url]
    return len(found) == sum(1 for _ in (host.folder / "offline").iterdir())


def visit(reader: Page, host: Host) -> None:
    """Open the home page and wait until the worker has kept everything."""
    reader.goto(host.url)
    reader.evaluate("navigator.serviceWorker.ready.then(() => null)")
    until(lambda: has_bundles(reader, host))


def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_everything_works_when_the_server_has_stopped(reader: Page, host: Host) -> None:
    visit(reader, host)
    host.stop()
    reader.goto(host.url)
    expect(reader.locator("h1")).to_have_text("花呗收不了？手续费不对？")
    reader.goto(host.url + "causes/credit-disabled/?h=x#fix")
    expect(reader.locator("h1")).to_have_text("花呗和信用卡一起被关了")
    assert reader.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 0)") == [True] * 2
    reader.goto(host.url + "causes/")
    expect(reader.locator(".kb-row").first).to_be_visible()
    reader.goto(host.url + "c/C20/")
    reader.wait_for_url("**/causes/credit-disabled/")
    walk(reader, host.url + "ask/huabei/")
    search(reader, host.url)
    copy_a_reply(reader, host.url)


def copy_a_reply(reader: Page, home: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(home + "agents/")
    expect(reader.locator("#paste")).to_be_focused()
    reader.keyboard.insert_text("花呗和信用卡一起被关了")
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制 C20")
    assert reader.evaluate("navigator.clipboard.readText()").startswith(
        "您好，这像是“花呗和信用卡一起被关了”："
    )


def walk(reader: Page, start: str) -> None:
    """Answer the first option of each question until there is a result."""
    reader.goto(start)
    for _ in range(9):
        if reader.locator("#case-summary").count():
            break
        url = reader.url
        reader.locator(".kb-option").first.click()
        reader.wait_for_url(lambda now, before=url: now != before)
    expect(reader.locator(".kb-first + .kb-action--primary")).to_be_visible()


def search(reader: Page, home: str) -> None:
    reader.goto(home)
    reader.locator("#q").fill("花呗和信用卡一起被关了")
    hit = reader.locator("#found .kb-hit a").first
    expect(hit).to_contain_text("花呗和信用卡一起被关了")
    hit.click()
    reader.wait_for_url("**/causes/credit-disabled/**")


def test_pages_out_of_a_bundle_are_the_same_bytes(reader: Page, host: Host) -> None:
    visit(reader, host)
    host.stop()
    paths = [path.relative_to(host.folder).as_posix() for path in host.folder.rglob("*.html")]
    paths.remove("404.html")
    paths += [path.relative_to(host.folder).as_posix() for path in host.folder.glob("search/*/engine.js")]
    read = "paths => Promise.all(paths.map(path => fetch(path).then(response => response.text())))"
    texts = reader.evaluate(read, paths)
    assert all(
        (host.folder / path).read_text("utf-8") == text for path, text in zip(paths, texts, strict=True)
    )


def test_what_is_not_kept_says_so(reader: Page, host: Host) -> None:
    visit(reader, host)
    host.stop()
    response = reader.goto(host.url + "nowhere/")
    assert response.status == 503
    expect(reader.locator("h1")).to_have_text("没有网络")
    reader.get_by_role("link", name="回首页").click()
    expect(reader.locator("h1")).to_have_text("花呗收不了？手续费不对？")


def test_a_hanging_network_costs_one_wait(reader: Page, host: Host) -> None:
    visit(reader, host)
    host.server.hangs = True
    start = time.monotonic()
    reader.goto(host.url + "causes/credit-disabled/")
    first = time.monotonic() - start
    reader.goto(host.url + "causes/")
    assert 2.4 < first < 5
    assert time.monotonic() - start - first < 2
    host.server.hangs = False


def test_errors_are_not_kept(reader: Page, host: Host) -> None:
    visit(reader, host)
    assert reader.goto(host.url + "nowhere/").status == 404
    reader.goto(host.url)
    reader.evaluate("fetch('cards.json', {headers: {range: 'bytes=0-9'}})")
    reader.evaluate("fetch('tree.json').then(response => response.text())")
    until(lambda: any(url.endswith("tree.json") for urls in kept(reader).values() for url in urls))
    assert not [url for urls in kept(reader).values() for url in urls if re.search("nowhere|cards.json", url)]


def test_a_wrong_or_half_file_is_not_kept(reader: Page, host: Host) -> None:
    """As a host does that answers with its home page for what is missing, or a network that drops the end."""
    whole = {path: (host.folder / path).read_bytes() for path in ("index.html", "causes/index.html")}
    script = next((host.folder / "assets").glob("*/page/copy.js"))
    original = script.read_bytes()
    script.unlink()
    script.write_bytes(original.replace(b"e", b"f", 1))
    reader.goto(host.url)
    until(
        lambda: reader.evaluate("navigator.serviceWorker.getRegistration().then(found => !found?.installing)")
    )
    assert not [url for urls in kept(reader).values() for url in urls if url.endswith("page/copy.js")]
    script.unlink()
    script.write_bytes(original)
    visit(reader, host)
    half = host.folder / "causes/index.html"
    half.unlink()
    half.write_bytes(whole["causes/index.html"][:9000])
    reader.goto(host.url + "causes/")
    host.stop()
    reader.goto(host.url + "causes/")
    assert reader.evaluate("fetch('').then(page => page.text())") == whole["causes/index.html"].decode()


def test_a_reader_who_saves_data_gets_the_core_only(reader: Page, host: Host) -> None:
    reader.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    reader.goto(host.url)
    reader.evaluate("navigator.serviceWorker.ready.then(() => null)")
    reader.goto(host.url + "causes/credit-disabled/")
    reader.wait_for_timeout(1500)
    urls = [url for urls in kept(reader).values() for url in urls]
    assert urls and not [url for url in urls if "/offline/" in url]
    host.stop()
    reader.goto(host.url)
    expect(reader.locator("h1")).to_have_text("花呗收不了？手续费不对？")
    reader.goto(host.url + "causes/credit-disabled/")
    expect(reader.locator("h1")).to_have_text("花呗和信用卡一起被关了")


@pytest.mark.parametrize("view", ["phone-light", "phone-dark"])
def test_a_new_version_is_offered_and_taken(view: str, browser: Browser, host: Host) -> None:
    context = browser.new_context(**VIEWS[view])
    reader = context.new_page()
    visit(reader, host)
    expect(reader.locator("[data-offline]")).to_be_hidden()
    before = kept(reader)
    host.change("index.html", "花呗收不了？手续费不对？", "屏幕上写着什么？")
    host.publish()
    reader.reload()
    bar = reader.get_by_role("button", name="有新内容，点此更新")
    expect(bar).to_be_visible()
    assert area(bar)["height"] >= 44
    assert Axe().run(reader).violations_count == 0
    with reader.expect_navigation():
        bar.click()
    expect(reader.locator("h1")).to_have_text("屏幕上写着什么？")
    expect(bar).to_have_count(0)
    after = kept(reader)
    assert len(after) == 2 and after.keys() != before.keys(), "the old version is gone"
    until(lambda: has_bundles(reader, host))
    host.stop()
    reader.reload()
    expect(reader.locator("h1")).to_have_text("屏幕上写着什么？")
    context.close()


def test_an_old_page_shown_on_a_slow_network_says_so(reader: Page, host: Host) -> None:
    """A page that was put right stays no longer than until the new worker is here, though pages are slow."""
    visit(reader, host)
    host.change("causes/credit-disabled/index.html", "一起被关了", "一同被关了")
    host.publish()
    host.server.slow = True
    reader.goto(host.url + "causes/credit-disabled/")
    expect(reader.locator("h1")).to_contain_text("一起被关了")
    with reader.expect_navigation():
        reader.get_by_role("button", name="有新内容，点此更新").click()
    expect(reader.locator("h1")).to_contain_text("一同被关了")


def test_an_update_fetches_only_what_has_changed(reader: Page, host: Host) -> None:
    visit(reader, host)
    host.change("causes/credit-disabled/index.html", "一起被关了", "一同被关了")
    old = {path.name for path in (host.folder / "offline").iterdir()}
    host.publish()
    new = {path.name for path in (host.folder / "offline").iterdir()}
    assert [name.split(".")[0] for name in new - old] == ["causes"]
    reader.reload()
    with reader.expect_navigation():
        reader.get_by_role("button", name="有新内容，点此更新").click()
    until(lambda: has_bundles(reader, host))


def test_the_kill_switch_leaves_nothing(reader: Page, host: Host) -> None:
    visit(reader, host)
    reader.evaluate("caches.open('somebody else')")
    host.publish(on=False)
    reader.reload()
    until(lambda: list(kept(reader)) == ["somebody else"])
    reader.goto(host.url + "causes/")
    expect(reader.locator("h1")).to_be_visible()
    reader.goto("about:blank")
    reader.goto(host.url + "robots.txt")
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def few_files(**changes: bytes) -> dict[str, bytes]:
    frame = b"<p>frame\n" * 50
    files = {
        "index.html": SHELL,
        "404.html": b"",
        "assets/site.js": b'import("./a.js")\n',
        "assets/a.js": b'import { b } from "./b.js"\n',
        "assets/b.js": b"export const b = 1\n",
        "assets/unused.js": b"",
        "assets/a.css": b"",
        "search/place.json": b"{}",
        "search/01234567/engine.js": b"1\n",
        "search/01234567/d0.bin": b"\x00\x01",
        "search/01234567/t0.bin": b"\x02",
        "search/01234567/offline.js": b"",
        "a/index.html": frame + b"<p>a\n",
        "a/b/index.html": frame + b"<p>b\n",
        "c/index.html": b"c",
    }
    return files | {path.replace("__", "/") + ".html": content for path, content in changes.items()}


def test_the_core_is_what_pages_load() -> None:
    core = offline.precache(few_files()).core
    assert list(core) == [
        "", "assets/a.css", "assets/a.js", "assets/b.js", "assets/site.js", "search/place.json",
    ]  # fmt: skip


def test_other_pages_and_the_index_go_into_bundles() -> None:
    built = offline.precache(few_files())
    assert list(built.bundles) == ["a", "c", "search"]
    assert {path for _, path, _ in chain.from_iterable(built.bundles.values())} == built.files.keys()


def test_the_lists_name_the_content_of_what_is_kept() -> None:
    files = few_files()
    built = offline.precache(files)
    found = {**files, "": files["index.html"], **built.files}
    named = {
        **built.core,
        **{path: digest for _, path, digest in chain.from_iterable(built.bundles.values())},
    }
    assert named == {path: hashlib.sha256(found[path]).hexdigest() for path in named}


def test_the_version_stands_for_the_content() -> None:
    first, same = offline.precache(few_files()), offline.precache(few_files())
    assert first == same
    assert first.version != offline.precache(few_files(index=SHELL + b"!")).version
    changed = offline.precache(few_files(a__b__index=b"changed"))
    assert changed.version != first.version
    assert changed.bundles["a"] != first.bundles["a"] and changed.bundles["c"] == first.bundles["c"]


def test_a_large_folder_has_several_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "PART", 500)
    parts = offline.precache(few_files()).bundles["a"]
    assert [first for first, _, _ in parts] == ["a/", "a/b/"]


def test_what_is_too_much_is_left_to_the_network_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = few_files(d__index=bytes(random.Random(5).choices(range(33, 127), k=2000)))
    monkeypatch.setattr(offline, "MAX_KEPT", 900)
    built = offline.precache(pages)
    assert list(built.bundles) == ["a", "c", "search"] and list(built.left_out) == ["d"]


@pytest.mark.parametrize(
    ("extra", "address", "on"),
    [
        ({}, "https://huabei-help.example/", True),
        ({"offline": False}, "https://huabei-help.example/", False),
        ({}, "http://127.0.0.1:8000/", False),
        ({}, "", False),
    ],
)
def test_the_worker_is_written_for_sites_over_https(extra: dict, address: str, on: bool) -> None:
    assert offline.enabled(extra, address) is on
