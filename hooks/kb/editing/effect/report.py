"""The report: what could harm a reader, then cards, answers, trees, sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Cause, Head
from kb.diagnosis.diagnosis import Diagnosis
from kb.diagnosis.table import table_of
from kb.editing.effect.answers import Moved, Opened, moved
from kb.editing.effect.texts import Texts, changed_texts
from kb.pages.site import Site
from kb.search.documents import ELSEWHERE

MOST = 10
"""Lines that a section shows; the rest is counted."""

STRENGTH = tuple(reversed(labels.GRADES))
"""Grades from the weakest."""


def effect(old: Library, new: Library, preview: str = "") -> str:
    """Return the report on a change. ``preview``: address of the changed site, for links."""
    return Report(old, new, preview).text()


@dataclass(frozen=True)
class Report:
    old: Library
    new: Library
    preview: str

    @cached_property
    def texts(self) -> list[Texts]:
        return changed_texts(self.old, self.new)

    @cached_property
    def moved(self) -> list[Moved]:
        return list(moved(self.old, self.new))

    def text(self) -> str:
        harm = list(self._harm())
        parts = ["# 这次改动对读者做了什么", ""]
        parts += ["## 先看这些", "", *harm] if harm else ["没有少提醒、抢问句、添号码，也没有丢网址。"]
        for title, lines in (
            ("卡片", self._cards()),
            ("新的说法", self._facts()),
            ("问句改开别的", self._answers()),
            ("客服发出去的话", self._replies()),
            ("决策树", self._trees()),
            ("大小", self._sizes()),
        ):
            if found := list(_short(lines)):
                parts += ["", f"## {title}", "", *found]
        return "\n".join(parts) + "\n"

    def _harm(self) -> Iterator[str]:
        """Yield what may harm: each kind on its own, the gravest first."""
        yield from _short(f"- **少了提醒** {line}" for line in self._warnings())
        stolen = [one for one in self.moved if one.stolen]
        by_pair: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in stolen:
            by_pair[one.old, one.new].append(one.ask)
        yield from _short(
            f"- **问句被抢** {len(asks)} 句该开 {self._name(was)} 的，改开 {self._name(now)}：“{asks[0]}”"
            for (was, now), asks in sorted(by_pair.items(), key=lambda item: -len(item[1]))
        )
        yield from _short(
            f"- **新的数** {self._where(texts)}：{value}（“{sentence}”）"
            for texts in self.texts
            for value, sentence in texts.new_numbers()
        )
        yield from _short(f"- **依据升了** {line}" for line in self._upgraded())
        for url in sorted({e.url for e in self.old.published} - {*self._addresses()}):
            yield f"- **网址没了** {url}"

    def _warnings(self) -> Iterator[str]:
        was = {(t.id, c.question, c.option, c.card) for t in self.old.topics.entries for c in t.cautions}
        now = {(t.id, c.question, c.option, c.card) for t in self.new.topics.entries for c in t.cautions}
        for topic, question, option, card in sorted(was - now):
            yield f"主题 {topic}：{question} 答 {option} 时不再提醒 {self._name(card)}"
        for old, new in self._pairs(Cause):
            if old.head.retry == "never" != new.head.retry:
                yield f"{self._name(new.id)}：“{self._retry(old)}”改成“{self._retry(new)}”"
        codes = self.new.code_by_name
        for code in self.old.codes.entries:
            if code.retry == "never" and code.code in codes and codes[code.code].retry != "never":
                yield f"错误码 {code.code}：不再说“{self.old.book.retries.never}”"
        for texts in self.texts:
            for sentence in texts.warnings_lost():
                yield f"{self._where(texts)}：“{sentence}”"

    def _upgraded(self) -> Iterator[str]:
        for old, new in self._pairs(AnswerCard):
            one, other = old.head.evidence, new.head.evidence
            if STRENGTH.index(other) > STRENGTH.index(one):
                more = sorted(set(new.head.sources) - set(old.head.sources))
                named = f"，新出处 {'、'.join(more)}" if more else "，没有新出处"
                yield f"{self._name(new.id)}：{labels.GRADES[one]} → {labels.GRADES[other]}{named}"

    def _pairs(self, head: type[AnswerCard] | type[Cause]) -> Iterator[tuple[Card, Card]]:  # type: ignore[type-arg]
        for card in self.new.of(head):
            before = self.old.cards.get(card.id)
            if before and isinstance(before.head, head):
                yield before, card

    def _retry(self, card: Card[Cause]) -> str:
        return self.new.book.retries.says(card.head.retry)

    def _addresses(self) -> Iterator[str]:
        for card in (*self.new.cards.values(), *self.new.retired.values()):
            yield card.url
        yield from (entry.old for entry in self.new.redirects.entries)

    def _cards(self) -> Iterator[str]:
        old, new = self.old, self.new
        for card_id in sorted({*new.cards} - {*old.cards}):
            yield f"- 新的：{self._name(card_id)}"
        for card_id in sorted({*new.retired} - {*old.retired}):
            head = new.retired[card_id].head
            yield f"- 停用：{card_id} {head.title}，改看 {self._name(head.instead or '')}"
        for card_id in sorted({*old.cards} - {*new.cards, *new.retired}):
            yield f"- 没了：{card_id} {old.cards[card_id].head.title}"
        changed = [t for t in self.texts if t.name in old.cards and t.name in new.cards]
        for texts in changed:
            moved = old.cards[texts.name].url != new.cards[texts.name].url
            address = f"，网址从 {old.cards[texts.name].url} 搬来" if moved else ""
            counts = f"去 {len(texts.gone)} 句，来 {len(texts.come)} 句"
            yield f"- 改了：{self._name(texts.name)}（{counts}{address}）"
        others = [t for t in self.texts if t.name not in {*old.cards, *new.cards, *old.drafts, *new.retired}]
        if others:
            yield f"- 还改了：{'、'.join(t.file for t in others)}"

    def _facts(self) -> Iterator[str]:
        for texts in self.texts:
            for _, sentence in texts.new_numbers():
                yield f"- {self._where(texts)}：{sentence}"

    def _answers(self) -> Iterator[str]:
        for one in self.moved:
            if not one.stolen:
                yield f"- “{one.ask}”：{self._name(one.old)} → {self._name(one.new)}"

    def _replies(self) -> Iterator[str]:
        was, now = _site(self.old), _site(self.new)
        for card in self.new.of(Head):
            before = self.old.cards.get(card.id)
            if before and (text := now.short_text(card)) != (old := was.short_text(before)):
                come = [line for line in text.split("\n") if line not in old.split("\n")]
                yield f"- {self._name(card.id)}：{'／'.join(come) or '少了几行'}"

    def _trees(self) -> Iterator[str]:
        for topic in self.new.topics.entries:
            before = self.old.topic_by_id.get(topic.id)
            if before and table_of(self.old, before) == table_of(self.new, topic):
                continue
            now = Diagnosis(self.new, topic)
            if before is None:
                yield f"- {topic.id}：新的树，{now.plan.figures.pages} 页"
                continue
            was = Diagnosis(self.old, before)
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
            asked = {n.question for n in now.plan.nodes.values()} ^ {
                n.question for n in was.plan.nodes.values()
            }
            if asked:
                yield f"- {topic.id}：问不问变了的问题：{'、'.join(sorted(filter(None, asked)))}"

    def _sizes(self) -> Iterator[str]:
        libraries = (self.old, self.new)
        was, now = (sum(len(card.body) for card in library.cards.values()) for library in libraries)
        if was != now:
            yield f"- 卡片正文一共 {was} → {now} 字"
        if self.moved:
            kept, new = (Opened(library).size / 1024 for library in libraries)
            yield f"- 搜索学到的索引 {kept:.1f} → {new:.1f} KB"
        for texts in self.texts:
            one, other = (self._length(library, texts.name) for library in (self.old, self.new))
            if one and other > one * 1.2:
                yield f"- {self._where(texts)} 长了：{one} → {other} 字"

    @staticmethod
    def _length(library: Library, name: str) -> int:
        return len(library.cards[name].body) if name in library.cards else 0

    def _where(self, texts: Texts) -> str:
        return self._name(texts.name) if texts.name in self.new.every else texts.file

    def _name(self, answer: str) -> str:
        """Return an answer as id and title, linked to the preview if there is one."""
        if answer.startswith(ELSEWHERE.upper()):
            entry = answer.removeprefix(ELSEWHERE.upper())
            titles = {e.id: e.title for lib in (self.old, self.new) for e in lib.elsewhere.entries}
            return f"“不归这里：{titles[entry]}”"
        card = self.new.every.get(answer) or self.old.every.get(answer)
        name = f"{card.id} {card.head.title}" if card else answer
        return f"[{name}]({self.preview}{card.url})" if card and self.preview else name


def _site(library: Library) -> Site:
    return Site(library, "", "", "", date.min)


def _short(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first of some lines, and how many more there are."""
    lines = list(lines)
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"- …还有 {len(lines) - MOST} 处"
