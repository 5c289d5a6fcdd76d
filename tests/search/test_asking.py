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
ASK = r"""async ([files, meta, queries]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    const found = [];
    for (const [query, known] of queries) {
        const fetched = [];
        const engine = new kb.Engine(meta, async (name) => (fetched.push(name), bytes(files[name])));
        let early = null;
        const tables = () => fetched.filter((name) => /^f\d/.test(name)).sort();
        const show = ({ needs }) => (early = { needs: needs.length, facts: tables().length > 0 });
        const options = { known: known ?? undefined, ask: true, show };
        const { needs, asking, elsewhere } = await engine.answer(query, options);
        const { question, others } = asking;
        found.push({ chance: needs[0]?.chance, needs: needs.length, early, elsewhere: elsewhere !== null,
                     question: question?.slug ?? null, others: others.length,
                     isFirst: asking.isFirst,
                     tables: tables() });
    }
    return found;
}"""


TRIED = {"answers": {}, "tried": ["R12"]}
SAID = {"answers": {"a-look": "yes"}, "tried": []}


@pytest.fixture(scope="module")
def engine(vocabulary: Vocabulary) -> list:
    """Files and META of two topics; the first asks about words that only the second has documents of."""
    topics = {"a": (["C19", "C25"], ["C23", "C20"]), "b": (["C07", "C20"], ["C23", "R12"])}
    tables = [
        made_up(topic, [])
        | {"causes": causes, "remedies": [[one] for one in helps], "minutes": dict.fromkeys(helps, 1)}
        for topic, (causes, helps) in topics.items()
    ]
    tables[0]["vague"] = [[["哪里不对"], ["no-such"]], [[VAGUE], ["no-such", "a-look"]]]
    index = build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING, facts=tables)
    files = {
        path.removeprefix(index.base): base64.b64encode(content).decode()
        for path, content in index.files.items()
    }
    return [files, json.loads(json.dumps(index.meta))]


@pytest.fixture(scope="module")
def answers(modules: Page, engine: list) -> dict[str, dict]:
    queries = [LIKELY, TOSS_UP, ELSEWHERE, VAGUE]
    found = modules.evaluate(ASK, [*engine, [[query, None] for query in queries]])
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
    assert found["isFirst"] and found["question"] == "a-look"


def test_only_tables_of_topics_that_a_case_belongs_to_are_read(
    modules: Page, engine: list, answers: dict[str, dict]
):
    """Of what is found first, of words that a topic asks about, of what is known."""
    assert answers[TOSS_UP]["tables"] == ["f0.json"]
    assert answers[LIKELY]["tables"] == ["f1.json"]
    assert answers[VAGUE]["tables"] == ["f0.json", "f1.json"]
    tried, said = modules.evaluate(ASK, [*engine, [["", TRIED], ["", SAID]]])
    assert tried["tables"] == ["f1.json"] and said["tables"] == ["f0.json"]
    assert tried["needs"] == said["needs"] == 2
