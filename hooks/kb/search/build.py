"""From documents to the files of the index."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.search import encode, script
from kb.search.documents import Document
from kb.search.fragments import fragments, outlines
from kb.search.lexicon import lexicon
from kb.search.normalise import Simplifier, normalise, traditional_to_simplified
from kb.search.occurrences import Cutter
from kb.search.postings import Postings, collect
from kb.search.segment import Phrases
from kb.search.shards import plan
from kb.search.vocabulary import Vocabulary
from kb.search.words import Words

OFFLINE_LIMIT = 8_000_000
"""Bytes of index above which no copy for ``file:`` is written: such a site is not carried about."""
SEPARATOR = r"[\s,、。，．？！；]+"
"""How Material splits ``?h=`` on the landing page; the engine joins the matched strings with spaces."""


@dataclass(frozen=True)
class Index:
    """A built index. ``files``: path below the site → content; ``base``: their folder, named by content."""

    files: dict[str, bytes]
    base: str
    meta: dict[str, object]
    postings: Postings
    shown: dict[str, object]
    lexicon: dict[str, object]
    traditional: str

    def plain(self) -> dict[str, object]:
        """Return the same index as plain JSON data, for tests and other readers."""
        return {
            "meta": self.meta,
            "terms": self.postings.plain(),
            "fragments": self.shown,
            "lexicon": self.lexicon,
            "traditional": self.traditional,
        }


def build(documents: Sequence[Document], vocabulary: Vocabulary, scripts: Path) -> Index:
    """Build the index; ``scripts`` is the folder with the browser's modules (``docs/assets/search``)."""
    cutter = _cutter(vocabulary)
    postings, impacts = collect(documents, cutter)
    shared = outlines(documents)
    shown = fragments(documents, shared)
    words = lexicon(documents, vocabulary.words, cutter)
    traditional = _occurring(cutter, postings.terms)
    encoded = encode.bodies(postings)
    layout = plan(postings, [2 + len(data) for data in encoded])
    meta = {
        "version": encode.VERSION,
        "records": sum(1 + len(d.asks) + len(d.sections) for d in documents),
        "asks": [len(d.asks) for d in documents],
        "sections": [len(d.sections) for d in documents],
        "weights": [d.weight for d in documents],
        "single": impacts.single,
        "pair": impacts.pair,
        "common": layout.common,
        "shards": layout.count,
        "width": layout.width,
        "fine": layout.fine,
        "outlines": shared,
        "same": _same(cutter),
        "spellings": list(cutter.spellings.meanings.items()),
    }
    shards = {
        f"t{number}.bin": encode.shard((postings.terms[at], encoded[at]) for at in terms)
        for number, terms in enumerate(layout.split(postings.terms))
    }
    texts = {"traditional.json": traditional, "lexicon.json": words}
    texts |= {f"{name}.json": fragment for name, fragment in shown.items()}
    source = script.script(scripts)
    build = meta["build"] = _digest(shards, texts, meta, source)
    contents = {name: encode.sealed(payload, build) for name, payload in shards.items()}
    contents |= {name: encode.packed_json([build, data]) for name, data in texts.items()}
    base = f"search/{build}/"
    files = _files(contents, base)
    files[f"{base}engine.js"] = script.with_meta(source, meta).encode()
    return Index(files, base, meta, postings, shown, words, traditional)


@lru_cache(maxsize=1)
def _cutter(vocabulary: Vocabulary) -> Cutter:
    simplify = Simplifier(traditional_to_simplified())
    meanings: dict[str, str] = {}
    for group in vocabulary.same:
        for phrase in group:
            meanings.setdefault(normalise(phrase, simplify), normalise(group[0], simplify))
    spellings = {
        normalise(wrong, simplify): normalise(right, simplify) for wrong, right in vocabulary.spellings
    }
    words = (normalise(word, simplify) for word in vocabulary.words)
    return Cutter(simplify, Phrases(spellings), Phrases(meanings), Words(words))


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


def _files(contents: Mapping[str, bytes], base: str) -> dict[str, bytes]:
    """Return the files, their copy for ``file:`` and the stub that Material asks for on every page."""
    files = {base + name: content for name, content in contents.items()}
    if sum(map(len, contents.values())) <= OFFLINE_LIMIT:
        text = {name: base64.b64encode(content).decode() for name, content in contents.items()}
        files[f"{base}offline.js"] = b"self.kbFiles=" + encode.packed_json(text) + b";\n"
    config = {"lang": ["zh"], "separator": SEPARATOR, "pipeline": [], "fields": {}, "base": base}
    stub = encode.packed_json({"config": config, "docs": []})
    files["search/search_index.json"] = stub
    files["search/search_index.js"] = b"var __index=" + stub + b";\n"
    return files
