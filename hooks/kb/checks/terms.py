"""One word for one meaning, on every card and page and in the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import visible

ALIASES = re.compile(r"^aliases:.*(?:\n[ ]+.*)*", re.M)
"""Words that readers may use stay as they say them."""


@rule("terms")
def check_terms(library: Library) -> Iterator[Finding]:
    """A meaning has one word, the one in ``_data/terms.yml``.

    Bad: a way of writing that the list has under ``wrong``.
    Good: the one it has under ``right``.
    """
    for index, entry in enumerate(library.wordings.entries):
        if entry.right in entry.wrong:
            remedy = "wrong 里写不用的写法，right 写该用的那一个"
            yield library.wordings.at(index, "right").finding(entry.right, "两边写的是同一个词", remedy)
    right = {wrong: entry for entry in library.wordings.entries for wrong in entry.wrong}
    for index, entry in enumerate(library.wordings.entries):
        for first, other in enumerate(library.wordings.entries[:index]):
            if entry.right in other.wrong or other.right in entry.wrong:
                earlier = library.wordings.at(first).line
                remedy = "两行合成一行，只留一个 right；那一行对，就删掉这一行"
                place = library.wordings.at(index, "right")
                yield place.finding(entry.right, f"和第 {earlier} 行相反", remedy)
                right = {wrong: each for wrong, each in right.items() if each not in (entry, other)}
    if not right:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(right, key=len, reverse=True))))
    for file, text in library.files.texts.items():
        if not file.endswith(".md"):
            continue
        shown = ALIASES.sub(lambda aliases: re.sub(r"[^\n]", " ", aliases[0]), visible(text))
        for number, line in enumerate(shown.split("\n"), 1):
            for found in pattern.finditer(line):
                entry = right[found[0]]
                place = Place(file, number, found.start() + 1)
                yield place.finding(found[0], "这里换一个词", f"统一写成“{entry.right}”：{entry.why}")
    for place, key, value in library.told():  # what a word means may name its other ways to be written
        if key != "says" and (word := pattern.search(value)):
            entry = right[word[0]]
            yield place.finding(word[0], "这里换一个词", f"统一写成“{entry.right}”：{entry.why}")
