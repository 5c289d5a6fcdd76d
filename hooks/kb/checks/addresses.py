"""Addresses that moved, and the addresses that were once published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kb import tree
from kb.checks.files import KNOWN
from kb.checks.links import anchors, unnamed
from kb.checks.pages import TOPIC_SECTIONS, needed_pages
from kb.checks.rules import rule
from kb.content.address import page_url
from kb.content.files import MISSING
from kb.content.findings import Finding, Place, choice
from kb.content.kinds import BY_FOLDER
from kb.content.library import Library
from kb.content.markdown import open_fence
from kb.content.pages import Page
from kb.content.published import FOLDER, PAGES, UNREADABLE, parse_pages
from kb.content.reader import is_page
from kb.content.schema import Head

OLD = re.compile(r"(?:[a-z0-9]+(?:[-.][a-z0-9]+)*/)+")
SHORT = re.compile(r"c/[A-Z][0-9]{2,5}/")
SAYS = "says/"
"""Address of the pages on what a screen says."""
NEW = re.compile(rf"({OLD.pattern})(?:#([a-z0-9-]+))?")


def pages_of(library: Library) -> dict[str, str]:
    """Return the addresses of the pages that a build makes, each with its Markdown file if it has one."""
    unread = (file for file in library.files.names if is_page(file) and file not in library.pages)
    pages = {page_url(file.removeprefix("docs/")): "" for file in unread}
    pages |= {page.url: page.file for page in library.pages.values()}
    for card in (*library.cards.values(), *library.retired.values()):
        pages |= {card.url: card.file, card.short_url: ""}
    pages |= {f"{SAYS}{prompt.id}/": "" for prompt in library.prompts.entries} | {SAYS: ""}
    for topic in library.topics.entries:
        pages |= {f"ask/{topic.id}/": "", f"ask/{topic.id}/overview/": ""}
    return pages


@rule("redirects")
def check_redirects(library: Library) -> Iterator[Finding]:
    """A redirect leads from where no page is straight to a page.

    Bad: ``old: /etc/x/``; ``new: javascript:x``; ``new`` that is an ``old``.
    Good: ``{old: causes/card-off/, new: causes/card-blocked/}``.
    """
    pages, table = pages_of(library), library.redirects
    to = {entry.old: entry.new.partition("#")[0] for entry in table.entries}
    for index, entry in enumerate(table.entries):
        old, new = table.at(index, "old"), table.at(index, "new")
        if not OLD.fullmatch(entry.old) and not SHORT.fullmatch(entry.old):
            remedy = "写站里的网址，像 causes/old-name/ 这样：开头没有 /，最后有 /，没有 #"
            yield old.finding(entry.old, "旧网址写法不对", remedy)
        elif entry.old in pages or entry.old.startswith("ask/"):
            yield old.finding(entry.old, "跳转盖住了真的页面", "这一页还在，删掉这条跳转")
        target = NEW.fullmatch(entry.new)
        if target is None:
            remedy = "写站里的网址，像 causes/new-name/ 这样，后面可以带 #小节"
            yield new.finding(entry.new, "新网址写法不对", remedy)
        elif entry.old in (circle := _way(entry.new, to)):
            if entry.old == min(circle):
                others = f"，删掉 {'、'.join(sorted(circle)[1:])} 这几条" if len(circle) > 1 else ""
                remedy = f"改成现有的页面的网址{others}"
                yield new.finding(entry.new, "跳转绕成了圈", remedy)
        elif target[1] in to:
            yield new.finding(entry.new, "跳转指向另一条跳转", "直接写最后到的那个网址")
        elif target[1] not in pages:
            yield new.finding(entry.new, "跳转指向没有的页面", choice(entry.new, pages))
        elif target[2] and pages[target[1]] and target[2] not in anchors(pages[target[1]], library):
            known = sorted(anchors(pages[target[1]], library))
            yield new.finding(f"#{target[2]}", "那一页没有这一节", choice(target[2], known))


def _way(address: str, to: Mapping[str, str]) -> list[str]:
    """Return the addresses from which redirects lead on, one after the other, until one comes again."""
    way: list[str] = []
    while address in to and address not in way:
        way.append(address)
        address = to[address]
    return way


@rule("lock")
def check_published(library: Library) -> Iterator[Finding]:
    """What was once published stays: ids, addresses and anchors, unless a redirect leads on.

    Bad: renaming ``card-off.md`` without an entry in ``_data/redirects.yml``; giving a card another id.
    Good: the file renamed, and ``{old: causes/card-off/, new: causes/card-blocked/}``.
    """
    moved = {entry.old for entry in library.redirects.entries}
    by_url = {card.url: card for card in (*library.every.values(), *library.duplicates)}
    files = {entry.file for entry in library.files.entries}
    misplaced = {PurePosixPath(file).name.split(".")[0] for file in files if not KNOWN.fullmatch(file)}
    for entry in library.published:
        card = library.every.get(entry.id)
        known = {section.anchor for section in card.spec.sections if section.required} if card else set()
        if card is None:
            folder, name = f"docs/{entry.url.split('/')[0]}", PurePosixPath(entry.url).name
            if entry.url in by_url:
                other = by_url[entry.url]
                yield other.at("id").finding(other.id, "编号改了", f"发布时是 {entry.id}，改回 {entry.id}")
            elif entry.id in library.unreadable.lost and folder in files and name not in misplaced:
                file = f"{folder}/{name}.md"
                deleted = f"真要删，在 docs/_data/redirects.yml 加一行“{_line(entry.url)}”"
                remedy = f"运行 git restore {file} 拿回来；不用了就改成停用；{deleted}"
                yield Place(file).finding(entry.id, "发布过的卡片不见了", remedy)
            continue
        for url in (entry.url, *entry.former):
            if card.url != url and url not in moved and KNOWN.fullmatch(card.file):
                line = _line(url, card.url)
                remedy = f"改回原来的文件名，或在 docs/_data/redirects.yml 加一行“{line}”"
                yield card.line(1).finding(url, "发布过的网址变了", remedy)
        there = known | {section.anchor for section in card.sections}
        lost = () if open_fence(card.body) else [anchor for anchor in entry.anchors if anchor not in there]
        for anchor in lost:
            if any(one.startswith(anchor) for one in there):
                yield entry.place.finding(entry.text(), *UNREADABLE)
            else:
                remedy = f"恢复 {{#{anchor}}} 这一节，别人的链接指着它"
                yield card.line(card.body_line).finding(f"#{anchor}", "发布过的小节不见了", remedy)


def pages_to_publish(library: Library) -> dict[str, set[str]]:
    """Return the anchors to be published by the address of each page, of those in ``published_pages``."""
    return {
        url: {heading.anchor for heading in library.pages[file].headings if heading.anchor} if file else set()
        for url, file in published_pages(library).items()
    }


def published_pages(library: Library) -> dict[str, str]:
    """Return the addresses to be published of pages that are neither cards nor of a tree, as ``pages_of``."""
    cards = {url for card in library.every.values() for url in (card.url, card.short_url)}
    pages = pages_of(library)
    return {url: pages[url] for url in pages.keys() - cards if url and not url.startswith("ask/")}


@rule("lock", "prompts.yml", "redirects.yml")
def check_published_pages(library: Library) -> Iterator[Finding]:
    """The address of a page or of the words on a screen stays too, unless a redirect leads on; so do anchors.

    Bad: another ``id`` for words of ``prompts.yml``; ``about/search.md`` renamed and its links with it;
    ``{#how}`` of it turned to ``{#hows}``.
    Good: the same with ``{old: says/paying/, new: says/pending/}``.
    """
    pages, moved = published_pages(library), {entry.old for entry in library.redirects.entries}
    listed, faults = parse_pages(library.files.texts.get(PAGES, ""))
    yield from faults
    needed = library.lost.union(file for file, *_ in needed_pages(library))
    told = {page_url(file.removeprefix("docs/")) for file in needed} | {f"{folder}/" for folder in BY_FOLDER}
    for url in sorted(listed.keys() - pages.keys() - moved - told):
        beside = (one for one in sorted(pages.keys() - listed.keys()) if _parent(one) == _parent(url))
        new = next(beside, None)
        remedy = f"改回来，或在 docs/_data/redirects.yml 加一行“{_line(url, new or '现在该看的那一页/')}”"
        yield _place(url, new, pages, library).finding(url, "发布过的网址变了", remedy)
    for url in listed.keys() & pages.keys():
        page = library.pages.get(pages[url])
        if page and not open_fence(page.body):
            told_there = TOPIC_SECTIONS if page.head.topic else ()
            yield from _lost_anchors(page, listed[url].anchors.difference(told_there))


def _lost_anchors(page: Page, listed: frozenset[str]) -> Iterator[Finding]:
    new = [heading for heading in page.headings if heading.target not in listed]
    for anchor in sorted(listed - {heading.target for heading in page.headings}):
        if len(new) == 1:
            yield unnamed(page.file, new[0], anchor)
        else:
            remedy = f"恢复 {{#{anchor}}} 这一节，别人的链接指着它"
            yield page.line(page.body_line).finding(f"#{anchor}", "发布过的小节不见了", remedy)


def _parent(url: str) -> str:
    return url.rstrip("/").rpartition("/")[0]


def _place(url: str, new: str | None, pages: Mapping[str, str], library: Library) -> Place:
    """Return where the address of a page was changed: its file, or the words on a screen."""
    if not url.startswith(SAYS):
        return Place(pages[new] if new else f"docs/{url.rstrip('/')}.md")
    ids = [f"{SAYS}{prompt.id}/" for prompt in library.prompts.entries]
    return library.prompts.at(ids.index(new), "id") if new in ids else Place(library.prompts.file)


def _line(old: str, new: str = "并入的那一页/") -> str:
    return f"- {{old: {old}, new: {new}}}"


TREE = re.compile(rf"{FOLDER}/tree-([a-z0-9-]+)\.txt")
OUTLINE = "-outline"


@rule("lock", "topics.yml")
def check_published_trees(library: Library) -> Iterator[Finding]:
    """The lists of published pages of the trees can be read, and each belongs to a topic.

    Bad: a line cut in half; ``tree-feee.txt``; an answer that is no slug; the list of a topic gone.
    Good: what ``make lock`` wrote.
    """
    known = [topic.id for topic in library.topics.entries]
    cards = [library.cards[entry.id] for entry in library.published if entry.id in library.cards]
    there = {entry.file for entry in library.files.entries}
    for topic in {card.head.topic for card in cards if card.head.topic in known}:
        file = f"{FOLDER}/tree-{topic}.txt"
        if file not in there:
            yield Place(file).finding(PurePosixPath(file).name, MISSING, "从版本库里恢复它")
    used = {card.head.topic for card in library.of(Head)}
    for file, text in library.files.texts.items():
        named = TREE.fullmatch(file)
        if named is None:
            continue
        topic = named[1].removesuffix(OUTLINE)
        if topic not in known and topic not in used:
            remedy = "发布过的页面要一直打得开：恢复这个主题；文件名写错了就改回来"
            yield Place(file).finding(topic, "没有这个主题", remedy)
        elif not named[1].endswith(OUTLINE):
            for number, line in tree.PublishedPages.faults(text):
                yield Place(file, number).finding(line, *UNREADABLE)


@rule("ids")
def check_ids(library: Library) -> Iterator[Finding]:
    """An id stands in one file; that it begins with the letter of its kind is seen while reading.

    Bad: two files with one id. Good: each id once.
    """
    ids = {entry.url: entry.id for entry in library.published}
    for card in library.duplicates:
        if not KNOWN.fullmatch(card.file) or ids.get(card.url, card.id) != card.id:
            continue  # its name is fault enough, or the rule lock says what its id was
        first = library.every[card.id]
        remedy = f"{first.file} 已经用了它；新卡片请用下一个没用过的编号（python hooks/cli.py new 会替你选）"
        yield card.at("id").finding(card.id, "编号重复", remedy)
