"""Ways through the trees that once ended at the wrong cause: what they must say, and have done first."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from kb import tree
from kb.content.library import Library
from kb.content.schema import Often
from kb.diagnosis.diagnosis import Diagnosis
from kb.diagnosis.wording import WORTHWHILE
from kb.tree.plan import Node

OFTEN: tuple[Often, ...] = ("rarely", "sometimes", "usually", "always")


@dataclass(frozen=True)
class Way:
    """What a reader in the situation ``cause`` answers; else he answers what its card calls usual."""

    topic: str
    cause: str
    answers: dict[str, str]
    first: str
    """The remedy that must be the first step to mend it."""


NEVER = {"screen": "unsupported", "opened": "opened", "before": "never"}

WAYS = {
    "no wallet can be charged at all": Way(
        "huabei",
        "C05",
        NEVER | {"balance": "fail", "other-payments": "fail", "who-scans": "merchant"},
        "R16",
    ),
    "activated in the app, not on the machine": Way(
        "huabei",
        "C36",
        NEVER | {"balance": "ok", "credit-card": "ok", "instalment": "plain", "who-scans": "merchant"},
        "R17",
    ),
    "the same sum more on each trade, suddenly": Way(
        "fee", "C46", {"since": "unnoticed", "extra-amount": "constant"}, "R25"
    ),
    "the same sum more on each trade, nobody knows since when": Way(
        "fee", "C46", {"since": tree.UNKNOWN, "extra-amount": "constant"}, "R25"
    ),
    "two payments for one sale": Way("fee", "C41", {"since": "single", "duplicate": "twice"}, "R34"),
    "every fee right, two payments": Way("fee", "C41", {"extra-amount": "none", "duplicate": "twice"}, "R34"),
    "one payment, two fees": Way("fee", "C42", {"since": "single", "duplicate": "charged-twice"}, "R25"),
    "higher after a notice": Way("fee", "C43", {"since": "noticed", "extra-amount": "scales"}, "R25"),
    "always high, on other payments": Way(
        "fee", "C44", {"since": "start", "extra-amount": "scales", "huabei-only": "other-ways"}, "R14"
    ),
    "in doubt, never activated": Way(
        "huabei", "C10", {"screen": "pending", "before": "never", "opened": "unopened"}, "R13"
    ),
    "a sticker, and no words seen": Way(
        "huabei", "C21", {"screen": "other", "before": "never", "opened": "unopened"}, "R32"
    ),
    "refused, on a code of a bank": Way(
        "huabei", "C26", {"opened": "refused", "before": "never", "code-owner": "bank"}, "R17"
    ),
}


@pytest.fixture(scope="module")
def diagnosis(library: Library) -> Callable[[str], Diagnosis]:
    """The trees by topic, each read once."""
    return functools.cache(lambda topic: Diagnosis(library, library.topic_by_id[topic]))


def usual(library: Library, cause: str) -> dict[str, str]:
    """Return the likeliest answer to each question that the card of ``cause`` knows of."""
    answers = {}
    for question, cell in library.cause(cause).head.answers.items():
        if isinstance(cell, dict):
            answers[question] = max(cell, key=lambda option, cell=cell: OFTEN.index(cell[option]))
        else:
            answers[question] = cell if isinstance(cell, str) else cell[0]
    return answers


def walked(diagnosis: Diagnosis, answers: dict[str, str]) -> Node:
    """Return the result to which ``answers`` lead from the root, 不清楚 where there is none."""
    node = diagnosis.plan.nodes[diagnosis.plan.starts[0]]
    while node.question:
        node = diagnosis.plan.nodes[dict(node.next)[answers.get(node.question, tree.UNKNOWN)]]
    return node


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_way_ends_where_it_must(
    way: Way, library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    result = walked(diagnosis(way.topic), usual(library, way.cause) | way.answers)
    shown = [ranked.cause for ranked in result.ranked]
    assert shown[0] == way.cause
    topic = library.topic_by_id[way.topic]
    cash = topic.meanwhile if topic.at_till else None  # the money by another way may come before
    assert next(step.remedy for step in result.steps if step.remedy != cash) == way.first


def test_what_may_be_paid_is_not_collected_again(
    library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    topic = library.topic_by_id["huabei"]
    words, nodes = diagnosis(topic.id).words, diagnosis(topic.id).plan.nodes.values()
    paid = [node for node in nodes if not node.question and words.collected(node.answers)]
    assert len(paid) > 50
    for node in paid:
        assert topic.meanwhile not in {step.remedy for step in words.worthwhile(node)}, node.path


def test_a_limit_has_a_way_for_who_has_only_a_code(
    library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    """Before the way that takes days; and its first step, which results quote, is for both kinds of shops."""
    words, nodes = diagnosis("huabei").words, diagnosis("huabei").plan.nodes.values()
    met = [n for n in nodes if not n.question and ("screen", "limit") in n.answers]
    likely = [n for n in met if any(s.remedy == "R38" and s.chance >= WORTHWHILE for s in n.steps)]
    assert len(likely) >= 5
    for node in likely:
        order = [step.remedy for step in words.worthwhile(node)]
        assert "R38" in order[: order.index("R22") if "R22" in order else None], node.path
    steps = next(s.text for s in library.cards["R38"].sections if s.anchor == "steps")
    assert {"有能扫码的机器", "只有一张码"} <= set(re.findall(r"\*\*(.+?)\*\*：", steps.split("\n2. ")[0]))


def test_who_pays_by_other_ways_is_not_told_of_this_one(
    library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    way = WAYS["always high, on other payments"]
    result = walked(diagnosis(way.topic), usual(library, way.cause) | way.answers)
    assert "C48" not in {ranked.cause for ranked in result.ranked if ranked.chance > 0.05}


def test_one_wallet_dead_and_others_well_leads_to_the_contract(
    library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    answers = usual(library, "C15") | NEVER | {"balance": "fail", "other-payments": "ok"}
    result = walked(diagnosis("huabei"), answers)
    assert "C15" in {ranked.cause for ranked in result.ranked}
    assert library.cards["C15"].head.remedies[0] in {step.remedy for step in result.steps[:3]}


@pytest.mark.parametrize("topic", ["huabei", "fee"])
def test_a_shop_is_not_sent_to_the_page_for_customers(
    topic: str, library: Library, diagnosis: Callable[[str], Diagnosis]
) -> None:
    """A remedy that speaks to customers is no first step unless the customer is the one who asks."""
    for_customers = {card.id for card in library.cards.values() if getattr(card.head, "reader", None)}
    wrong = [
        node.path
        for node in diagnosis(topic).plan.nodes.values()
        if not node.question
        and node.steps[0].remedy in for_customers
        and dict(node.answers).get("asker") != "customer"
    ]
    assert wrong == []
