"""What a reader's browser shows of a file: the texts after YAML, Markdown and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

import yaml
from markdown import Markdown  # type: ignore[import-untyped, unused-ignore]
from markdown.blockprocessors import ReferenceProcessor  # type: ignore[import-untyped, unused-ignore]

from .model import BLANK, Piece, Role, Syntax

EXTENSIONS = ("attr_list", "footnotes", "tables", "toc", "pymdownx.details")
"""Those of hooks/mkdocs.yml."""

MOST = 300
"""Lines, and brackets, of a paragraph; Markdown takes time with their square."""

_INLINE = frozenset("a abbr b code del em i ins kbd mark s small span strong sub sup u wbr".split())
_LINKS = frozenset("href src action formaction srcset data poster cite background xlink:href".split())
_SILENT = frozenset(
    "class id align type open start colspan rowspan role lang dir width height rel name for"
    " viewbox xmlns d fill stroke stroke-width stroke-linecap stroke-linejoin transform points"
    " x y x1 x2 y1 y2 rx ry cx cy r".split()
)
"""Attributes that show nothing."""
_READ = frozenset("title alt aria-label aria-description placeholder label".split())
"""Attributes that browsers show or read out."""
_REFERENCE = re.compile(r"\[\^[a-z0-9-]+\](?!:)|(?<=\])\[[A-Z][0-9]+\]|[ \t]\{#[a-z0-9-]+\}(?=[ \t]*\n)")
"""Footnote marks, links to cards and anchors: the build resolves them, other rules check them."""
_HEAD = re.compile(r"---\n(.*?\n)---(?:\n|\Z)", re.DOTALL)
_JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(
    r"/\*.*?\*/|(?<![:\w\"'`])//[^\n]*|<!--.*?-->"
    r"|(?i:url)\([^\s()\"']+\)"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([0-9a-fA-F]{4,5}) ?)"
)
"""Of scripts, and four or five digits of styles."""
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)


def pieces(text: str, syntax: Syntax, path: str) -> Iterator[Piece]:
    """Yield the shown texts of a file, in order."""
    if syntax is Syntax.PAGE or (syntax is Syntax.GUIDE and path.endswith(".md")):
        head = _HEAD.match(text)
        if head:
            yield from _yaml(text, head.start(1), head.end(1))
        yield from _page(text, head.end() if head else 0)
    elif syntax is Syntax.DATA or path.endswith((".yml", ".yaml")):
        yield from _yaml(text, 0, len(text))
    elif syntax is Syntax.LIST:
        names = {found[0]: found.span() for found in re.finditer(r"[^\s/:=?%|,.]+", text)}
        for name, span in names.items():
            yield Piece(name, *span, Role.DATA)
    elif syntax is Syntax.ASKS:
        for found in re.finditer(r".+", text):
            yield Piece(found[0], *found.span(), Role.COMMENT if found[0][0] == "#" else Role.TEXT)
    elif path.endswith((".md", ".xml")):
        for found in re.finditer(r".+", text):
            yield Piece(found[0], *found.span(), Role.COMMENT)
    elif path.endswith((".html", ".svg")):
        yield from _template(text)
    else:
        yield from _strings(text, 0)


def _yaml(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield values, comments, and keys that are words as in a menu. What is no YAML, other rules say."""
    source = text[start:end]
    scalars: list[Piece] = []
    spans: list[tuple[int, int]] = []
    try:
        node = yaml.compose(source, Loader=yaml.CSafeLoader)
        for scalar, is_key in _scalars(node):
            spans.append((scalar.start_mark.index, scalar.end_mark.index))
            if scalar.value and not (is_key and scalar.value.isascii()):
                span = start + spans[-1][0], start + spans[-1][1]
                scalars.append(Piece(_decoded(scalar.value), *span, Role.DATA))
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    yield from scalars
    rest = list(source)
    for first, last in spans:
        rest[first:last] = re.sub(r"[^\n]", "x", source[first:last])
    for found in _COMMENT.finditer("".join(rest)):
        first, last = start + found.start(), start + found.end()
        yield Piece(text[first:last], first, last, Role.COMMENT)


