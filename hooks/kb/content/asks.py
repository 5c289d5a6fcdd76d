"""Asks: whole questions in the words people use, one sentence a line, one file for what answers them.

``docs/_data/asks/cards/<id>.txt`` holds those of the card, ``elsewhere/<id>.txt`` those of a kind of
question that is answered elsewhere, ``pages/<name>.txt`` those of a page, ``nothing.txt`` sentences that have
nothing to do with the site. Empty lines and lines that begin with ``#`` are for editors.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.content.data import numbered
from kb.content.files import Files

FOLDER = "docs/_data/asks"
STRAYS = ".cache/search/strays.json"
"""What the last build thinks of the asks: ``[[sentence, its own answer, the answer it is more like]]``."""
NO_ASKS = "还没有问法"
UNANSWERED = {
    "cards": ("没有这个编号的卡片", "文件名要是现有卡片的编号"),
    "elsewhere": ("elsewhere.yml 里没有这一项", "文件名要是其中一项的 id"),
    "pages": ("没有这个名字的页面", "文件名是页面的网址，“/”换成“-”，首页是 home"),
}
"""Folder → problem and remedy of a file in it whose name nothing answers."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One sentence and where it stands; ``line`` counts from 1."""

    text: str
    file: str
    line: int


def read_asks(files: Files) -> dict[str, tuple[Ask, ...]]:
    """Return the asks by the name of their file below ``FOLDER``, without its ending: ``cards/<id>``."""
    asks = {}
    for file, text in files.texts.items():
        if file.startswith(f"{FOLDER}/") and file.endswith(".txt"):
            asks[file.removeprefix(f"{FOLDER}/").removesuffix(".txt")] = tuple(
                Ask(line, file, number) for number, line in numbered(text)
            )
    return asks
