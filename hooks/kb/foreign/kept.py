"""What was found in files, kept on an editor's machine by what they say, what is known and who looked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import fields
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from kb.memory import key

from . import lexicon
from .model import Known, Match
from .phrases import judge_of
from .scan import scan, scan_guide

NAME, GUIDES = "finds.json", "guides.json"
Look = Callable[[Mapping[str, str], Known], Iterator[tuple[str, list[Match]]]]
MANY = 200_000
"""Characters that take longer to look through than another process takes to start."""


def scan_all(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Yield each file with what is foreign in it. Without ``known.cache`` nothing is kept."""
    yield from _kept(texts, known, NAME, _scanned)


def scan_guides(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Yield each text for editors or developers with what leads to somebody in it."""
    yield from _kept(texts, known, GUIDES, _guided)


def _guided(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    yield from ((file, sorted(set(scan_guide(text, known, file)))) for file, text in texts.items())


def _kept(texts: Mapping[str, str], known: Known, name: str, look: Look) -> Iterator[tuple[str, list[Match]]]:
    if known.cache is None:
        yield from look(texts, known)
        return
    kept, seed = _read(known.cache / name), _seed(known)
    keys = {
        file: hashlib.sha256(f"{seed}{file}\n{text}".encode(errors="surrogatepass")).hexdigest()
        for file, text in texts.items()
    }
    new = {file: text for file, text in texts.items() if keys[file] not in kept}
    looked = dict(look(new, known))
    fresh: dict[str, list[tuple[int, str, str]]] = {}
    for file, mark in keys.items():
        found = [Match(*match) for match in kept.get(mark, ())] if file not in looked else looked[file]
        fresh[mark] = [(match.start, match.kind, match.value) for match in found]
        yield file, found
    if fresh.keys() != kept.keys():
        with suppress(OSError):  # a target that may only be read is no fault
            known.cache.mkdir(parents=True, exist_ok=True)
            (known.cache / ".gitignore").write_text("*\n", "utf-8")
            (known.cache / name).write_text(json.dumps(fresh), "utf-8")


def _scanned(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Yield each file with what is foreign in it; many are looked through side by side, one on a core."""
    if sum(map(len, texts.values())) < MANY:
        yield from ((file, list(scan(text, known, file))) for file, text in texts.items())
        return
    judge_of(known)  # once for all processes, where they inherit what this one has
    lexicon.load()
    with ProcessPoolExecutor(os.cpu_count(), initializer=_know, initargs=(known,)) as processes:
        yield from zip(texts, processes.map(_look, texts, texts.values(), chunksize=4), strict=True)


_known: list[Known] = []
"""What a process that looks was given: once, not with every file."""


def _know(known: Known) -> None:
    _known[:] = [known]
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End with the process that asked, even if it was killed: nobody else would end this one."""
    if asker := parent_process():
        asker.join()
        os._exit(1)


def _look(file: str, text: str) -> list[Match]:
    return list(scan(text, _known[0], file))


def _read(file: Path) -> dict[str, list[tuple[int, str, str]]]:
    with suppress(OSError, ValueError):
        kept = json.loads(file.read_text("utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}


def _seed(known: Known) -> str:
    """Return a hash of what is known and of the program."""
    values = (getattr(known, field.name) for field in fields(known) if field.compare)
    lists = [sorted(value) if isinstance(value, frozenset) else value for value in values]
    return key(__file__, lists)
