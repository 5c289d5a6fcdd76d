"""Markdown that does not show what its writer meant: raw HTML, attributes, lists that are none, leftovers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.front_matter import split
from kb.content.library import Library
from kb.content.markdown import ITEM, blocks, headings, items, matches, open_fence
from kb.content.reader import is_card
from kb.content.slips import DASH, STEP, TWO_CARDS, TWO_HEADS, TWO_PAGES, slips_of, slips_of_head

TAG = re.compile(r"<(?!https?://|mailto:)(?=[A-Za-z/!?])[^>\s]*>?")
ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n]*\}")
HEADING_ANCHOR = re.compile(r"^#{1,6}.*\{#[a-z0-9-]+\}\s*$")
TAGS_HERE = re.compile(r"<!-- material/tags -->")
"""The one comment that means something: the theme puts the list of tags there."""

TAGS_PAGE = "docs/tags.md"

ROW = re.compile(r" {0,3}\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?$")
UNFINISHED = re.compile(r"待写|TODO|FIXME")


HEAD_AGAIN = re.compile(r"^---\n(?:(?!id:)[a-z_]+:.*\n)*?(?P<title>title: .+)", re.MULTILINE)
"""The head of a page in its text; that of a card is told by its id."""


@rule("markup")
def check_markup(library: Library) -> Iterator[Finding]:
    """No raw HTML, no attributes but the anchors of headings, a blank line before lists and tables, no 待写.

    Bad: ``金额 <b 元``; ``[x](y.md){ data-x }``; a list right below a line of text.
    Good: ``金额小于 100 元``; ``## 怎么办 {#fix}``; an empty line, then ``- 甲``.
    """
    drafts = {card.file for card in library.drafts.values()}
    for file, text in library.files.texts.items():
        if not file.endswith(".md"):
            continue
        parts = split(text, file)
        for slip in slips_of_head(parts[0], 2) if not isinstance(parts, Finding) else ():
            yield Place(file, slip.line, slip.column).finding(slip.value, slip.problem, slip.remedy)
        if unclosed := open_fence(text):
            fence, line = unclosed
            yield Place(file, line).finding(fence, "代码块没有结束", f"在代码后面另起一行写 {fence}")
            continue
        if isinstance(parts, Finding):
            continue  # its head is broken: what is text cannot be told
        head, body, start = parts
        if not head.strip() and body.startswith("id:"):
            yield Place(file, 1).finding("---", TWO_HEADS, "删掉多的那一行 ---")
            continue
        if again := HEAD_AGAIN.search(body):
            end = "末尾" if body[: again.start()].strip() else "下一个 ---"
            line = start + body.count("\n", 0, again.start("title"))
            yield Place(file, line).finding(again["title"], TWO_PAGES, f"从它上面的 --- 一直删到{end}")
            continue
        yield from _raw(file, body, start)
        yield from _twice(file, body, start)
        for slip in slips_of(body, start):
            twice = slip.problem == TWO_CARDS and slip.value in head.split("\n")
            remedy = "同一张贴了两遍：从它上面的 --- 一直删到末尾" if twice else slip.remedy
            yield Place(file, slip.line, slip.column).finding(slip.value, slip.problem, remedy)
        yield from _loose(file, body, start)
        yield from _tight(file, body, start)
        yield from _open(file, body, start)
        if file not in drafts:
            yield from _unfinished(file, text)


SIGNS = re.compile(r"\{\{|\{%|^[ \t]*--8<--")


@rule("markup")
def check_signs(library: Library) -> Iterator[Finding]:
    """No signs of templates and no files taken in: texts are texts; none is left to be written.

    Bad: ``publisher: "{{ site }}"``; ``--8<-- "notes.md"``; ``answer: 待写``.
    Good: what shall be shown, written out.
    """
    for file, text in library.files.texts.items():
        if not file.startswith("docs/") or file.startswith("docs/assets/"):
            continue
        for number, found in matches(SIGNS, text):
            place = Place(file, number, found.start() + 1)
            yield place.finding(found[0].strip(), "是模板的记号", "删掉它，写上要给人看的字")
        if file.endswith(".yml"):
            yield from _unfinished(file, text)
            for slip in slips_of_head(text):
                yield Place(file, slip.line, slip.column).finding(slip.value, slip.problem, slip.remedy)


def _unfinished(file: str, text: str) -> Iterator[Finding]:
    """Yield the first place that says that something is still to be written, and how many there are."""
    if todo := list(matches(UNFINISHED, text)):
        (number, found), count = todo[0], len(todo)
        problem = "还没有写完" if count == 1 else f"还没有写完（{count} 处）"
        yield Place(file, number, found.start() + 1).finding(found[0], problem, "写完它，或整句删掉")


def _twice(file: str, body: str, start: int) -> Iterator[Finding]:
    """Yield anchors that stand at a second heading of a page; of cards the rule sections says so."""
    seen: set[str] = set()
    for heading in headings(body, start) if not is_card(file) else ():
        if heading.anchor in seen:
            place = Place(file, heading.line)
            yield place.finding(f"#{heading.anchor}", "两个小节用了同一个编号", "给后一个换一个编号")
        seen |= {heading.anchor} if heading.anchor else set()


def _raw(file: str, body: str, start: int) -> Iterator[Finding]:
    last = 0
    for number, tag in matches(TAG, body, start):
        if number != last and not TAGS_HERE.match(tag.string[tag.start() :]):
            last = number  # what is pasted has many in a line
            place = Place(file, number, tag.start() + 1)
            if file == TAGS_PAGE and tag[0] == "<!--":
                continue  # the one that has to be there was changed
            if tag[0] == "<!--":
                yield place.finding(
                    tag.string[tag.start() :], "注释会发给读者", "把注释整段删掉，一直删到 -->"
                )
                return
            remedy = "用 Markdown 的写法；要写这个符号，就用 ` 括起来"
            yield place.finding(tag[0], "正文里不写 HTML", remedy)
    if file == TAGS_PAGE and not TAGS_HERE.search(body):
        remedy = "在列出标签的地方单独写一行 <!-- material/tags -->"
        yield Place(file, start).finding("material/tags", "标签的清单不见了", remedy)
    for number, found in matches(ATTRIBUTES, body, start):
        if not HEADING_ANCHOR.match(found.string):
            remedy = "删掉它；只有小节标题后面可以写 {#编号}，要写花括号就用 ` 括起来"
            yield Place(file, number, found.start() + 1).finding(found[0], "正文里不写花括号", remedy)


def _loose(file: str, body: str, start: int) -> Iterator[Finding]:
    """Yield lists and tables that begin inside a paragraph, where they stay plain text."""
    for number, block in blocks(body, start):
        first = next((n for n, line in enumerate(block) if not line.startswith("#")), len(block))
        if first == len(block) or block[first].startswith((" ", "\t", ">", "???")):
            continue
        in_list = ITEM.match(block[first])
        for offset in range(first + 1, len(block)):
            if STEP.match(block[offset - 1]) or DASH.match(block[offset - 1]):
                break  # it ought to be an item, as another finding says
            if block[first].startswith("<!--"):
                break  # another finding says that it is a comment
            if ITEM.match(block[offset]) and not in_list:
                remedy = "在它前面空一行，否则它只是一句话"
                place = Place(file, number + offset)
                yield place.finding(block[offset].strip(), "列表前面没有空行", remedy)
                break
            if ROW.fullmatch(block[offset]) and offset > first + 1:
                remedy = "在表头前面空一行，否则它只是一句话"
                place = Place(file, number + offset - 1)
                yield place.finding(block[offset - 1].strip(), "表格前面没有空行", remedy)
                break


def _open(file: str, body: str, start: int) -> Iterator[Finding]:
    """Yield bold text that no second ``**`` ends: readers would see the signs."""
    for number, block in blocks(body, start):
        for first, last in items(block):
            counts = [line.count("**") for line in block[first:last]]
            if sum(counts) % 2:
                offset = max(n for n, count in enumerate(counts) if count % 2)
                column = block[first + offset].index("**") + 1
                place = Place(file, number + first + offset, column)
                yield place.finding("**", "加粗没有结束", "补上另一半 **，或删掉它")


def _tight(file: str, body: str, start: int) -> Iterator[Finding]:
    """Yield headings in the forms that editors do not mean as headings."""
    for heading in headings(body, start):
        place, anchor = Place(file, heading.line), f" {{#{heading.anchor}}}" if heading.anchor else ""
        written = f"{'#' * heading.level} {heading.title}{anchor}"
        if heading.form == "tight":
            plain = "在 # 前面加一个反斜杠 \\"
            remedy = f"写成“{written}”；不是标题，就{plain}" if heading.level > 1 else plain
            yield place.finding(heading.title, "井号后面没有空格", remedy)
        elif heading.form == "wide":
            yield place.finding(f"｛#{heading.anchor}｝", "编号的花括号是全角的", f"写成“{written}”")
        elif heading.form == "underlined":
            remedy = f"写成“{written}”，删掉下一行；不是标题，就在中间空一行"
            yield place.finding(heading.title, "标题不用下划线写", remedy)
