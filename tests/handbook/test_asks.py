"""The sentences people ask with: enough of them where people ask, and every one our own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from kb.content.library import Library
from kb.content.schema import AnswerCard

FOREIGN = frozenset((Path(__file__).parent / "not-ours.txt").read_text("utf-8").split())
"""Real questions that the site is measured with, as hashes: what it was written from proves nothing."""

ASKED = set(
    "C18 C19 C20 C21 C22 C23 C25 C26 C27 C28 C29 C30 C31 C48 R13 R17 R18 R19 R22 R29 "
    "C32 C33 C34 C35 C50 C51 C52 C53 C54 C55 C56 R31 R32 R33 R34 R35 R36 R37".split()
)
"""Cards that most questions are about."""


def normalised(sentence: str) -> str:
    """Return the letters and digits alone, in one width and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", sentence).lower())


def hashed(sentence: str) -> str:
    """Return how ``not-ours.txt`` writes a sentence: the first 12 hex digits of the SHA-256."""
    return hashlib.sha256(normalised(sentence).encode()).hexdigest()[:12]


def sentences(library: Library) -> set[str]:
    """Return all asks and aliases but those that are public words: messages on screens and titles."""
    public = {words for prompt in library.prompts.entries for words in (prompt.text, *prompt.variants)}
    public |= {card.head.title for card in library.of(AnswerCard)}
    known = set(map(normalised, public))
    ours = [ask.text for asks in library.asks.values() for ask in asks]
    ours += [alias for card in library.of(AnswerCard) for alias in card.head.aliases]
    ours += [alias for code in library.codes.entries for alias in code.aliases]
    ours += [*library.adverts, *library.harmless]
    return {sentence for sentence in ours if normalised(sentence) not in known}


def test_no_sentence_is_one_the_site_is_measured_with(library: Library) -> None:
    assert [sentence for sentence in sentences(library) if hashed(sentence) in FOREIGN] == []


def test_a_copy_is_noticed_however_it_is_written() -> None:
    assert hashed("怎么 开通，花呗收款？") == hashed("怎么开通花呗收款") != hashed("怎么开通花呗")
    assert len(FOREIGN) >= 800 and all(re.fullmatch("[0-9a-f]{12}", line) for line in FOREIGN)


def test_enough_asks(library: Library) -> None:
    """40 where people ask, 25 on every other card, 15 for what is answered elsewhere."""
    few = {card: 40 if card in ASKED else 25 for card in (c.id for c in library.of(AnswerCard))}
    wanted = {f"cards/{card}": number for card, number in few.items()}
    wanted |= {f"elsewhere/{entry.id}": 15 for entry in library.elsewhere.entries}
    assert {
        name: len(library.asks.get(name, ()))
        for name in wanted
        if len(library.asks.get(name, ())) < wanted[name]
    } == {}
    assert len(library.elsewhere.entries) >= 15
