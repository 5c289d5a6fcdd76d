"""The answer itself: its light, the words to say, the first step, and what stands behind 更多."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from kb.content.library import Library
from kb.content.schema import Cause
from kb.diagnosis.diagnosis import Diagnosis
from lxml import html
from playwright.sync_api import Page, expect

from tests.conftest import area

PHONE = pytest.mark.parametrize("page", ["phone-light"], indirect=True)
PHONE_AND_DESK = pytest.mark.parametrize("page", ["phone-dark", "desktop-light"], indirect=True)
CARD = "causes/credit-disabled/"
LINE = 32  # a line of large text
SMALLEST = "all => Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)), 99)"
PENDING = ["says/paying/", "says/system-error/"]


def article(site: Path, address: str) -> html.HtmlElement:
    return html.parse(site / address / "index.html").getroot().xpath("//article")[0]


def classes(root: html.HtmlElement, start: str) -> list[str]:
    return [name for value in root.xpath("//@class") for name in value.split() if name.startswith(start)]


# Cards


@PHONE_AND_DESK
def test_the_first_screen_answers(page: Page, base_url: str) -> None:
    """Light, what to say and the first step stand above the bar, in order."""
    page.goto(base_url + CARD)
    bar = area(page.locator(".kb-bar"))
    below = page.viewport_size["height"] if page.viewport_size["width"] > 500 else bar["y"]
    last = 0
    for part in (".kb-light", ".kb-lead", ".kb-say", ".kb-first", ".kb-action--primary"):
        box = area(page.locator(part))
        assert last <= box["y"] and box["y"] + box["height"] <= below, part
        last = box["y"]
    expect(page.locator(".kb-light")).to_have_text("失败又没扣，才换一种收")
    assert area(page.locator(".kb-light"))["height"] >= 44
    assert area(page.locator(".kb-action--primary"))["height"] >= 44


def test_every_cause_at_the_till_has_the_light_of_its_head(site: Path, library: Library) -> None:
    for card in library.of(Cause):
        lights = classes(article(site, card.url), "kb-light--")
        at_till = library.topic_by_id[card.head.topic].is_at_till(card.head.answers)
        assert lights == ([f"kb-light--{card.head.retry}"] if at_till else []), card.id


def test_a_card_for_another_reader_has_his_light(site: Path, library: Library) -> None:
    cards = [card for card in library.cards.values() if getattr(card.head, "reader", None)]
    assert len(cards) > 3
    for card in cards:
        (light,) = article(site, card.url).xpath(".//p[contains(@class, 'kb-light')]")
        assert light.get("class") == f"kb-light kb-light--{card.head.light.retry}", card.id
        assert light.text_content() == card.head.light.says


CONTRAST = """banner => {
    const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0) + 0.05;
    const ratio = (a, b) => Math.max(light(a) / light(b), light(b) / light(a));
    const { color, backgroundColor, borderLeftColor } = getComputedStyle(banner);
    const paper = getComputedStyle(document.body).backgroundColor;
    return [ratio(color, backgroundColor), ratio(borderLeftColor, paper)];
}"""


@PHONE_AND_DESK
def test_the_warning_of_money_is_read_in_light_and_dark(page: Page, base_url: str) -> None:
    page.goto(base_url + "remedies/customer-charged/")
    banner = page.locator(".kb-banner", has_text="涉及钱款")
    words, edge = banner.evaluate(CONTRAST)
    assert words >= 7 and edge >= 3, (words, edge)


@PHONE
def test_a_cause_is_three_screens_at_most(page: Page, base_url: str, library: Library) -> None:
    long = {}
    for card in library.of(Cause, "huabei"):
        page.goto(base_url + card.url, wait_until="domcontentloaded")
        top = page.locator(".kb-more").evaluate("e => e.getBoundingClientRect().top + scrollY")
        if top > 3 * page.viewport_size["height"]:
            long[card.id] = top
    assert not long


@PHONE
def test_in_large_text_the_first_step_begins_on_the_first_screen(
    page: Page, base_url: str, library: Library
) -> None:
    page.goto(base_url, wait_until="networkidle")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="平常字")).to_be_visible()
    late = {}
    for card in library.of(Cause, "huabei"):
        page.goto(base_url + card.url, wait_until="domcontentloaded")
        first, bar = page.locator(".kb-first"), page.locator(".kb-bar")
        room = area(bar)["y"] - area(first)["y"] if first.count() else LINE
        if room < LINE:
            late[card.id] = room
        for part in (".kb-lead", ".kb-say", ".kb-first"):
            assert page.locator(part).evaluate_all(SMALLEST) >= 22, (card.id, part)
    assert not late


@PHONE_AND_DESK
def test_the_words_for_the_customer_can_be_copied(page: Page, base_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base_url + CARD)
    button = page.get_by_role("button", name="复制这句话")
    assert area(button)["height"] >= 44
    button.click()
    expect(button).to_have_text("已复制")
    expect(page.locator(".kb-say [role=status]")).to_have_text("已复制这句话")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".kb-say q").inner_text().strip(
        "“”"
    )
    expect(button).to_have_text("复制", timeout=4000)


@PHONE
def test_the_words_for_the_telephone_can_be_copied(page: Page, base_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base_url + "remedies/query-first/")
    page.get_by_role("button", name="复制这段话").first.click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("请帮我查一笔单")


@PHONE
def test_each_text_to_send_has_its_own_button(page: Page, base_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base_url + "remedies/claim-refund/")
    texts, buttons = page.locator("[data-quote] blockquote"), page.get_by_role("button", name="复制这段话")
    expect(buttons).to_have_count(texts.count())
    for place, begins in enumerate(("你好，我的商户号是", "关于退还多收手续费的要求", "本商户未同意")):
        buttons.nth(place).click()
        assert page.evaluate("navigator.clipboard.readText()").startswith(begins)
        assert area(buttons.nth(place))["y"] > area(texts.nth(place))["y"]


@PHONE
def test_the_bar_leads_on(page: Page, base_url: str) -> None:
    page.goto(base_url + CARD)
    bar = page.locator(".kb-bar")
    assert area(bar)["y"] + area(bar)["height"] == page.viewport_size["height"]
    bar.get_by_role("link", name="没好，下一步").tap() if page.evaluate("'ontouchstart' in window") else (
        bar.get_by_role("link", name="没好，下一步").click()
    )
    expect(page.locator("#unsolved")).to_be_in_viewport()
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    footer = area(page.locator(".md-copyright"))
    assert footer["y"] + footer["height"] <= area(bar)["y"], "the bar lies over the footer"


@PHONE_AND_DESK
def test_a_footnote_opens_what_it_stands_in(page: Page, base_url: str) -> None:
    page.goto(base_url + "remedies/without-licence/")
    page.locator(".kb-steps").wait_for()  # a tap before that: test_early.py
    expect(page.locator(".kb-more")).not_to_have_attribute("open", "")
    page.locator(".footnote-ref").first.click()
    expect(page.locator(".footnote li").first).to_be_visible()


def test_footnotes_are_numbered_as_they_are_met(site: Path, library: Library) -> None:
    for card in library.cards.values():
        numbers = [
            int(a.text_content()) for a in article(site, card.url).xpath(".//a[@class='footnote-ref']")
        ]
        assert list(dict.fromkeys(numbers)) == sorted(set(numbers)), card.id


# Sentence pages


@PHONE_AND_DESK
@pytest.mark.parametrize("address", PENDING)
def test_a_payment_in_doubt_stops_first(address: str, page: Page, base_url: str) -> None:
    page.goto(base_url + address)
    light, primary = page.locator(".kb-light"), page.locator(".kb-action--primary")
    expect(light).to_have_text("先停手，不要再扫")
    assert "rgb(1" in light.evaluate("e => getComputedStyle(e).backgroundColor")
    expect(primary).to_have_count(1)
    expect(primary).to_be_in_viewport()
    primary.click()
    page.wait_for_url("**/remedies/query-first/")
    expect(page.locator(".kb-light")).to_have_text("先停手，不要再扫")


def test_one_cause_is_answered_in_place_and_several_are_asked_apart(site: Path, library: Library) -> None:
    for prompt in library.prompts.entries:
        root = article(site, f"says/{prompt.id}/")
        causes = [card for card in library.of(Cause) if prompt.text in card.head.prompts]
        warned = any(card.head.retry == "never" for card in causes)
        waits = [c for c in causes if library.topic_by_id[c.head.topic].is_at_till(c.head.answers)]
        agreed = len(causes) > 1 and {card.head.retry for card in causes} == {"after-fix"}
        lit = warned or agreed or len(causes) == 1 == len(waits)
        assert len(classes(root, "kb-light--")) == lit, prompt.id
        meanwhile = root.xpath(".//a[contains(@class, 'kb-action--primary') and contains(., '顾客在等')]")
        assert len(meanwhile) == agreed, prompt.id
        assert bool(root.xpath(".//a[contains(@class, 'kb-option')]")) == (len(causes) > 1 and not warned)
        assert len(root.xpath(".//a[contains(@class, 'kb-action--primary')]")) <= 1
        assert root.xpath(".//a[@data-start]")


def test_every_sentence_is_listed(site: Path, library: Library) -> None:
    links = article(site, "says/").xpath(".//a[contains(@class, 'kb-prompt')]/@href")
    assert links == [f"{prompt.id}/" for prompt in library.prompts.entries]


def test_a_cause_without_evidence_says_so_in_every_list(site: Path, library: Library) -> None:
    unproven = {card.url for card in library.of(Cause) if card.head.evidence == "unproven"}
    lists = ["causes/", "topics/huabei/", *(f"says/{p.id}/" for p in library.prompts.entries)]
    for address in lists:
        for row in article(site, address).xpath(".//li[contains(@class, 'kb-row')]"):
            (href, *_) = row.xpath(".//a/@href")
            assert ("未见证据" in row.text_content()) == (urljoin(address, href) in unproven), (address, href)


# Results of the diagnosis


def test_a_result_names_five_causes_at_most(site: Path, diagnosis: Diagnosis) -> None:
    for node in diagnosis.plan.nodes.values():
        if node.question is None:
            root = article(site, diagnosis.url(node.path))
            rows = root.xpath(".//li[contains(@class, 'kb-row')]")
            assert len(rows) + (not node.unsure) <= 5, node.path


def test_a_result_never_shows_two_lights(site: Path, diagnosis: Diagnosis) -> None:
    """A caution takes the place of the cause's own light, and of what is for those who wait."""
    meanwhile = diagnosis.topic.meanwhile
    for node in diagnosis.plan.nodes.values():
        root = article(site, diagnosis.url(node.path))
        lights = set(classes(root, "kb-light--"))
        assert len(lights) <= 1, node.path
        warned = diagnosis.words.cautions(node.answers)
        if warned:
            assert lights == {"kb-light--never"}
            assert diagnosis.topic.hurry not in root.text_content()
            if meanwhile not in {card.head.remedies[0] for card in warned}:
                assert all(step.remedy != meanwhile for step in diagnosis.words.worthwhile(node))
        assert ("别再收。" in "".join(root.xpath(".//p[@class='kb-caution']/text()"))) == (
            diagnosis.words.collected(node.answers) and not node.question
        )


