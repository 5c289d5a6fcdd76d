"""The rows of a help desk's export, whatever its encoding, separator and names of columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from kb.content.library import Library
from kb.content.schema import AnswerCard

ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",;\t|"
SAMPLE = 2000
"""Rows from which the columns are told."""

HAN = re.compile("[一-鿿]")
NAMES = re.compile(
    r"内容|问题|描述|文本|正文|留言|工单|编号|序号|卡片|处理|链接|时间|日期|渠道|状态|text|question|content|id\b",
    re.I,
)
LONGEST_NAME = 10
"""Characters of the name of a column; what is longer is a question."""

ID = re.compile(r"(?<![A-Za-z0-9])([A-Z]\d{2,5})(?![A-Za-z0-9])")
ADDRESS = re.compile(r"ask/([a-z0-9-]+)/((?:[a-z0-9-]+\.[a-z0-9-]+/)+)")
LONGEST = 1 << 20
"""Characters of a field."""


class NoTickets(Exception):
    """The text says in one line why the file cannot be used."""


@dataclass(frozen=True)
class Ticket:
    """What was written, the card that solved it, and the answers given in the tree, if the row has them."""

    text: str
    card: str = ""
    topic: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Export:
    """The tickets of a file, the name of the column of questions, and whether the first row names columns."""

    tickets: list[Ticket]
    column: str
    headed: bool

    @property
    def solved(self) -> bool:
        """Whether any row says which card helped."""
        return any(ticket.card for ticket in self.tickets)


def read_tickets(path: Path, library: Library) -> Export:
    """Return what stands in a CSV file. Raise NoTickets."""
    rows = _rows(path)
    headed = bool(rows) and any(len(cell) <= LONGEST_NAME and NAMES.search(cell) for cell in rows[0])
    names, rows = (rows[0], rows[1:]) if headed else ([], rows)
    if not any(map(any, rows)):
        raise NoTickets(f"{path}：没有一行内容")
    text = _text_column(rows[:SAMPLE])
    if not any(HAN.search(row[text]) for row in rows if text < len(row)):
        raise NoTickets(f"{path}：没有一列是中文的问题：要有一列写顾客问了什么，一行一条")
    urls = {card.id: card.url for card in library.every.values() if isinstance(card.head, AnswerCard)}
    tickets = [_ticket(row, text, urls) for row in rows if any(row)]
    column = names[text].strip() if text < len(names) else ""
    return Export(tickets, f"“{column}”一列" if column else f"第 {text + 1} 列", headed)


def _rows(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NoTickets(f"没有“{path}”这个文件：文件名打对，或先进到它所在的文件夹") from None
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            content = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NoTickets(f"{path}：不是 UTF-8，也不是 GBK：从客服系统另存为 CSV（UTF-8）再来")
    head = content.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    csv.field_size_limit(LONGEST)
    try:
        return list(csv.reader(StringIO(content, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NoTickets(f"{path}：不是完整的 CSV（{error}）") from None


def _text_column(rows: list[list[str]]) -> int:
    """Return the column with the most Chinese: what people wrote."""
    width = max(map(len, rows))
    han = [sum(len(HAN.findall(row[at])) for row in rows if at < len(row)) for at in range(width)]
    return max(range(width), key=han.__getitem__)


def _ticket(row: list[str], text: int, urls: dict[str, str]) -> Ticket:
    """Read a row. ``urls``: the addresses of the cards that can have solved it, by id."""
    others = " ".join(value for at, value in enumerate(row) if at != text)
    cards = [name for name in ID.findall(others) if name in urls]
    cards += (
        [card for card, url in urls.items() if f"/{url}" in others] if not cards and "/" in others else []
    )
    topic, answers = answers_in(others)
    said = row[text] if text < len(row) else ""
    return Ticket(said, cards[-1] if cards else "", topic, answers)


def answers_in(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the topic and the answers of an address of a tree, or nothing."""
    found = ADDRESS.search(text)
    if found is None:
        return "", ()
    pairs = (part.partition(".") for part in found[2].strip("/").split("/"))
    return found[1], tuple((question, option) for question, _, option in pairs)


def clauses(text: str) -> Iterator[str]:
    """Yield the parts of a text between signs, each as it may be asked: four to forty characters."""
    for part in re.split(r"[\s，。！？；：、,.!?;:~～…（）()“”\"'【】\[\]<>《》]+", text):
        part = LEAD.sub("", part)
        if 4 <= len(part) <= 40:
            yield part


LEAD = re.compile(r"^(?:你好|您好|请问|麻烦|老师|客服|在吗|亲|想问一下|问一下|我想问|那个|就是)+")
