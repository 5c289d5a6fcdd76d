"""What asks teach, against the definition worked out one ask after the other; the same bytes on every run."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from kb.memory import Memory
from kb.search import Vocabulary, build, judged, learn
from kb.search.build import cutter_of
from kb.search.learn import MASS, MIX, RIDGE
from kb.search.lessons import NOWHERE, Lesson
from kb.search.needs import Report, learnt, school, table
from kb.search.scale import FOR, SIGNED, Scale
from kb.search.segment import grams

from tests.conftest import ROOT
from tests.search.samples import DOCUMENTS, NOTHING

SCRIPTS = ROOT / "docs/assets"
NEEDS = 4


def lessons() -> list[Lesson]:
    """Return made-up sentences of five needs' words and of words that all share; some fit nothing."""
    chance = random.Random(11)
    words = ["开通花呗", "付款码失效", "手续费多少", "限额太低"]
    shared = ["为什么", "怎么办", "收款", "老板"]
    found = []
    for number in range(60):
        need = number % NEEDS
        text = "".join(chance.sample([words[need], *chance.sample(shared, 2), chance.choice(words)], 3))
        found.append(Lesson(text, need, how=(need == 1) - (need == 2), ask=True))
    return [*found, *(Lesson(text, NOWHERE) for text in ("番茄炒蛋", "炒蛋怎么做", "天气怎么样"))]