def test_answers_are_shown_as_they_were_asked(site: Path, diagnosis: Diagnosis) -> None:
    for node in diagnosis.plan.nodes.values():
        order = diagnosis.in_order(node)
        assert sorted(order) == sorted(node.answers)
        if diagnosis.topic.screen in dict(order):
            assert order[0][0] == diagnosis.topic.screen
        if order and node.question is None:
            summary = article(site, diagnosis.url(node.path)).xpath("string(.//textarea)").splitlines()
            assert summary[1] == f"· {diagnosis.words.report(*order[0])}"


def test_changing_an_answer_keeps_the_others(diagnosis: Diagnosis) -> None:
    """Every answer has its other options, each on a live page with it; nearly all keep the rest."""
    kept = wanted = 0
    for node in diagnosis.plan.nodes.values():
        for slug, given in node.answers:
            options = {o.id for o in diagnosis.library.question_by_slug[slug].head.options} - {given}
            changes = dict(diagnosis.changes(node, slug))
            assert set(changes) == options, (node.path, slug)
            for option, path in changes.items():
                answers = dict(diagnosis.plan.nodes[path].answers)
                assert answers.pop(slug) == option
                assert answers.items() <= dict(node.answers).items()
                kept += len(answers)
                wanted += len(node.answers) - 1
    assert kept / wanted > 0.3


