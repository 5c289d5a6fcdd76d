"""The words of a card for somebody who only wants to know what to do: without the marks of research.

What is not certain stays uncertain: a mark goes only where a plain word beside it says the same.
"""

from __future__ import annotations

import re

LIKELY = "多半"
UNSURE = re.compile("多半|可能|不一定|未必|大概|通常|一般|好像|像是|据说|说不准|不像")
CLAUSE = re.compile(r"[。；：？！\n]")
NOTED = re.compile(r"（推论(?:[，；：]([^（）]*))?）|（([^（）]*)[，；]推论）")
"""An inference in brackets, alone or with a remark."""
NAMED = re.compile(r"，?推论(?:：|(?=是))")
"""An inference that begins a sentence."""
HEARSAY = re.compile(r"据[一几]?[篇份]?(?:网络)?文章说?[，：]?")
UNVERIFIED = re.compile("未核实")
TECHNICAL = re.compile(r"（[^（）。]*[a-z]_[a-z][^（）。]*）|(?<=。)[^。\n]*[a-z]_[a-z][^。\n]*。")
"""Brackets and sentences with names of parameters, which only programmers say."""


def plain(text: str) -> str:
    """Return the text with plain words for 推论, 未核实 and where something was read."""
    text = NOTED.sub(_bracket, TECHNICAL.sub("", text))
    text = NAMED.sub(lambda note: ("，" if note[0].startswith("，") else "") + LIKELY, text)
    return UNVERIFIED.sub("还说不准", HEARSAY.sub("据说", text)).replace(LIKELY * 2, LIKELY)


def _bracket(note: re.Match[str]) -> str:
    remark = note[1] or note[2]
    before = CLAUSE.split(note.string[: note.start()])[-1] + (remark or "")
    words = [word for word in (remark, "" if UNSURE.search(before) else f"{LIKELY}如此") if word]
    return f"（{'，'.join(words)}）" if words else ""
