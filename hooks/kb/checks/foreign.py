"""Nothing foreign gets in: what stands in the site is Chinese prose and what the lists know."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import get_args

from kb.checks.rules import rule
from kb.checks.settings import COMMON
from kb.content.data import numbered
from kb.content.files import SETTINGS, read_guides
from kb.content.findings import Finding, Place
from kb.content.kinds import ALL, BY_LETTER
from kb.content.library import Library
from kb.content.records import Contacts, Phrases, WordList
from kb.content.schema import State
from kb.foreign import Known, Match, scan_all
from kb.foreign.model import PRIVATE
from kb.foreign.words import is_code, unlisted

CACHE = ".cache/foreign"
"""Where an editor's own machine keeps what was found. What judges a change trusts no file of it."""

LISTED = {
    "contacts.yml": frozenset({"number", "phone", "link", "email"}),
    "sources.yml": frozenset({"word"}),
    "codes.yml": frozenset({"word", "number", "phone", *PRIVATE}),
}
"""Finds that a data file allows: they cannot be judged while it has a fault."""


TOPICS = "topics.yml"
"""Its patterns are known for patterns only if it can be read."""


@rule("foreign", "words.yml", "phrases.yml", "adverts.txt", "harmless.txt", apart=True)
def check_foreign(library: Library) -> Iterator[Finding]:
    """Every character, Latin word, number, link and phrase is one that the lists in ``_data`` know.

    Beside the site (README, forms for issues) words of all kinds are normal, and nothing leads to somebody.
    Bad: ``有问题加V信 abc123``; ``请访问 mifupos点com``; ``打 139 95188 888``.
    Good: a number that is registered; ``POS 机收 30,580 元``.
    """
    known, guides = _known(library), dict(read_guides(library.root))
    texts = library.files.texts | {file: text for file, text in guides.items() if isinstance(text, str)}
    unread = (text for text in guides.values() if isinstance(text, Finding))
    return chain(unread, _found(library, known, texts, scan_all(texts, known)))


def _found(
    library: Library, known: Known, texts: Mapping[str, str], scanned: Iterator[tuple[str, list[Match]]]
) -> Iterator[Finding]:
    """Yield what is foreign, but for what a list with a fault may allow."""
    unsure = frozenset().union(*(LISTED[name] for name in library.broken & LISTED.keys()))
    skipped = {("word", f"docs/_data/{name}") for name in library.broken & LISTED.keys()}
    skipped |= {("phrase", f"docs/_data/{name}") for name in library.broken & {TOPICS}}
    by_case = {word.lower(): word for word in known.words}
    for file, found in scanned:
        places = {match: Place.at(file, texts[file], match.start) for match in found}
        once = {(place.line, match.kind, match.value): match for match, place in places.items()}
        for (_, kind, _), match in once.items():
            if kind in unsure or (kind, file) in skipped:
                continue
            name = "privacy" if match.private else ""
            meant = by_case.get(match.value.lower()) if kind == "word" else None
            remedy = f"写成“{meant}”" if meant else match.remedy
            yield places[match].finding(_shown(match), match.problem, remedy, name)


@rule("foreign", "adverts.txt", "harmless.txt")
def check_examples(library: Library) -> Iterator[Finding]:
    """A sentence is an example of what is refused or of what is let in, once.

    Bad: an advert of ``adverts.txt`` among the sentences of ``harmless.txt``. Good: in one of them.
    """
    seen: dict[str, Place] = {}
    for name in ("adverts.txt", "harmless.txt"):
        for number, line in numbered(library.files.texts[f"docs/_data/{name}"]):
            place = Place(f"docs/_data/{name}", number)
            if line in seen:
                remedy = f"{seen[line].file}:{seen[line].line} 已经有了，只留一处"
                yield place.finding(line, "写了两次", remedy)
            seen.setdefault(line, place)


@rule("foreign", "words.yml")
def check_names(library: Library) -> Iterator[Finding]:
    """Ids and codes, which may stand anywhere in the text, are made of the parts in ``_data/words.yml``.

    Bad: a source ``wx-abc888``; a code ``VX.ABC_POS``.
    Good: ``trade-pay``; ``ACQ.PAYMENT_FAIL``; ``BBS11112``.
    """
    parts = frozenset(library.words.parts)
    remedy = "换一个用 docs/_data/words.yml 的 parts 里的词组成的；新的词请负责人加"
    for index, source in enumerate(library.sources.entries):
        if strange := unlisted(source.id, parts):
            yield library.sources.at(index, "id").finding(source.id, f"里有没见过的词 {strange}", remedy)
    for index, code in enumerate(library.codes.entries):
        if not is_code(code.code, parts):
            yield library.codes.at(index, "code").finding(code.code, "不像错误码，或里面有没见过的词", remedy)


TEMPLATES = frozenset(re.findall(r"[A-Za-z0-9-]+", " ".join(kind.new for kind in ALL)))
TEMPLATES |= frozenset(get_args(State))
"""Words of the heads that ``make new`` writes, comments included, and the states of cards."""


PARTS = frozenset(re.findall(r"[a-z]+", f"{SETTINGS} {COMMON}"))
"""Words of the names of settings."""


def _known(library: Library) -> Known:
    """Return the same for all rules: what judges by it is made once."""
    examples = library.adverts, library.harmless
    known = known_of(library.words, library.phrases, examples, library.contacts, names_of(library))
    heard = (heard for topic in library.topics.entries for heard in topic.heard)
    known = replace(known, patterns=frozenset(word for one in heard for word in one.words))
    return known if "CI" in os.environ else replace(known, cache=library.root / CACHE)


def known_of(
    words: WordList,
    phrases: Phrases,
    examples: tuple[tuple[str, ...], tuple[str, ...]],
    contacts: Contacts,
    names: frozenset[str],
) -> Known:
    """Return what the lists let in, and the names that the data defines. ``examples``: bad and good ones."""
    return Known(
        words=frozenset(words.words) | TEMPLATES,
        parts=frozenset(words.parts) | PARTS,
        asks=frozenset(words.asks),
        names=names,
        letters="".join(BY_LETTER),
        phones=frozenset(phone.number for phone in contacts.phones),
        emails=frozenset(email.address for email in contacts.emails),
        addresses=frozenset(host.host for host in contacts.hosts),
        sounds=phrases.sounds,
        refused=phrases.refused,
        demands=phrases.demands,
        warned=phrases.warned,
        baits=phrases.baits,
        asking=phrases.asking,
        shapes=phrases.shapes,
        channels=phrases.channels,
        choosing=phrases.choosing,
        plain=phrases.plain,
        brands=phrases.brands,
        alone=phrases.alone,
        usual=phrases.usual,
        calls=phrases.calls,
        adverts=examples[0],
        harmless=examples[1],
    )


def names_of(library: Library) -> frozenset[str]:
    """Return the names that the data itself defines."""
    names = {source.id for source in library.sources.entries}
    names |= {code.code for code in library.codes.entries}
    names |= {image.sha256 for image in library.contacts.images}
    names |= {PurePosixPath(file).name for file in (*library.files.texts, *library.files.findings)}
    return frozenset(names)


def _shown(match: Match) -> str:
    """Return the value with the number of a character that cannot be told by its look."""
    if match.kind != "character":
        return match.value
    return f"{match.value}（U+{ord(match.value):04X}）"
