"""What the scanner is given and what it hands back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

WORDS = "docs/_data/words.yml"
CONTACTS = "docs/_data/contacts.yml"
PHRASES = "docs/_data/phrases.yml"
ADVERTS = "docs/_data/adverts.txt"
HARMLESS = "docs/_data/harmless.txt"

BLANK = "\u9fff"
"""Stands for a letter or digit that has been looked at: it is none of ours and no sign."""

MESSAGES = {
    "character": ("是本站不用的字符", "换成普通的汉字、字母或标点；确实要用，请负责人加进允许的字符"),
    "word": (
        "是没见过的字母词",
        f"是接口名或单位就请负责人加进 {WORDS}；是自己起的编号，换一个；联系方式不能写",
    ),
    "name": ("里有没见过的词", f"换一个：编号、文件名和网址用 {WORDS} 的 parts 里的词组成；新的词请负责人加"),
    "number": (
        "是清单以外的一长串数字",
        f"是金额、笔数就写上单位；是官方电话，请负责人核实后加进 {CONTACTS}",
    ),
    "phone": (
        "是清单以外的电话号码",
        f"删掉它；是官方电话，请负责人核实后加进 {CONTACTS}；不是电话就写上单位",
    ),
    "link": ("是清单以外的网址", f"删掉它，或改成站内的相对链接；确实要引用，请负责人加进 {CONTACTS}"),
    "email": ("是清单以外的电子邮箱", f"删掉它；是官方邮箱，请负责人核实后加进 {CONTACTS}"),
    "phrase": (
        "像广告，或像引人去别处联系的话",
        "删掉它；提醒读者防骗，就在同一句里写明“别信”“谨防”“是骗子”；"
        f"说的是实话，换个说法，还不行就请负责人把整句加进 {HARMLESS}",
    ),
    "brand": (
        "像是没核实过的产品或公司的名字",
        f"删掉它，或改成“别家的”；真有这家，请负责人核实后加进 {PHRASES} 的 brands",
    ),
    "strange": (
        "里有没见过的字词，像是谁的名字",
        f"是谁的名字就删掉；是普通的话，换个常用的词，还不行就请负责人把它加进 {PHRASES} 的 usual",
    ),
    "doubt": (
        "用词和引人去别处、交东西的话相近",
        "看它让读者找谁、交什么、付什么、去哪里；说的是实话，就不用改",
    ),
    "nesting": ("这一页的列表或引用套得太深", "最多套三层"),
    "crowded": ("这一段的行数或方括号太多", "拆成几段；要写方括号本身，用【】"),
    "mobile": ("像是某人的手机号", "整个删掉；要举例，写成“尾号 1234”这样"),
    "card": ("像是银行卡号、账号或证件号", "整个删掉；要举例，写成“尾号 1234”这样"),
    "order": ("像是某人的订单号", "整个删掉；要举例，写成“尾号 1234”这样"),
}
"""Kind of a find → problem and remedy in Chinese, without a final 。"""

PRIVATE = frozenset({"mobile", "card", "order"})
"""Finds that belong to a person rather than lead to one."""


@dataclass(frozen=True)
class Known:
    """All that may stand in the site beside Chinese prose; everything else is foreign."""

    cache: Path | None = field(default=None, compare=False)
    """Folder where what was found may be kept; no part of what is known."""
    words: frozenset[str] = frozenset()
    """As shown, upper and lower case apart: ``POS``, ``credit_group``, ``T+1``, ``A 类``."""
    parts: frozenset[str] = frozenset()
    """Lower-case words of which ids, file names, addresses and codes are made: ``credit``, ``disabled``."""
    asks: frozenset[str] = frozenset()
    """Words that stand only in texts which are searched and not shown."""
    names: frozenset[str] = frozenset()
    """Names from the data itself: codes, ids of sources, file names, hashes."""
    patterns: frozenset[str] = frozenset()
    """Regular expressions in the data, by which the desk hears answers: no sentences that readers see."""
    letters: str = ""
    """First letters of the ids of cards, which have two or three digits: ``CQR``."""
    phones: frozenset[str] = frozenset()
    """Digits only, with the area code: ``4007666666``, ``95188``."""
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    """Host and path without a final slash: ``www.pbc.gov.cn``, ``github.com/LawRefBook/Laws``."""
    sounds: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    baits: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    """Words and phrases; see ``phrases.py``."""
    shapes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    choosing: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    """Names of products and firms; see ``brands.py``."""
    adverts: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    """Examples, one line each."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """The hash of thousands of words, taken once."""
        return hash(tuple(getattr(self, field.name) for field in fields(self) if field.compare))


_GUIDE = re.compile(r"(?!mkdocs\.yml)(?:(?:deploy|\.github)/.*|[^/]*)\.(?:md|yml)")


class Syntax(Enum):
    """How a file is written, and who sees it."""

    PAGE = auto()
    """Markdown with a YAML head."""
    DATA = auto()
    """YAML whose values are shown."""
    ASKS = auto()
    """One sentence a line in people's own words, or YAML for the search: searched, not shown."""
    LIST = auto()
    """Published addresses, ids and anchors."""
    KEYS = auto()
    """The lists of words and phrases themselves: only characters are looked at."""
    CODE = auto()
    """Templates, scripts, styles, pictures, settings: words are looked at in what templates show."""
    GUIDE = auto()
    """What editors and developers read beside the site, where words of all kinds are normal."""

    @classmethod
    def of(cls, path: str) -> Syntax:
        """Return the syntax of a file by its path from the root; an unknown one is read as code."""
        if _GUIDE.fullmatch(path):
            return cls.GUIDE
        if "/_data/asks/" in path or path.endswith("/_data/vocabulary.yml"):
            return cls.ASKS
        if path in (WORDS, PHRASES, ADVERTS, HARMLESS):
            return cls.KEYS
        if "/_data/lock/" in path:
            return cls.LIST
        if path.endswith(".md") and "/adr/" not in path:
            return cls.PAGE
        return cls.DATA if "/_data/" in path or path == "mkdocs.yml" else cls.CODE


class Role(Enum):
    """What a piece of text is in its file."""

    TEXT = auto()
    DATA = auto()
    """A scalar of YAML: text, or the name of something."""
    COMMENT = auto()
    """Names and text for editors."""
    LINK = auto()
    STRING = auto()
    """A string in a program, where names of all kinds are normal."""


@dataclass(frozen=True)
class Piece:
    """One text as a browser shows it; it comes from characters ``start`` to ``end`` of the file."""

    text: str
    start: int
    end: int
    role: Role = Role.TEXT


@dataclass(frozen=True)
class Find:
    """Something foreign in a piece: ``value`` as shown."""

    kind: str
    value: str


@dataclass(frozen=True, order=True)
class Match:
    """One foreign thing. ``start``: offset in the file, or of the block that shows it."""

    start: int
    kind: str
    """A key of ``MESSAGES``."""
    value: str

    @property
    def problem(self) -> str:
        """What is wrong, in Chinese."""
        return MESSAGES[self.kind][0]

    @property
    def remedy(self) -> str:
        """What to do, in Chinese, without a final 。"""
        return MESSAGES[self.kind][1]

    @property
    def private(self) -> bool:
        return self.kind in PRIVATE
