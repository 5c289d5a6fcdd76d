"""The files under ``docs/_data``: strict YAML, typed, with the place of each entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from kb.content.files import Files
from kb.content.findings import Finding, Place
from kb.content.strict_yaml import Marks, Path, Value, load
from kb.content.validation import validate

T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=BaseModel)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a list, without empty ones and those that begin with ``#``."""
    return tuple(line for _, line in numbered(text))


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the same lines, each behind its number, from 1."""
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if line and not line.startswith("#"):
            yield number, line


@dataclass(frozen=True)
class DataFile(Generic[T_co]):
    """The entries of one file with their positions."""

    file: str
    entries: tuple[T_co, ...]
    marks: Marks

    def at(self, index: int, *path: str | int) -> Place:
        return Place(self.file, *self.marks.find((index, *path)))

    def places(self, key: str) -> dict[str, Place]:
        """Return the values that the entries have under ``key``, and where they stand."""
        return {getattr(entry, key): self.at(index, key) for index, entry in enumerate(self.entries)}


@dataclass(frozen=True)
class Folder:
    """``docs/_data`` of a repository; faults go to ``findings``, ``broken`` are the names of faulty files."""

    files: Files
    findings: list[Finding]
    broken: set[str] = field(default_factory=set)
    marks: dict[str, Marks] = field(default_factory=dict)
    """Where the values of the files that are one record stand, by name."""

    def single(self, name: str, model: type[M]) -> M | None:
        """Return the whole file as one record without its faulty list entries, or None if that is nothing."""
        value, marks = self._load(name)
        if value is None:
            return None
        read = validate(model, value, marks, self._file(name))
        self.marks[name] = marks
        if not isinstance(read, list):
            return read
        self._fault(name, *read)
        again = validate(model, self._sound(value, marks, read), marks, self._file(name))
        return None if isinstance(again, list) else again

    @staticmethod
    def _sound(value: Value, marks: Marks, faults: list[Finding]) -> Value:
        """Return a mapping of lists without the entries in which a fault stands."""
        if not isinstance(value, dict):
            return value
        at = {(fault.line, fault.column) for fault in faults}
        wrong = {path[:2] for path, place in marks.places.items() if place in at and len(path) > 1}
        return {
            key: [row for index, row in enumerate(rows) if (key, index) not in wrong]
            if isinstance(rows, list)
            else rows
            for key, rows in value.items()
        }

    def table(self, name: str, model: type[M], *, empty: bool = False) -> DataFile[M]:
        """Return the list of records in the file; entries that cannot be read are left out.

        ``empty``: whether a file that holds nothing but comments is a list without entries.
        """
        rows, marks = self._rows(name, empty)
        entries: list[tuple[int, M]] = []
        inner: defaultdict[str | int, dict[Path, tuple[int, int]]] = defaultdict(dict)
        for path, place in marks.places.items():
            if path:
                inner[path[0]][path[1:]] = place
        for index, raw in enumerate(rows):
            entry = validate(model, raw, Marks(inner[index]), self._file(name))
            if isinstance(entry, list):
                self._fault(name, *entry)
            else:
                entries.append((index, entry))
        kept = {index: new for new, (index, _) in enumerate(entries)}
        places = {
            (kept[p[0]], *p[1:]): place
            for p, place in marks.places.items()
            if p and isinstance(p[0], int) and p[0] in kept
        }
        return DataFile(self._file(name), tuple(entry for _, entry in entries), Marks(places))

    def words(self, name: str) -> DataFile[str]:
        """Return the list of words in the file."""
        rows, marks = self._rows(name, empty=False)
        for index, row in enumerate(rows):
            if not isinstance(row, str) or not row:
                place = Place(self._file(name), *marks.find((index,)))
                self._fault(name, place.finding("-", "这里要写一个词", "每行一个“- 词”", "schema"))
        words = tuple(row if isinstance(row, str) else "" for row in rows)
        return DataFile(self._file(name), words, marks)

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of the file."""
        text = self.files.text(self._file(name))
        if text is None:
            self.broken.add(name)
            return ()
        return lines_of(text)

    def _fault(self, name: str, *faults: Finding) -> None:
        self.findings.extend(faults)
        self.broken.add(name)

    def _file(self, name: str) -> str:
        return f"docs/_data/{name}"

    def _rows(self, name: str, empty: bool) -> tuple[list[Value], Marks]:
        value, marks = self._load(name, empty)
        if isinstance(value, list):
            return value, marks
        if value is not None and value != {}:
            place = Place(self._file(name))
            self._fault(name, place.finding(name, "这里要写成列表", "每一项以“- ”开头", "schema"))
        return [], marks

    def _load(self, name: str, empty: bool = False) -> tuple[Value | None, Marks]:
        text = self.files.text(self._file(name))
        if text is None:
            self.broken.add(name)
            return None, Marks()
        loaded = load(text, self._file(name))
        if loaded.findings:
            self._fault(name, *loaded.findings)
        elif loaded.value == {} and not empty:
            place = Place(self._file(name))
            remedy = "从版本库里恢复它；确实一项也没有，就写 []"
            self._fault(name, place.finding(name, "这个文件是空的", remedy, "schema"))
            return None, Marks()
        return loaded.value, loaded.marks
