"""The lives of cards: another address, one into two, two into one, no longer used.

Each function changes files and yields, line by line, what is left for the editor. Ids and addresses stay:
a renamed card leaves a redirect, a retired one stays as a page that leads on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from kb.content.asks import FOLDER as ASKS
from kb.content.cards import Card
from kb.content.files import SETTINGS
from kb.content.library import Library
from kb.content.published import FOLDER as PUBLISHED
from kb.content.schema import AnswerCard, Cause, Head, Question
from kb.editing.heads import entry, with_key, with_more, without_key
from kb.editing.new import dates, next_id, unusable

JOINED = ("prompts", "codes", "tags", "aliases")
"""Lists of a head that the card which takes another's place takes over; its remedies if both are causes."""

LONGEST = 30
"""Characters of a line that are shown on either side of an id."""

CHECK = "python hooks/cli.py check"

ASKED = re.compile(r"(\b(?:first|screen|asker|question): *|\bquestions: *(?=\[))(\[[^\]\n]*\]|[\w-]+)")
"""A key of ``topics.yml`` or ``handbook.yml`` that names questions, and what it names."""

ENTRY = re.compile(r"^- .*\n?(?:[ \t].*\n?)*", re.M)
"""An entry of a list."""

LISTS = "cards|remedies|after|codeless"
"""Lists of ids, in which one stands once."""


class Refused(Exception):
    """The text says in one line why nothing was changed."""


def find(library: Library, name: str) -> Card[Head]:
    """Return the card of this id or, for people, of this file name. Raise ``Refused``."""
    known = library.every.get(name.upper())
    cards = [known] if known else [card for card in library.every.values() if card.slug == name]
    if not cards:
        raise Refused(f"没有“{name}”这张卡片：写编号，或不带 .md 的文件名")
    if len(cards) > 1:
        raise Refused(f"{'、'.join(card.id for card in cards)} 的文件名都是“{name}”：写编号")
    return cards[0]


def rename(library: Library, name: str, slug: str) -> Iterator[str]:
    """Give a card another file name: links, redirects and the answers of other cards follow."""
    card = find(library, name)
    old, new = library.root / card.file, library.root / card.file.replace(f"/{card.slug}.md", f"/{slug}.md")
    _free(new, slug)
    old.rename(new)
    before, after = card.url, card.url.replace(f"/{card.slug}/", f"/{slug}/")
    folder = card.spec.folder

    def follow(text: str) -> str:
        text = re.sub(rf"\b{folder}/{card.slug}\.md\b", f"{folder}/{slug}.md", text)
        return re.sub(rf"(new: ){re.escape(before)}", rf"\g<1>{after}", text)

    _rewrite(library, follow)
    if isinstance(card.head, Question):
        key = re.compile(rf"(?<![\w-]){re.escape(card.slug)}(?=:\s)")
        listed = re.compile(rf"(?<![\w-]){re.escape(card.slug)}(?![\w-])")
        for each in library.every.values():
            _edit(library.root / _file(each, card, new, library), lambda text: _in_cells(text, key, slug))
        for name in ("topics.yml", "handbook.yml"):
            _edit(
                library.root / "docs/_data" / name,
                lambda text: ASKED.sub(lambda part: part[1] + listed.sub(slug, part[2]), text),
            )
    known = any(before in (published.url, *published.former) for published in library.published)
    moved = f"- {{old: {before}, new: {after}}}\n" if known else ""
    _edit(library.root / "docs/_data/redirects.yml", lambda text: _redirected(text, after, moved))
    old_address = "旧地址会转过来" if known else "它还没有发布过，没有旧地址要转"
    yield f"{card.id} 现在是 {new.relative_to(library.root)}，{old_address}"


def _file(each: Card[Head], renamed: Card[Head], new: Path, library: Library) -> str:
    return new.relative_to(library.root).as_posix() if each is renamed else each.file


