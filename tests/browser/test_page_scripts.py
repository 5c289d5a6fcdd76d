"""The page scripts at their edges: keys, wrong addresses, modules that do not arrive."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import VIEWS

Visit = Callable[[str], None]
one_view = pytest.mark.parametrize("page", ["phone-light"], indirect=True)


# A question by keyboard


@one_view
def test_a_digit_chooses_an_option_that_has_the_focus(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/")
    options = page.locator(".kb-option")
    expect(options.nth(1)).to_have_attribute("aria-keyshortcuts", "2")
    target = urljoin(page.url, options.nth(1).get_attribute("href"))
    options.first.focus()
    page.keyboard.press("2")
    page.wait_for_url(target)


@one_view
def test_a_digit_elsewhere_does_nothing(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/")
    expect(page.locator(".kb-option").nth(1)).to_have_attribute("aria-keyshortcuts", "2")
    before = page.url
    page.keyboard.press("2")
    page.locator(".kb-help a").first.focus()
    page.keyboard.press("2")
    page.wait_for_timeout(300)
    assert page.url == before


# Steps


@one_view
def test_what_a_diagnosis_proposes_is_no_list_to_tick(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/before.x/opened.x/screen.x/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#steps")).to_be_visible()
    assert page.locator(".kb-plan li").count() > 1
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.locator(".kb-plan a").first.click()
    page.wait_for_url("**/remedies/**")


# Addresses that do not exist


@pytest.fixture
def visit(page: Page, root_url: str) -> Iterator[Visit]:
    """Open an address that does not exist, as a host answers it: with the page for missing addresses."""
    text = page.request.get(root_url + "404.html").text()

    def visit(path: str) -> None:
        def answer(route: Route) -> None:
            if route.request.resource_type == "document":
                route.fulfill(body=text, content_type="text/html; charset=utf-8")
            else:
                route.fallback()

        page.route("**/*", answer)
        page.goto(root_url + path)
        page.unroute("**/*", answer)

    yield visit


@one_view
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("ask/huabei/balance.ok/balance.fail/screen.unsupported/", "互相矛盾"),
        ("ask/huabei/moon.full/screen.unsupported/", "认不出"),
    ],
)
def test_answers_that_make_no_sense(path: str, said: str, page: Page, visit: Visit) -> None:
    visit(path)
    expect(page.locator("[data-not-found]")).to_contain_text(said)
    page.locator("[data-not-found] a").click()
    page.wait_for_url("**/ask/huabei/screen.unsupported/")


@one_view
@pytest.mark.parametrize("path", ["%E0%A4%A", "ask/huabei/%E0%A4%A/"])
def test_an_address_that_is_no_text_fails_nothing(path: str, page: Page, visit: Visit) -> None:
    visit(path)
    page.wait_for_load_state("networkidle")
    if path.startswith("ask/"):
        page.locator("[data-not-found] a").click()
    else:
        page.get_by_role("link", name="一步步查 从头回答三四个问题").click()
    page.wait_for_url("**/ask/**")


@one_view
@pytest.mark.parametrize("path", ["c20", "C20/", "c/C20"])
def test_an_id_leads_to_its_card(path: str, page: Page, visit: Visit) -> None:
    visit(path)
    page.wait_for_url("**/causes/credit-disabled/")


@pytest.mark.parametrize("path", ["c/C99/", "c99"])
def test_an_id_that_no_card_has_is_not_offered(path: str, browser: Browser, root_url: str) -> None:
    page = browser.new_page()  # a look-up that finds nothing is an error in the console
    page.goto(root_url + "404.html")
    text = page.content()
    page.route(
        f"**/{path}",
        lambda route: (
            route.fulfill(body=text, content_type="text/html; charset=utf-8")
            if route.request.resource_type == "document"
            else route.fallback()
        ),
    )
    page.goto(root_url + path)
    expect(page.locator("[data-not-found]")).to_contain_text("没有编号是 C99 的卡片")
    expect(page.locator("[data-not-found] a")).to_have_count(0)
    page.close()


# Modules that do not arrive


@pytest.fixture
def cut(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page to which no module but the entry arrives; then the network is back."""
    context = browser.new_context(**VIEWS["phone-light"], service_workers="block")
    page = context.new_page()
    page.route("**/assets/*/page/*.js", lambda r: r.fallback() if "site.js" in r.request.url else r.abort())
    page.route("**/assets/*/fee/*.js", lambda route: route.abort())
    yield page
    context.close()


@pytest.mark.parametrize("path", ["remedies/check-fee/", "causes/credit-disabled/", "agents/", "till/"])
def test_what_did_not_arrive_can_be_loaded_again(path: str, cut: Page, base_url: str) -> None:
    cut.goto(base_url + path)
    expect(cut.locator("main [data-reload]")).to_have_count(1)
    cut.unroute_all()
    with cut.expect_navigation():
        cut.locator("main").get_by_role("link", name="再载入一次").click()
    expect(cut.get_by_role("button").locator("visible=true").last).to_be_visible()
    expect(cut.locator("[data-reload]")).to_have_count(0)


