"""Normalised views of a text, each of which knows where its characters stood in the original."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .glyphs import FOLDING


@dataclass(frozen=True)
class View:
    """A text and, for each of its characters, the offset in the original text; one more offset for the end."""

    text: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str) -> View:
        """Return the view of a text as it is."""
        return cls(text, range(len(text) + 1))

    def rewrite(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> View:
        """Replace each match; the new characters stand where the match began."""
        pieces: list[str] = []
        offsets: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            new = replace(match)
            pieces += self.text[last : match.start()], new
            offsets.extend(self.offsets[last : match.start()])
            offsets.extend([self.offsets[match.start()]] * len(new))
            last = match.end()
        if not pieces:
            return self
        pieces.append(self.text[last:])
        offsets.extend(self.offsets[last:])
        return View("".join(pieces), offsets)

    def fold(self) -> View:
        """Return the view in lower case with look-alikes made plain and invisible characters gone."""
        if self.text.isascii():
            return View(self.text.lower(), self.offsets)
        pieces = list(map(FOLDING.__getitem__, self.text))
        if set(map(len, pieces)) == {1}:
            return View("".join(pieces), self.offsets)
        offsets = [offset for offset, piece in zip(self.offsets, pieces, strict=False) for _ in piece]
        offsets.append(self.offsets[len(self.text)])
        return View("".join(pieces), offsets)


_ESCAPE = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?"  # HTML
    r"|%[2-7][0-9a-f]|%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}"  # URL, UTF-8
    r"|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\U[0-9a-f]{8}"  # YAML, JavaScript
    r"|\\[0-9a-f]{2,6}[ \n]?"  # CSS
    r"|\\(?:\n|(?=[!-/:-@\[-`{-~]))",  # Markdown; a line continued in YAML and JavaScript
    re.IGNORECASE,
)
_PASSES = 3
"""Text is decoded once by YAML, once by Markdown and once by the browser."""


def decode(view: View) -> View:
    """Return the view with the escapes of HTML, URLs, YAML, JavaScript, CSS and Markdown resolved."""
    for _ in range(_PASSES):
        decoded = view.rewrite(_ESCAPE, _resolve)
        if decoded.text == view.text:
            break
        view = decoded
    return view


def _resolve(match: re.Match[str]) -> str:
    text = match[0]
    if text[0] == "&":
        return (
            html.unescape(text if text.endswith(";") else text + ";")
            if text[1] == "#"
            else html.unescape(text)
        )
    if text[0] == "%":
        return bytes.fromhex(text.replace("%", "")).decode("utf-8", "replace")
    code = re.sub(r"[^0-9a-f]", "", text[1:], flags=re.IGNORECASE)
    if not code or not 0x20 <= int(code, 16) <= 0x10FFFF:
        return "" if not code else text
    return chr(int(code, 16))


_DECORATION = re.compile(
    r"<!--[^<>]{0,200}-->|<!--|-->|</?[a-z][^<>]{0,300}>"  # comments and tags
    r"|\[\^[^\]\n]{1,60}\]|\]\([^()\n]{0,300}\)|\]\[[^\]\n]{0,100}\]|!?\["  # footnotes and links
    r"|\{[#:.%][^{}\n]{0,100}\}"  # attribute lists
    r"|\*+|~~|==|\^\^|`+|(?<![^\W_])_+|_+(?![^\W_])"  # emphasis
)


def undecorate(view: View) -> tuple[View, View]:
    """Split a folded view into what a reader sees as running text, and comments, tags and link targets alone."""
    decoration: list[str] = []
    offsets: list[int] = []

    def lift(match: re.Match[str]) -> str:
        if len(match[0]) > 4:
            decoration.append(match[0] + "\n\n")
            offsets.extend(view.offsets[match.start() : match.end()])
            offsets.extend([view.offsets[match.end()]] * 2)
        return ""

    plain = view.rewrite(_DECORATION, lift)
    return plain, View("".join(decoration), [*offsets, view.offsets[-1]])


_BREAK = re.compile(r"[^\w]+|_+")
_REPEATED = re.compile(r"(.)\1{8,}", re.DOTALL)
"""A character said more than eight times says nothing more, and takes time at each place."""
_HARD = re.compile(r"[。！？!?；;，,、|]|\n\s*(?:\n|[-+>#|]|\d+\.\s)")


def squeeze(view: View) -> View:
    """Return a folded view of letters, digits and Han only; ``。`` stands for a pause, ``:`` for a colon.

    Bad: ``加 微-信：abc_123`` reads ``加微信:abc123``.
    """
    view = view.rewrite(_REPEATED, lambda match: match[1] * 8)
    return view.rewrite(_BREAK, _pause)


def _pause(match: re.Match[str]) -> str:
    if "+" in match[0] and match.string[match.end() : match.end() + 1] in tuple("vw微薇威徽q扣"):
        return "+"
    return ":" if ":" in match[0] else "。" if _HARD.search(match[0]) else ""
