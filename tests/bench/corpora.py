"""What is searched and asked: public relevance sets, pages of documentation, this site's own cards."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import jieba
from kb.search import Document, Index, Section, build
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OUT = "OUT"
"""The answer of a query that is not for us."""
SPLIT = Path(__file__).parent / "split.tsv"
"""Cards, each with the older one whose questions it took."""
HAN = re.compile("[\u4e00-\u9fff]{4,}")


@dataclass(frozen=True)
class Query:
    """One query. ``gold``: places of the right documents; ``good``: of those that are good enough."""

    text: str
    track: str
    gold: frozenset[int]
    good: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Corpus:
    name: str
    documents: list[Document]
    queries: list[Query]
    others: tuple = ()
    """What our engine is given beside them, on our own site."""
    passed: frozenset[int] = frozenset()
    """Documents that do not count, as labels do not know them."""


def questions(shared: Path, name: str, limit: int) -> Corpus:
    """Return a relevance set of paraphrases: every text a document of one title."""
    lines = (shared / "bench" / name / "docs.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    place = {row["id"]: at for at, row in enumerate(rows)}
    asked = json.loads((shared / "bench" / name / "queries.json").read_text("utf-8"))[:limit]
    queries = [Query(q["q"], name, frozenset(place[g] for g in q["gold"])) for q in asked]
    return Corpus(name, [Document(url=f"p{at}/", title=row["text"]) for at, row in enumerate(rows)], queries)


def pages(shared: Path, count: int, limit: int) -> Corpus:
    """Return pages of documentation; queries are strings out of them, right is any page that has one."""
    found: dict[str, list[Section]] = {}
    with gzip.open(shared / "bench" / f"docs{count}.sections.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            page, _, anchor = row["loc"].partition("#")
            found.setdefault(page, []).append(Section(anchor, row["title"], row["text"]))
    documents = [
        Document(url=f"p{at}/", title=sections[0].title, sections=tuple(sections))
        for at, sections in enumerate(found.values())
    ]
    texts = ["\n".join(f"{s.title}\n{s.text}" for s in d.sections) for d in documents]
    chance = random.Random(1)
    tracks: dict[str, list[str]] = {"词": [], "词的一部分": [], "跨词": [], "两词连写": []}
    while any(len(queries) < limit for queries in tracks.values()):
        runs = HAN.findall(chance.choice(texts))
        for track, string in _strings(chance.choice(runs)) if runs else ():
            if len(tracks[track]) < limit and chance.random() < 0.5:
                tracks[track].append(string)
    queries = [
        Query(string, track, frozenset(at for at, text in enumerate(texts) if string in text))
        for track, strings in tracks.items()
        for string in strings
    ]
    return Corpus(f"docs{count}", documents, queries)


def _strings(run: str) -> Iterator[tuple[str, str]]:
    words = list(jieba.cut(run))
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if len(word) > 1:
            yield "词", word
        if len(word) > 2:
            yield "词的一部分", word[1:]
        if len(word) > 1 and len(following) > 1:
            yield "跨词", word[-1] + following[0]
            yield "两词连写", word + following


def with_twins(ids: list[str], documents: list[Document]) -> set[str]:
    """Return ids of cards with those of the same need."""
    need = {document.id: document.need or document.id for document in documents if document.id}
    needs = {need.get(card, card) for card in ids}
    return {*ids, *(card for card, own in need.items() if own in needs)}


def younger(named: Collection[str]) -> dict[str, str]:
    """Return the cards that labels do not know which name these, each with the one it took questions of."""
    rows = csv.reader(SPLIT.open(encoding="utf-8"), delimiter="\t")
    return {card: parent for card, parent in rows if card not in named}


@cache
def handed() -> tuple[list[Document], tuple]:
    """Build the site. Return the documents that it hands to its engine, and the other arguments."""
    calls: list[tuple] = []

    def keep(*arguments: object) -> Index:
        calls.append(arguments)
        return build(*arguments)

    with tempfile.TemporaryDirectory() as folder, mock.patch("kb.exports.documents.build", keep):
        build_site(load_config(str(ROOT / "mkdocs.yml"), site_dir=folder))
    documents, *others = calls[0]
    return list(documents), tuple(others)


def own(path: Path) -> Corpus:
    """Return what the site hands to its engine, with queries that have labels (see ``learn.py``)."""
    documents, (vocabulary, scripts, nothing, _, *rest) = handed()
    place = {document.id: at for at, document in enumerate(documents) if document.id}
    queries = []
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["ideal"] != OUT]
    for row in rows:
        gold = frozenset(place[i] for i in with_twins(row["ideal"].split(","), documents) if i in place)
        good = frozenset(place[i] for i in (row["ok"] or "").split(",") if i in place)
        queries.append(Query(row["query"], row["class"], gold, good | gold))
    named = {card for row in rows for card in f"{row['ideal']},{row['ok'] or ''}".split(",")}
    passed = frozenset(place[card] for card in younger(named) if card in place)
    return Corpus(path.stem, documents, queries, (vocabulary, scripts, nothing, None, *rest), passed)