def test_a_switch_that_did_not_arrive_is_missed(cut: Page, base_url: str) -> None:
    cut.unroute_all()
    cut.route("**/page/switch.js", lambda route: route.abort())
    cut.goto(base_url + "causes/credit-disabled/")
    expect(cut.locator("main [data-reload]")).to_have_count(1)
    cut.unroute_all()
    with cut.expect_navigation():
        cut.locator("main").get_by_role("link", name="再载入一次").click()
    cut.get_by_role("button", name="大字").click()
    expect(cut.get_by_role("button", name="平常字")).to_be_visible()


def damaged(route: Route) -> None:
    """Add a line that changes nothing but the digest."""
    answer = route.fetch()
    route.fulfill(response=answer, body=f"{answer.text()}\nself.ran = true;\n")


@pytest.mark.parametrize("module", ["fee/calculator", "fee/result", "page/dom"])
def test_a_damaged_module_does_not_run(module: str, cut: Page, base_url: str) -> None:
    cut.unroute_all()
    cut.route(f"**/{module}.js", damaged)
    cut.goto(base_url + "remedies/check-fee/")
    expect(cut.locator("main [data-reload]")).to_have_count(1)
    assert not cut.evaluate("self.ran")
    cut.unroute_all(behavior="wait")
    with cut.expect_navigation():
        cut.locator("main").get_by_role("link", name="再载入一次").click()
    expect(cut.get_by_role("button", name="算一算")).to_be_visible()
    expect(cut.locator("[data-reload]")).to_have_count(0)


def test_a_damaged_entry_is_fetched_again(cut: Page, base_url: str) -> None:
    cut.unroute_all()
    cut.route("**/page/site.js", damaged, times=1)
    cut.goto(base_url)
    expect(cut.get_by_role("button", name="大字")).to_be_visible()
    cut.get_by_role("searchbox").fill("支付中")
    expect(cut.locator("#found a").first).to_be_visible()
    assert not cut.evaluate("self.ran")


@pytest.mark.parametrize("path", ["", "remedies/check-fee/#many"])
def test_what_is_in_the_box_when_a_damaged_entry_is_here_again_stands(
    path: str, cut: Page, base_url: str
) -> None:
    held: list[Route] = []
    cut.unroute_all()
    cut.route("**/page/site.js", lambda route: held.append(route), times=1)
    cut.route("**/page/site.js", damaged, times=1)
    with cut.expect_request(lambda request: request.resource_type == "fetch"):
        cut.goto(base_url + path)
    if path:
        cut.locator("label[for=__search]").locator("visible=true").first.click()
    cut.get_by_role("searchbox").click()
    cut.keyboard.type("支付中")
    with cut.expect_navigation():
        held.pop().continue_()
    expect(cut.locator("#found a").first).to_be_visible()
    expect(cut.get_by_role("searchbox")).to_have_value("支付中")
    assert path.partition("#")[2] in cut.url


def test_every_module_is_known_by_its_digest(base_url: str, site: Path, assets: str) -> None:
    entry = (site / assets / "page/site.js").read_text(encoding="utf-8")
    files = json.loads(re.search(r"FILES = (\{.*?\});", entry)[1])  # type: ignore[index]
    for path, (digest, *imported) in files.items():
        content = (site / assets / path).read_bytes()
        assert digest == base64.b64encode(hashlib.sha256(content).digest()).decode()
        found = re.findall(r'^import \{[^}]*\} from "\.\.?/([^"]+)"', content.decode(), re.M)
        assert imported == [name if "/" in name else f"{path.split('/')[0]}/{name}" for name in found]
    written = {script.relative_to(site / assets).as_posix() for script in (site / assets).glob("*/*.js")}
    assert written - {"page/site.js"} == files.keys()


def test_a_statement_without_network_says_so_and_is_read_after_that(cut: Page, base_url: str) -> None:
    cut.unroute_all()
    cut.route("**/fee/statement.js", lambda route: route.abort())
    cut.goto(base_url + "remedies/check-fee/", wait_until="networkidle")
    cut.get_by_role("textbox", name="约定费率").fill("0.6")
    cut.get_by_text("一次核对很多笔").click()
    cut.locator("[name=statement]").fill("金额,手续费\n1000,9")
    go = cut.get_by_role("button", name="逐笔核对")
    go.click()
    expect(cut.locator("#fee-statement-problem")).to_contain_text("点页首的“再载入一次”")
    cut.unroute_all()
    with cut.expect_navigation(wait_until="networkidle"):
        cut.locator("main").get_by_role("link", name="再载入一次").click()
    cut.get_by_text("一次核对很多笔").click()
    cut.get_by_role("textbox", name="约定费率").fill("0.6")
    cut.locator("[name=statement]").fill("金额,手续费\n1000,9")
    go.click()
    expect(cut.locator("output").first).to_contain_text("多扣")


def test_what_nobody_misses_is_not_mentioned(cut: Page, base_url: str) -> None:
    cut.unroute_all()
    cut.route("**/page/offline.js", lambda route: route.abort())
    with cut.expect_event("requestfailed"):
        cut.goto(base_url + "ask/huabei/")
    cut.wait_for_load_state("networkidle")
    expect(cut.locator("[data-reload]")).to_have_count(0)


@one_view
def test_a_wrong_address_without_network_can_be_tried_again(page: Page, visit: Visit) -> None:
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError('offline'))")
    visit("ask/huabei/moon.full/screen.unsupported/")
    expect(page.locator("[data-not-found]")).to_contain_text("没有连上网")
    link = page.locator("[data-not-found] a")
    assert link.get_attribute("href") == page.url