def _in_cells(text: str, key: re.Pattern[str], slug: str) -> str:
    """Rename a question in ``answers`` and ``only_if`` of a head."""
    head, end, body = text.partition("\n---\n")
    cells = re.compile(entry("(?:answers|only_if)"))
    return cells.sub(lambda part: key.sub(slug, part[0]), head) + end + body


def _redirected(text: str, after: str, moved: str) -> str:
    """Return the list of redirects with one more; none leads away from ``after``, where a page stands now."""
    back = re.compile(rf"\bold: *{re.escape(after)}(?=[,\s}}])")
    kept = ENTRY.sub(lambda entry: "" if back.search(entry[0]) else entry[0], text)
    kept = re.sub(r"^\[\][ \t]*\n?", "", kept, flags=re.M) if moved else kept
    return kept.rstrip() + f"\n{moved}" if kept.strip() else moved


def retire(library: Library, name: str, instead: str) -> Iterator[str]:
    """Take a card out of search, lists and tree; its page and all that named it lead to ``instead``."""
    card, target = find(library, name), find(library, instead)
    if card.id == target.id or target.id not in library.cards or card.id not in library.cards:
        raise Refused(f"{card.id} 和 {target.id} 不行：要写两张不同的卡片，都已经发布、没有停用")
    if card.kind != target.kind:
        raise Refused(
            f"{card.id} 是{card.spec.label}，{target.id} 是{target.spec.label}：改看的要是同一类的卡片"
        )
    causes = library.of(Cause) if isinstance(card.head, Question) else ()
    if using := [cause.file for cause in causes if card.slug in cause.head.answers]:
        raise Refused(
            f"{len(using)} 张原因卡还答着 {card.slug}：先在它们的 answers 里删掉这一行，第一张是 {using[0]}"
        )
    asks = library.root / f"{ASKS}/cards/{card.id}.txt"
    if asks.exists():
        theirs = library.root / f"{ASKS}/cards/{target.id}.txt"
        kept = theirs.read_text("utf-8").rstrip() + "\n" if theirs.exists() else ""
        theirs.write_text(kept + asks.read_text("utf-8"), "utf-8", newline="\n")
        asks.unlink()
    places = list(_places(library, card))
    dead = re.compile(rf"\[{re.escape(card.head.title)}\]\[{card.id}\]")
    name_of = re.compile(rf"(?<![A-Za-z0-9]){card.id}(?![A-Za-z0-9])")
    lists = re.compile(rf"^([ -]*(?:{LISTS}): *)(\[[^\]\n]*\b{card.id}\b[^\]\n]*\])", re.M)

    def follow(text: str) -> str:
        text = lists.sub(lambda match: match[1] + _named_once(match[2], card.id, target), text)
        return name_of.sub(target.id, dead.sub(f"[{target.head.title}][{card.id}]", text))

    _edit(library.root / target.file, lambda text: _unlinked(text, card.id))
    _rewrite(library, follow, but=card.file)
    path = library.root / card.file
    text = with_key(path.read_text("utf-8"), "instead", target.id)
    path.write_text(with_key(text, "state", "retired"), "utf-8", newline="\n")
    yield f"{card.id} 停用了：它的地址、短链接和小节都指向 {target.id} {target.head.title}"
    yield f"原来提到它的 {len(places)} 处都改成了那一张，问法也移过去了。逐处看一遍读不读得通："
    yield from places
    yield f"看完运行 {CHECK}"
    yield "停错了，照 CONTRIBUTING.md 里“没提交的全部退回”那一行；别的没提交的改动也会一起退回，要留的先提交"


def _places(library: Library, card: Card[Head]) -> Iterator[str]:
    """Yield file, line and text of all that names a card."""
    named = re.compile(rf"(?<![A-Za-z0-9]){card.id}(?![A-Za-z0-9])")
    for file, text in library.files.texts.items():
        if file != card.file and _is_rewritten(file):
            for number, line in enumerate(text.split("\n"), 1):
                if found := named.search(line):
                    shown = line[max(0, found.start() - LONGEST) : found.end() + LONGEST].strip()
                    yield f"  {file}:{number} {shown}"


