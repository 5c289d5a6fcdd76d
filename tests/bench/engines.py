"""The engines compared: each writes its files for a corpus; ``engines.js`` opens them in Chromium."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jieba
import material
import yaml
from corpora import DOCS, Corpus
from kb.search import Vocabulary, build

HERE = Path(__file__).parent
MATERIAL = Path(material.__file__).parent / "templates/assets/javascripts"


VOCABULARY = Vocabulary.from_data(yaml.safe_load((DOCS / "_data/vocabulary.yml").read_text("utf-8")))


def ours(corpus: Corpus, folder: Path) -> None:
    index = build(corpus.documents, *(corpus.others or (VOCABULARY, DOCS / "assets")))
    for path, content in index.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def entries(corpus: Corpus) -> list[dict[str, str]]:
    """Return sections as Material's plugin makes them; cards with all that the page would show."""
    found = []
    for document in corpus.documents:
        shown = "\n".join((document.summary, *document.asks, *document.prompts, *document.aliases))
        found.append({"location": document.url, "title": document.title, "text": shown})
        for section in document.sections:
            place = f"{document.url}#{section.anchor}" if section.anchor else document.url
            found.append({"location": place, "title": section.title, "text": section.text})
    return found


def stock(corpus: Corpus, folder: Path) -> None:
    """Material with jieba as shipped: words parted by zero-width spaces, its own worker, lunr beside it."""
    han = re.compile("[\u3400-\u9fff]+")

    def cut(text: str) -> str:
        return han.sub(lambda m: "\u200b" + "\u200b".join(jieba.cut(m[0])) + "\u200b", html.escape(text))

    docs = [{**entry, "title": cut(entry["title"]), "text": cut(entry["text"])} for entry in entries(corpus)]
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    config = {"lang": ["en"], "separator": r"[\s\u200b\u3000\-、。，．？！；]+", "pipeline": ["stemmer"]}
    (folder / "search_index.json").write_text(
        json.dumps({"config": config | {"fields": fields}, "docs": docs})
    )
    shutil.copy(next((MATERIAL / "workers").glob("search.*.min.js")), folder / "worker.js")


def pagefind(corpus: Corpus, folder: Path) -> None:
    site = folder / "site"
    for document in corpus.documents:
        parts = [f"<h1>{html.escape(document.title)}</h1>"]
        parts += [
            f"<p>{html.escape(text)}</p>" for text in (document.summary, *document.asks, *document.prompts)
        ]
        for s in document.sections:
            parts.append(f'<h2 id="{s.anchor}">{html.escape(s.title)}</h2><p>{html.escape(s.text)}</p>')
        page = site / document.url.partition("#")[0] / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f'<html lang="zh"><body>{"".join(parts)}</body></html>', "utf-8")
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(site),
        "--output-path",
        str(folder / "pagefind"),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def grams(corpus: Corpus, folder: Path) -> None:
    """BM25 over characters and pairs of them, as plain as can be: the page indexes all texts itself."""
    (folder / "entries.json").write_text(json.dumps(entries(corpus), ensure_ascii=False), "utf-8")


def minisearch(corpus: Corpus, folder: Path) -> None:
    """MiniSearch with Intl.Segmenter; its index is made by Node and loaded as JSON."""
    (folder / "entries.json").write_text(json.dumps(entries(corpus), ensure_ascii=False), "utf-8")
    package = HERE / "node_modules/minisearch/dist/es/index.js"
    shutil.copy(package, folder / "minisearch.mjs")
    shutil.copy(HERE / "minisearch.mjs", folder / "options.mjs")
    command = ["node", "--max-old-space-size=16000", str(folder / "options.mjs"), str(folder)]
    subprocess.run(command, check=True)  # 4 GB, Node's usual limit, are too few for 1,000 pages


ENGINES: dict[str, Callable[[Corpus, Path], None]] = {
    "ours": ours,
    "minisearch": minisearch,
    "material": stock,
    "pagefind": pagefind,
    "grams": grams,
}


def marz(corpus: Corpus) -> tuple[list[list[str]], int]:
    """Marz (character pairs, phrases verified): its browser half is not on npm, so it is asked in Python.

    Returns the pages found for each query, and the bytes of its one index file.
    """
    from marz import IndexBuilder

    builder = IndexBuilder("zh", ref_field="id")
    builder.field("title", 10.0)
    builder.field("text")
    rows = entries(corpus)
    builder.add_many({"id": str(at), "title": r["title"], "text": r["text"]} for at, r in enumerate(rows))
    index = builder.build()
    found = []
    for query in corpus.queries:
        bare = re.sub(r"\W+", " ", query.text)  # else signs are its query language
        places = [rows[int(hit.ref)]["location"] for hit in index.search(bare)]
        pages = (place if place.startswith("codes/") else place.partition("#")[0] for place in places)
        found.append(list(dict.fromkeys(pages))[:10])
    return found, len(index.to_bytes())


NATIVE: dict[str, Callable[[Corpus], tuple[list[list[str]], int]]] = {"marz": marz}
