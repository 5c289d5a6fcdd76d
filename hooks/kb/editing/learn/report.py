"""The report on practice, and the patch from which a person picks."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kb.content.asks import FOLDER as ASKS
from kb.content.library import Library
from kb.diagnosis.diagnosis import Diagnosis
from kb.editing.heads import with_key
from kb.editing.learn.access import Visits, read_access
from kb.editing.learn.counts import Counted, counted, with_counts
from kb.editing.learn.questions import FEWEST, Asked, asked
from kb.editing.learn.tickets import read_tickets

MOST = 30
KEYS = ("frequency", "basis", "cases", "answers")
"""Keys of a head that cases speak of."""


def lessons(library: Library, tickets: Path, access: Path | None) -> tuple[str, str]:
    """Return the report in Markdown, and the patch. Raise NoTickets or OSError."""
    export = read_tickets(tickets, library)
    rows = export.tickets
    visits = read_access(access, library) if access else Visits()
    nothing, other = asked(rows, visits, library)
    causes = counted(rows, library)
    used = Counter(ticket.card for ticket in rows if ticket.card)
    used.update({card: len(visitors) for card, visitors in visits.cards.items()})
    head = "第一行是列名" if export.headed else "没有列名，第一行也算"
    parts = [f"# 从 {len(rows)} 条记录学到的", "", f"问句取自{export.column}（{head}）。"]
    parts.append(f"不到 {FEWEST} 个人的，一律不算，也不写出来。")
    if not export.solved:
        parts.append("没有一列写着哪张卡片帮上了忙，所以不算常见程度；“现在打开”的对不对，要人看。")
    if not (nothing or other or causes):
        parts.append(f"没有哪一句满 {FEWEST} 个人问过，所以没有什么可加的。")
    if visits.broken:
        parts.append(f"日志里有 {visits.broken} 行读不懂，没有算。")
    for title, lines in (
        ("找不到答案的问句", _nothing(nothing, solved=export.solved)),
        ("该加的问法", _other(other, library)),
        ("用得最多的卡片", _used(used, library)),
        ("决策树里的回答", _given(visits)),
        ("常见程度和回答", _shares(causes)),
        ("改了以后的决策树", _trees(library, with_counts(library, causes)) if causes else iter(())),
    ):
        found = list(lines)
        if found:
            parts += ["", f"## {title}", "", *found[:MOST]]
            parts += [f"- …还有 {len(found) - MOST} 项"] if len(found) > MOST else []
    return "\n".join(parts) + "\n", "".join(_patch(other, causes, library))


def _nothing(found: list[Asked], *, solved: bool) -> Iterator[str]:
    """Yield the questions without an answer. ``solved``: whether the rows say which card helped."""
    for one in found:
        opens = f"打开 {one.opens}{'，没有帮上' * solved}" if one.opens else "什么也找不到"
        yield f"- {one.people} 人：“{one.text}”，现在{opens}"


def _other(found: list[Asked], library: Library) -> Iterator[str]:
    for one in found:
        title = library.cards[one.card].head.title
        yield f"- {one.people} 人：“{one.text}”，帮上忙的是 {one.card} {title}，现在打开 {one.opens}"


def _used(used: Counter[str], library: Library) -> Iterator[str]:
    for card_id, count in used.most_common():
        if count >= FEWEST and card_id in library.every:
            yield f"- {count} 次：{card_id} {library.every[card_id].head.title}"


def _given(visits: Visits) -> Iterator[str]:
    for (topic, question, option), people in sorted(visits.answers.items(), key=lambda item: -len(item[1])):
        if len(people) >= FEWEST:
            yield f"- {len(people)} 人：{topic}，{question} 答 {option}"


def _shares(causes: list[Counted]) -> Iterator[str]:
    for one in causes:
        head, new = one.card.head, one.head
        interval = f"95% {one.low:.2%}–{one.high:.2%}，{one.cases} 个案例"
        line = f"- {one.card.id} {head.title}：{one.share:.2%}（{interval}）"
        if new.frequency != head.frequency:
            line += f"，frequency 从 {head.frequency} 改成 {new.frequency}"
        changed = [slug for slug, cell in new.answers.items() if head.answers.get(slug) != cell]
        yield line + (f"，回答变了：{'、'.join(changed)}" if changed else "")


def _trees(old: Library, new: Library) -> Iterator[str]:
    for topic in old.topics.entries:
        was, now = (Diagnosis(library, topic).plan.figures for library in (old, new))
        yield (
            f"- {topic.id}：平均问 {was.questions:.2f} → {now.questions:.2f}，分钟 {was.minutes:.1f} → "
            f"{now.minutes:.1f}，前三命中 {was.top3:.1%} → {now.top3:.1%}，页 {was.pages} → {now.pages}"
        )


def _patch(other: list[Asked], causes: list[Counted], library: Library) -> Iterator[str]:
    """Yield a patch: asks at the end of their files, and what cases say of heads."""
    texts: dict[str, str] = {}
    for one in other:
        file = f"{ASKS}/cards/{one.card}.txt"
        before = texts.get(file, library.files.texts.get(file, "")).rstrip()
        texts[file] = f"{before}\n{one.text}\n".lstrip("\n")
    for cause in causes:
        text, new = library.files.texts[cause.card.file], cause.head.model_dump(mode="json")
        for key in KEYS:
            if new[key] != cause.card.head.model_dump(mode="json")[key]:
                text = with_key(text, key, new[key])
        texts[cause.card.file] = text
    for file, text in sorted(texts.items()):
        was = f"a/{file}" if file in library.files.texts else "/dev/null"
        old, new_lines = (t.splitlines(keepends=True) for t in (library.files.texts.get(file, ""), text))
        yield from difflib.unified_diff(old, new_lines, was, f"b/{file}")
