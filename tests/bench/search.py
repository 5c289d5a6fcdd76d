"""Measure the search against its peers: relevance, bytes, latency, build time. ``--help`` lists the options.

The relevance sets are not part of this repository; ``--shared`` or ``KB_SHARED`` names their folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "hooks")]

from corpora import Corpus, own, pages, questions  # noqa: E402
from engines import ENGINES, NATIVE  # noqa: E402
from far import MISSING, certified, far  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from server import Server  # noqa: E402

COLD = 25
"""Queries that are asked of a freshly opened engine."""
FAR = 7
"""Those that are asked from far away."""
PARTS = "".join(f'<script src="part{at}.js"></script>' for at in range(6))
"""Of a page that has been read: over HTTP/1.1 the browser then has six connections, whatever is searched."""
ASK = """async ([engine, base, queries]) => {
    const { open, view } = await import("/engines.js");
    const seen = await view[engine]?.(base);
    const start = performance.now();
    const search = await open[engine](base, seen);
    const found = [await search(queries[0], queries.length === 1)];
    const cold = performance.now() - start;
    if (queries.length === 1) return { found, cold, times: [] };
    const times = [];
    for (const query of queries.slice(1)) {
        await search(query);
        const again = performance.now();
        found.push(await search(query));
        times.push(performance.now() - again);
    }
    return { found, cold, times };
}"""


def ask(browser: Browser, address: str, engine: str, corpus: Corpus, queries: list[str]) -> dict:
    """Open the engine in a fresh browser context and put the queries to it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}empty.html")
    answer = page.evaluate(ASK, [engine, f"/{corpus.name}/{engine}/", queries])
    context.close()
    return answer


def relevance(corpus: Corpus, found: list[list[str]]) -> str:
    """Return the figures of every track: first right, first three good, MRR@10."""
    place = {document.url: at for at, document in enumerate(corpus.documents)}
    tracks: dict[str, list[tuple[bool, bool, float]]] = {}
    for query, urls in zip(corpus.queries, found, strict=True):
        places = [p for p in (place.get(url, -1) for url in urls) if p not in corpus.passed]
        rank = next((at for at, p in enumerate(places) if p in query.gold), None)
        three = any(p in (query.good or query.gold) for p in places[:3])
        figures = (rank == 0, three, 0 if rank is None else 1 / (rank + 1))
        tracks.setdefault(query.track, []).append(figures)
    means = {track: [sum(x) / len(rows) for x in zip(*rows, strict=True)] for track, rows in tracks.items()}
    if len({query.track for query in corpus.queries}) > 4:  # kinds of queries, some with very few
        rows = [row for some in tracks.values() for row in some]
        kinds = [sum(x) / len(means) for x in zip(*means.values(), strict=True)]
        means = {"各类平均": kinds, "全部": [sum(x) / len(rows) for x in zip(*rows, strict=True)]}
    return "；".join(f"{track} 首条 {a:.3f} 前三 {b:.3f} MRR {c:.3f}" for track, (a, b, c) in means.items())


def measure(browser: Browser, server: Server, away: dict[str, str], engine: str, corpus: Corpus) -> str:
    """Return one line: relevance, cold bytes and milliseconds near and far, warm 95th percentile."""
    texts = [query.text for query in corpus.queries]
    sizes, cold = [], []
    for text in texts[:: max(1, len(texts) // COLD)][:COLD]:
        server.sent = 0
        cold.append(ask(browser, server.address, engine, corpus, [text])["cold"])
        sizes.append(server.sent)
    late = []
    for line, address in away.items():
        some = texts[:: max(1, len(texts) // FAR)][:FAR]
        times = sorted(ask(browser, address, engine, corpus, [text])["cold"] for text in some)
        late.append(f"，{line} {times[len(times) // 2]:.0f} ms")
    answer = ask(browser, server.address, engine, corpus, texts)
    times = sorted(answer["times"])
    return (
        f"{relevance(corpus, answer['found'])}｜冷启动 平均 {sum(sizes) / len(sizes) / 1000:.1f} KB、"
        f"中位 {sorted(sizes)[len(sizes) // 2] / 1000:.1f} KB "
        f"{sorted(cold)[len(cold) // 2]:.0f} ms{''.join(late)}"
        f"｜热查询 p95 {times[int(len(times) * 0.95)]:.1f} ms"
    )


def corpora(names: list[str], shared: Path, limit: int) -> list[Corpus]:
    """Return the corpora named: ``docs1000``, ``docs10000``, a folder of the relevance sets, or this site.

    This site is ``site``, with the development queries, or a file of labelled ones.
    """
    makers = {"site": lambda: own(shared / "queries-dev.tsv")}
    makers |= {name: lambda name=name: own(Path(name)) for name in names if name.endswith(".tsv")}
    makers |= {f"docs{n}": lambda n=n: pages(shared, n, min(limit, 100)) for n in (1000, 10000)}
    return [makers[name]() if name in makers else questions(shared, name, limit) for name in names]


def main() -> None:
    parser = argparse.ArgumentParser(description="搜索与同类对比：相关性、流量、时延、建索引时间")
    default = os.environ.get("KB_SHARED", str(HERE.parents[2] / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(default), help="评测集所在的目录，默认 ../shared")
    sets = ["site", "atec500_0", "atec500_1", "lcqmc", "docs1000"]
    parser.add_argument("--corpora", nargs="*", default=sets, help="语料，另有 docs10000（要十几分钟）")
    parser.add_argument("--engines", nargs="*", default=[*ENGINES, *NATIVE], choices=[*ENGINES, *NATIVE])
    parser.add_argument("--queries", type=int, default=500, help="每个评测集最多问多少条")
    options = parser.parse_args()
    if not options.shared.is_dir():
        parser.error(f"找不到评测集目录 {options.shared}；用 --shared 指定")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root, home = Path(folder, "site"), Path(folder, "nginx")
        root.mkdir()
        home.mkdir()
        (root / "empty.html").write_text(f"<!doctype html><title>bench</title>{PARTS}")
        for at in range(6):
            (root / f"part{at}.js").touch()
        shutil.copy(HERE / "engines.js", root / "engines.js")
        server = Server(root)
        flags = ["--no-sandbox", certified(home)]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        with far(root, home) as away:
            if not away:
                print(MISSING)
            for corpus in corpora(options.corpora, options.shared, options.queries):
                for engine in options.engines:
                    start = time.perf_counter()
                    if engine in NATIVE:
                        found, size = NATIVE[engine](corpus)
                        line = f"{relevance(corpus, found)}｜整份索引 {size / 1000:.1f} KB，浏览器里没有量"
                    else:
                        target = root / corpus.name / engine
                        target.mkdir(parents=True)
                        ENGINES[engine](corpus, target)
                        built = time.perf_counter() - start
                        measured = measure(browser, server, away, engine, corpus)
                        line = f"建索引 {built:.1f} s｜{measured}"
                    print(f"{corpus.name}｜{engine}｜{line}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
