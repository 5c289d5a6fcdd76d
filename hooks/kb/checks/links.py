"""Links in texts lead to cards, pages and headings that readers can open."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from kb.checks.names import Use, no_cards
from kb.checks.rules import rule
from kb.content.address import page_url
from kb.content.files import DECISIONS, GUIDES, read_guides
from kb.content.findings import Finding, Place, choice, near
from kb.content.library import Library
from kb.content.markdown import (
    CARD_REFERENCE,
    IMAGE,
    PAGE_LINK,
    Heading,
    Section,
    bare_section,
    headings,
    matches,
)

WIDE = re.compile(
    r"[】］\]]\s*[【［]\s*[A-Za-z][0-9]{2,5}\s*[】］]|\]\s+\[[A-Za-z][0-9]{2,5}\]|[】］]\s*[(（][^)）]*\.md"
)
PICTURED = re.compile(r"!\[[^\]]*\]\[[^\]]*\]")
DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:")


@rule("references")
def check_links(library: Library) -> Iterator[Finding]:
    """Links in the text lead to cards, pages and headings that exist, and are written in one of two ways.

    Bad: ``[请客服查][R0]``; ``[错误码](../code/index.md)``; ``[段](#nope)``; ``[x](../_data/tags.yml)``;
    a card by its path.
    Good: ``[请客服查][编号]`` with the id of a card; ``[错误码](../codes/index.md)``.
    """
    for file, text in library.files.texts.items():
        if file.endswith(".md"):
            yield from _cards(file, text, library)
            yield from _pages(file, text, library)
            yield from _written(file, text)


@rule("references")
def check_guides(library: Library) -> Iterator[Finding]:
    """Links in what people read beside the site lead to files: README, decisions.

    Bad: ``[规则](docs/about/writting.md)`` in ``CONTRIBUTING.md``. Good: ``docs/about/writing.md``.
    """
    for file, text in read_guides(library.root, (*GUIDES, *DECISIONS)):
        for number, link in matches(PAGE_LINK, text) if isinstance(text, str) else ():
            path, target = link["path"], library.root / posixpath.dirname(file) / link["path"]
            if path and not target.exists():
                names = (other.name for other in target.parent.glob("*"))
                place = Place(file, number, link.start("path") + 1)
                yield place.finding(path, "没有这个文件", _neighbour(path, names) or "改成现有的文件")


def _cards(file: str, text: str, library: Library) -> Iterator[Finding]:
    for number, link in matches(CARD_REFERENCE, text):
        if not library.may_have(link["id"]):
            meant = link["id"].upper()
            known = "改成现有的编号，清单在“全部原因”“全部对策”两页"
            remedy = f"是不是想写 “{meant}”？" if library.may_have(meant) else known
            use = Use(link["id"], Place(file, number, link.start("id") + 1))
            yield from no_cards([use], library, remedy)
        elif link["id"] in library.every and library.every[link["id"]].file == file:
            place = Place(file, number, link.start() + 1)
            yield place.finding(link[0], "链接到了自己这一张", f"只留下文字：{link['text']}")


def _pages(file: str, text: str, library: Library) -> Iterator[Finding]:
    pictures = {(number, picture.start("path")) for number, picture in matches(IMAGE, text)}
    for number, link in matches(PAGE_LINK, text):
        path, anchor = link["path"], link["anchor"]
        place = Place(file, number, link.start("path") + 1)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        if path.startswith("/"):
            yield place.finding(path, "网址不能以 / 开头", "写从这个文件出发的路径，或写成 [文字][编号]")
        elif target.startswith("docs/_data/") or not target.startswith("docs/"):
            yield place.finding(path, "读者打不开这个文件", "链接到站里的页面，或写成 [文字][编号]")
        elif target in library.lost:
            continue  # the rule pages says so
        elif target not in library.files.names:
            if (number, link.start("path")) in pictures:
                remedy = "改成 docs/assets/ 下面登记过的图片，或整个删掉"
                yield place.finding(path, "没有这张图片", remedy)
                continue
            yield place.finding(path, "没有这个文件", _meant(path, file, library))
        elif path and anchor is None and target in library.id_by_file:
            remedy = f"写成 [文字][{library.id_by_file[target]}]"
            yield place.finding(path, "链接到卡片要写编号", remedy)
        elif anchor and target in library.files.texts and anchor not in anchors(target, library):
            at = Place(file, number, link.start("anchor") + 1)
            yield no_section(anchor, target, at, library)


def _meant(path: str, file: str, library: Library) -> str:
    """Return the remedy for a link to no file: the page that has its address, or that they write a card."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    url = page_url(target.removeprefix("docs/"))
    same = [page for page in library.pages if page_url(page.removeprefix("docs/")) == url]
    if same:
        return f"写成 {posixpath.relpath(same[0], posixpath.dirname(file))}"
    folder = posixpath.dirname(target)
    names = (posixpath.basename(page) for page in library.pages if posixpath.dirname(page) == folder)
    return _neighbour(path, names) or "改成现有的文件，或写成 [文字][编号]"


def _neighbour(path: str, names: Iterable[str]) -> str:
    """Return what to write for a path to no file, if one of the ``names`` in its folder is like it."""
    folder, name = posixpath.split(path)
    return near(name, sorted(names), before=folder and f"{folder}/")


def _written(file: str, text: str) -> Iterator[Finding]:
    for number, wide in matches(WIDE, text):
        place = Place(file, number, wide.start() + 1)
        yield place.finding(wide[0], "链接的括号不对", "用半角方括号，中间不空格：[文字][编号]")
    for number, picture in matches(PICTURED, text):
        remedy = "链接到卡片，就删掉前面的感叹号；放图片，写成 ![图上是什么](路径)"
        yield Place(file, number, picture.start() + 1).finding(picture[0], "卡片编号不是图片", remedy)
    for number, definition in matches(DEFINITION, text):
        remedy = "直接写在句子里：[文字](路径) 或 [文字][编号]；脚注的出处由 sources.yml 给出"
        yield Place(file, number).finding(definition[0].strip(), "不能在正文里定义链接", remedy)


def no_section(anchor: str, file: str, place: Place, library: Library) -> Finding:
    """Return that a page has not the section that ``place`` names, or that its heading lost the anchor."""
    page, known = library.pages.get(file), sorted(anchors(file, library))
    bare = bare_section(page.body, page.body_line) if page else None
    if bare and not near(anchor, known):
        return unnamed(file, bare, anchor)
    linked = place.file.endswith(".md")
    value, page_name = (f"#{anchor}", "那一页") if linked else (anchor, f"{file} ")
    return place.finding(value, f"{page_name}没有这一节", choice(anchor, known))


def unnamed(file: str, section: Section | Heading, anchor: str) -> Finding:
    """Return that a section has not the anchor under which it is known elsewhere."""
    remedy = f"写成“## {section.title} {{#{anchor}}}”：别处指着它"
    return Place(file, section.line).finding(section.title, "这一节的编号不见了", remedy, "references")


def anchors(file: str, library: Library) -> set[str]:
    """Return the anchors of a page that its Markdown makes."""
    found = {heading.target for heading in headings(library.files.texts[file])}
    book = library.handbook
    if book and file == f"docs/{book.pages.sources}":
        found |= set(library.source_by_id)
    return found
