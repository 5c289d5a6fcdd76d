"""The zip for a USB stick: opened from a disk in a real Chromium, and its parts by themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kb.delivery import usb as dist
from kb.delivery.modules import UnknownForm, classic, closure
from kb.delivery.precache import read
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_browser import PAGES
from tests.conftest import VIEWS
from tests.delivery.test_offline import search, walk

NAME = "handbook"


@pytest.fixture(scope="module")
def packed(site: Path) -> bytes:
    return dist.pack(dist.for_disk(read(site)), NAME)


@pytest.fixture(scope="module")
def home(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the first page, unzipped into a folder whose name needs quoting."""
    folder = tmp_path_factory.mktemp("stick") / "U 盘"
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    return (folder / NAME / "index.html").as_uri()


ABORTED = "net::ERR_ABORTED"


@pytest.fixture
def disk(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any error in its console and any request elsewhere."""
    context = browser.new_context(**VIEWS["desktop-light"])
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    disk = context.new_page()
    faults: list[str] = []
    disk.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url))
    # a page that forwards drops what it was still loading, which is no fault
    disk.on(
        "requestfailed", lambda r: None if r.failure == ABORTED else faults.append(f"{r.failure} {r.url}")
    )
    disk.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    disk.on("pageerror", lambda error: faults.append(str(error)))
    yield disk
    context.close()
    assert not faults


def test_links_lead_on(disk: Page, home: str) -> None:
    disk.goto(home)
    disk.locator(".kb-prompt").first.click()
    disk.wait_for_url("**/says/*/index.html")
    disk.locator(".kb-row a").first.click()
    disk.wait_for_url("**/causes/*/index.html")
    expect(disk.locator(".kb-lead")).to_be_visible()
    disk.locator("a.kb-name:visible").first.click()
    disk.wait_for_url("**/handbook/index.html")


def test_every_kind_of_page_opens(disk: Page, home: str) -> None:
    for path in PAGES.values():
        disk.goto(home.replace("index.html", f"{path}index.html"))
        expect(disk.locator("h1").first).to_be_visible()
        disk.wait_for_load_state("networkidle")


def test_a_short_link_leads_to_the_card(disk: Page, home: str) -> None:
    disk.goto(home.replace("index.html", "c/C20/index.html"))
    disk.wait_for_url("**/causes/credit-disabled/index.html")
    expect(disk.locator("h1")).to_have_text("花呗和信用卡一起被关了")


def test_the_diagnosis_ends_in_a_summary_to_copy(disk: Page, home: str) -> None:
    walk(disk, home.replace("index.html", "ask/huabei/index.html"))
    disk.locator("[data-copy-toolbar] button").click()
    expect(disk.locator("[data-copy-toolbar] [role=status]")).to_contain_text("已复制")
    assert disk.evaluate("navigator.clipboard.readText()").startswith("【花呗收不了】情况摘要")


def test_a_reply_of_the_desk_is_copied(disk: Page, home: str) -> None:
    disk.goto(home.replace("index.html", "agents/index.html"))
    disk.locator("#paste").fill("信用卡和花呗都付不了，余额可以")
    expect(disk.locator('.kb-work [data-answer="C20"]')).to_be_visible()
    disk.locator("#paste").press("Enter")
    expect(disk.locator("[data-desk-copy] [role=status]")).to_contain_text("已复制 C20")
    assert "/c/C20/" in disk.evaluate("navigator.clipboard.readText()")
    disk.locator("#paste").press("Escape")
    disk.locator("#paste").fill("花呗扫不了")
    disk.locator("#paste").press("Enter")
    expect(disk.locator("[data-desk-copy] [role=status]")).to_have_text("已复制 追问")
    assert "请问" in disk.evaluate("navigator.clipboard.readText()")


def test_search(disk: Page, home: str) -> None:
    search(disk, home)


def test_the_zip_depends_on_its_files_only(site: Path, packed: bytes) -> None:
    files = read(site)
    assert dist.pack(dist.for_disk(dict(reversed(files.items()))), NAME) == packed


def test_names_are_safe_for_windows(packed: bytes) -> None:
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 180, "Windows allows 260 with the folder it is unzipped into"
    assert all(name.isascii() for name in names)


LINKS = {
    "b/": "b/index.html",
    "b/#c": "b/index.html#c",
    "b/?h=x#c": "b/index.html?h=x#c",
    ".": "index.html",
    "./": "index.html",
    "..": "../index.html",
    "../..": "../../index.html",
    "../../#x": "../../index.html#x",
    "../../x.css": "../../x.css",
    "#c": "#c",
    "?q=": "?q=",
    "": "",
    "https://example.org/a/": "https://example.org/a/",
    "tel:110": "tel:110",
}
KNOWN = {"index.html", "a/index.html", "a/a/index.html", "a/a/b/index.html", "x.css"}


@pytest.mark.parametrize("link", LINKS)
def test_links_get_their_file(link: str) -> None:
    html, _ = dist.page("a/a/index.html", f'<a title="a > b" href="{link}">href="b/"</a>', KNOWN)
    assert html == f'<a title="a > b" href="{LINKS[link]}">href="b/"</a>'


def test_forwarding_and_policy() -> None:
    html = (
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
        '<meta http-equiv="refresh" content="0; url=../b/#c">'
    )
    assert dist.page("a/a/index.html", html, KNOWN | {"a/b/index.html"})[0] == (
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\' file:">'
        '<meta http-equiv="refresh" content="0; url=../b/index.html#c">'
    )


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(dist.BrokenLink, match="离线版里没有 nowhere/"):
        dist.page("index.html", '<a href="nowhere/">', KNOWN)


def test_names_that_differ_in_case_are_one() -> None:
    assert list(dist.for_disk({"c/C20/index.html": b"a", "c/c20/index.html": b"a"})) == ["c/C20/index.html"]
    with pytest.raises(dist.BrokenLink, match="只差大小写"):
        dist.for_disk({"A.html": b"a", "a.html": b"b"})


def test_what_needs_a_server_stays_out() -> None:
    names = [
        "sw.js",
        "offline/a.0.bin",
        "404.html",
        "search/0/t0.bin",
        "search/0/d0.json",
        "search/0/offline.js",
        "a.js.map",
    ]
    assert list(dist.for_disk(dict.fromkeys(names, b""))) == ["search/0/offline.js"]


MODULES = {
    "a/site.js": 'for (const path of ["./late.js"]) import(path).then(({ enhance }) => enhance("late"))\n',
    "a/late.js": (
        'import {\n  said as told,\n  Voice,\n} from "./deep/voice.js";\n'
        "/** @param {string} name */\n"
        "export async function enhance(name) {\n  new Voice().say(told + name)\n}\n"
    ),
    "a/deep/voice.js": (
        "window.runs = (window.runs ?? 0) + 1;\n"
        'export const said = "said ";\nexport class Voice {\n  say(text) {\n    window.heard = text\n  }\n}\n'
    ),
}


def test_the_classic_script_does_what_the_modules_do(disk: Page) -> None:
    assert closure("a/site.js", MODULES) == ["a/site.js", "a/deep/voice.js", "a/late.js"]
    twice = {**MODULES, "a/site.js": MODULES["a/site.js"] * 2}
    disk.add_script_tag(content=classic("a/site.js", twice))
    disk.wait_for_function("() => window.heard === 'said late'")
    assert disk.evaluate("window.runs") == 1


@pytest.mark.parametrize(
    "line",
    [
        'import * as b from "./b.js"',
        'import "./b.js"',
        'import b from "./b.js"',
        "export default 1",
        "export { b }",
        "export let b = 1",
        "x(import.meta.url)",
        'import { b } from "./b/a.js"',
        'import("./b/a.js")',
        'import { a } from "./a.js"',
    ],
)
def test_other_forms_are_refused(line: str) -> None:
    with pytest.raises(UnknownForm, match=r"a\.js"):
        classic("a.js", {"a.js": line, "b.js": ""})


def test_the_command_writes_the_zip_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert dist.dist(tmp_path, NAME) == 1
    assert "先运行 make build" in capsys.readouterr().err
    (tmp_path / "site").mkdir()
    index = tmp_path / "site/index.html"
    index.write_text('<a href="nowhere/">', "utf-8")
    assert dist.dist(tmp_path, NAME) == 1
    assert "没有打包：index.html: 离线版里没有 nowhere/" in capsys.readouterr().err
    index.write_text('<a href=".">', "utf-8")
    assert dist.dist(tmp_path, NAME) == 0
    assert zipfile.ZipFile(tmp_path / "dist/handbook.zip").namelist() == ["handbook/index.html"]
    assert "1 个文件，0.0 MB" in capsys.readouterr().err
