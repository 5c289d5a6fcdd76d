"""Asks: whole questions in the words people use, one sentence a line, one file for what answers them.

``docs/_data/asks/cards/<id>.txt`` holds those of the card, ``elsewhere/<id>.txt`` those of a kind of
question that is answered elsewhere, ``pages/<name>.txt`` those of a page, ``nothing.txt`` sentences that have
nothing to do with the site. Empty lines and lines that begin with ``#`` are for editors.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = "docs/_data/asks"


@dataclass(frozen=True)
class Ask:
    """One sentence and where it stands; ``line`` counts from 1."""

    text: str
    file: str
    line: int


def read_asks(root: Path) -> dict[str, tuple[Ask, ...]]:
    """Return the asks by the name of their file below ``docs/_data/asks``, without its ending:
    ``cards/<id>``.

    A file that is not UTF-8 is left out: reading all texts reports it.
    """
    asks = {}
    for path in sorted((root / FOLDER).rglob("*.txt")):
        file = path.relative_to(root).as_posix()
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(root / FOLDER).with_suffix("").as_posix()
        asks[name] = tuple(
            Ask(line.strip(), file, number)
            for number, line in enumerate(lines, 1)
            if line.strip() and not line.startswith("#")
        )
    return asks
