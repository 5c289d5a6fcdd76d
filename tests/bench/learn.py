"""Measure what the index learnt from asks: by the asks themselves, and by questions with labels.

``--queries FILE.tsv`` has the columns query, ideal, ok; ``ideal`` and ``ok`` are card ids parted by commas,
``OUT`` is not for us. Without it, ``queries-open.tsv`` of ``KB_SHARED``, if it is there. A need is right if
it or its twin is ideal. Labels know only the cards there were when they were made, so a younger card is
counted in three ways: as it is, always wrong; passed over; as the card whose questions it took
(``split.tsv``).
Intervals are of 1,000 bootstrap samples, 2.5 to 97.5 %.
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
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "hooks")]

from corpora import handed, with_twins  # noqa: E402
from kb.search import Document, Index, build, learn  # noqa: E402
from kb.search.build import _cutter  # noqa: E402
from kb.search.lessons import Learnt  # noqa: E402
from kb.search.needs import School, school  # noqa: E402
from kb.search.scale import FOR  # noqa: E402
from kb.search.segment import grams  # noqa: E402

SPLIT = HERE / "split.tsv"
"""Cards, each with the older one whose questions it took."""
FOLDS = 5
SAMPLES = 1000


def interval(values: Sequence[bool]) -> str:
    """Return the mean with its 95 % interval."""
    if not len(values):
        return "–"
    chance = np.random.default_rng(1)
    rows = np.array(values, float)
    means = rows[chance.integers(0, len(rows), (SAMPLES, len(rows)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{rows.mean():.3f} [{low:.3f}, {high:.3f}]"


def scores(found: Learnt, taught: School, texts: Sequence[str]) -> np.ndarray:
    """Return [text, need] → score, added up as ``FORMAT.md`` says."""
    count = len(found.sizes)
    weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for term, target, level in zip(found.of, found.targets, found.levels, strict=True):
        if target < count:
            weights[found.terms[term]][int(target)] = FOR.step * level
    absent = np.log(learn.MASS / (learn.MASS + np.array(found.sizes)))
    out = np.zeros((len(texts), count)) + learn.often(taught.weights, np.array(found.sizes))
    for row, text in zip(out, texts, strict=True):
        for term in set(grams(text)) & weights.keys():
            row += absent
            for need, weight in weights[term].items():
                row[need] += weight
    return out


def cross_validation(taught: School) -> tuple[list[bool], list[bool]]:
    """Return for every ask whether its need is first, and among three, if a fifth of the asks is left out."""
    first, three = [], []
    asks = [lesson for lesson in taught.lessons if lesson.ask >= 0]
    for fold in range(FOLDS):
        left = [lesson for lesson in asks if lesson.ask % FOLDS == fold]
        kept = [lesson for lesson in taught.lessons if lesson.ask < 0 or lesson.ask % FOLDS != fold]
        found = learn.learn(kept, taught.weights)
        order = np.argsort(-scores(found, taught, [lesson.text for lesson in left]), axis=1)
        first += [row[0] == lesson.need for row, lesson in zip(order, left, strict=True)]
        three += [lesson.need in row[:3] for row, lesson in zip(order, left, strict=True)]
    return first, three


def ask(index: Index, queries: Sequence[str]) -> tuple[list[dict], dict[str, int]]:
    """Return the answers of the engine as shipped, and the bytes of every file on the wire."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = {}
        for path, content in index.files.items():
            name = path.removeprefix(index.base)
            sizes[name] = len(content) if name.endswith(".bin") else len(gzip.compress(content, 6))
            if path.startswith(index.base):
                Path(folder, name).write_bytes(content)
        Path(folder, "meta.json").write_text(json.dumps(index.meta), "utf-8")
        command = ["node", "--experimental-default-type=module", str(HERE / "answers.mjs"), folder]
        given = json.dumps(list(queries))
        run = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(run.stdout), sizes


def labelled(path: Path, index: Index, documents: list[Document]) -> None:
    """Print the figures of questions with labels."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    answers, sizes = ask(index, [row["query"] for row in rows])
    named = {i for row in rows for i in f"{row['ideal']},{row['ok'] or ''}".split(",")}
    younger = dict(csv.reader(SPLIT.open(encoding="utf-8"), delimiter="\t"))
    younger = {card: parent for card, parent in younger.items() if card not in named}
    ours = [row["ideal"] != "OUT" for row in rows]
    refused = [answer["none"] or answer["elsewhere"] is not None for answer in answers]
    print(f"{path.name}（{len(rows)} 条）")
    ways: dict[str, Callable[[str], str | None]] = {
        "照原样": lambda card: card,
        "标注以后才有的卡片跳过": lambda card: None if card in younger else card,
        "算作分出它的那张": lambda card: younger.get(card, card),
    }
    for way, counted in ways.items():
        right, good = [], []
        for row, answer, no in zip(rows, answers, refused, strict=True):
            if row["ideal"] == "OUT":
                continue
            ideal = with_twins(row["ideal"].split(","), documents)
            fine = ideal | with_twins((row["ok"] or "").split(","), documents)
            shown = list(dict.fromkeys(filter(None, (counted(card) for card, _ in answer["needs"]))))
            right.append(not no and shown[:1] != [] and shown[0] in ideal)
            good.append(any(card in fine for card in shown[:3]))
        print(f"  {way}：首条对 {interval(right)}｜前三有 {interval(good)}")
    out, lost = (
        [no for no, our in zip(refused, ours, strict=True) if our == wanted] for wanted in (False, True)
    )
    print(f"  不归这里的认出 {interval(out)}｜能答的被挡 {interval(lost)}")
    requests = [len(answer["fetched"]) + 1 for answer in answers]
    wire = [sizes["engine.js"] + sum(sizes[name] for name in answer["fetched"]) for answer in answers]
    for name, values in (("请求", requests), ("字节", wire)):
        middle, high = np.quantile(values, [0.5, 0.95])
        print(f"  {name}：平均 {np.mean(values):.1f}，中位 {middle:.0f}，95% {high:.0f}，最多 {max(values)}")


def main() -> None:
    parser = argparse.ArgumentParser(description="问法教会了索引多少：留一、交叉验证、有标签的问句")
    parser.add_argument("--queries", type=Path, help="有标签的问句")
    parser.add_argument("--folds", action="store_true", help="再做五折交叉验证，约一分钟")
    options = parser.parse_args()
    documents, others = handed()
    index = build(documents, *others)
    report = index.lessons
    rights = ([guess.need in guess.first[:most] for guess in report.guesses] for most in (1, 3))
    first, three = map(interval, rights)
    print(f"问法 {len(report.guesses)} 句，留一：首条对 {first}｜前三有 {three}")
    if options.folds:
        cutter = _cutter(others[0])
        first, three = map(interval, cross_validation(school(documents, others[2], cutter)))
        print(f"五折：首条对 {first}｜前三有 {three}")
    shared = Path(os.environ.get("KB_SHARED", str(HERE.parents[2] / "shared")))
    path = options.queries or shared / "queries-open.tsv"
    if path.is_file():
        labelled(path, index, documents)


if __name__ == "__main__":
    main()
