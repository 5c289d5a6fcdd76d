"""Markup that runs or loads something, and characters that cannot be seen."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

import re
from collections.abc import Iterator

from .glyphs import is_invisible, is_selector
from .model import Span

_S = r"[\s\0]{0,9}"
_TAGS = [
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "noframes",
    "object",
    "embed",
    "applet",
    "param",
    "link",
    "meta",
    "base",
    "form",
    "input",
    "button",
    "select",
    "textarea",
    "video",
    "audio",
    "source",
    "track",
    "picture",
    "img",
    "image",
    "math",
    "template",
    "slot",
    "portal",
    "fencedframe",
    "use",
    "foreignobject",
    "animate",
    "animatemotion",
    "animatetransform",
    "set",
    "noscript",
    "isindex",
    "marquee",
    "bgsound",
    "layer",
    "ilayer",
    "xml",
    "map",
    "area",
    "html",
    "head",
    "body",
    "title",
    "keygen",
    "plaintext",
    "xmp",
    "noembed",
    "canvas",
    "dialog",
    "svg",
]
_ATTRIBUTES = [
    "srcset",
    "formaction",
    "action",
    "background",
    "poster",
    "ping",
    "xlink:href",
    "srcdoc",
    "src",
    "data",
    "http-equiv",
    "lowsrc",
    "dynsrc",
]

_PROSE = (
    ("markup", re.compile(rf"<(?:{'|'.join(_TAGS)})(?![a-z0-9-])[^\s<>]{{0,20}}", re.IGNORECASE)),
    ("markup", re.compile(r"<!(?:doctype|\[cdata|entity)|<\?(?:xml|php)", re.IGNORECASE)),
    ("script", re.compile(rf"(?<![a-z0-9_-])on(?!ce{_S}=|ly{_S}=|e{_S}=|line{_S}=)[a-z]{{3,24}}{_S}=", re.IGNORECASE)),
    ("markup", re.compile(rf"[<{{][^<>{{}}]{{0,300}}?[\s\"'/](?:{'|'.join(_ATTRIBUTES)}){_S}={_S}(?!=)", re.IGNORECASE)),
    ("markup", re.compile(rf"style{_S}={_S}[^>}}\n]{{0,200}}?(?:url{_S}\(|expression{_S}\(|@import|behavior{_S}:|image-set{_S}\()")),
    ("style", re.compile(rf"@import{_S}(?:url|[\"'])", re.IGNORECASE)),
)  # fmt: skip
_LETTERS = {scheme: r"\s{0,3}".join(scheme) for scheme in ("javascript", "vbscript", "livescript", "data")}
_ANYWHERE = (
    ("scheme", re.compile(rf"(?<![a-z])(?:{_LETTERS['javascript']}|{_LETTERS['vbscript']}|livescript|jscript|mhtml|blob|filesystem):(?=[^\s\"'`,，。])")),
    ("scheme", re.compile(rf"(?:[(<\"'=\]]|\]:)\s{{0,5}}(?P<at>{_LETTERS['javascript']}|{_LETTERS['vbscript']}|intent|view-source){_S}:")),
    ("scheme", re.compile(rf"(?<![a-z]){_LETTERS['data']}:\s?(?:(?:text|image|application|audio|video|font|multipart|model)/|[;,](?=\S)|base64)")),
    ("scheme", re.compile(r"(?:\]\(\s{0,5}<?\s{0,5}|\]:\s{0,5}<?|(?:href|src|url|link)\s?[=(:]\s{0,5}[\"']?|<)(?P<at>data):(?=\S)")),
    ("style", re.compile(r"(?:url|src|image-set)\s{0,5}\(\s{0,5}[\"']?\s{0,5}(?:[a-z][a-z0-9+-]{1,20}:|[/\\]{2})[^)\s]{0,100}|@import\s{0,5}(?:url\()?\s{0,5}[\"']?(?:[a-z]{2,20}:|[/\\]{2})")),
)  # fmt: skip


def active(original: str) -> Iterator[Span]:
    """Yield raw HTML and attribute lists of Markdown that run or load something, in the text as written.

    Bad: ``<img src=x onerror=…>``, ``![x](y){: onclick=…}``. Good: ``<details>``, ``{#symptom}``, ``{: .wide }``.
    """
    for kind, pattern in _PROSE:
        for found in pattern.finditer(original):
            yield Span(*found.span(), kind, found[0])


def schemes(folded: str) -> Iterator[Span]:
    """Yield links and styles that run or carry something, in a folded text. Bad: ``java script:alert(1)``, ``data:,``."""
    for kind, pattern in _ANYWHERE:
        for found in pattern.finditer(folded):
            start = found.start("at") if "at" in pattern.groupindex else found.start()
            yield Span(start, found.end(), kind, folded[start : found.end()])


_EMOJI = r"[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff0-9#*]"
_INNOCENT = re.compile(
    rf"(?<={_EMOJI})\ufe0f(?:\u20e3)?|(?<={_EMOJI})\ufe0e|(?<=[\ufe0f\U0001f000-\U0001faff])\u200d(?={_EMOJI})"
)
_SUSPECT = re.compile(
    r"[^\t\n\r\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2460-\u25ff\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]+"
)


def invisible(original: str) -> Iterator[Span]:
    """Yield runs of characters that leave no ink; a variation selector or joiner inside an emoji is accepted."""
    for suspect in _SUSPECT.finditer(original):
        start = suspect.start()
        hidden = [start + n for n, c in enumerate(suspect[0]) if is_invisible(c) or is_selector(c)]
        last = -2
        for at in hidden:
            if (
                at != last + 1
                and not (at == 0 and original[0] == "\ufeff")
                and not _INNOCENT.match(original, at)
            ):
                yield Span(at, at + 1, "invisible", f"U+{ord(original[at]):04X}")
            last = at
