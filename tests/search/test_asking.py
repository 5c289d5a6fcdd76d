"""When the engine asks back: not of what is likely, nor of what is answered elsewhere; rows come first."""

from __future__ import annotations

import base64
import json

import pytest
from kb.search import Vocabulary, build
from playwright.sync_api import Page

from tests.search.conftest import SCRIPTS
from tests.search.samples import DOCUMENTS, NOTHING
from tests.search.test_facts import made_up

LIKELY, TOSS_UP, ELSEWHERE = "付款码无效怎么办", "花呗收款为什么不能用", "花呗怎么还款"
VAGUE = "付款码怎么办"
ASK = """async ([files, meta, queries]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    const found = [];
    for (const query of queries) {
        const fetched = [];
        const engine = new kb.Engine(meta, async (name) => (fetched.push(name), bytes(files[name])));
        let early = null;
        const show = ({ needs }) => (early = { needs: needs.length, facts: fetched.includes("facts.json") });
        const { needs, asking, elsewhere } = await engine.answer(query, { ask: true, show });
        const { question, others } = asking;
        found.push({ chance: needs[0]?.chance, needs: needs.length, early, elsewhere: elsewhere !== null,
                     question: question?.slug ?? null, others: others.length,
                     isFirst: asking.isFirst });
    }
    return found;
}"""


@pytest.fixture(scope="module")
def answers(modules: Page, vocabulary: Vocabulary) -> dict[str, dict]:
    topics = {"a": ["C19", "C25"], "b": ["C07", "C20"]}
    tables = [made_up(topic, []) | {"causes": causes} for topic, causes in topics.items()]
    for table in tables:
        table["vague"] = [[[VAGUE], ["no-such", f"{table['topic']}-look"]]]
    index = build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING, facts=tables)
    files = {
        path.removeprefix(index.base): base64.b64encode(content).decode()
        for path, content in index.files.items()
    }
    queries = [LIKELY, TOSS_UP, ELSEWHERE, VAGUE]
    meta = json.loads(json.dumps(index.meta))
    found = modules.evaluate(ASK, [files, meta, queries])
    return dict(zip(queries, found, strict=True))


def test_of_what_is_likely_nothing_is_asked_and_it_is_shown_first(answers: dict[str, dict]):
    found = answers[LIKELY]
    assert found["chance"] >= 0.5
    assert found["question"] is None and found["others"] == 1
    assert found["early"] == {"needs": found["needs"], "facts": False}


def test_where_no_answer_is_likely_the_question_comes_with_them(answers: dict[str, dict]):
    found = answers[TOSS_UP]
    assert found["chance"] < 0.5
    assert found["question"] == "a-look" and found["early"] is None


def test_of_what_is_answered_elsewhere_nothing_is_asked(answers: dict[str, dict]):
    assert answers[ELSEWHERE]["elsewhere"] and answers[ELSEWHERE]["question"] is None


def test_what_says_too_little_is_asked_about_before_all_answers(answers: dict[str, dict]):
    assert not answers[LIKELY]["isFirst"] and not answers[TOSS_UP]["isFirst"]
    found = answers[VAGUE]
    assert found["chance"] >= 0.5, "an answer that is likely enough to be shown without a question"
    assert found["isFirst"] and found["question"].endswith("-look")
