"""An answer changed late in the diagnosis: what was answered after it stays, and what falls away is named."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.conftest import area

PATH = "ask/huabei/balance.ok/before.never/opened.x/screen.unsupported/who-scans.merchant/"
NOTE = ".md-content [role=status].kb-note"
GIVEN = ".kb-answers__answer"


def change(page: Page, question: str, answer: str) -> None:
    row = page.locator(".kb-answers > li", has_text=question)
    row.locator("summary").tap()
    row.get_by_role("link", name=answer, exact=True).tap()
    page.wait_for_url(lambda url: "kept=" in url)


def answers(page: Page) -> set[str]:
    return set(page.locator(GIVEN).all_inner_texts())


def expect_answers(page: Page, *given: str) -> None:
    for answer in given:
        expect(page.locator(GIVEN).filter(has_text=answer)).to_be_visible()


def test_a_changed_answer_keeps_all_that_were_given_after_it(finger: Page, base_url: str) -> None:
    finger.goto(base_url + PATH)
    before = answers(finger)
    assert len(before) == 5
    change(finger, "以前收成过花呗吗", "时行时不行")
    expect(finger.locator(NOTE)).to_contain_text("还算数，不会再问")
    assert area(finger.locator(NOTE))["y"] < 740 / 2
    expect_answers(finger, "时行时不行", *before - {"从没成功过"})
    expect(finger.locator(GIVEN)).to_have_count(5)
    asked = []
    while finger.locator(".kb-option").count():
        asked.append(finger.locator("h1").inner_text())
        url = finger.url
        finger.locator(".kb-option").first.tap()
        finger.wait_for_url(lambda address, url=url: address != url)
        expect(finger.locator(NOTE).or_(finger.locator("#summary"))).not_to_have_count(0)
    assert not [title for title in asked if "余额" in title or "屏幕" in title or "开通了吗" in title]
    expect_answers(finger, *before - {"从没成功过"})

    change(finger, "以前收成过花呗吗", "从没成功过")
    expect_answers(finger, *before)
    summary = finger.locator("#case-summary").input_value() if finger.locator("#case-summary").count() else ""
    if summary:
        assert all(summary.count(line) == 1 for line in ("从未收成过花呗", "余额或储蓄卡能付"))


def test_what_is_asked_no_more_is_named_and_comes_back(finger: Page, base_url: str) -> None:
    """On paths where a question depends on another, its answer is left out, said so, and not lost."""
    finger.goto(
        f"{base_url}ask/huabei/screen.pending/?kept=code-owner.bank&kept=balance.ok&kept=no.such&kept=x"
    )
    expect(finger.locator(NOTE)).to_contain_text("不用问了")
    expect_answers(finger, "能付，只有花呗不行")
    for link in finger.locator(".kb-options a, .kb-answers__change a").all():
        assert "code-owner.bank" in (link.get_attribute("href") or "")


def test_a_case_is_filled_with_what_was_answered(finger: Page, base_url: str) -> None:
    finger.goto(base_url + PATH, wait_until="networkidle")
    finger.goto(base_url + "remedies/ask-acquirer/")
    script = finger.locator("blockquote", has_text="屏幕显示").first
    expect(script).to_contain_text("屏幕显示不支持花呗一类的话；同一位顾客改用余额能付。")
    finger.goto(base_url + "says/not-supported/", wait_until="networkidle")
    finger.goto(base_url + "remedies/ask-acquirer/")
    expect(script).to_contain_text("屏幕显示该付款方式不支持当前交易")
    expect(script).to_contain_text("改用余额【能付／也不能付】")


def test_what_is_kept_goes_along_without_network(finger: Page, base_url: str) -> None:
    finger.route("**/states.json", lambda route: route.abort())
    finger.goto(f"{base_url}ask/huabei/screen.pending/?kept=balance.ok")
    expect(finger.locator(NOTE)).to_have_text("没连上网，先前另外 1 个回答没有列出来；链接里还带着。")
    finger.locator(".kb-option").first.tap()
    finger.wait_for_url(re.compile(r"screen\.pending/.*[/=]balance\.ok"))
