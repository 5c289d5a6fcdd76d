"""What the tests let in: the lists of the real site."""

from __future__ import annotations

from kb.checks.foreign import known_of
from kb.content.data import Folder
from kb.content.files import read_files
from kb.content.records import Code, Contacts, Phrases, WordList
from kb.foreign import Known, Match, scan

from tests.conftest import ROOT

PAGE = "docs/about/search.md"
DATA = "docs/_data/glossary.yml"
ASKS = "docs/_data/asks/pages/home.txt"
LIST = "docs/_data/lock/tree-fee.txt"
SCRIPT = "docs/assets/site.js"
TEMPLATE = "overrides/main.html"


def _known() -> Known:
    folder = Folder(read_files(ROOT), [])
    words, phrases = folder.single("words.yml", WordList), folder.single("phrases.yml", Phrases)
    contacts = folder.single("contacts.yml", Contacts)
    assert words and phrases and contacts
    codes = folder.table("codes.yml", Code).entries
    examples = folder.lines("adverts.txt"), folder.lines("harmless.txt")
    return known_of(words, phrases, examples, contacts, frozenset(code.code for code in codes))


KNOWN = _known()


def finds(text: str, path: str = PAGE) -> list[Match]:
    """Return what is foreign in a text that stands in the file of this path."""
    return list(scan(text, KNOWN, path))


def said(text: str) -> list[Match]:
    """Return what is foreign in a line of examples: ``问：`` stands before what people ask."""
    asked = text.startswith("问：")
    return finds(text.removeprefix("问：").replace("⏎", "\n"), ASKS if asked else PAGE)


def kinds(text: str, path: str = PAGE) -> set[str]:
    return {match.kind for match in finds(text, path)}
