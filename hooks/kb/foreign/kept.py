"""What was found in files, kept on an editor's machine by what they say, what is known and who looked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import fields
from itertools import chain
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from kb.memory import key

from . import lexicon
from .model import Known, Match
from .phrases import judge_of
from .scan import scan

NAME = "finds.json"
Kept = dict[str, list[tuple[int, str, str]]]
"""Hash of a file and of what is known → offset, kind and value of each find."""
MANY = 200_000
"""Characters that take longer to look through than another process takes to start."""


def scan_all(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Begin to look; return each file with what is foreign in it. Without ``known.cache`` nothing is kept."""
    if known.cache is None:
        return _scanned(texts, known)
    kept, seed = _read(known.cache / NAME), _seed(known)
    keys = {
        file: hashlib.sha256(f"{seed}{file}\n{text}".encode(errors="surrogatepass")).hexdigest()
        for file, text in texts.items()
    }
    new = {file: text for file, text in texts.items() if keys[file] not in kept}
    return _keeping(known.cache, kept, keys, _scanned(new, known))


def _keeping(
    cache: Path, kept: Kept, keys: Mapping[str, str], scanned: Iterator[tuple[str, list[Match]]]
) -> Iterator[tuple[str, list[Match]]]:
    """Yield what was kept and what is found now, and keep both."""
    looked = dict(scanned)
    fresh: Kept = {}
    for file, mark in keys.items():
        found = [Match(*match) for match in kept.get(mark, ())] if file not in looked else looked[file]
        fresh[mark] = [(match.start, match.kind, match.value) for match in found]
        yield file, found
    if fresh.keys() != kept.keys():
        with suppress(OSError):  # a target that may only be read is no fault
            cache.mkdir(parents=True, exist_ok=True)
            (cache / ".gitignore").write_text("*\n", "utf-8")
            (cache / NAME).write_text(json.dumps(fresh), "utf-8")


def _scanned(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Return each file with its finds. Many are looked through from now on, by a process for each core.

    One more, their head, learns what they judge by while the process that asks does something else.
    """
    if sum(map(len, texts.values())) < MANY:
        return ((file, list(scan(text, known, file))) for file, text in texts.items())
    head = ProcessPoolExecutor(1, initializer=_know, initargs=(known,))
    looked = chain.from_iterable(head.map(_side_by_side, [texts]))
    head.shutdown(wait=False)  # when it has done
    return looked


def _side_by_side(texts: Mapping[str, str]) -> list[tuple[str, list[Match]]]:
    judge_of(_known[0])  # once for all processes, where they inherit what this one has
    lexicon.load()
    with ProcessPoolExecutor(os.cpu_count(), initializer=_know, initargs=(_known[0],)) as processes:
        return list(zip(texts, processes.map(_look, texts, texts.values(), chunksize=4), strict=True))


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


def _read(file: Path) -> Kept:
    with suppress(OSError, ValueError):
        kept = json.loads(file.read_text("utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}


def _seed(known: Known) -> str:
    """Return a hash of what is known and of the program."""
    values = (getattr(known, field.name) for field in fields(known) if field.compare)
    lists = [sorted(value) if isinstance(value, frozenset) else value for value in values]
    return key(__file__, lists)
