"""The Latin words of a text: each one stands in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .model import BLANK, Find, Known, Role, Syntax

_TOKEN = re.compile(r"[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*")
_LATIN = re.compile(r"[A-Za-z]")
_PATH = re.compile(
    r"/?(?:[a-z0-9_-]+/)*(?:[a-z0-9_-]+(?:\.(?:md|html|yml|css|js|svg|png|json|txt|xml))?|\*)?(?:#[a-z0-9-]+)?"
)
_CODE = re.compile(r"[A-Z]+(?:[._][A-Z0-9]+)+|[A-Z]{1,4}[0-9]{1,5}|[0-9]{2,6}")
_VERSION = re.compile(r"[vV]?[1-9][0-9]?(?:\.[0-9]{1,2}){1,3}|[vV][1-9][0-9]?(?:\.[0-9]{1,4}){1,3}")
_FILE = re.compile(r"(?!(?:.*[0-9]){7})[A-Za-z0-9_-]+(?:\.[a-z0-9]+)*")
_ID = re.compile(r"[A-Z][0-9]{2,5}")
_CUT = re.compile(r"[^a-z0-9]+")


def unlisted(name: str, parts: frozenset[str]) -> str:
    """Return what a name has beside listed words and numbers of up to five digits, six in all; or nothing."""
    pieces = [piece for piece in _CUT.split(name.lower()) if piece]
    numbers = [piece for piece in pieces if piece.isdigit()]
    if sum(map(len, numbers)) > 6:
        return "".join(numbers)
    return next((p for p in pieces if p not in parts and not (p.isdigit() and len(p) <= 5)), "")


def is_made_of(name: str, parts: frozenset[str]) -> bool:
    return not unlisted(name, parts)


def is_code(code: str, parts: frozenset[str]) -> bool:
    """Return whether something is written like a code: ``ACQ.PAYMENT_FAIL``, ``BBS11112``, ``000100``."""
    return _CODE.fullmatch(code) is not None and (
        ("_" not in code and "." not in code) or is_made_of(code, parts)
    )


@lru_cache(maxsize=16)
def _combined(words: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the listed words that are more than one token: ``T+1``, ``A 类``."""
    many = sorted((word for word in words if not _TOKEN.fullmatch(word)), key=len, reverse=True)
    if not many:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, many))})(?![A-Za-z0-9])")


def words(text: str, known: Known, role: Role, asks: bool, finds: list[Find]) -> str:
    """Return the text with its Latin words made ``BLANK``; those that no list knows go to ``finds``.

    Bad: ``abc12345``, ``mifupos.com``, ``V 信``, ``刷ka卡``, ``a b c 8 8 8``.
    Good: ``POS``, ``T+1``, the id of a card.
    """
    if not _LATIN.search(text):
        return text

    def check(match: re.Match[str]) -> str:
        token = match[0]
        if not _is_known(token, known, role, asks):
            token = token.strip("._-") or token
            finds.append(Find("card" if re.fullmatch(r"[0-9]{17}[xX]", token) else "word", token))
        return BLANK * len(match[0])

    return _TOKEN.sub(check, _combined(known.words).sub(lambda match: BLANK * len(match[0]), text))


def is_name(text: str, known: Known) -> bool:
    """Return whether a text is a slug, or paths of files or pages, one a line, made of listed words."""
    return all(map(_PATH.fullmatch, text.rstrip("\n").split("\n"))) and is_made_of(text, known.parts)


def _is_known(token: str, known: Known, role: Role, asks: bool) -> bool:
    for form in (token, token.rstrip("._-"), token.strip("._-")):
        if form in known.words or form in known.names or form in known.addresses or _VERSION.fullmatch(form):
            return True
        if form[:1] in known.letters and _ID.fullmatch(form):
            return True
        if asks and (form in known.asks or form.lower() in known.asks):
            return True
        if role is Role.COMMENT and is_name(form, known):
            return True
    return False


def names(path: str, known: Known, syntax: Syntax) -> Iterator[Find]:
    """Yield a path whose names are not made of listed words; programs may have any but a number."""
    for name in path.split("/"):
        stem = name.removesuffix(".txt")
        is_id = stem[:1] in known.letters and _ID.fullmatch(stem)
        if syntax is Syntax.CODE and _FILE.fullmatch(name):
            continue
        if not (name.isascii() and (is_id or is_made_of(name, known.parts))):
            yield Find("name", name)