@PHONE
def test_an_answer_is_changed_in_its_place(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/screen.unsupported/")
    while page.locator(".kb-options").count():
        with page.expect_navigation():
            page.locator(".kb-option").first.click()
    given = page.locator(".kb-answers > li").count()
    change = page.locator(".kb-answers__change").last
    change.locator("summary").click()
    option = change.get_by_role("link").first
    label = option.inner_text()
    with page.expect_navigation():
        option.click()
    assert page.locator(".kb-answers__answer").all_inner_texts().count(label)
    assert page.locator(".kb-answers > li").count() >= given - 1
    assert Axe().run(page).violations_count == 0


def test_no_line_fails_to_tell_two_causes_apart(diagnosis: Diagnosis) -> None:
    found = 0
    for card in diagnosis.library.of(Cause, diagnosis.topic.id):
        for line in diagnosis.distinctions(card):
            assert not set(line.own) & set(line.others), (card.id, line.other.id)
            found += 1
    assert found > 40


def test_readers_are_addressed_alike(site: Path) -> None:
    for path in [*site.glob("ask/**/index.html")][::40]:
        root = article(site, path.parent.relative_to(site).as_posix())
        for quoted in root.xpath(".//q"):
            quoted.text = ""
        assert "您" not in root.text_content(), path
