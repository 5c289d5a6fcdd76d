"""What templates and scripts lead to exists, whatever handbook they serve."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from jinja2 import Environment, TemplateSyntaxError

from kb.checks.addresses import pages_of
from kb.checks.names import Use, no_cards
from kb.checks.rules import rule
from kb.checks.theme import theme_parts
from kb.content.findings import Finding, Place, choice, near
from kb.content.kinds import ALL, BY_LETTER
from kb.content.library import Library
from kb.content.lost import ADDRESS
from kb.content.markdown import matches
from kb.content.schema import AnswerCard

LINK = re.compile(r"['\"]([a-z0-9./-]+)['\"]\s*\|\s*url\b|\bsite\(['\"]([a-z0-9./-]+)['\"]\)")
"""An address that a template writes out: ``'ask/' | url``, ``site('ask/')``."""

PART = re.compile(r"\{% (?:extends|include|import|from) \"([a-z0-9/-]+\.html)\"")
"""A template that another one takes in."""

OPENED = frozenset(
    {"404.html", "main.html", "card.html", "redirect.html", "says.html", "says-all.html"}
    | {f"ask/{name}.html" for name in ("frame", "overview", "question", "result", "resume")}
    | {f"kinds/{kind.name}.html" for kind in ALL}
)
"""Templates that the programs open; those that pages name are checked with their heads."""

COMMENT = re.compile(r"<!--(?!\[if).*")

WIDGETS = "overrides/widgets/"
LOST = "缺少这个模板", "从版本库里恢复它"
CARD = re.compile(rf"\b[{''.join(BY_LETTER)}][0-9]{{2,5}}\b")


@rule("pages")
def check_templates(library: Library) -> Iterator[Finding]:
    """Every template is there that the programs, a page or another template use.

    Bad: no ``overrides/card.html``; ``template: topics.html``. Good: all of those in the repository.
    """
    uses: dict[str, list[Place]] = defaultdict(list)
    for page in library.pages.values():
        if page.head.template:
            uses[page.head.template].append(page.at("template"))
    for file, text in library.files.texts.items():
        if file.startswith("overrides/"):
            for number, part in matches(PART, text):
                uses[part[1]].append(Place(file, number, part.start(1) + 1))
    needed = OPENED | uses.keys()
    there = {file.removeprefix("overrides/") for file in library.files.names if file.startswith("overrides/")}
    for name in sorted(needed - there - theme_parts()):
        if name not in OPENED and len(uses[name]) == 1:
            inside = name.replace(".html", "/index.html")
            remedy = f"写成 {inside}" if inside in there else choice(name, there | theme_parts())
            yield uses[name][0].finding(name, "没有这个模板", remedy)
        else:
            yield Place(f"overrides/{name}").finding(name, *LOST)


@rule("pages")
def check_widgets(library: Library) -> Iterator[Finding]:
    """A card names a widget that there is.

    Bad: ``widget: {name: calculater}``. Good: ``widget: {name: calculator}``.
    """
    there = [PurePosixPath(file).stem for file in library.files.names if file.startswith(WIDGETS)]
    for card in library.of(AnswerCard):
        if card.head.widget and card.head.widget.name not in there:
            name = card.head.widget.name
            if meant := near(name, there):
                yield card.at("widget", "name").finding(name, "没有这个小工具", meant)
            else:
                template = f"widgets/{name}.html"
                yield Place(f"overrides/{template}").finding(template, *LOST)


BLOCKS = ("if", "for", "block", "macro", "set", "with", "filter", "call", "autoescape")
"""Words of Jinja that open what ``end…`` closes; ``set`` does so without ``=``. Source: Jinja 3.1, "Tags"."""

WORDS = (*BLOCKS, *(f"end{word}" for word in BLOCKS), "else", "elif", "extends", "include", "import", "from")


@rule("pages")
def check_syntax(library: Library) -> Iterator[Finding]:
    """Every template can be read by Jinja.

    Bad: ``{% if card %``; a block that nothing ends. Good: ``{% if card %}…{% endif %}``.
    """
    jinja = Environment(autoescape=True)
    for file, text in library.files.texts.items():
        if file.startswith("overrides/") and file.endswith((".html", ".xml")):
            try:
                jinja.parse(text)
            except TemplateSyntaxError as error:
                line, problem, remedy = _unpaired(jinja, text) or (error.lineno, *NOT_JINJA)
                value = text.split("\n")[line - 1].strip()
                if re.search("[“”‘’]", value):
                    problem, remedy = WIDE
                yield Place(file, line).finding(value or file, problem, remedy)
            else:
                yield from _miswritten(file, text)


WIDE = "模板里的引号是中文的", '改成半角的引号 "'
WIDE_QUOTED = re.compile("=[“”‘’]")
"""An attribute in quotes that are none to a browser."""


def _miswritten(file: str, text: str) -> Iterator[Finding]:
    """Yield what Jinja lets pass and no browser reads."""
    for number, found in matches(WIDE_QUOTED, text):
        place = Place(file, number, found.start() + 1)
        yield place.finding(found.string[: found.end()][-20:], *WIDE)
    if "<?xml" in text and not text.startswith("<?xml"):
        value = text.split("\n")[0] or "空行"
        yield Place(file).finding(value, "<?xml 前面不能有别的", "删掉它前面的空行和字")


NOT_JINJA = "模板的记号不成对，或写错了", "对照上一版改好这一行，或它前面的那一段"


def _unpaired(jinja: Environment, text: str) -> tuple[int, str, str] | None:
    """Return line, problem and remedy of the first block that is not paired, if marks and strings are."""
    opened: list[tuple[int, str]] = []
    try:
        tags = list(_tags(jinja, text))
    except TemplateSyntaxError:
        return None
    for line, word in tags:
        if word not in WORDS:
            return line, f"模板里没有 {word} 这个词", near(word, WORDS) or "对照上一版改好这一行"
        if word in BLOCKS:
            opened.append((line, word))
        elif (block := word.removeprefix("end")) in BLOCKS:
            if block not in [word for _, word in opened]:
                remedy = f"在前面补上它的 {{% {block} … %}}，或删掉这个 {word}"
                return line, f"这里的 {word} 前面没有 {block}", remedy
            if opened[-1][1] != block:
                break
            opened.pop()
    if not opened:
        return None
    line, block = opened[-1]
    return line, f"{block} 没有结束", f"在它管的那一段后面补上 {{% end{block} %}}"


def _tags(jinja: Environment, text: str) -> Iterator[tuple[int, str]]:
    """Yield line and first word of each ``{% … %}``, without ``set`` of one value."""
    inside: list[tuple[int, str]] = []
    for line, token, value in jinja.lex(text):
        if token == "block_begin":
            inside = [(line, "")]
        elif token == "block_end" and inside:
            if inside[1:] and not (inside[1][1] == "set" and any(value == "=" for _, value in inside)):
                yield inside[1]
            inside = []
        elif inside and token != "whitespace":
            inside.append((line, value))


@rule("references")
def check_code(library: Library) -> Iterator[Finding]:
    """Addresses and cards that templates and scripts name exist.

    Bad: ``{{ 'code/' | url }}`` without a page ``docs/code/index.md``; the id of a card that is not there.
    Good: ``{{ kb.key_page('codes') | url }}``; what is of one subject stands in ``_data`` or a card's head.
    """
    pages = pages_of(library)
    for file, text in library.files.texts.items():
        if not file.startswith(("overrides/", "docs/assets/")) or not file.endswith((".html", ".js")):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for link in (LINK if file.endswith(".html") else ADDRESS).finditer(line):
                address = next(filter(None, link.groups()))
                lost = library.lost & {f"docs/{address}index.md", f"docs/{address[:-1]}.md"}
                if address.endswith("/") and address not in pages and not lost:
                    remedy = "改成现有的页面，或加上这一页"
                    yield Place(file, number, link.start() + 1).finding(address, "没有这个网址", remedy)
            if file.endswith(".html") and (comment := COMMENT.search(line)):
                place = Place(file, number, comment.start() + 1)
                yield place.finding(comment[0], "注释会发给读者", "写成 {#- … #}，或删掉它", "markup")
            uses = (Use(card[0], Place(file, number, card.start() + 1)) for card in CARD.finditer(line))
            yield from no_cards(uses, library, "程序里不写编号：写进 topics.yml 或卡片头")
