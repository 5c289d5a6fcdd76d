"""What was found in files, kept on an editor's machine by what they say, what is known and who looked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

from .model import Known, Match
from .scan import scan

NAME = "finds.json"


def scan_all(texts: Mapping[str, str], known: Known) -> Iterator[tuple[str, list[Match]]]:
    """Yield each file with what is foreign in it. Without ``known.cache`` nothing is kept."""
    if known.cache is None:
        yield from ((file, list(scan(text, known, file))) for file, text in texts.items())
        return
    kept, seed = _read(known.cache / NAME), _seed(known)
    fresh: dict[str, list[tuple[int, str, str]]] = {}
    for file, text in texts.items():
        key = hashlib.sha256(f"{seed}{file}\n{text}".encode(errors="surrogatepass")).hexdigest()
        found = kept.get(key)
        if found is None:
            found = [(match.start, match.kind, match.value) for match in scan(text, known, file)]
        fresh[key] = found
        yield file, [Match(*match) for match in found]
    if fresh.keys() != kept.keys():
        with suppress(OSError):  # a target that may only be read is no fault
            known.cache.mkdir(parents=True, exist_ok=True)
            (known.cache / ".gitignore").write_text("*\n", "utf-8")
            (known.cache / NAME).write_text(json.dumps(fresh), "utf-8")


def _read(file: Path) -> dict[str, list[tuple[int, str, str]]]:
    with suppress(OSError, ValueError):
        kept = json.loads(file.read_text("utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}


def _seed(known: Known) -> str:
    """Return a hash of what is known and of the program."""
    values = (getattr(known, field.name) for field in fields(known) if field.name != "cache")
    lists = [sorted(value) if isinstance(value, frozenset) else value for value in values]
    program = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(json.dumps(lists).encode() + program).hexdigest()