def _scalars(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Yield each scalar and whether it is a key, in order."""
    if isinstance(node, yaml.ScalarNode):
        yield node, False
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from ((scalar, True) for scalar, _ in _scalars(key))
            yield from _scalars(value)


def _decoded(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def crowded(text: str) -> int | None:
    """Return where a paragraph begins that would take Markdown minutes."""
    start = 0
    for block in text.split("\n\n"):
        if block.count("[") > MOST or block.count("\n") > MOST:
            return start
        start += len(block) + 2
    return None


def _page(text: str, start: int) -> Iterator[Piece]:
    """Yield what a page shows, and the definitions of links, which show nothing when nothing uses them."""
    parser = _Shown(start, len(text))
    source = _REFERENCE.sub("", text[start:])
    parser.feed(render(source))
    parser.close()
    found = parser.done()
    yield from found
    linked = {piece.text for piece in found if piece.role is Role.LINK}
    for name, target, *_, quoted, bracketed in ReferenceProcessor.RE.findall(source):
        if target.strip("<>") not in linked and not name.startswith("^"):
            yield Piece(target.strip("<>"), start, len(text), Role.LINK)
            yield Piece(f"{name}\n{quoted or bracketed}", start, len(text))


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    quiet = {"footnotes": {"BACKLINK_TITLE": "", "BACKLINK_TEXT": ""}}
    return Markdown(extensions=list(EXTENSIONS), extension_configs=quiet)


def render(text: str) -> str:
    """Return the HTML of a Markdown text, as the site's own extensions make it. Raise RecursionError."""
    try:
        return str(_markdown().reset().convert(text))
    except RecursionError:
        _markdown.cache_clear()  # it stands in the middle of a list
        raise


class _Shown(HTMLParser):
    """Collects the texts of blocks, what attributes say, and where links lead."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(convert_charrefs=True)
        self.span = (start, end)
        self.found: list[Piece] = []
        self.block: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.block.append("\n")
        elif tag not in _INLINE:
            self._end_block()
        for name, value in attrs:
            if name == "style":
                self.found.extend(Piece(p.text, *self.span, p.role) for p in _strings(value or "", 0))
            elif name in _LINKS:
                self.found.append(Piece((value or "").strip(), *self.span, Role.LINK))
            elif value and name not in _SILENT:
                self.found.append(Piece(value, *self.span, self.role_of(name)))

    def role_of(self, attribute: str) -> Role:
        return Role.TEXT

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()

    def handle_data(self, data: str) -> None:
        self.block.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(Piece(data, *self.span, Role.COMMENT))

    def handle_decl(self, decl: str) -> None:
        self.found.append(Piece(decl, *self.span, Role.COMMENT))

    def handle_pi(self, data: str) -> None:
        self.found.append(Piece(data, *self.span, Role.COMMENT))

    def unknown_decl(self, data: str) -> None:
        self.found.append(Piece(data, *self.span, Role.COMMENT))

    def _end_block(self) -> None:
        shown = "".join(self.block).strip()
        if shown:
            self.found.append(Piece(shown, *self.span))
        self.block = []

    def done(self) -> list[Piece]:
        self._end_block()
        return self.found


def _template(text: str) -> Iterator[Piece]:
    """Yield texts and attributes of a template or picture, and the strings of its expressions and scripts."""
    for found in _JINJA.finditer(text):
        if found[0].startswith("{#"):
            yield Piece(found[0][2:-2], *found.span(), Role.COMMENT)
        else:
            yield from _strings(found[0], found.start())
    parser = _Template(0, len(text))
    parser.feed(_JINJA.sub(lambda found: BLANK + "\n" * found[0].count("\n"), text))
    parser.close()
    yield from parser.done()


class _Template(_Shown):
    """The same of a template, whose other attributes are for programs."""

    def role_of(self, attribute: str) -> Role:
        return Role.TEXT if attribute in _READ else Role.STRING

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.found.extend(Piece(p.text, *self.span, p.role) for p in _strings(data, 0))
        else:
            super().handle_data(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, [(name, value) for name, value in attrs if BLANK not in (value or "")])


def _strings(text: str, start: int) -> Iterator[Piece]:
    for found in _STRING.finditer(text):
        shown = _ESCAPE.sub(lambda escape: chr(int(escape[escape.lastindex or 1], 16)), found[0])
        role = Role.COMMENT if found[0][0] in "/<" else Role.STRING
        begin = len("url(") if found[0][0] in "uU" else 1
        shown = shown.strip("/*") if role is Role.COMMENT else shown[begin:-1]
        yield Piece(shown, start + found.start(), start + found.end(), role)