def _unlinked(text: str, gone: str) -> str:
    """Return a page without its links to a card that it takes the place of: it would link to itself."""
    text = re.sub(rf"\[([^\[\]]*)\]\[{gone}\]", r"\1", text)
    after = re.compile(rf"\nafter: *\[([^\]\n]*\b{gone}\b[^\]\n]*)\]")

    def without(match: re.Match[str]) -> str:
        kept = [name for name in map(str.strip, match[1].split(",")) if name != gone]
        return f"\nafter: [{', '.join(kept)}]" if kept else ""

    return after.sub(without, text)


def _named_once(listed: str, old: str, target: Card[Head]) -> str:
    """Return a list of ids with the new one in the place of the old, each once."""
    names = [name.strip() for name in listed.strip("[]").split(",")]
    return f"[{', '.join(dict.fromkeys(target.id if name == old else name for name in names))}]"


def merge(library: Library, name: str, into: str) -> Iterator[str]:
    """Retire a card, and let the other take over its messages, codes, tags, aliases and remedies."""
    card, target = find(library, name), find(library, into)
    if card.kind != target.kind:
        raise Refused(f"{card.id} 和 {target.id} 不是同一类卡片，不能合并；停用请用 retire")
    yield from retire(library, name, into)
    one, other = target.head, card.head
    keys = JOINED if isinstance(one, Cause) else JOINED[2:] if isinstance(one, AnswerCard) else ()
    for key in (*keys, "remedies") if isinstance(one, Cause) else keys:
        have, more = getattr(one, key), getattr(other, key)
        _edit(library.root / target.file, lambda text, k=key, h=have, m=more: with_more(text, k, h, m))  # type: ignore[misc]
    yield f"正文要人来并：把 {card.file} 里还要的话移到 {target.file}，出处也移过去"


def split(library: Library, name: str, slug: str, title: str) -> Iterator[str]:
    """Write a draft that begins as a copy of a card, with the next free id."""
    card = find(library, name)
    path = library.root / card.file.replace(f"/{card.slug}.md", f"/{slug}.md")
    _free(path, slug)
    new_id = next_id(library, card.spec)
    text = (library.root / card.file).read_text("utf-8")
    own = {"id": new_id, "title": title, "state": "draft", **dates(date.today())}
    for key in ("instead", "changed"):
        text = without_key(text, key)
    for key, value in own.items():
        text = with_key(text, key, value)
    path.write_text(text, "utf-8", newline="\n")
    yield f"写好了 {path.relative_to(library.root)}：{new_id}，还是草稿，读者看不到"
    if card.spec.asks:
        yield f"把属于它的问法从 {ASKS}/cards/{card.id}.txt 剪到 {ASKS}/cards/{new_id}.txt，至少 5 句"
    yield "改写两张的标题、summary 和正文，各留各的；原因卡再改 answers，让至少一个问题答得不同"
    yield f"写完删掉 state: draft 这一行，运行 {CHECK}"


def _free(path: Path, slug: str) -> None:
    if fault := unusable(path, slug):
        raise Refused(fault)


def _rewrite(library: Library, change: Callable[[str], str], but: str = "") -> None:
    """Change the texts of cards, pages and data, but neither published lists nor asks."""
    for file in library.files.texts:
        if file != but and _is_rewritten(file):
            _edit(library.root / file, change)


def _is_rewritten(file: str) -> bool:
    kept = file.startswith((f"{PUBLISHED}/", f"{ASKS}/", "docs/assets/"))
    return not kept and (file.startswith("docs/") or file == SETTINGS)


def _edit(path: Path, change: Callable[[str], str]) -> None:
    if path.exists():  # the renamed card was read under its old name
        text = path.read_text("utf-8")
        if (new := change(text)) != text:
            path.write_text(new, "utf-8", newline="\n")
