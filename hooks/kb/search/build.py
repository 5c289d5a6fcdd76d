"""From documents to the files of the index."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.digest import integrity
from kb.memory import Memory
from kb.search import encode, learn, script, topics
from kb.search.documents import Document, Message
from kb.search.fragments import fragments, outlines
from kb.search.lessons import Learnt
from kb.search.lexicon import lexicon
from kb.search.needs import KEPT, Report, School, codes, learnt, school, table
from kb.search.normalise import Simplifier, normalise, traditional_to_simplified
from kb.search.occurrences import Cutter
from kb.search.postings import Postings, collect
from kb.search.scale import FOR, SIGNED
from kb.search.segment import Phrases
from kb.search.shards import Plan, commonest, grouped, plan
from kb.search.vocabulary import Vocabulary
from kb.search.words import words_with

OFFLINE_LIMIT = 8_000_000
"""Bytes of index above which no copy for ``file:`` is written: such a site is not carried about."""

NONE = "#"
"""Stands for a document without sections, the next character for one, and so on: short on the wire."""

FIRST = ("l0.bin", "d0.json")
"""Files that come with the engine on a site with asks: what most queries want."""


@dataclass(frozen=True)
class Index:
    """A built index. ``files``: path below the site → content; ``base``: their folder, named by content.

    ``postings`` are of the texts, ``taught`` of what asks teach, none without asks; ``lessons`` say how well.
    """

    files: dict[str, bytes]
    base: str
    meta: dict[str, object]
    postings: Postings
    taught: Postings | None
    lessons: Report | None
    shown: dict[str, list[object]]
    lexicon: dict[str, object]
    traditional: str

    def plain(self) -> dict[str, object]:
        """Return the same index as plain JSON data, for tests and other readers."""
        return {
            "meta": self.meta,
            "terms": self.postings.plain(),
            "taught": self.taught.plain() if self.taught else {},
            "fragments": self.shown,
            "lexicon": self.lexicon,
            "traditional": self.traditional,
        }


def build(
    documents: Sequence[Document],
    vocabulary: Vocabulary,
    scripts: Path,
    nothing: Sequence[str] = (),
    cache: Path | None = None,
    facts: Sequence[Mapping[str, Any]] = (),
    says: Sequence[Message] = (),
) -> Index:
    """Build the index.

    ``scripts``: the folder of the browser's modules (``docs/assets``); ``nothing``: sentences that fit no
    document; ``cache``: where to remember what asks taught; ``facts``: tables of causes
    (``kb.exports.facts``); ``says``: words on a screen that have a page.
    """
    cutter = cutter_of(vocabulary)
    learns = any(document.asks for document in documents)
    words_of = replace(cutter, phrases=Phrases({})) if learns else cutter
    # learning takes most memory, so it comes first
    lessons = school(documents, nothing, cutter) if learns else None
    memory = Memory(cache, KEPT)
    found = learnt(lessons, memory) if lessons else None
    postings, impacts = collect(documents, words_of, named=not learns)
    shared = outlines(documents)
    words = lexicon(documents, vocabulary, cutter, memory)
    encoded = encode.bodies(postings)
    layout = plan(postings, [2 + len(data) for data in encoded])
    shards = _shards("t", postings, encoded, layout)
    known = {*postings.terms}
    taught = report = meta_learnt = None
    if lessons and found:
        report = Report(lessons, found.guesses, tuple(document.answer for document in documents))
        vague = [[queries for queries, _ in topic["vague"]] for topic in facts]
        taught = table(found, lessons, documents, cutter, vague)
        encoded = encode.bodies(taught)
        asked = [lesson.text for lesson in lessons.lessons if lesson.ask]
        groups = grouped(taught, [2 + len(data) for data in encoded], asked, memory)
        shards |= _shards("l", taught, encoded, groups)
        known.update(taught.terms)
        meta_learnt = _meta(found, lessons, documents, groups)
    shown = fragments(documents, shared, report.shown().tolist() if report else (), memory)
    traditional = _occurring(cutter, known)
    place = {document.id: at for at, document in enumerate(documents)}
    meta = {
        "version": encode.VERSION,
        "records": sum(1 + len(d.sections) for d in documents),
        "sections": "".join(chr(ord(NONE) + len(d.sections)) for d in documents),
        "weights": [d.weight for d in documents],
        "single": impacts.single,
        "pair": impacts.pair,
        "common": commonest(postings),
        "shards": layout.count,
        "width": layout.width,
        "rows": shown.files,
        "outlines": shared,
        "same": _same(words_of),
        "spellings": list(cutter.spellings.meanings.items()),
        "asides": list(vocabulary.asides),
        "learnt": meta_learnt,
        "says": [[m.id, m.url, m.text, m.light, m.advice, m.action, m.names, m.fact] for m in says],
        "readers": _readers(documents),
        "topics": [topics.row(topic, place) for topic in facts],
    }
    texts: dict[str, object] = {"traditional.json": traditional, "lexicon.json": words}
    if learns:
        texts["codes.json"] = codes(documents, cutter)
    for number, topic in enumerate(facts):
        texts[f"f{number}.json"] = topics.file(topic, number, place)
    texts |= {f"{name}.json": fragment for name, fragment in shown.data.items()}
    source = script.script(scripts)
    build = meta["build"] = _digest(shards, texts, meta, source)
    contents = {name: encode.sealed(payload, build) for name, payload in shards.items()}
    contents |= {name: encode.packed_json([build, data]) for name, data in texts.items()}
    base = f"search/{build}/"
    kept = {name: contents[name] for name in FIRST if learns and name in contents}
    files = _files(contents, base, script.with_data(source, meta, kept).encode())
    return Index(files, base, meta, postings, taught, report, shown.data, words, traditional)


def _readers(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Return the numbers of the documents that speak to somebody else, by whom."""
    found: dict[str, list[int]] = {}
    for at, document in enumerate(documents):
        if document.reader:
            found.setdefault(document.reader, []).append(at)
    return found


