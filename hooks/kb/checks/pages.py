"""The pages that are no cards: those that must be there, their heads, and the navigation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

import yaml

from kb.checks.files import KNOWN
from kb.checks.prose import MIN_SECTION
from kb.checks.rules import rule
from kb.content.findings import Finding, Place, choice
from kb.content.kinds import BY_FOLDER, KINDS
from kb.content.library import Library
from kb.content.markdown import bare_section, sections_of
from kb.content.pages import Page
from kb.content.reader import is_card
from kb.content.schema import Head
from kb.content.yaml_faults import syntax_fault

HOME = "docs/index.md"
TOPIC_SECTIONS = {"start": "从哪里开始", "known": "查清了什么", "unknown": "没查清什么"}
"""Sections of a topic's page, as anchor and in words."""


def needed_pages(library: Library) -> Iterator[tuple[str, Place, str, tuple[str, str]]]:
    """Yield the pages that must be there: file, where they are asked for, value, problem and remedy."""
    yield HOME, Place(HOME), "index.md", ("没有首页", "从版本库里恢复它")
    for kind in KINDS.values():
        file = f"docs/{kind.folder}/index.md"
        if any(card.spec is kind for card in library.cards.values()):
            remedy = f"加上这个文件，卡片头写 title、template: listing.html 和 kind: {kind.name}"
            yield file, Place(file), kind.label, ("没有列出这类卡片的页面", remedy)
    for index, topic in enumerate(library.topics.entries):
        if all(card.head.topic in library.topic_by_id for card in library.of(Head)):
            file = f"docs/topics/{topic.id}.md"
            remedy = f"加上 {file}，卡片头写 title、template: topic.html 和 topic: {topic.id}"
            yield file, library.topics.at(index, "id"), topic.id, ("这个主题没有页面", remedy)
    known = sorted(file.removeprefix("docs/") for file in library.pages)
    for name, path in library.book.pages.model_dump(exclude_none=True).items() if library.handbook else ():
        place = library.at("handbook.yml", "pages", name)
        yield f"docs/{path}", place, path, ("没有这个文件", choice(path, known))


@rule("pages", "topics.yml")
def check_needed(library: Library) -> Iterator[Finding]:
    """The home page, a list for each kind of card, a page for each topic and the handbook's key pages exist.

    Bad: a new topic without ``docs/topics/<id>.md``; ``contact: about/kontact.md``.
    Good: each of them there.
    """
    needed = {file: (place, value, words) for file, place, value, words in needed_pages(library)}
    for file in sorted(library.lost | needed.keys()):
        if file in library.files.names or (is_card(file) and file in library.lost):
            continue
        place, value, words = needed.get(file, (Place(file), "", ("", "")))
        if file not in needed or (file in library.lost and place.file != file):
            remedy = "从版本库里恢复它；不要这一页了，就把引用它的地方都改掉"
            place, value, words = Place(file), PurePosixPath(file).name, ("这一页不见了，别处要用它", remedy)
        yield place.finding(value, *words)


@rule("pages")
def check_heads(library: Library) -> Iterator[Finding]:
    """What the template of a page needs is there, and what it is about.

    Bad: ``kind: causes``; a page of a topic without its three sections; a page without ``description``.
    Good: ``template: topic.html`` with the id of the topic.
    """
    templates = {
        name.removeprefix("overrides/") for name in library.files.names if name.startswith("overrides/")
    }
    for page in library.pages.values():
        head = page.head
        if head.kind and head.kind not in KINDS:
            yield page.at("kind").finding(head.kind, "没有这类卡片", choice(head.kind, KINDS))
        if head.template is None and (own := _own_template(page.src_uri, templates)):
            yield page.at().finding(page.src_uri, "没有写模板", f"在卡片头加一行 template: {own}")
        if head.description is None and page.file != HOME and not _is_list(page):
            remedy = "在卡片头加一行 description: 用一句话写这一页讲什么"
            yield page.at().finding("description", "没有写这一页讲什么", remedy)
        folder = page.src_uri.partition("/")[0]
        if head.kind is None and _is_list(page):
            remedy = f"在卡片头加一行 kind: {BY_FOLDER[folder].name}"
            yield page.at().finding(page.src_uri, "没有写列出哪一类卡片", remedy)
        if folder == "topics":
            yield from _topic(page.file, library)


