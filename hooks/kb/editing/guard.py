"""What whoever reviews a change must look at, since no check can judge it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kb.checks.foreign import known_of
from kb.content.data import lines_of
from kb.content.findings import Finding, Place
from kb.content.records import Contacts, Phrases, WordList
from kb.content.strict_yaml import Value, load
from kb.content.validation import validate
from kb.foreign import Known, doubtful, newly_allowed

M = TypeVar("M", bound=BaseModel)

DATA = "docs/_data"
PROGRAMS = re.compile(
    r"(?:hooks|overrides|tests|deploy|\.github|\.ci|\.vscode)/.*|docs/.*\.(?:js|css|html|svg)|.*\.lock"
    r"|mkdocs\.yml|Makefile|pyproject\.toml|package(?:-lock)?\.json|\.pre-commit-config\.yaml"
)
"""What runs: at build time, in browsers, in CI, on the server and on the machines of editors."""


class UnknownRevision(Exception):
    """There is no such version, or no repository."""


@dataclass(frozen=True)
class Change:
    """The files of a change as they were and as they are; one that is absent is empty."""

    root: Path
    base: str

    @cached_property
    def files(self) -> list[str]:
        """The paths that differ from ``base``, files not yet added too. Raise UnknownRevision."""
        changed = self._git("diff", "--name-only", "--no-renames", "-z", self.base, "--")
        added = self._git("ls-files", "--others", "--exclude-standard", "-z")
        return sorted({*changed.split("\0"), *added.split("\0")} - {""})

    @cached_property
    def known(self) -> Known:
        """The lists as they were."""
        return _known(self.old)

    def old(self, file: str) -> str:
        try:
            return self._git("show", f"{self.base}:./{file}")
        except UnknownRevision:
            return ""

    def new(self, file: str) -> str:
        path = self.root / file
        return path.read_text("utf-8", "replace") if path.is_file() else ""

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        try:
            run = subprocess.run(command, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise UnknownRevision(self.base) from error
        return run.stdout.decode("utf-8", "replace")


def guard(change: Change) -> Iterator[str]:
    """Yield a line in Chinese for each thing that a change newly allows.

    Raise UnknownRevision if there is no such version.
    """
    files = change.files
    yield from newly_allowed(change.known, _known(change.new))
    yield from _added(change, "contacts.yml", "图片", _images)
    yield from _added(change, "redirects.yml", "跳转", _redirects)
    yield from _added(change, "topics.yml", "提醒", _cautions)
    yield from (
        f"去掉的提醒：{line}"
        for line in _missing(
            _cautions(change.old(f"{DATA}/topics.yml")), _cautions(change.new(f"{DATA}/topics.yml"))
        )
    )
    for file in files:
        if file.startswith(f"{DATA}/lock/"):
            lost = _missing(change.old(file).splitlines(), change.new(file).splitlines())
            yield f"登记过的网址：{file} 少了 {len(lost)} 行"
        elif PROGRAMS.fullmatch(file):
            yield f"程序和模板：{file}"


def doubts(change: Change) -> Iterator[Finding]:
    """Yield each new sentence of what readers see that is near a call or an advert, by the lists of before.

    No fault: of ten honest new sentences three or four are told. Raise UnknownRevision as :func:`guard` does.
    """
    for file in change.files:
        if not file.startswith("docs/") and file != "mkdocs.yml":
            continue
        text = change.new(file)
        for match in doubtful(change.old(file), text, change.known, file):
            place = Place.at(file, text, match.start)
            yield place.finding(match.value, match.problem, match.remedy, "guard")


def _known(read: Callable[[str], str]) -> Known:
    names = {value for row in _rows(read(f"{DATA}/codes.yml")) if (value := row.get("code"))}
    names |= {value for row in _rows(read(f"{DATA}/sources.yml")) if (value := row.get("id"))}
    return known_of(
        _record(read(f"{DATA}/words.yml"), WordList, WordList()),
        _record(read(f"{DATA}/phrases.yml"), Phrases, Phrases()),
        (lines_of(read(f"{DATA}/adverts.txt")), lines_of(read(f"{DATA}/harmless.txt"))),
        _record(read(f"{DATA}/contacts.yml"), Contacts, Contacts(phones=(), emails=(), hosts=())),
        frozenset(names),
    )


def _record(text: str, model: type[M], empty: M) -> M:
    """Return a file of one record, or an empty one if it cannot be read: the check says why."""
    loaded = load(text, "")
    read = validate(model, loaded.value, loaded.marks, "") if loaded.value is not None else []
    return empty if isinstance(read, list) else read


def _rows(text: str) -> list[dict[str, str]]:
    """Return the records of a list, their values as text."""
    value = load(text, "").value
    rows = value if isinstance(value, list) else []
    return [{key: _line(item) for key, item in row.items()} for row in rows if isinstance(row, dict)]


def _line(value: Value) -> str:
    if isinstance(value, dict):
        return " ".join(map(_line, value.values()))
    return "、".join(map(_line, value)) if isinstance(value, list) else value


def _images(text: str) -> list[str]:
    value = load(text, "").value
    images = value.get("images", []) if isinstance(value, dict) else []
    return [_line(image) for image in images] if isinstance(images, list) else []


def _redirects(text: str) -> list[str]:
    return [f"{row.get('old')} → {row.get('new')}" for row in _rows(text)]


def _cautions(text: str) -> list[str]:
    return [
        f"{row.get('id')} {one}" for row in _rows(text) for one in row.get("cautions", "").split("、") if one
    ]


def _added(change: Change, name: str, label: str, read: Callable[[str], list[str]]) -> Iterator[str]:
    file = f"{DATA}/{name}"
    return (f"{label}：{line}" for line in _missing(read(change.new(file)), read(change.old(file))))


def _missing(lines: list[str], others: list[str]) -> list[str]:
    return sorted(set(lines) - set(others))
