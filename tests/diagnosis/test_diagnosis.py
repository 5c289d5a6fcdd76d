"""The decision trees of the real site: their figures, their pages, and what becomes of published links."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from kb import tree
from kb.checks import check
from kb.checks.tree import check_table
from kb.content.library import Library
from kb.content.schema import Cause
from kb.diagnosis.diagnosis import Diagnosis
from kb.diagnosis.table import table_of
from kb.diagnosis.wording import UNSURE
from lxml import html
from playwright.sync_api import Page, expect


def test_figures(diagnosis: Diagnosis) -> None:
    figures = diagnosis.plan.figures
    assert figures.questions <= {"huabei": 5, "fee": 4.5}[diagnosis.topic.id]  # of 35 causes, of 16
    assert figures.top3 >= 0.85
    assert figures.top3_wrong >= 0.85
    assert figures.over_best <= 1.05
    assert figures.unknown <= 1.25
    assert figures.unlisted == ()


def test_the_figures_are_those_of_the_pages(diagnosis: Diagnosis) -> None:
    nodes = diagnosis.plan.nodes
    listed = {ranked.cause for node in nodes.values() if not node.question for ranked in node.ranked}
    causes = {card.id for card in diagnosis.library.of(Cause, diagnosis.topic.id)}
    figures = diagnosis.plan.figures
    assert figures.pages == len(nodes)
    assert figures.worst == max(len(node.answers) for node in nodes.values())
    assert set(figures.unlisted) == causes - listed
    asked = {node.question for node in nodes.values()}
    assert set(figures.unused) == {question.slug for question in diagnosis.table.questions} - asked


def test_every_node_page_is_reached_by_plain_links(site: Path, diagnosis: Diagnosis) -> None:
    start = f"ask/{diagnosis.topic.id}/"
    seen, waiting = {start}, [start]
    for prompt in diagnosis.library.prompts.entries:
        if prompt.option in diagnosis.starts:
            root = html.parse(site / f"says/{prompt.id}/index.html").getroot()
            waiting.append(urljoin(f"says/{prompt.id}/", root.xpath("//a[@data-start]/@href")[0]))
    while waiting:
        address = waiting.pop()
        root = html.parse(site / address / "index.html").getroot()
        for href in root.xpath("//article//a/@href"):
            target = urljoin(address, href)
            if target.startswith(start) and target.endswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)
    on_disk = {path.parent.relative_to(site).as_posix() + "/" for path in (site / start).rglob("index.html")}
    unreached = on_disk - seen - {start + "overview/"} - {diagnosis.url(path) for path in diagnosis.retired}
    assert unreached <= {diagnosis.url(path) for path in diagnosis.plan.starts}


def test_pages_of_nodes(site: Path, diagnosis: Diagnosis) -> None:
    shown = set()
    for node in diagnosis.plan.nodes.values():
        root = html.parse(site / diagnosis.url(node.path) / "index.html").getroot()
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        options = root.xpath("//a[contains(@class, 'kb-option')]")
        if node.question:
            assert len(options) == len(diagnosis.library.question_by_slug[node.question].head.options) + 1
            assert options[-1].text == "不清楚 / 没法试"
        else:
            summary = root.xpath("//textarea[@id='case-summary']/text()")[0]
            assert summary.splitlines()[-1].endswith(diagnosis.url(node.path))
            shown |= {ranked.cause for ranked in node.ranked}
    causes = {card.id for card in diagnosis.library.of(Cause, diagnosis.topic.id)}
    assert shown == causes


def test_where_nothing_is_clear_what_may_hang_is_asked_for_first(diagnosis: Diagnosis) -> None:
    """Before any remedy that collects again."""
    feared = {c.card for c in diagnosis.topic.cautions}
    feared = {c for c in feared if diagnosis.library.cause(c).head.retry == "never"}
    nodes = [n for n in diagnosis.plan.nodes.values() if n.unsure and feared & {r.cause for r in n.ranked}]
    assert bool(nodes) == bool(feared)
    for node in nodes:
        assert diagnosis.words.first_remedy(node).id in {
            diagnosis.library.cause(c).head.remedies[0] for c in feared
        }


def test_node_pages_are_light(site: Path, diagnosis: Diagnosis) -> None:
    addresses = [diagnosis.url(path) for path in (*diagnosis.plan.nodes, *diagnosis.retired)]
    sizes = {a: len(gzip.compress((site / a / "index.html").read_bytes(), 6)) for a in addresses}
    assert max(sizes.values()) <= 10 * 1024, max(sizes, key=sizes.__getitem__)


def test_plans_are_solved_once(diagnosis: Diagnosis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "solve", lambda *_: pytest.fail("solved again"))
    assert Diagnosis(diagnosis.library, diagnosis.topic).plan == diagnosis.plan


def test_node_pages_are_not_in_the_sitemap(site: Path) -> None:
    assert not re.search(r"/ask/(huabei|fee)/", (site / "sitemap.xml").read_text("utf-8"))


def test_tree_json_runs_like_the_pages(site: Path, diagnosis: Diagnosis) -> None:
    data = json.loads((site / "tree.json").read_text("utf-8"))
    topic = next(t for t in data["topics"] if t["topic"] == diagnosis.topic.id)
    nodes = {node["url"]: node for node in topic["nodes"]}
    assert len(nodes) == len(diagnosis.plan.nodes)
    for node in nodes.values():
        assert (site / node["url"] / "index.html").is_file()
        assert set(node["next"].values()) <= set(nodes)
        assert bool(node["next"]) == bool(node["question"]) and node["causes"]


@pytest.mark.slow
def test_published_links_survive_a_change(library: Library) -> None:
    """Two frequencies changed and a cause added: at least 95 % of the pages stay, the rest resume."""
    table = table_of(library, library.topic_by_id["huabei"])
    lock = tree.PublishedPages(tree.solve(table).live)
    one, two, *others = table.causes
    changed = [
        dataclasses.replace(one, frequency="rare"),
        dataclasses.replace(two, frequency="sometimes"),
        *others,
    ]
    added = dataclasses.replace(changed[5], id="C99", answers=dict(changed[5].answers) | {"small": "fail"})
    plan = tree.solve(dataclasses.replace(table, causes=(*changed, added)), published=lock)
    same = sum(plan.live.get(path) == what for path, what in lock.pages.items())
    assert same / len(lock.pages) >= 0.95
    for path in lock.updated(plan.live).retired(plan.live.keys()):
        resumed = tree.resume(tree.answers_of(path), tree.by_answers(plan.nodes))
        assert resumed.target in plan.nodes
        assert tree.answers_of(resumed.target) <= tree.answers_of(path)


def test_the_solver_is_bounded(library: Library) -> None:
    """200 causes × 60 questions: an end, and pages within the limit."""
    table = table_of(library, library.topic_by_id["huabei"])
    causes = tuple(
        dataclasses.replace(table.causes[i % len(table.causes)], id=f"C{i + 100}") for i in range(200)
    )
    questions = tuple(
        dataclasses.replace(table.questions[i % len(table.questions)], slug=f"q{i}", only_if={})
        for i in range(60)
    )
    start = time.process_time()
    plan = tree.solve(tree.Table("big", causes, questions), settings=tree.Settings(budget=200_000))
    assert plan.figures.pages <= tree.Settings().pages_per_cause * len(causes)
    assert time.process_time() - start < 120


def test_findings_of_a_table(small_site: Path) -> None:
    cause = small_site / "docs/causes/credit.md"
    twin = (
        cause.read_text("utf-8").replace("id: C20", "id: C21").replace("title: 收单侧", "title: 又一个收单侧")
    )
    (small_site / "docs/causes/twin.md").write_text(
        twin.replace("remedies: [R17]", "remedies: [R18]"), "utf-8"
    )
    remedy = (small_site / "docs/remedies/ask.md").read_text("utf-8").replace("id: R17", "id: R18")
    (small_site / "docs/remedies/other.md").write_text(remedy, "utf-8")
    question = (small_site / "docs/questions/balance.md").read_text("utf-8").replace("id: Q02", "id: Q03")
    (small_site / "docs/questions/other.md").write_text(question, "utf-8")
    found = {(f.path, f.value, f.problem) for f in check_table(check(small_site)[0])}
    assert ("docs/causes/credit.md", "C20", "和 C21 分不开") in found
    assert ("docs/questions/other.md", "other", "没有原因回答这个问题") in found


def test_conditions_in_a_circle(small_site: Path) -> None:
    path = small_site / "docs/questions/balance.md"
    path.write_text(
        path.read_text("utf-8").replace("options:", "only_if: {balance: [ok]}\noptions:"), "utf-8"
    )
    assert "only_if 绕成了圈" in {f.problem for f in check_table(check(small_site)[0])}


def test_walking_the_tree(page: Page, base_url: str) -> None:
    """Six taps from the home page to an answer, 不清楚 among them, and back by 修改."""
    page.goto(base_url)
    page.locator(".kb-prompt").first.click()
    expect(page.locator(".kb-option").first).to_be_visible()
    for step in range(9):
        if not page.locator(".kb-option").count():
            break
        choices = page.locator(".kb-option")
        with page.expect_navigation():
            (choices.last if step % 2 else choices.first).click()
    expect(page.locator("#case-summary")).to_have_value(re.compile("可能的原因：.*\n先做："))


def test_three_times_unknown_still_ends(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/")
    for _ in range(3):
        with page.expect_navigation():
            page.locator(".kb-option--unknown").click()
    expect(page.locator(".kb-first")).to_contain_text("停手")
    expect(page.locator("h1")).to_have_text("还分不清是哪一种原因")
    expect(page.locator(".kb-action").first).to_contain_text("先查单")


def test_a_result_names_no_unlikely_cause_as_the_answer(site: Path, diagnosis: Diagnosis) -> None:
    for node in diagnosis.plan.nodes.values():
        if not node.question:
            root = html.parse(site / diagnosis.url(node.path) / "index.html").getroot()
            said = root.xpath("string(//article//h1)").strip()
            assert "不太可能" not in said
            unsure = node.ranked[0].chance < 0.12
            assert (
                (said == UNSURE) == ("还分不清" in diagnosis.words.summary(node, node.answers, "")) == unsure
            )


def test_a_payment_in_doubt_is_warned_of_at_once(page: Page, base_url: str) -> None:
    page.goto(base_url + "ask/huabei/screen.pending/")
    expect(page.locator(".kb-light--never")).to_contain_text("先别再收一次")
