"""Measure what the index learnt from asks: by the asks themselves, and by questions with labels.

``--queries FILE.tsv`` has the columns query, ideal, ok; ``ideal`` and ``ok`` are card ids parted by commas,
``OUT`` is not for us. Without it, ``queries-open.tsv`` of ``KB_SHARED``, if it is there. A need is right if
it or its twin is ideal. Labels know only the cards there were when they were made, so a younger card is
counted in three ways: as it is, always wrong; passed over; as the card whose questions it took
(``split.tsv``).
Intervals are of 1,000 bootstrap samples, 2.5 to 97.5 %. What a question gains is reckoned, not observed: the
case answers it as the table of causes says of a right cause.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "hooks")]

from corpora import OUT, handed, with_twins, younger  # noqa: E402
from kb.search import Document, Index, build  # noqa: E402
from kb.search.build import FIRST  # noqa: E402
from kb.search.documents import ELSEWHERE  # noqa: E402

FOLDS = 5
SAMPLES = 1000
EDGES = (0, 0.3, 0.5, 0.7, 0.9, 1.01)
"""Of the chances that are told apart."""


@dataclass(frozen=True)
class Case:
    """A query; names of its right answers, none if it is not for us, and of those that are good enough."""

    query: str
    ideal: frozenset[str]
    good: frozenset[str]


def interval(values: Sequence[float]) -> str:
    """Return the mean with its 95 % interval."""
    if not len(values):
        return "–"
    chance = np.random.default_rng(1)
    rows = np.array(values, float)
    means = rows[chance.integers(0, len(rows), (SAMPLES, len(rows)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{rows.mean():.3f} [{low:.3f}, {high:.3f}]"


def ask(index: Index, cases: Sequence[Case], passed: Sequence[str] = ()) -> tuple[list[dict], dict[str, int]]:
    """Return the answers of the engine as shipped (``answers.mjs``), and the bytes of every file on the wire.

    Answers ``passed`` over do not count as the first.
    """
    with tempfile.TemporaryDirectory() as folder:
        sizes = {}
        for path, content in index.files.items():
            name = path.removeprefix(index.base)
            sizes[name] = len(content) if name.endswith(".bin") else len(gzip.compress(content, 6))
            if path.startswith(index.base):
                Path(folder, name).write_bytes(content)
        Path(folder, "meta.json").write_text(json.dumps(index.meta), "utf-8")
        command = ["node", "--experimental-default-type=module", str(HERE / "answers.mjs"), folder]
        given = [{"query": case.query, "ideal": sorted(case.ideal)} for case in cases]
        run = subprocess.run(
            command,
            input=json.dumps({"passed": list(passed), "cases": given}),
            capture_output=True,
            text=True,
        )
    if run.returncode:
        sys.exit(run.stderr)
    answers = json.loads(run.stdout)
    for answer in answers:
        answer["fetched"] = [name for name in answer["fetched"] if name not in FIRST]
    return answers, sizes


def relevance(cases: Sequence[Case], answers: Sequence[dict], counted: Mapping[str, str | None]) -> str:
    """Return how often the first is right, and a good one in three; ``counted``: card → what as."""
    right, good = [], []
    for case, answer in zip(cases, answers, strict=True):
        if case.ideal:
            needs = [counted.get(card, card) for card in answer["needs"]]
            shown = list(dict.fromkeys(filter(None, needs)))
            first = answer["elsewhere"] or next(iter(shown), None)
            right.append(not answer["none"] and first in case.ideal)
            good.append(first in case.good or any(card in case.good for card in shown[:3]))
    return f"首条对 {interval(right)}｜前三有 {interval(good)}"


def refusals(cases: Sequence[Case], answers: Sequence[dict]) -> str:
    """Return how often what is not for us is recognised, and what is turned away."""
    no: dict[bool, list[bool]] = {True: [], False: []}
    for case, answer in zip(cases, answers, strict=True):
        ours = any(not name.startswith(ELSEWHERE.upper()) for name in case.ideal)
        no[ours].append(answer["none"] or answer["elsewhere"] is not None)
    return f"不归这里的认出 {interval(no[False])}｜能答的被挡 {interval(no[True])}"


def reliability(rows: Sequence[tuple[float, bool]]) -> str:
    """Return how often the first answer is right, by what the engine says is its chance."""
    parts = []
    for low, high in pairwise(EDGES):
        kept = [row for row in rows if low <= row[0] < high]
        if kept:
            said, is_so = np.mean(kept, axis=0)
            parts.append(f"{said:.2f}→{is_so:.2f}（{len(kept)}）")
    return "说的→对的（条数） " + "，".join(parts)


def questions(answers: Sequence[dict]) -> Iterator[str]:
    """Yield how many queries get a question, and what it would do for them and for the others."""
    yield f"反问的 {interval([answer['asked'] for answer in answers])}"
    for asked, name in ((True, "反问的"), (False, "没有反问的")):
        rows = [a for a in answers if a["question"] is not None and a["asked"] == asked]
        before, after = (interval([float(row[key]) for row in rows]) for key in ("right", "question"))
        yield f"{name}里首条对 {before}，答了以后 {after}（推算）"


def folds(documents: Sequence[Document], others: Sequence, nothing: Sequence[str]) -> Iterator[str]:
    """Yield the figures of asks, if each fifth of them is put to an index that was taught the others."""
    name = {at: document.answer for at, document in enumerate(documents)}
    place = {document.id: at for at, document in enumerate(documents) if document.id}
    lead = {at: place.get(document.need, at) for at, document in enumerate(documents)}
    ideal = {at: frozenset(name[o] for o in name if lead[o] == lead[at]) for at in name}
    cases: list[Case] = []
    answers: list[dict] = []
    for fold in range(FOLDS):
        left = [(at, ask) for at, d in enumerate(documents) for ask in d.asks[fold::FOLDS]]
        taught = [
            replace(d, asks=tuple(a for n, a in enumerate(d.asks) if n % FOLDS != fold)) for d in documents
        ]
        kept = [text for n, text in enumerate(nothing) if n % FOLDS != fold]
        some = [Case(ask, ideal[at], ideal[at]) for at, ask in left]
        some += [Case(text, frozenset(), frozenset()) for text in nothing[fold::FOLDS]]
        found, _ = ask(build(taught, others[0], others[1], kept, None, *others[4:]), some)
        cases += some
        answers += found
    yield f"{relevance(cases, answers, {})}"
    yield refusals(cases, answers)
    yield reliability([(a["chance"], a["right"]) for c, a in zip(cases, answers, strict=True) if c.ideal])
    yield from questions(answers)


def labelled(path: Path, index: Index, documents: list[Document]) -> Iterator[str]:
    """Yield the figures of questions with labels."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    cases = []
    for row in rows:
        ideal = [] if row["ideal"] == OUT else row["ideal"].split(",")
        good = [*ideal, *(row["ok"] or "").split(",")] if ideal else []
        cases.append(Case(row["query"], *(frozenset(with_twins(ids, documents)) for ids in (ideal, good))))
    split = younger({card for case in cases for card in case.good})
    answers, sizes = ask(index, cases, [*split])
    yield f"{path.name}（{len(rows)} 条）"
    yield f"照原样：{relevance(cases, answers, {})}"
    yield f"标注以后才有的卡片跳过：{relevance(cases, answers, dict.fromkeys(split))}"
    yield f"算作分出它的那张：{relevance(cases, answers, split)}"
    yield refusals(cases, answers)
    yield reliability([(a["chance"], a["right"]) for c, a in zip(cases, answers, strict=True) if c.ideal])
    yield from questions(answers)
    requests = [len(answer["fetched"]) + 1 for answer in answers]
    wire = [sizes["engine.js"] + sum(sizes[name] for name in answer["fetched"]) for answer in answers]
    for name, values in (("请求", requests), ("字节", wire)):
        middle, high = np.quantile(values, [0.5, 0.95])
        yield f"{name}：平均 {np.mean(values):.1f}，中位 {middle:.0f}，95% {high:.0f}，最多 {max(values)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="问法教会了索引多少：留一、五折、有标签的问句")
    parser.add_argument("--queries", type=Path, help="有标签的问句")
    parser.add_argument("--folds", action="store_true", help="再做五折：建五次索引，约两分钟")
    options = parser.parse_args()
    documents, others = handed()
    index = build(documents, *others)
    report = index.lessons
    guesses = report.guesses
    first, three = (interval(guesses.right(most).tolist()) for most in (1, 3))
    print(f"问法 {len(guesses)} 句，留一：首条对 {first}｜前三有 {three}")
    print(
        reliability([*zip(guesses.chances.tolist(), (guesses.shown == guesses.needs).tolist(), strict=True)]),
        flush=True,
    )
    if options.folds:
        print("五折，整个引擎：")
        for line in folds(documents, others, others[2]):
            print(f"  {line}", flush=True)
    shared = Path(os.environ.get("KB_SHARED", str(HERE.parents[2] / "shared")))
    path = options.queries or shared / "queries-open.tsv"
    if path.is_file():
        for line in labelled(path, index, documents):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
