"""The report: what could harm a reader, then cards, answers, trees, sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from kb.content import labels
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import AnswerCard, Cause, Head
from kb.editing.effect.answers import Moved, Opened, misfiled, moved, new_asks
from kb.editing.effect.lists import changed_lists
from kb.editing.effect.sizes import GROWN, Sizes, bytes_of, changed_sizes
from kb.editing.effect.texts import Texts, changed_texts
from kb.editing.effect.trees import changed_trees
from kb.pages.site import Site
from kb.search.documents import ELSEWHERE

MOST = 10
"""Lines that a section shows; the rest is counted."""

STRENGTH = tuple(reversed(labels.GRADES))
"""Grades from the weakest."""

PAIRS = 3
"""Sentences of a card that are shown as they were and are."""


def effect(
    old: Library,
    new: Library,
    preview: str = "",
    loose: Sequence[str] = (),
    built: tuple[Sizes, Sizes] | None = None,
) -> str:
    """Return the report on a change.

    ``preview``: address of the changed site, for links; ``loose``: files that no commit would take along;
    ``built``: bytes of the files of both sites, where they were built.
    """
    return Report(old, new, preview, tuple(loose), built).text()


@dataclass(frozen=True)
class Report:
    old: Library
    new: Library
    preview: str
    loose: tuple[str, ...] = ()
    built: tuple[Sizes, Sizes] | None = None

    @cached_property
    def texts(self) -> list[Texts]:
        return changed_texts(self.old, self.new)

    @cached_property
    def opened(self) -> tuple[Opened, Opened]:
        return Opened(self.old), Opened(self.new)

    @cached_property
    def moved(self) -> list[Moved]:
        return list(moved(*self.opened))

    def text(self) -> str:
        harm = list(self._harm())
        parts = ["# 这次改动对读者做了什么", ""]
        parts += ["## 先看这些", "", *harm] if harm else ["没有少提醒、抢问句、添号码，也没有丢网址。"]
        for title, lines in (
            ("卡片", self._cards()),
            ("新的说法", self._facts()),
            ("新的问法", self._asks()),
            ("问句改开别的", self._answers()),
            ("本来就两可的问句", self._close()),
            ("客服发出去的话", self._replies()),
            ("决策树", changed_trees(self.old, self.new)),
            ("大小", self._sizes()),
        ):
            if found := list(_short(lines)):
                parts += ["", f"## {title}", "", *found]
        return "\n".join(parts) + "\n"

    def _harm(self) -> Iterator[str]:
        """Yield what may harm: each kind on its own, the gravest first."""
        if self.loose:
            files = "、".join(self.loose)
            yield f"- **还没进提交** {files}：只 `git commit -am` 会丢下它们，先运行 `git add -A`"
        yield from _short(f"- **少了提醒** {line}" for line in self._warnings())
        stolen = [one for one in self.moved if one.stolen and not one.close]
        by_pair: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in stolen:
            by_pair[one.old, one.new].append(one.ask)
        yield from _short(
            f"- **问句被抢** {len(asks)} 句该开 {self._name(was)} 的，改开 {self._name(now)}：“{asks[0]}”"
            for (was, now), asks in sorted(by_pair.items(), key=lambda item: -len(item[1]))
        )
        if stolen:
            yield (
                "    - 怎么办：这句确实该开后一张，就把它移到那一张的问法里；不该，就从后一张去掉刚加的、"
                "和它相像的话，或在前一张多加两句这样的问法"
            )
        yield from _short(
            f"- **新的数** {self._where(texts)}：{value}（“{sentence}”）"
            for texts in self.texts
            for value, sentence in texts.new_numbers()
        )
        yield from _short(f"- **依据升了** {line}" for line in self._upgraded())
        for url in sorted({e.url for e in self.old.published} - {*self._addresses()}):
            yield f"- **网址没了** {url}"
        yield from _short(
            f"- **问法放错** “{one.text}”写在 {self._name(one.own)} 下面，更像 {self._name(one.other)}："
            "挪过去，或者把话说得只有前一张答得了"
            for one in misfiled(*self.opened)
        )

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
        for texts in self.texts:
            if texts.name in old.cards and texts.name in new.cards:
                counts = f"去 {len(texts.gone)} 句，来 {len(texts.come)} 句"
                lines = [f"- 改了：{self._name(texts.name)}（{counts}）"]
                for was, now in islice(texts.side_by_side(), PAIRS):
                    both = (f"    - 原来：{was}", f"    - 现在：{now}")
                    lines += both if was and now else [f"    - {'新写' if now else '删掉'}：{now or was}"]
                yield "\n".join(lines)
        explained = {card.file for card in (*old.every.values(), *new.every.values())}
        for file, line in changed_lists(old, new):
            explained.add(file)
            yield line
        if others := [texts.file for texts in self.texts if texts.file not in explained]:
            yield f"- 还改了：{'、'.join(others)}"

    def _facts(self) -> Iterator[str]:
        for texts in self.texts:
            for _, sentence in texts.new_numbers():
                yield f"- {self._where(texts)}：{sentence}"

    def _asks(self) -> Iterator[str]:
        for ask, answer in new_asks(*self.opened).items():
            yield f"- {self._name(answer)}：“{ask}”"

    def _answers(self) -> Iterator[str]:
        for one in self.moved:
            if not one.stolen and not one.close:
                yield f"- “{one.ask}”：{self._name(one.old)} → {self._name(one.new)}"

    def _close(self) -> Iterator[str]:
        """Yield what was next to undecided before and is so now: no fault of the change."""
        close = [one for one in self.moved if one.close]
        if close:
            yield f"{len(close)} 句原来就几乎分不出高下，随便改一句都会换先后，不用管："
            yield ""
        yield from (f"- “{one.ask}”：{self._name(one.old)} ⇄ {self._name(one.new)}" for one in close)

    def _replies(self) -> Iterator[str]:
        was, now = _site(self.old), _site(self.new)
        for card in self.new.of(Head):
            before = self.old.cards.get(card.id)
            if before and (text := now.short_text(card)) != (old := was.short_text(before)):
                come = [line for line in text.split("\n") if line not in old.split("\n")]
                yield f"- {self._name(card.id)}：{'／'.join(come) or '少了几行'}"

    def _sizes(self) -> Iterator[str]:
        if self.built:
            yield from changed_sizes(*self.built)
        before, after = bytes_of(self.old), bytes_of(self.new)
        was, now = sum(before.values()), sum(after.values())
        if was != now:
            yield f"- 全部页面的文字 {was} → {now} 字节"
        one, other = self.opened
        if one.documents != other.documents or self.moved:
            yield f"- 搜索学到的索引 {one.size} → {other.size} 字节"
        for name, grown in after.items():
            if name in before and grown > before[name] * GROWN:
                where = self._name(name) if name in self.new.every else name
                yield f"- {where} 长了：{before[name]} → {grown} 字节"

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
