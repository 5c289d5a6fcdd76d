"""What a change does to the trees of questions."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.library import Library
from kb.diagnosis.diagnosis import Diagnosis
from kb.diagnosis.table import table_of


def changed_trees(old: Library, new: Library) -> Iterator[str]:
    """Yield a line for each topic whose tree is another: pages, leaves, questions, minutes, addresses."""
    for topic in new.topics.entries:
        before = old.topic_by_id.get(topic.id)
        if before and table_of(old, before) == table_of(new, topic):
            continue
        now = Diagnosis(new, topic)
        if before is None:
            yield f"- {topic.id}：新的树，{now.plan.figures.pages} 页"
            continue
        was = Diagnosis(old, before)
        one, other = was.plan.figures, now.plan.figures
        leaves = (sum(not n.question for n in d.plan.nodes.values()) for d in (was, now))
        gone = set(was.plan.live) - set(now.plan.live)
        figures = {
            "页": (one.pages, other.pages),
            "结果页": tuple(leaves),
            "平均问": (f"{one.questions:.2f}", f"{other.questions:.2f}"),
            "最多问": (one.worst, other.worst),
            "分钟": (f"{one.minutes:.1f}", f"{other.minutes:.1f}"),
            "前三命中": (f"{one.top3:.1%}", f"{other.top3:.1%}"),
        }
        shown = "，".join(f"{n} {a} → {b}" if a != b else f"{n} {a}" for n, (a, b) in figures.items())
        yield f"- {topic.id}：{shown}；不再用的网址 {len(gone)} 个（会转到最近的一页）"
        asked = {n.question for n in now.plan.nodes.values()} ^ {n.question for n in was.plan.nodes.values()}
        if asked:
            yield f"- {topic.id}：问不问变了的问题：{'、'.join(sorted(filter(None, asked)))}"
