"""Scan a file of the site for whatever is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from . import links
from .characters import characters
from .model import Find, Known, Match, Piece, Role, Syntax
from .numbers import DIGIT, LEAST_PLACES, numbers, places
from .phrases import Undecided, judge_of, phrases, sentences
from .shown import crowded, pieces
from .words import is_name, names, words

MOST = 100
"""Finds of one file beyond which a list helps nobody."""


def scan(text: str, known: Known, path: str) -> Iterator[Match]:
    """Yield what is foreign in one file, in the order in which it stands there; in a guide, what leads away.

    Bad: ``加 微 信 abc123``, ``１３８-零零13-八000``, ``https://www.pbc.gov.cn@evil.com``, ``mifupos点com``.
    Good: ``微信付款码``, ``95188``, ``2.99%``, ``../causes/credit-disabled.md#fix``, ``不要相信套现码``.
    """
    syntax, place = Syntax.of(path), Places(text)
    if syntax is Syntax.GUIDE:
        yield from sorted(set(_placed(_leads(text, known, path), place, known)))
        return
    if syntax is Syntax.PAGE and (start := crowded(text)) is not None:
        yield Match(start, "crowded", text[start : start + 8])
        return
    found = {Match(0, find.kind, find.value) for find in names(path, known, syntax)}
    whole = Piece(text, 0, len(text))
    found.update(place.of(find, whole) for find in characters(text, syntax is Syntax.CODE))
    try:
        found.update(islice(_placed(_finds(text, known, path, syntax), place, known), MOST))
    except RecursionError:
        found.add(Match(0, "nesting", path.rsplit("/", 1)[-1]))
    yield from sorted(found)


def _placed(found: Iterable[tuple[Find | Undecided, Piece]], place: Places, known: Known) -> Iterator[Match]:
    """Yield where finds stand in a file; those last that the examples decide, all at once."""
    undecided: list[tuple[Undecided, Piece]] = []
    for find, piece in found:
        if isinstance(find, Undecided):
            undecided.append((find, piece))
        else:
            yield place.of(find, piece)
    decided = judge_of(known).decided([one for one, _ in undecided]) if undecided else ()
    for (one, piece), is_find in zip(undecided, decided, strict=True):
        if is_find:
            yield place.of(one.find, piece)


def _leads(text: str, known: Known, path: str) -> Iterator[tuple[Find | Undecided, Piece]]:
    """Yield what leads to somebody in a guide.

    Bad: ``商务：139 1234 5678``, ``pos@evil.cn``. Good: ``[写法](docs/about/writing.md)``, ``mkdocs 1.6``.
    """
    judge = judge_of(known)
    for piece in pieces(text, Syntax.GUIDE, path):
        if piece.role is Role.LINK:
            yield from ((find, piece) for find in links.target(piece.text, known))
            continue
        finds: list[Find] = []
        shown = links.addresses(piece.text, known, finds)
        finds += [*links.hosts(shown, known), *numbers(shown, known)]
        yield from ((find, piece) for find in finds)
        for sentence, squeezed in sentences(piece.text):
            yield judge.called(Find("phrase", sentence), squeezed, known), piece


def _finds(text: str, known: Known, path: str, syntax: Syntax) -> Iterator[tuple[Find | Undecided, Piece]]:
    if syntax is Syntax.KEYS:
        return
    run, told, cut = "", 0, ""
    for piece in pieces(text, syntax, path):
        yield from ((find, piece) for find in _piece(piece, known, syntax))
        if piece.role is Role.LINK or syntax in (Syntax.ASKS, Syntax.LIST) or piece.text in known.names:
            continue
        told = told + here if (here := places(piece.text)) else 0
        if told >= LEAST_PLACES > here:
            yield Find("phone", piece.text), piece
        short = piece.role is Role.TEXT and _SHORT.fullmatch(piece.text)
        cut = cut + piece.text if short else ""
        if len(cut) > len(piece.text):
            yield judge_of(known).called(Find("phrase", cut), cut, known), piece
        joined = _ENDS.search(run) and _BEGINS.match(piece.text)
        run = f"{run[-MOST:]}\n{piece.text}" if joined else piece.text
        if joined:  # cut into blocks: items of a list, cells of a table, paragraphs
            yield from ((find, piece) for find in numbers(run, known) if "\n" in find.value)


def _piece(piece: Piece, known: Known, syntax: Syntax) -> Iterable[Find | Undecided]:
    if piece.role is Role.LINK:
        return links.target(piece.text, known)
    if piece.role is Role.DATA and (is_name(piece.text, known) or piece.text in known.addresses):
        return ()
    code = syntax is Syntax.CODE
    comment = code and piece.role is Role.COMMENT
    finds = list(characters(piece.text, code))
    shown = links.addresses(piece.text, known, finds)
    program = piece.role is Role.STRING or (code and piece.role is Role.DATA and piece.text.isascii())
    if program or comment:
        finds += links.hosts(shown, known)
    else:
        shown = words(shown, known, piece.role, syntax is Syntax.ASKS, finds)
    finds += (find for find in numbers(shown, known) if not comment or _is_long_phone(find))
    pattern = piece.role is Role.DATA and piece.text in known.patterns
    asked, aside = syntax is Syntax.ASKS, piece.role is Role.COMMENT
    told = phrases(piece.text, known, asked=asked, program=program or pattern, aside=aside)
    return chain(finds, told)


def _is_long_phone(find: Find) -> bool:
    return find.kind in ("mobile", "phone") and len(find.value) >= 10


_SHORT = re.compile(r"[一-龥]{1,2}")
"""A block so short that several may be one word: ``- 微``, ``- 信``."""
_ENDS = re.compile(rf"{DIGIT}[\W_]{{0,4}}$")
_BEGINS = re.compile(rf"[\W_]{{0,4}}{DIGIT}")


class Places:
    """Where in the source a find of a shown text stands: the n-th one there for the n-th one shown."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.last: dict[tuple[int, str], int] = {}

    def of(self, find: Find, piece: Piece) -> Match:
        key = piece.start, find.value
        at = self.source.find(find.value, self.last.get(key, piece.start - 1) + 1, piece.end)
        if at < 0:
            at = self._block(piece)
        self.last[key] = at
        return Match(at, find.kind, find.value)

    def _block(self, piece: Piece) -> int:
        """Return where the piece begins, by its first characters."""
        at = self.source.find(piece.text.split("\n", 1)[0][:8], piece.start, piece.end)
        return at if at >= 0 else piece.start
