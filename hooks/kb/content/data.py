"""The files under ``docs/_data``: strict YAML, typed, with the place of each entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from kb.content.findings import Finding, Place
from kb.content.strict_yaml import Marks, Value, load
from kb.content.validation import validate

T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 512 * 1024


@dataclass(frozen=True)
class DataFile(Generic[T_co]):
    """The entries of one file with their positions.

    ``complete``: whether every entry could be read; if not, what seems missing may be there.
    """

    file: str
    entries: tuple[T_co, ...]
    marks: Marks
    complete: bool = True

    def at(self, index: int, *path: str | int) -> Place:
        return Place(self.file, *self.marks.find((index, *path)))


@dataclass(frozen=True)
class Folder:
    """``docs/_data`` below ``root``; faults go to ``findings``."""

    root: Path
    findings: list[Finding]

    def single(self, name: str, model: type[M]) -> M | None:
        """Return the whole file as one record, or None if it cannot be read."""
        value, marks = self._load(name)
        if value is None:
            return None
        read = validate(model, value, marks, self._file(name))
        if isinstance(read, list):
            self.findings.extend(read)
            return None
        return read

    def table(self, name: str, model: type[M], *, needed: bool = True) -> DataFile[M]:
        """Return the list of records in the file; entries that cannot be read are left out.

        A file that is not ``needed`` may be missing.
        """
        if not needed and not (self.root / self._file(name)).exists():
            return DataFile(self._file(name), (), Marks())
        rows, marks, complete = self._rows(name)
        entries: list[tuple[int, M]] = []
        for index, raw in enumerate(rows):
            inner = Marks({p[1:]: place for p, place in marks.places.items() if p[:1] == (index,)})
            entry = validate(model, raw, inner, self._file(name))
            if isinstance(entry, list):
                self.findings.extend(entry)
            else:
                entries.append((index, entry))
        kept = {index: new for new, (index, _) in enumerate(entries)}
        places = {
            (kept[p[0]], *p[1:]): place
            for p, place in marks.places.items()
            if p and isinstance(p[0], int) and p[0] in kept
        }
        complete = complete and len(entries) == len(rows)
        return DataFile(self._file(name), tuple(entry for _, entry in entries), Marks(places), complete)

    def words(self, name: str) -> DataFile[str]:
        """Return the list of words in the file."""
        rows, marks, complete = self._rows(name)
        for index, row in enumerate(rows):
            if not isinstance(row, str) or not row:
                place = Place(self._file(name), *marks.find((index,)))
                self.findings.append(place.finding("-", "这里要写一个词", "每行一个“- 词”", "schema"))
                complete = False
        words = tuple(row if isinstance(row, str) else "" for row in rows)
        return DataFile(self._file(name), words, marks, complete)

    def _file(self, name: str) -> str:
        return f"docs/_data/{name}"

    def _rows(self, name: str) -> tuple[list[Value], Marks, bool]:
        value, marks = self._load(name)
        if value is None or value == {}:  # unread, or nothing but comments
            return [], marks, value == {}
        if isinstance(value, list):
            return value, marks, True
        place = Place(self._file(name))
        self.findings.append(place.finding(name, "这里要写成列表", "每一项以“- ”开头", "schema"))
        return [], marks, False

    def _load(self, name: str) -> tuple[Value | None, Marks]:
        place = Place(self._file(name))
        try:
            data = (self.root / place.file).read_bytes()
        except FileNotFoundError:
            self.findings.append(place.finding(name, "缺少这个文件", "从版本库里恢复它", "front-matter"))
            return None, Marks()
        try:
            if len(data) > MAX_BYTES:
                raise ValueError
            text = data.decode("utf-8")
        except ValueError:
            remedy = "存成 UTF-8，并且不超过 512 KB"
            self.findings.append(place.finding(name, "读不懂这个文件", remedy, "front-matter"))
            return None, Marks()
        loaded = load(text, place.file)
        self.findings.extend(loaded.findings)
        return loaded.value, loaded.marks
