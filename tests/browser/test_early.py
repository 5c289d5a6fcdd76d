"""Taps before the scripts are there, as on a slow network: what was tapped happens once they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_changes import GIVEN, PATH
from tests.conftest import two_views

Arrive = Callable[[], None]


@pytest.fixture
def arrive(finger: Page) -> Iterator[Arrive]:
    """Let the scripts come that the page asked for; until it is called, none does."""
    held: list[Route] = []
    finger.route("**/*.js", lambda route: held.append(route))

    def let() -> None:
        finger.route("**/*.js", lambda route: route.continue_())
        for route in held:
            route.continue_()

    yield let
    finger.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize(("name", "then"), [("大字", "平常字"), ("深色", "深色")])
def test_a_switch(name: str, then: str, finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url, wait_until="commit")
    switch = finger.get_by_role("button", name=name)
    switch.tap()
    expect(switch).to_have_attribute("aria-busy", "true")
    arrive()
    expect(finger.get_by_role("button", name=then)).not_to_have_attribute("aria-busy", "true")
    html = finger.locator("html")
    if name == "大字":
        expect(html).to_have_attribute("data-large", "")
    else:
        expect(html).to_have_attribute("data-md-color-scheme", "slate")
    finger.get_by_role("button", name=then).tap()  # it goes on acting, once a tap
    expect(finger.get_by_role("button", name=name)).to_be_visible()
    expect(html).not_to_have_attribute("data-large", "")


def test_a_changed_answer_keeps_the_others(finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url + PATH, wait_until="commit")
    finger.locator("footer").wait_for()  # the page stands, without its scripts
    before = set(finger.locator(GIVEN).all_inner_texts())
    row = finger.locator(".kb-answers > li", has_text="以前收成过花呗吗")
    row.locator("summary").tap()
    row.get_by_role("link", name="时行时不行", exact=True).tap()
    arrive()
    finger.wait_for_url(re.compile("kept="))
    expect(finger.locator(GIVEN)).to_have_count(len(before))


def test_a_second_tap_goes_on_where_no_script_comes(finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url + PATH, wait_until="commit")
    row = finger.locator(".kb-answers > li", has_text="以前收成过花呗吗")
    row.locator("summary").tap()
    link = row.get_by_role("link", name="时行时不行", exact=True)
    link.tap()
    assert PATH in finger.url
    link.tap()
    finger.wait_for_url(lambda url: PATH not in url, wait_until="commit")


CITED = "remedies/without-licence/"
STEPS = ".kb-steps"
"""The list whose steps can be ticked: the scripts have come, and moved what the steps say into labels."""


def test_a_footnote_opens_what_it_stands_in(finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url + CITED, wait_until="commit")
    finger.locator(".footnote-ref").first.tap()
    finger.wait_for_timeout(1000)
    arrive()
    finger.locator(STEPS).wait_for()
    expect(finger.locator(".footnote li").first).to_be_in_viewport()


def test_a_fragment_is_opened_once_the_scripts_come(finger: Page, arrive: Arrive, base_url: str) -> None:
    """As in a browser that does not unfold what a fragment leads to."""
    finger.goto(base_url + CITED, wait_until="commit")
    finger.locator("footer").wait_for()
    note = finger.locator(".footnote li").first
    finger.evaluate("fragment => history.replaceState({}, '', fragment)", f"#{note.get_attribute('id')}")
    expect(note).to_be_hidden()
    arrive()
    expect(note).to_be_in_viewport()


def test_a_footnote_opens_where_no_script_comes(finger: Page, base_url: str) -> None:
    finger.route("**/*.js", lambda route: route.abort())
    finger.goto(base_url + CITED)
    finger.locator(".footnote-ref").first.tap()
    expect(finger.locator(".footnote li").first).to_be_in_viewport()
    assert not finger.locator(STEPS).count()


def test_what_is_pressed_stays_until_it_is_let_go(finger: Page, arrive: Arrive, base_url: str) -> None:
    """The scripts move what a step says into a label; moved under a press, it would be no click."""
    finger.goto(base_url + CITED, wait_until="commit")
    finger.locator(".footnote-ref").first.hover()
    finger.mouse.down()
    arrive()
    finger.wait_for_timeout(1500)
    finger.mouse.up()
    expect(finger.locator(".footnote li").first).to_be_in_viewport()
    finger.locator(STEPS).wait_for()


def test_a_sum_is_worked_out_and_stays_on_the_page(finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url + "remedies/check-fee/", wait_until="commit")
    for name, value in {"收款金额": "30580", "实扣手续费": "917.34", "约定费率": "0.6"}.items():
        finger.get_by_role("textbox", name=name).fill(value)
    finger.get_by_role("button", name="算一算").tap()
    arrive()
    expect(finger.locator("output").first).to_contain_text("733.86")
    assert "?" not in finger.url


def test_a_file_is_read_that_was_chosen_before(finger: Page, arrive: Arrive, base_url: str) -> None:
    finger.goto(base_url + "remedies/check-fee/", wait_until="commit")
    finger.get_by_role("textbox", name="约定费率").fill("0.6")
    finger.get_by_text("一次核对很多笔").tap()
    statement = "金额,手续费\n30580,917.34\n".encode()
    finger.locator("[name=file]").set_input_files(
        {"name": "export.csv", "mimeType": "text/csv", "buffer": statement}
    )
    arrive()
    expect(finger.locator("output").first).to_contain_text("733.86")


def test_the_way_back_keeps_what_is_kept(finger: Page, arrive: Arrive, base_url: str) -> None:
    kept = "?kept=scope.one"
    finger.goto(base_url + PATH + kept, wait_until="commit")
    finger.locator("footer").wait_for()
    finger.get_by_role("link", name="上一步").tap()
    arrive()
    finger.wait_for_url(lambda url: PATH not in url)
    assert finger.url.endswith(kept)


@two_views
@pytest.mark.parametrize("types_early", [True, False])
def test_the_key_of_the_box(types_early: bool, page: Page, base_url: str) -> None:
    held: list[Route] = []
    page.route("**/box/box.js", lambda route: held.append(route))
    page.goto(base_url + "causes/credit-disabled/")
    page.keyboard.press("/")
    if types_early:
        page.keyboard.insert_text("不支持花呗")
    page.route("**/box/box.js", lambda route: route.continue_())
    for route in held:
        route.continue_()
    if not types_early:
        expect(page.locator("#found-empty a").first).to_be_visible()
        page.keyboard.insert_text("不支持花呗")
    expect(page.locator("#found .kb-hit").first).to_be_visible()
