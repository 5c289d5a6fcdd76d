"""What the cards promise as a whole: every point answered, every code known, nobody left waiting."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kb.checks.prose import MIN_SECTION, MIN_SHARED
from kb.content.cards import Card
from kb.content.library import Library, read_library
from kb.content.markdown import FOOTNOTE, MARKUP, SENTENCE
from kb.content.schema import Cause, Remedy
from kb.pages.links import mentioned

from tests.conftest import ROOT, TESTS

ACQ_CODES = (TESTS / "golden/acq-codes.txt").read_text("utf-8").split()
"""The 92 codes of Alipay's trade interface."""


def ids(letter: str, *ranges: tuple[int, int]) -> list[str]:
    return [f"{letter}{number:02}" for first, last in ranges for number in range(first, last + 1)]


CAUSES = ids("C", (1, 31), (41, 49))
REMEDIES = ids("R", (1, 8), (11, 30))
POINTS = {
    "causes": ids("C", (1, 6), (11, 13), (15, 17)),
    "remedies": ids("R", (1, 8)),
    "fees": ids("C", (41, 44)),
}
"""Table of 原文要点对照 → the card of each of its points: 4 layers × 3 causes, 8 remedies, 4 fee causes."""

LAYERS = ["技术"] * 3 + ["操作"] * 3 + ["兼容性"] * 3 + ["政策"] * 3

COLLECT_FIRST = "R11"
NOT_ACTIVATED = {"C18", "R18"}
"""No return code and no other party's word says that a merchant has not activated 花呗."""

DENIES_EVIDENCE = re.compile(r"(没有|未见|没给)[^。；]{0,20}证据")
SMALL_HUABEI = re.compile(r"花呗[^；。]{0,8}(一元|小额)|(一元|小额)[^；。，、]{0,4}花呗")
CODE = re.compile(r"ACQ\.|BBS\d|BPS\d|\b0001\d\d\b")
NUMBERED = re.compile(r"^\d+\. \S", re.M)
TABLE_ROW = re.compile(r"^\|(?!-)(.+)\|$", re.M)
PART = re.compile(r"^## .*\{#([^}]+)\}$", re.M)


def plain(text: str) -> str:
    return MARKUP.sub("", text).strip()


def parts(markdown: str) -> dict[str, str]:
    """Cut a page at its headings: anchor → text."""
    cut = PART.split(markdown)
    return dict(zip(cut[1::2], cut[2::2], strict=True))


def rows(markdown: str) -> list[list[str]]:
    """Return the cells of the table rows below the head."""
    return [[cell.strip() for cell in row.split("|")] for row in TABLE_ROW.findall(markdown)][1:]


def first_sentence(card: Card) -> str:
    """Return the first sentence of the first section, whatever introduces it."""
    return re.split(r"[。！？]", plain(card.sections[0].text))[0] + "。"


# ---- each rule returns what breaks it, so that the tests below can also prove that it fails


def unlinked_points(library: Library) -> list[str]:
    """Points of 原文要点对照 that do not link to their own card, or say nothing of the evidence."""
    page = parts((library.root / "docs/about/mapping.md").read_text("utf-8"))
    wrong = []
    for anchor, wanted in POINTS.items():
        table = rows(page.get(anchor, ""))
        linked = [next(iter(sorted(mentioned(row[-2]))), "") for row in table]
        if linked != wanted:
            wrong.append(f"{anchor}: {linked}")
        wrong += [f"{anchor}: {row}" for row in table if not all(row)]
    if [row[0] for row in rows(page.get("causes", ""))] != LAYERS:
        wrong.append("layers")
    return wrong


def unwritten(library: Library) -> list[str]:
    """Cards that are missing, and sections that say nothing."""
    missing = [wanted for wanted in CAUSES + REMEDIES if wanted not in library.cards]
    short = [
        f"{card.id}#{section.anchor}"
        for card in library.cards.values()
        for section in card.sections
        if len(plain(section.text)) < MIN_SECTION
    ]
    return missing + short + [card.id for card in library.cards.values() if not card.sections]


def said_twice(library: Library) -> list[str]:
    """Sentences that stand on two cards."""
    first: dict[str, str] = {}
    twice = []
    for card in library.cards.values():
        for sentence in {s.strip() for line in card.body.split("\n") for s in SENTENCE.findall(plain(line))}:
            if len(sentence) >= MIN_SHARED and first.setdefault(sentence, card.id) != card.id:
                twice.append(f"{first[sentence]} {card.id} {sentence}")
    return twice


