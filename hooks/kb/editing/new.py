"""A new card: four questions, and a valid file with the next free id."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from kb.checks import check
from kb.content.asks import FOLDER as ASKS
from kb.content.handbook import Handbook
from kb.content.kinds import KINDS, Kind
from kb.content.library import Library
from kb.content.schema import Head, Remedy
from kb.editing.heads import written
from kb.foreign.words import unlisted

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
SIGN = re.compile("[a-z0-9-]")
REVIEW_AFTER = timedelta(days=181)


def new(root: Path, kind_name: str, ask: Callable[[str], str]) -> int:
    """Ask title, file name, topic and summary; write the card. Return the exit code."""
    library, findings = check(root)
    kind, topics, book = KINDS[kind_name], list(library.topic_by_id), library.handbook
    if not topics or book is None:
        print("先改好这些，再加新卡片：", *findings, sep="\n")
        return 1
    title = ask("标题（一句话说清是什么）：").strip()
    slug = ask("文件名（小写英文和短横，例如 card-off）：").strip()
    path = root / "docs" / kind.folder / f"{slug}.md"
    if fault := unusable(path, slug):
        print(fault)
        return 1
    topic = ask(f"主题（{' / '.join(topics)}，直接回车为 {topics[0]}）：").strip() or topics[0]
    summary = ask("一句话答案（60 字以内）：").strip()
    if topic not in library.topic_by_id or not title or not summary:
        print("标题、主题、答案都要填；主题要从清单里选。")
        return 1
    card_id = next_id(library, kind)
    remedies = [*library.of(Remedy, topic), *library.of(Remedy)]
    able = [card.id for card in remedies if card.head.owner not in book.elsewhere]
    own = {"id": card_id, "state": "draft", "title": title, "topic": topic, "summary": summary}
    today = date.today()
    newest = max((card.head.verified for card in library.of(Head)), default=today)
    if today < newest:
        print(f"这台电脑的日期是 {today}，可已有卡片核实于 {newest}：先改好日期。")
        return 1
    head = "".join(f"{key}: {written(value)}\n" for key, value in own.items())
    head += kind.new.format(
        layer=library.topic_by_id[topic].layers[0].id,
        owner=book.owners[0].id,
        owners=" ".join(book.owner_names),
        remedy=able[0] if able else "",
        source=book.default_source,
    )
    head += "".join(f"{key}: {day}\n" for key, day in dates(today).items())
    path.write_text(f"---\n{head}---\n{_body(kind, title, book)}", "utf-8", newline="\n")
    if kind.asks:
        asks = root / ASKS / f"cards/{card_id}.txt"
        asks.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(line.format(title=title) + "\n" for line in kind.asks)
        asks.write_text(text, "utf-8", newline="\n")
    print(f"写好了 {path.relative_to(root)}，还是草稿，读者看不到：")
    print("把带“待写”的地方改成正文，删掉 state: draft 这一行，再运行 python hooks/cli.py check，照它改。")
    if strange := unlisted(slug, frozenset(library.words.parts)):
        other = f"python hooks/cli.py rename {card_id} 换一个"
        print(f"文件名里的“{strange}”是没见过的词：{other}，或请负责人加进 words.yml。")
    if kind.asks:
        print(f"{asks.relative_to(root)} 里的问法是照标题编的：换成大家真说过的话，一行一句。")
    return 0


def unusable(path: Path, slug: str) -> str:
    """Return why a file cannot be called so, or nothing."""
    if not SLUG.match(slug):
        bad = "、".join(
            dict.fromkeys(c if c.isprintable() and c != " " else "空格" for c in slug if not SIGN.match(c))
        )
        why = f"“{bad}”不行" if bad else "短横要在两个词的中间" if slug else "是空的"
        return f"文件名“{slug}”不能用：{why}，只用小写字母、数字和短横，例如 card-off"
    if path.exists():
        return f"文件名“{slug}”已经有了：{path.parent.name}/{path.name}，换一个"
    return ""


def dates(today: date) -> dict[str, date]:
    """Return the dates of a card that is verified today."""
    return {"verified": today, "review_by": today + REVIEW_AFTER}


def _body(kind: Kind, title: str, book: Handbook) -> str:
    parts = []
    for section in kind.sections:
        if section.required:
            note = f"[^{book.default_source}]" if section.anchor == kind.cited else ""
            like = "、".join(book.examples.values())
            text = f"待写：“{title}”的“{section.title}”，照 {like} 的样子写{note}。"
            parts.append(f"\n## {section.title} {{#{section.anchor}}}\n\n{text}\n")
    return "".join(parts)


def next_id(library: Library, kind: Kind) -> str:
    """Return the next id that no card and no published list has ever used."""
    published = (entry.id for entry in library.published)
    used = {*library.every, *library.unreadable.names, *published}
    numbers = [int(card_id[1:]) for card_id in used if re.fullmatch(rf"{kind.letter}\d+", card_id)]
    return f"{kind.letter}{max(numbers, default=0) + 1:02d}"