def _shards(mark: str, postings: Postings, encoded: Sequence[bytes], layout: Plan) -> dict[str, bytes]:
    """Return the payloads of all shards by the names of their files."""
    return {
        f"{mark}{number}.bin": encode.shard((postings.terms[at], encoded[at]) for at in terms)
        for number, terms in enumerate(layout.split(postings.terms))
    }


def _meta(found: Learnt, lessons: School, documents: Sequence[Document], groups: Plan) -> dict[str, object]:
    """Return what every query needs of what was learnt; see ``FORMAT.md``."""
    sizes = [0] * len(documents)
    for lead, size in zip(lessons.leads, found.sizes, strict=True):
        sizes[lead] = size
    return {
        "sizes": sizes,
        "twins": lessons.twins,
        "mass": learn.MASS,
        "prior": learn.PRIOR,
        "grown": learn.GROWN,
        "step": FOR.step,
        "signed": [[scale.step, scale.zero] for scale in SIGNED],
        "covered": learn.COVERED,
        "doubt": found.doubt,
        "sure": found.sure,
        "groups": groups.groups,
        "shards": groups.count,
    }


@lru_cache(maxsize=1)
def cutter_of(vocabulary: Vocabulary) -> Cutter:
    simplify = Simplifier(traditional_to_simplified())
    meanings: dict[str, str] = {}
    for group in vocabulary.same:
        for phrase in group:
            meanings.setdefault(normalise(phrase, simplify), normalise(group[0], simplify))
    spellings = {
        normalise(wrong, simplify): normalise(right, simplify) for wrong, right in vocabulary.spellings
    }
    words = (normalise(word, simplify) for word in vocabulary.words)
    return Cutter(simplify, Phrases(spellings), Phrases(meanings), words_with(words))


def _occurring(cutter: Cutter, terms: Iterable[str]) -> str:
    """Return the pairs traditional, simplified that can matter here, in one string."""
    phrases = (*cutter.phrases.meanings, *cutter.spellings.meanings)
    known = {c for text in (*terms, *phrases) for c in text}
    return "".join(old + new for old, new in sorted(cutter.simplify.table.items()) if new in known)


def _same(cutter: Cutter) -> list[list[str]]:
    """Return the groups of phrases of one meaning, the meaning first."""
    groups: dict[str, list[str]] = {}
    for phrase, meaning in cutter.phrases.meanings.items():
        groups.setdefault(meaning, [meaning])
        if phrase != meaning:
            groups[meaning].append(phrase)
    return list(groups.values())


def _digest(shards: Mapping[str, bytes], texts: object, meta: object, source: str) -> str:
    """Return eight hexadecimal digits that stand for all content, the scripts included."""
    digest = hashlib.sha256(encode.packed_json([texts, meta, source]))
    for name, payload in shards.items():
        digest.update(f"{name} {len(payload)}\n".encode() + payload)
    return digest.hexdigest()[:8]


def _files(contents: Mapping[str, bytes], base: str, engine: bytes) -> dict[str, bytes]:
    """Return the files, their copy for ``file:``, and at addresses that stay where they are."""
    files = {base + name: content for name, content in contents.items()}
    files[f"{base}engine.js"] = engine
    if sum(map(len, contents.values())) <= OFFLINE_LIMIT:
        text = {name: base64.b64encode(content).decode() for name, content in contents.items()}
        files[f"{base}offline.js"] = b"self.kbFiles=" + encode.packed_json(text) + b";\n"
    place = encode.packed_json({"base": base, "engine": integrity(engine)})
    files["search/place.json"] = place
    files["search/place.js"] = b"self.kbPlace=" + place + b";\n"
    return files