def dense(some: list[Lesson]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the terms, [lesson, term] → 1 where it is, and the idf of the terms."""
    terms = sorted({term for lesson in some for term in grams(lesson.text)})
    rows = np.array([[float(term in grams(lesson.text)) for term in terms] for lesson in some])
    return terms, rows, np.log(len(some) / rows.sum(axis=0))


@pytest.mark.parametrize("solved", [learn.SOLVED, 20])
def test_weights_are_those_of_the_definition(solved: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learn, "SOLVED", solved)
    some = lessons()
    found = learn.learn(some, [1.0] * NEEDS)
    terms, rows, idf = dense(some)
    vectors = rows * idf / np.linalg.norm(rows * idf, axis=1, keepdims=True)
    target = np.array([[lesson.need == n for n in range(NEEDS)] for lesson in some], float)
    nothing = [float(lesson.need == NOWHERE) for lesson in some]
    target = np.column_stack([target, nothing, [lesson.how for lesson in some]])
    counts = rows.sum(axis=0)
    common = counts > max(sorted(counts, reverse=True)[solved:], default=0)
    assert common.all() == (solved > len(terms))
    vectors = vectors[:, common]
    ridge = np.zeros((len(terms), target.shape[1]))
    ridge[common] = np.linalg.solve(vectors.T @ vectors + RIDGE * np.eye(common.sum()), vectors.T @ target)
    ridge *= idf[:, None]
    here = [lesson for lesson in some if lesson.need != NOWHERE]
    kept = {
        (found.terms[t], int(n)): int(v)
        for t, n, v in zip(found.of, found.targets, found.levels, strict=True)
    }
    checked = 0
    for place, term in enumerate(terms):
        share = sum(term in grams(lesson.text) for lesson in here) / len(here)
        for need in range(NEEDS):
            count = sum(term in grams(lesson.text) for lesson in here if lesson.need == need)
            if not count:
                assert (term, need) not in kept
                continue
            weight = math.log((count + MASS * share) / (MASS * share)) + MIX * ridge[place, need]
            level = min(15, max(0, math.floor(weight / FOR.step + 0.5)))
            if abs(weight / FOR.step + 0.5 - round(weight / FOR.step + 0.5)) > 0.01:  # not where edges shift
                assert kept.get((term, need), 0) == (level if level >= FOR.least else 0), (term, need)
                checked += 1
        for signed, scale in enumerate(SIGNED):
            weight = ridge[place, NEEDS + signed] / scale.step + scale.zero + 0.5
            if share and abs(weight - round(weight)) > 0.01:
                assert kept.get((term, NEEDS + signed), scale.zero) == min(15, max(0, math.floor(weight)))
    assert checked > 100


def test_only_the_commonest_terms_count(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learn, "TERMS", 20)
    some = lessons()
    found = learn.learn(some, [1.0] * NEEDS)
    terms, rows, _ = dense(some)
    counts = dict(zip(terms, rows.sum(axis=0), strict=True))
    assert 0 < len(found.terms) <= 20
    assert min(counts[term] for term in found.terms) > max(counts[t] for t in terms if t not in found.terms)


def test_chances_are_those_that_surprise_least():
    """Of asks left out: no other factor makes their own needs likelier."""
    found = learn.learn(lessons(), [1.0] * NEEDS)
    assert judged.STEADY[0] / 100 < found.sure < judged.STEADY[-1] / 100
    guesses = found.guesses
    assert (guesses.chances >= 1 / NEEDS).all()
    assert (guesses.chances <= 1).all()
    assert abs(guesses.chances.mean() - (guesses.shown == guesses.needs).mean()) < 0.1


def test_a_large_site_is_judged_in_parts_and_told_the_same(monkeypatch: pytest.MonkeyPatch):
    """Of a small part of the asks nearly the same factor is found; the likeliest needs do not hang on it."""
    whole = learn.learn(lessons(), [1.0] * NEEDS)
    monkeypatch.setattr(judged, "CELLS", 20 * NEEDS)
    monkeypatch.setattr(judged, "BATCH", 7)
    parts = learn.learn(lessons(), [1.0] * NEEDS)
    assert parts.sure == pytest.approx(whole.sure, rel=0.5)
    for name in ("asks", "needs", "first", "behind"):
        assert (vars(parts.guesses)[name] == vars(whole.guesses)[name]).all(), name


def test_each_ask_is_judged_as_if_it_had_not_been_there():
    """The closed form against learning again without the ask; idf apart, which one ask hardly moves."""
    some = lessons()
    agree = 0
    firsts = learn.learn(some, [1.0] * NEEDS).guesses.first[:, 0].tolist()
    for place, first in enumerate(firsts):
        without = [replace(lesson, ask=False) for at, lesson in enumerate(some) if at != place]
        text = some[place].text
        again = learn.learn(without, [1.0] * NEEDS)
        score = [sum(np.log(MASS / (MASS + size)) for _ in set(grams(text))) for size in again.sizes]
        for term, target, level in zip(again.of, again.targets, again.levels, strict=True):
            if target < NEEDS and again.terms[term] in grams(text):
                score[target] += FOR.step * level
        agree += int(np.argmax(score)) == first
    assert agree >= 55


@pytest.mark.parametrize("noise", [1e-13, -1e-13])
def test_the_last_bits_of_a_weight_do_not_decide_its_level(noise: float):
    weights = np.arange(0, 6, 0.1)  # many of them on the very edge of two levels
    scale = Scale(0.4, 0)
    assert (scale.levels(weights) == scale.levels(weights + noise)).all()


def test_two_builds_are_the_same_and_so_is_one_from_memory(vocabulary: Vocabulary, tmp_path):
    first = build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING, tmp_path)
    again = build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING, tmp_path)
    fresh = build(DOCUMENTS, vocabulary, SCRIPTS, NOTHING)
    assert len(list(tmp_path.iterdir())) == 4, "lessons, lexicon, and twice what is wanted together"
    assert first.files == again.files == fresh.files
    assert first.lessons
    assert again.lessons
    assert first.lessons.strays() == again.lessons.strays()
    assert (first.lessons.shown() == again.lessons.shown()).all()


def test_records_of_what_was_learnt_are_documents_that_lead_a_need(vocabulary: Vocabulary):
    cutter = cutter_of(vocabulary)
    taught = school(DOCUMENTS, NOTHING, cutter)
    found = table(learnt(taught, Memory()), taught, DOCUMENTS, cutter)
    leads = {at for at, document in enumerate(DOCUMENTS) if document.asks and not document.need}
    names = [term[0] == "=" for term in found.terms]
    rows = {
        int(r)
        for at, name in enumerate(names)
        if not name
        for r in found.records[found.starts[at] : found.starts[at + 1]]
    }
    assert rows <= leads | {len(DOCUMENTS), len(DOCUMENTS) + 1}
    assert [DOCUMENTS[cause].id + DOCUMENTS[remedy].id for cause, remedy in taught.twins] == ["C07R12"]


def test_an_ask_that_belongs_elsewhere_is_named(vocabulary: Vocabulary):
    wrong = "付款码老是提示无效怎么刷新"
    documents = [replace(d, asks=(*d.asks, wrong)) if d.id == "C23" else d for d in DOCUMENTS]
    taught = school(documents, NOTHING, cutter_of(vocabulary))
    names = tuple(document.answer for document in documents)
    strays = Report(taught, learnt(taught, Memory()).guesses, names).strays()
    assert next(stray for stray in strays if stray.text == wrong).other == "C07"
