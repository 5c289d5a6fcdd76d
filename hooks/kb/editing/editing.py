"""What editors need besides the checks: a new card, mechanical repairs, what is due for review."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import autocorrect_py

from kb.checks import check
from kb.checks.identity import LETTERS, SLUG
from kb.checks.prose import SECTIONS
from kb.content import labels
from kb.content.asks import FOLDER as ASKS_FOLDER
from kb.content.cards import KINDS, sections_of, split
from kb.content.findings import Finding
from kb.content.library import Library, card_files
from kb.content.published import read_lock

REVIEW_AFTER = timedelta(days=181)

HEADS = {
    "cause": """id: {id}
title: {title}
topic: {topic}
layer: {layer}
summary: {summary}
owner: lakala                # 谁的问题：merchant customer lakala alipay bank
retry: once                  # 能再扫吗：never once after-fix
evidence: unproven           # 依据：official corroborated reported unproven
frequency: rare              # common sometimes rare
basis: assumed               # log support source assumed
prompts: []                  # 屏幕上的话，取自 _data/prompts.yml
codes: []                    # 取自 _data/codes.yml
tags: []                     # 取自 _data/tags.yml
aliases: []                  # 用户会打的词
answers: {{}}                # 见写作规范
remedies: [{remedy}]
sources: [original-article]
""",
    "remedy": """id: {id}
title: {title}
topic: {topic}
summary: {summary}
owner: merchant              # 谁来做：merchant customer lakala alipay bank
effort: 5m                   # 1m 5m 20m 60m days
risk: none                   # none money data
evidence: unproven           # official corroborated reported unproven
after: []
verify: 做完再收一笔平常的金额，成功。
tags: []
aliases: []
sources: [original-article]
""",
    "question": """id: {id}
title: {title}
topic: {topic}
summary: {summary}
why: 这个答案能分清两类原因。
how: 在收银台前看一眼，或试一次。
effort: try                  # look try fetch contact
options:
  - {{id: ok, label: 可以, report: 可以}}
  - {{id: fail, label: 不行, report: 不行}}
""",
}

ASKS = {
    "cause": "{title}怎么办\n为什么会{title}\n{title}找谁\n{title}要多久\n怎么知道是不是{title}\n",
    "remedy": "怎么{title}\n{title}要多久\n{title}找谁\n{title}要准备什么\n{title}以后还不行\n",
}

CITED = {"cause": "evidence", "remedy": "evidence", "question": ""}


def new(root: Path, kind: str, ask: Callable[[str], str]) -> int:
    """Ask title, file name, topic and summary; write the card. Return the exit code."""
    library, _ = check(root)
    topics = list(library.topic)
    title = ask("标题（一句话说清是什么）：").strip()
    slug = ask("文件名（小写英文和短横，例如 credit-disabled）：").strip()
    topic = ask(f"主题（{' / '.join(topics)}，直接回车为 {topics[0]}）：").strip() or topics[0]
    summary = ask("一句话答案（60 字以内）：").strip()
    folder = next(name for name, model in KINDS.items() if model.__name__.lower() == kind)
    path = root / "docs" / folder / f"{slug}.md"
    if not SLUG.match(slug) or path.exists():
        print(f"“{slug}” 不能用：要小写字母、数字和短横，而且没有用过。")
        return 1
    if topic not in library.topic or not title or not summary:
        print("标题、主题、答案都要填；主题要从清单里选。")
        return 1
    card_id = next_id(library, kind)
    head = HEADS[kind].format(
        id=card_id,
        title=title,
        topic=topic,
        layer=library.topic[topic].layers[0].id,
        summary=summary,
        remedy=next(iter(sorted(c.id for c in library.of_kind("remedy", topic))), "R11"),
    )
    today = date.today()
    dates = f"verified: {today}\nreview_by: {today + REVIEW_AFTER}\n"
    path.write_text(f"---\n{head}{dates}---\n{_body(kind, title)}", "utf-8")
    if kind in ASKS:
        asks = root / ASKS_FOLDER / f"cards/{card_id}.txt"
        asks.parent.mkdir(parents=True, exist_ok=True)
        asks.write_text(ASKS[kind].format(title=title), "utf-8")
    print(f"写好了 {path.relative_to(root)}：把带“待写”的地方改成正文，再运行 make check。")
    return 0


def _body(kind: str, title: str) -> str:
    parts = []
    for anchor, heading, required in SECTIONS[kind]:
        if required:
            note = "[^original-article]" if anchor == CITED[kind] else ""
            text = f"待写：“{title}”的“{heading}”，照 C20、R17、Q02 的样子写{note}。"
            parts.append(f"\n## {heading} {{#{anchor}}}\n\n{text}\n")
    return "".join(parts)


def next_id(library: Library, kind: str) -> str:
    """Return the next id that no card and no lock has ever used."""
    letter = LETTERS[kind]
    used = {*library.cards, *library.claimed, *(entry.id for entry in read_lock(library.root))}
    numbers = [int(card_id[1:]) for card_id in used if re.fullmatch(rf"{letter}\d+", card_id)]
    return f"{letter}{max(numbers, default=0) + 1:02d}"


def fix(root: Path) -> Iterator[str]:
    """Repair line ends, byte-order marks, section anchors and typography. Yield the files changed."""
    for path in card_files(root):
        data = path.read_bytes()
        text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        parts = split(text, path.relative_to(root).as_posix())
        if isinstance(parts, Finding):
            continue
        head, body, _ = parts
        kind = KINDS[path.parent.name].__name__.lower()
        for section in sections_of(body, 1):
            anchor = next((a for a, title, _ in SECTIONS[kind] if title == section.title), None)
            if anchor and not section.anchor:
                body = re.sub(
                    rf"(?m)^##[ \t]+{re.escape(section.title)}[ \t]*$",
                    f"## {section.title} {{#{anchor}}}",
                    body,
                )
        body = autocorrect_py.format_for(body, "markdown")
        head = re.sub(r"(?m)^(title|summary|verify|why|how): (.*)$", _correct, head)
        fixed = f"---\n{head}---\n{body.rstrip()}\n".encode()
        if fixed != data:
            path.write_bytes(fixed)
            yield path.relative_to(root).as_posix()


def _correct(line: re.Match[str]) -> str:
    return f"{line[1]}: {autocorrect_py.format(line[2])}"


def stale(library: Library) -> Iterator[str]:
    """Yield a line for each card past its review day, by owner, longest overdue first."""
    today = date.today()
    due = [card for card in library.cards.values() if card.head.review_by < today]
    for card in sorted(due, key=lambda c: (getattr(c.head, "owner", ""), c.head.review_by, c.id)):
        owner = labels.OWNERS.get(getattr(card.head, "owner", ""), "—")
        yield f"{owner}\t{card.head.review_by}\t{card.id}\t{card.head.title}\t{card.file}"
    if not due:
        yield "没有过期的卡片"