def unresolved(library: Library) -> list[str]:
    """Footnotes without a source; sources of a card that no sentence cites."""
    lost = [
        f"{text.file} {note['id']}"
        for text in library.texts
        if text.file.endswith(".md")
        for note in FOOTNOTE.finditer(text.text)
        if note["id"] not in library.source_by_id
    ]
    for card in library.cards.values():
        cited = {note["id"] for note in FOOTNOTE.finditer(card.body)}
        lost += [f"{card.id} {source}" for source in cited ^ set(getattr(card.head, "sources", cited))]
    return lost


def unknown_codes(library: Library) -> list[str]:
    """ACQ codes without a row, and rows that are not among the 92."""
    return sorted(set(ACQ_CODES) ^ {code for code in library.code_by_name if code.startswith("ACQ.")})


def thin_codes(library: Library) -> list[str]:
    """Rows that leave the cashier without a meaning or an action."""
    return [
        code.code
        for code in library.codes.entries
        if len(code.meaning) < 2 or len(code.action) < 8 or not code.owner or not code.retry
    ]


def codes_out_of_step(library: Library) -> list[str]:
    """A code and the card it leads to first must list each other and agree on scanning again."""
    wrong = []
    for code in library.codes.entries:
        main = library.cards[code.cards[0]] if code.cards else None
        if main is None or main.kind != "cause":
            continue
        if code.code not in main.head.codes:
            wrong.append(f"{main.id} lacks {code.code}")
        amount = code.code in {"ACQ.TOTAL_FEE_EXCEED", "ACQ.REQUEST_AMOUNT_EXCEED"}
        if code.retry != main.head.retry and not amount:  # mistyped by the cashier, as the card says
            wrong.append(f"{code.code} {code.retry}, {main.id} {main.head.retry}")
    for card in library.of(Cause):
        wrong += [
            f"{c} lacks {card.id}" for c in card.head.codes if card.id not in library.code_by_name[c].cards
        ]
    return wrong


def codes_for_not_activated(library: Library) -> list[str]:
    """Codes that are tied to 花呗 not being activated, from any side: row, card, or words on the screen."""
    tied = [code.code for code in library.codes.entries if NOT_ACTIVATED & set(code.cards)]
    said = {words for prompt in library.cards["C18"].head.prompts for words in spoken(library, prompt)}
    tied += [f"{code.code} {alias}" for code in library.codes.entries for alias in said & {*code.aliases}]
    for card in NOT_ACTIVATED:
        head = library.cards[card].head
        tied += getattr(head, "codes", ())
        tied += [words for words in (*head.aliases, *said, library.cards[card].body) if CODE.search(words)]
    return tied


def spoken(library: Library, prompt: str) -> tuple[str, ...]:
    return (
        (prompt, *library.prompt_by_text[prompt].variants) if prompt in library.prompt_by_text else (prompt,)
    )


def left_waiting(library: Library) -> list[str]:
    """Causes that others must mend, whose 怎么办 gives the merchant nothing to do meanwhile.

    The marker: the section links to a remedy of the merchant. Where all remedies are
    Lakala's, and on Lakala's remedies themselves, it is 先把这笔钱收到.
    """
    merchant = {card.id for card in library.of(Remedy) if card.head.owner == "merchant"}
    wrong = []
    for card in library.of(Cause):
        owners = {library.cards[remedy].head.owner for remedy in card.head.remedies}
        links = mentioned(next(s.text for s in card.sections if s.anchor == "fix"))
        if owners == {"lakala"} and COLLECT_FIRST not in links:
            wrong.append(card.id)
        elif card.head.owner in ("lakala", "alipay", "bank") and not links & merchant:
            wrong.append(card.id)
    for card in library.of(Remedy, "huabei"):
        if card.head.owner == "lakala" and COLLECT_FIRST not in mentioned(card.body):
            wrong.append(card.id)
    return wrong


def without_steps(library: Library) -> list[str]:
    """Remedies whose 怎么做 is no numbered list of two to ten steps."""
    return [
        card.id
        for card in library.of(Remedy)
        if not 2 <= len(NUMBERED.findall(next(s.text for s in card.sections if s.anchor == "steps"))) <= 10
    ]


def silent_unproven(library: Library) -> list[str]:
    """Unproven cards that do not say so in their first sentence, or cite nothing but the original."""
    return [
        card.id
        for card in library.cards.values()
        if getattr(card.head, "evidence", "") == "unproven"
        and (not DENIES_EVIDENCE.search(first_sentence(card)) or len(card.head.sources) < 2)
    ]


