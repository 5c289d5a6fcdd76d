"""The one reader of Markdown syntax: headings, sections, references, images. Code is no content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
HASHES = re.compile(r"^(#{1,6})([ \t]*)(.*?)[ \t]*#*[ \t]*$")
UNDERLINE = re.compile(r"(=+|-+) *")
ANCHOR = re.compile(r"^(.*?)[ \t]*[{｛][#＃]([^}｝\s]+)[}｝]$")
FOOTNOTE = re.compile(r"\[\^(?P<id>[^\]]+)\]")
CARD_REFERENCE = re.compile(r"\[(?P<text>[^\[\]]*)\]\[(?P<id>[A-Za-z][0-9]+)\]")
PAGE_LINK = re.compile(
    r"\]\((?P<path>[^)\s#?:]*)(?:#(?P<anchor>[^)\s\"]*))?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]*)")
ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,3}\.) +\S")
MARKUP = re.compile(r"\[\^[^\]]*\]|\]\[[^\]]*\]|\]\([^)]*\)|[*_`>#\[\]]|^\s*(?:[-*]|\d+\.)\s", re.M)
SENTENCE = re.compile(r"[^。！？；\n]+")


Form = Literal["plain", "tight", "underlined", "wide"]


@dataclass(frozen=True)
class Section:
    """A second-level section. ``line`` is where its heading stands in the file."""

    anchor: str
    title: str
    line: int
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of ``level`` 1 to 6; ``anchor`` is empty if it names none.

    ``form``: ``## plain``, ``##tight``, underlined with ``---`` on the next line, or ``## wide ｛#anchor｝``.
    """

    level: int
    title: str
    anchor: str
    line: int
    form: Form = "plain"

    @property
    def target(self) -> str:
        """The anchor that links lead to: the one named, else what is made of the title."""
        return self.anchor or re.sub(r"[^\w\- ]", "", self.title).strip().lower().replace(" ", "-")


def visible(markdown: str) -> str:
    """Return ``markdown`` with its code, fenced or inline, turned to spaces: places stay what they were."""
    if "`" not in markdown and "~~~" not in markdown:
        return markdown
    return "\n".join(
        " " * len(line) if fenced else CODE.sub(lambda code: " " * len(code[0]), line)
        for line, fenced, _ in _lines(markdown)
    )


def open_fence(markdown: str, first_line: int = 1) -> tuple[str, int] | None:
    """Return the mark and line of a code block that never ends, if there is one."""
    *_, (_, _, opened) = _lines(markdown, first_line)
    return opened


def _lines(markdown: str, first_line: int = 1) -> Iterator[tuple[str, bool, tuple[str, int] | None]]:
    """Yield each line, whether it is of a code block, and mark and line of the block still open after it."""
    opened = None
    for number, line in enumerate(markdown.split("\n"), first_line):
        fenced, mark = opened is not None, FENCE.match(line)
        if mark and opened is None:
            fenced, opened = True, (mark[1], number)
        elif opened is not None and mark and _closes(line, opened[0]):
            opened = None
        yield line, fenced, opened


def _closes(line: str, fence: str) -> bool:
    return line.strip().startswith(fence) and not line.strip().strip(fence[0])


def headings(markdown: str, first_line: int = 1) -> Iterator[Heading]:
    """Yield what Python-Markdown takes for headings; ``first_line`` is the number of the first line."""
    lines = list(_pairs(markdown))
    fresh = True  # whether a block may begin here: only its first line can be underlined
    for index, (line, shown) in enumerate(lines):
        number = first_line + index
        if line.strip() and not shown.strip():
            fresh = True
        elif hashes := HASHES.match(line):
            yield _heading(len(hashes[1]), hashes[3], number, "plain" if hashes[2] else "tight")
            fresh = True
        else:
            after, seen = lines[index + 1] if index + 1 < len(lines) else ("", "")
            if fresh and line.strip() and seen.strip() and (under := UNDERLINE.fullmatch(after)):
                yield _heading(1 if under[1][0] == "=" else 2, line.strip(), number, "underlined")
            fresh = not line.strip()


def _heading(level: int, text: str, line: int, form: Form) -> Heading:
    named = ANCHOR.match(text)
    title, anchor = (named[1], named[2]) if named else (text, "")
    if named and not named[0].endswith(f"{{#{anchor}}}"):
        form = "wide"
    return Heading(level, title, anchor, line, form)


def blocks(markdown: str, first_line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the lines of each block between blank lines, code left out."""
    block: list[str] = []
    for number, line in enumerate([*visible(markdown).split("\n"), ""], first_line):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def items(block: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line, as a slice, of each paragraph, item, row or heading of a block."""
    own = (n for n, line in enumerate(block) if ITEM.match(line) or line.lstrip().startswith(("|", "#")))
    yield from pairwise(sorted({0, *own, len(block)}))


def unpaired(text: str) -> int | None:
    """Return where a Chinese quote stands that has no other half, if there is one."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign == "“":
            opened.append(at)
        elif sign == "”" and not opened:
            return at
        elif sign == "”":
            opened.pop()
    return opened[0] if opened else None


def sections_of(markdown: str, first_line: int = 1) -> list[Section]:
    """Cut ``markdown`` at its second-level headings."""
    lines = markdown.split("\n")
    starts = [heading for heading in headings(markdown, first_line) if heading.level == 2]
    ends = [*(heading.line - first_line for heading in starts), len(lines)][1:]
    return [
        Section(h.anchor, h.title, h.line, "\n".join(lines[h.line - first_line + 1 : end]).strip())
        for h, end in zip(starts, ends, strict=True)
    ]


def bare_section(markdown: str, first_line: int = 1) -> Section | None:
    """Return the section whose heading has no anchor, if there is one and no other."""
    bare = [section for section in sections_of(markdown, first_line) if not section.anchor]
    return bare[0] if len(bare) == 1 else None


def matches(
    pattern: re.Pattern[str], markdown: str, first_line: int = 1
) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the line and each match of ``pattern`` outside code."""
    for number, line in enumerate(visible(markdown).split("\n"), first_line):
        for match in pattern.finditer(line):
            yield number, match


def _pairs(markdown: str) -> Iterator[tuple[str, str]]:
    return zip(markdown.split("\n"), visible(markdown).split("\n"), strict=True)
