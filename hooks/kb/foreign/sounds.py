"""Words written with other characters of the same sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from .characters import HAN
from .model import BLANK

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")


_SPOKEN = dict(
    pair
    for digit, readings in enumerate(
        "ling lin dong|yi yao|er liang|san shan|si|wu|liu|qi guai|ba|jiu gou".split("|")
    )
    for pair in zip(readings.split(), [str(digit)] * 3, strict=False)
)
"""How a digit may be said → the digit."""
_SAID = re.compile(r"[0-9](?:[\W_]{0,4}[0-9]){6,}")
_GROUP = re.compile(r"[0-9]{2,}")
LEAST_SOUNDS = 2
"""Characters of a dictated number that are no numerals; less may be a word at its end."""


@cache
def _readings() -> dict[int, str]:
    """Return the table of the package alone: all of it takes ten times as long to import."""
    package = find_spec("pypinyin")
    assert package and package.submodule_search_locations
    path = Path(package.submodule_search_locations[0], "pinyin_dict.py")
    spec = spec_from_file_location("pinyin_dict", path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[int, str] = module.pinyin_dict
    return table


def _reading(character: str) -> str:
    """Return the commonest reading, without its tone."""
    return _readings().get(ord(character), character).split(",")[0].translate(_TONES)


@lru_cache(maxsize=1)
def _sounds() -> dict[int, str]:
    """Return for each character the first one that sounds like it, tones apart."""
    first: dict[str, str] = {}
    return {ord(one): first.setdefault(_reading(one), one) for one in sorted(HAN)}


@lru_cache(maxsize=1)
def _digits() -> dict[int, str]:
    """Return for each character that sounds like a digit the digit."""
    return {ord(one): _SPOKEN[said] for one in HAN if (said := _reading(one)) in _SPOKEN}


@lru_cache(maxsize=1)
def _dictated() -> re.Pattern[str]:
    """Return what any dictated number matches."""
    digit = f"[0-9{''.join(map(chr, _digits()))}]"
    return re.compile(_SAID.pattern.replace("[0-9]", digit))


def dictated(text: str, numerals: str) -> Iterator[str]:
    """Yield runs of seven characters that sound like digits and are not all numerals: ``腰伞爸令令``."""
    if not _dictated().search(text):
        return
    for found in _SAID.finditer(_GROUP.sub(lambda group: BLANK * len(group[0]), text).translate(_digits())):
        written = text[found.start() : found.end()]
        if sum(one.isalpha() and one not in numerals for one in written) >= LEAST_SOUNDS:
            yield written


@lru_cache(maxsize=4)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(word.translate(_sounds()) for word in longest) or r"(?!)")


def homophones(text: str, words: tuple[str, ...]) -> Iterator[str]:
    """Yield what sounds like one of the words and is another. Bad: ``薇芯``. Good: ``微信``."""
    for found in _any(words).finditer(text.translate(_sounds())):
        written = text[found.start() : found.end()]
        if written not in words:
            yield written
