"""What is searched and asked: public relevance sets, pages of documentation, this site's own cards."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jieba
import yaml
from kb.search import Document, Section

DOCS = Path(__file__).parents[2] / "docs"
KINDS = {"causes": "原因", "remedies": "对策", "questions": "问题"}
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


def own(shared: Path) -> Corpus:
    """Return the site's cards and codes with the development queries, whose answers are cards' ids."""
    prompts = yaml.safe_load((DOCS / "_data/prompts.yml").read_text("utf-8"))
    variants = {prompt["text"]: prompt.get("variants", []) for prompt in prompts}
    paths = [path for kind in KINDS for path in sorted((DOCS / kind).glob("*.md")) if path.stem != "index"]
    documents = [_card(path, variants) for path in paths]
    for code in yaml.safe_load((DOCS / "_data/codes.yml").read_text("utf-8")):
        name = str(code["code"])
        names = tuple(map(str, code.get("aliases") or ()))
        title, url = f"{name} {code['meaning']}", f"codes/#{name.lower()}"
        documents.append(Document(url, title, "返回码", summary=code["action"], codes=(name,), aliases=names))
    place = {document.id: at for at, document in enumerate(documents) if document.id}
    queries = []
    with (shared / "queries-dev.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            gold = frozenset(place[i] for i in row["ideal"].split(",") if i in place)
            good = frozenset(place[i] for i in (row["ok"] or "").split(",") if i in place)
            queries.append(Query(row["query"], row["class"], gold, good | gold))
    return Corpus("site", documents, queries)


def _card(path: Path, variants: dict[str, list[str]]) -> Document:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    head = yaml.safe_load(head)
    prompts = [text for prompt in head.get("prompts") or () for text in (prompt, *variants.get(prompt, ()))]
    parts = re.split(r"^##+\s+(.*?)\s*\{#([\w-]+)\}\s*$", body, flags=re.MULTILINE)
    sections = [Section(parts[at + 1], parts[at], _plain(parts[at + 2])) for at in range(1, len(parts), 3)]
    return Document(
        url=f"{path.parent.name}/{path.stem}/",
        title=head["title"],
        kind=KINDS[path.parent.name],
        id=head["id"],
        summary=head.get("summary") or head.get("why") or "",
        asks=tuple(head.get("asks") or ()),
        prompts=tuple(prompts),
        aliases=tuple(map(str, head.get("aliases") or ())),
        sections=tuple(sections),
    )


def _plain(markdown: str) -> str:
    return re.sub(r"[*`|#>]+|\]\[[^\]]*\]|\]\([^)]*\)|\[", " ", markdown)
