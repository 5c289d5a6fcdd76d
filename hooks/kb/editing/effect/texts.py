"""What two versions say: sentences that came and went, warnings, numbers and addresses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.asks import FOLDER as ASKS
from kb.content.library import Library
from kb.content.markdown import MARKUP, SENTENCE
from kb.content.published import FOLDER as PUBLISHED

WARNING = re.compile(
    r"不要|(?<![分区特级类个])别(?![的人家处名])|切勿|不能|先停|谨防|小心|诈骗|骗子|骗局|套现|重复|两次"
)
"""What tells a sentence that keeps a reader from harm; too many are better than one too few."""

NUMBER = re.compile(
    r"(?<![A-Za-z])(?:\d[\d,.:：-]*\d|\d)|(?<!第)[一二两三四五六七八九十百千万]+(?=[元角天日年月周倍折]|分钟|小时)"
)
HAN = re.compile("[一-鿿]")
HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})", re.I)
SAME = 0.6
"""Likeness of two sentences from which the one is the other, changed."""

KEYS = re.compile(r"^\s*(?:- )?\{?[a-z_-]+: ", re.M)
REMARK = re.compile(r"(?<=\S) {2,}# .*$", re.M)
"""What stands behind a value for whoever edits the file."""


@dataclass(frozen=True)
class Texts:
    """The sentences of one card, page or list, as they were and are."""

    name: str
    file: str
    gone: tuple[str, ...]
    come: tuple[str, ...]

    def warnings_lost(self) -> Iterator[str]:
        """Yield the warnings that are gone, and that no new sentence says in other words."""
        for sentence in self.gone:
            if WARNING.search(sentence) and not any(
                WARNING.search(new) and _alike(sentence, new) for new in self.come
            ):
                yield sentence

    def new_numbers(self) -> Iterator[tuple[str, str]]:
        """Yield each number or address that this text did not have, with its sentence."""
        before = " ".join(self.gone)
        known = {*NUMBER.findall(before), *HOST.findall(before)}
        for sentence in filter(HAN.search, self.come):
            found = [*HOST.findall(sentence), *NUMBER.findall(HOST.sub("", sentence))]
            if new := [value for value in dict.fromkeys(found) if value not in known]:
                yield "、".join(new), sentence

    def side_by_side(self) -> Iterator[tuple[str, str]]:
        """Yield each sentence that came with the one that it was; what differs stands in ［］."""
        if len(self.gone) == len(self.come) == 1 and not _alike(self.gone[0], self.come[0]):
            yield self.gone[0], self.come[0]
            return
        left = list(self.gone)
        for sentence in self.come:
            before = max(left, key=lambda old, new=sentence: _likeness(old, new), default="")  # type: ignore[misc]
            if before and _alike(before, sentence):
                left.remove(before)
                yield _marked(before, sentence)
            else:
                yield "", sentence
        yield from ((sentence, "") for sentence in left)


def _marked(old: str, new: str) -> tuple[str, str]:
    """Return both sentences with brackets around what the other does not have."""
    one = other = ""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[a:b], new[c:d]
        one += gone if kind == "equal" or not gone else f"［{gone}］"
        other += come if kind == "equal" or not come else f"［{come}］"
    return one, other


def _alike(one: str, other: str) -> bool:
    return _likeness(one, other) >= SAME


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def changed_texts(old: Library, new: Library) -> list[Texts]:
    """Return the texts that differ, cards by id whatever their file is called, then pages and lists."""
    before, after = _sentences(old), _sentences(new)
    found = []
    for name in sorted({*before, *after}):
        _, was = before.get(name, ("", []))
        file, now = after.get(name) or before[name]
        now = now if name in after else []
        if was == now:
            continue
        had, has = set(was), set(now)
        texts = Texts(
            name, file, tuple(s for s in was if s not in has), tuple(s for s in now if s not in had)
        )
        if texts.gone or texts.come:
            found.append(texts)
    return found


def _sentences(library: Library) -> dict[str, tuple[str, list[str]]]:
    """Return the file and the sentences of every text that readers see, by id or by file."""
    hidden = {card.file for card in (*library.drafts.values(), *library.retired.values())}
    found = {}
    for file, text in library.files.texts.items():
        shown = file.startswith("docs/") and file.endswith((".md", ".yml")) and file not in hidden
        if shown and not file.startswith((f"{ASKS}/", f"{PUBLISHED}/")):
            lines = (MARKUP.sub("", KEYS.sub("", line)) for line in REMARK.sub("", text).split("\n"))
            sentences = [part.strip() for line in lines for part in SENTENCE.findall(line)]
            name = library.id_by_file.get(file, file)
            found[name] = (file, [sentence for sentence in sentences if sentence])
    return found
