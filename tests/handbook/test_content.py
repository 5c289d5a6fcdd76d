"""What is true of this handbook's content alone: every point of the article answered, every code known."""

from __future__ import annotations

import re

import pytest
import yaml
from kb.content.library import Library
from kb.content.schema import Cause

from tests.conftest import ROOT, TESTS

GOLDEN = TESTS / "golden"
ACQ_CODES = (GOLDEN / "acq-codes.txt").read_text("utf-8").split()
"""The 92 codes of Alipay's trade interface."""

POINTS = yaml.safe_load((GOLDEN / "points.yml").read_text("utf-8"))
"""Table of 原文要点对照 → the card of each of its points."""

NOT_ACTIVATED = {"C18", "R18"}
"""No return code and no other party's word says that a merchant has not activated 花呗."""

CODE = re.compile(r"ACQ\.|BBS\d|BPS\d|\b0001\d\d\b")


def linked(text: str) -> list[str]:
    """Return the ids that ``[文字][C20]`` names, found without the reader of the site."""
    return [part.split("]")[0] for part in text.split("][")[1:]]


def rows(markdown: str, anchor: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    part = markdown.split(f"{{#{anchor}}}\n")[1].split("\n## ")[0]
    lines = [line for line in part.split("\n") if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_the_golden_list_is_whole() -> None:
    assert len(ACQ_CODES) == len(set(ACQ_CODES)) == 92


@pytest.mark.parametrize("table", POINTS["cards"])
def test_every_point_of_the_article_leads_to_its_card(table: str) -> None:
    found = rows((ROOT / "docs/about/mapping.md").read_text("utf-8"), table)
    assert [linked(row[-2])[:1] for row in found] == [[card] for card in POINTS["cards"][table]]
    assert all(all(row) for row in found)


def test_the_points_stand_under_their_layers() -> None:
    page = (ROOT / "docs/about/mapping.md").read_text("utf-8")
    assert [row[0] for row in rows(page, "causes")] == POINTS["layers"]


def test_every_code_of_the_interface_has_its_row(library: Library) -> None:
    assert set(ACQ_CODES) == {code for code in library.code_by_name if code.startswith("ACQ.")}


def test_no_word_or_code_stands_for_not_activated(library: Library) -> None:
    """Neither row nor card nor words on the screen tie a code to 花呗 not being activated."""
    prompts = library.cards["C18"].head.prompts
    said = {*prompts, *(v for text in prompts for v in library.prompt_by_text[text].variants)}
    tied = [alias for code in library.codes.entries for alias in said & {*code.aliases}]
    for card in NOT_ACTIVATED:
        words = (*library.cards[card].head.aliases, *said, library.cards[card].body)
        tied += [text for text in words if CODE.search(text)]
    assert tied == []


def test_no_card_has_staff_pay_their_own_shop(library: Library) -> None:
    """The check knows such a step, lets a warning pass, and one card says why not."""
    rules = [(rule.near, re.compile(rule.never)) for rule in library.book.misleading if rule.where == "text"]

    def held(line: str) -> bool:
        return any(near in line and never.search(line) for near, never in rules)

    assert held("请同事用花呗付一笔，记得退掉") and held("找亲友来扫一笔花呗")
    warning = "不要让店员、亲友用花呗付给自己的店，再退回去。"
    assert not held(warning) and warning in library.cards["R28"].body


def test_no_sentence_stands_on_two_cards() -> None:
    """Counted anew, without the pattern of the check: what is left when links and marks are taken out."""
    first: dict[str, str] = {}
    twice = []
    for folder in ("causes", "remedies", "questions"):
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            body = path.read_text("utf-8").split("\n---\n", 1)[1]
            for sentence in re.split(
                r"[。！？；\n]", re.sub(r"\]\[\^?[^\]]*\]|\[\^[^\]]*\]|[*_`>#\[\]]", "", body)
            ):
                said = sentence.strip()
                if len(said) >= 20 and first.setdefault(said, path.name) != path.name:
                    twice.append(said)
    assert twice == []


def test_every_footnote_has_its_source(library: Library) -> None:
    sources = {
        line.split("id: ")[1].split(",")[0].strip(" }") for line in _lines("sources.yml") if "id: " in line
    }
    cited = {
        note.split("]")[0]
        for path in (ROOT / "docs").rglob("*.md")
        for note in path.read_text("utf-8").split("[^")[1:]
    }
    assert cited and cited <= sources
    assert sources == set(library.source_by_id)


def _lines(name: str) -> list[str]:
    return (ROOT / "docs/_data" / name).read_text("utf-8").split("\n")


def test_no_light_where_nobody_is_paying(library: Library) -> None:
    """What shows while a shop applies is no question of scanning again."""
    topic = library.topic_by_id["huabei"]
    causes = library.of(Cause, topic.id)
    assert [card.id for card in causes if not topic.is_at_till(card.head.answers)] == ["C19"]


def test_a_topic_has_one_name(library: Library) -> None:
    for topic in library.topics.entries:
        page = (ROOT / f"docs/topics/{topic.id}.md").read_text("utf-8")
        assert page.startswith(f"---\ntitle: {topic.name}\n")


def test_limits_say_who_scans_whom(library: Library) -> None:
    """Printed codes have a limit of their own: no other cause of a limit leaves open what is scanned."""
    causes = [library.cause(card_id) for card_id in ("C16", "C23", "C27", "C29")]
    assert all("who-scans" in card.head.answers for card in causes)