def _own_template(src_uri: str, templates: Collection[str]) -> str | None:
    """Return the template that is there for this page alone: by its name, or by that of its folder."""
    parts = PurePosixPath(src_uri).with_suffix("").parts
    if parts[0] == "topics" and len(parts) > 1:
        return "topic.html"
    if parts[0] in BY_FOLDER:
        return "listing.html"
    name = "home" if parts == ("index",) else [part for part in parts if part != "index"][-1]
    return next((one for one in (f"{name}.html", f"{name}/index.html") if one in templates), None)


def _topic(file: str, library: Library) -> Iterator[Finding]:
    page, topic = library.pages[file], file.removeprefix("docs/topics/").removesuffix(".md")
    if page.head.topic != topic and topic in library.topic_by_id:
        yield page.at("topic").finding(page.head.topic or "topic", "和文件名不一样", f"写成 topic: {topic}")
    sections = {section.anchor: section for section in sections_of(page.body, page.body_line)}
    for anchor, title in TOPIC_SECTIONS.items():
        if anchor not in sections:
            if bare := bare_section(page.body, page.body_line):
                remedy = f"写成“## {bare.title} {{#{anchor}}}”"
                yield Place(file, bare.line).finding(bare.title, "这一节没有编号", remedy, "sections")
                continue
            remedy = f"加上一节“## {title} {{#{anchor}}}”"
            yield Place(file, page.body_line).finding(title, "缺少这一节", remedy, "sections")
        elif len(sections[anchor].text) < MIN_SECTION:
            place = Place(file, sections[anchor].line)
            remedy = f"写到 {MIN_SECTION} 个字以上"
            yield place.finding(sections[anchor].title, "这一节太短", remedy, "sections")


@rule("pages")
def check_navigation(library: Library) -> Iterator[Finding]:
    """``mkdocs.yml`` names pages that exist; every page is in its navigation, or in a folder and led to.

    Bad: ``- 关于: about/indx.md``; a topic's page that is not in the menu; a page that nothing leads to.
    Good: ``- 关于: about/index.md``.
    """
    file = "mkdocs.yml"
    text = library.files.texts.get(file)
    if text is None:
        return
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        yield syntax_fault(error, text, file, 1)
        return
    keys = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    if "nav" not in keys:
        return
    pages = {name.removeprefix("docs/") for name in library.files.names if name.endswith(".md")}
    named = dict(_leaves(keys["nav"]))
    linked = {**named, **dict(_leaves(keys["extra"]) if "extra" in keys else ())}
    needed = {file for file, *_ in needed_pages(library)}
    wrong = [path for path in linked if path not in pages]
    for path in wrong:
        mark = linked[path]
        name, wide, rest = path.partition("：")
        if wide and rest.strip() in pages:
            place, remedy = Place(file, mark.line + 1, mark.column + 1), f"写成“{name}: {rest.strip()}”"
            yield place.finding(path, "冒号是全角的", remedy)
            continue
        if f"docs/{path}" not in needed | library.lost:
            place = Place(file, mark.line + 1, mark.column + 1)
            yield place.finding(path, "导航里的页面不存在", choice(path, pages))
    topics = {f"topics/{topic.id}.md" for topic in library.topics.entries}
    for path in sorted(pages - named.keys()) if not wrong and needed <= library.files.names else ():
        file = f"docs/{path}"
        if KNOWN.fullmatch(file) and (path in topics or "/" not in path or not _is_reached(file, library)):
            remedy = f"在 mkdocs.yml 的 nav 下面加一行“  - 页面的名字: {path}”"
            yield Place(file).finding("nav", "不在导航里，也没有哪一页通到它", remedy)


def _is_reached(file: str, library: Library) -> bool:
    """Return whether readers come to a page without the menu, as far as can be known."""
    page = library.pages.get(file)
    return page is None or _is_list(page) or file in library.leads or library.handbook is None


def _is_list(page: Page) -> bool:
    """Return whether a page lists the cards of its folder, or should."""
    folder, _, name = page.src_uri.partition("/")
    return bool(page.head.kind) or (folder in BY_FOLDER and name == "index.md")


def _leaves(node: yaml.Node) -> Iterator[tuple[str, yaml.Mark]]:
    """Yield the paths of a navigation, however deep."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value, node.start_mark
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _leaves(value)
    else:
        for value in node.value:
            yield from _leaves(value)