def small_tests(library: Library) -> list[str]:
    """A small payment by 花呗 may pass where 花呗 is not activated, so it proves no repair."""
    lines = [
        (card.id, line)
        for card in library.cards.values()
        for line in [*card.body.split("\n"), "好了：" + getattr(card.head, "verify", "")]
        if "好了" in line
    ]
    return [f"{card} {line}" for card, line in lines if SMALL_HUABEI.search(plain(line))]


def missing_topic_pages(library: Library) -> list[str]:
    """Topics without an introduction: where to start, what is known, what is not."""
    wrong = []
    for topic in ("huabei", "fee"):
        file = library.root / f"docs/topics/{topic}.md"
        page = parts(file.read_text("utf-8")) if file.exists() else {}
        for anchor in ("start", "known", "unknown"):
            if len(plain(page.get(anchor, ""))) < MIN_SECTION:
                wrong.append(f"{topic}#{anchor}")
    return wrong


Rule = Callable[[Library], list[str]]

BREAKS: list[tuple[Rule, str, str, str]] = [
    (unlinked_points, "about/mapping.md", "[C12 软件版本更新滞后][C12]", "软件版本更新滞后"),
    (unlinked_points, "about/mapping.md", "[R07 跟进监管政策变化][R07]", "[跟进监管][R06]"),
    (unlinked_points, "about/mapping.md", "| 兼容性 | 机型或平台差异 |", "| 政策 | 机型或平台差异 |"),
    (unwritten, "causes/old-wallet.md", "id: C14", "id: C99"),
    (unwritten, "causes/old-wallet.md", "{#symptom}\n", "{#symptom}\n\n略。\n\n## 甲 {#x}\n"),
    (
        said_twice,
        "causes/old-wallet.md",
        "{#symptom}\n",
        "{#symptom}\n\n有人明明开通了花呗收款，给顾客扫的却是另一张个人码。\n",
    ),
    (unresolved, "causes/old-wallet.md", "[^alipay-acq-codes]", "[^alipay-acq-kodes]"),
    (unresolved, "topics/fee.md", "[^price-law]", "[^prize-law]"),
    (unknown_codes, "_data/codes.yml", "code: ACQ.PAYMENT_FAIL\n", "code: ACQ.PAYMENT_FAILED\n"),
    (thin_codes, "_data/codes.yml", "meaning: 付款码过期、用过了，或没读对", "meaning: 错"),
    (codes_out_of_step, "causes/unstable-network.md", "retry: never", "retry: once"),
    (codes_out_of_step, "causes/old-wallet.md", "codes: [ACQ.NOT_SUPPORT_PAYMENT_INST]", "codes: []"),
    (codes_for_not_activated, "_data/codes.yml", "cards: [C25, R11]", "cards: [C18, R11]"),
    (codes_for_not_activated, "causes/not-activated.md", "codes: []", "codes: [ACQ.PAYMENT_FAIL]"),
    (codes_for_not_activated, "_data/codes.yml", "- 没有可用的支付工具", "- 商家未开通花呗"),
    (codes_for_not_activated, "_data/prompts.yml", "没开通蚂蚁花呗]", "ACQ.ACCESS_FORBIDDEN]"),
    (left_waiting, "causes/alipay-policy.md", "remedies: [R17, R18]", "remedies: [R01]"),
    (left_waiting, "remedies/upgrade-architecture.md", "[把钱收到][R11]", "把钱收到"),
    (without_steps, "remedies/refresh-code.md", "{#steps}\n", "{#steps}\n\n照着做。\n\n## 甲 {#x}\n"),
    (silent_unproven, "causes/hardware-limit.md", "这个说法没有证据", "这个说法很常见"),
    (silent_unproven, "remedies/update-software.md", "没有证据；", "很有用；"),
    (small_tests, "causes/not-activated.md", "按平常的金额收一笔花呗", "收一元花呗"),
    (missing_topic_pages, "topics/fee.md", "{#unknown}", "{#other}"),
]
"""Rule, file under ``docs``, and a change that it must notice."""

RULES = list(dict.fromkeys(rule for rule, *_ in BREAKS))


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what editors write."""
    root = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("assets"))
    (root / "overrides").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def test_the_golden_list_is_whole() -> None:
    assert len(ACQ_CODES) == len(set(ACQ_CODES)) == 92


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_content(rule: Rule, library: Library) -> None:
    assert rule(library) == []


@pytest.mark.parametrize(("rule", "file", "old", "new"), BREAKS)
def test_each_rule_can_fail(rule: Rule, file: str, old: str, new: str, copy: Path) -> None:
    path = copy / "docs" / file
    text = path.read_text("utf-8")
    assert old in text, "the text has changed: choose another break"
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        assert rule(read_library(copy)[0])
    finally:
        path.write_text(text, "utf-8")
