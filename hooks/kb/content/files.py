"""Files as they lie in the repository: no link is followed, no pipe waited for, no fault raised."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from kb.content.findings import Finding, Place

RULE = "files"
MISSING = "缺少这个文件"

KB = 1024
LIMITS = {
    ".md": 64 * KB,
    ".yml": 512 * KB,
    ".txt": 1024 * KB,
    ".html": 128 * KB,
    ".css": 256 * KB,
    ".js": 256 * KB,
    ".xml": 64 * KB,
    ".svg": 64 * KB,
}
"""Ending of a text → bytes it may have. A card is read in a minute: more is a mistake or an attack."""

TEXT_SUFFIXES = frozenset(LIMITS)

FOLDERS = ("docs", "overrides")
UNPUBLISHED = ("docs/adr",)
"""Folders for developers, not of the site; ``exclude_docs`` in ``hooks/mkdocs.yml`` names them too."""

SETTINGS = "mkdocs.yml"

GUIDES = ("*.md", "deploy/*.md", ".github/*.md", ".github/ISSUE_TEMPLATE/*.yml")
"""Texts beside the site that editors and developers read."""

DECISIONS = tuple(f"{folder}/*.md" for folder in UNPUBLISHED)

CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?: .*)?|={7})\r?$", re.M)
"""What git leaves in a file that it could not merge."""

SAVED_AS = {
    b"{\\rtf": "文字处理软件的格式",
    b"pk\x03\x04": "文字处理软件的格式或压缩文件",
    b"\xd0\xcf\x11\xe0": "文字处理软件的格式",
    b"<!doctype html": "网页",
    b"<html": "网页",
}
"""How a file begins that is no plain text, in lower case → what it is."""

SPOILT = re.compile(r"锟斤拷|烫烫烫|屯屯屯|[\ufffd]|â€|ï»¿|[ä-é][\x80-\xbf]{2}|[锛銆鈥][^\sA-Za-z0-9]")
"""What UTF-8 becomes in an editor that takes it for another encoding and saves it so."""


RETURN = re.compile(r"\r+(?!\r*\n)")
"""A return that ends no line as Windows does."""

WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
"""Letters and digits as wide as Han: no text for readers has any."""
PROSE = (".md", ".yml", ".txt")


@dataclass(frozen=True, order=True)
class Entry:
    """Something that stands in the repository, by its path from the root, and what it is."""

    file: str
    kind: Literal["file", "folder", "link", "other"]

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.file)

    @property
    def hidden(self) -> bool:
        return self.path.name.startswith(".")


def walk(root: Path, name: str) -> Iterator[Entry]:
    """Yield ``root/name`` and all below it in order: links are named, not followed."""
    try:
        kind = _kind(os.lstat(root / name).st_mode)
    except OSError:
        return
    entry = Entry(name, kind)
    yield entry
    if kind == "folder" and not entry.hidden:
        try:
            names = sorted(os.listdir(root / name))
        except OSError:
            return
        for inner in names:
            if f"{name}/{inner}" not in UNPUBLISHED:
                yield from walk(root, f"{name}/{inner}")


def _kind(mode: int) -> Literal["file", "folder", "link", "other"]:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


def read_bytes(root: Path, file: str, limit: int) -> bytes | Finding:
    """Return what the regular file holds, or why it cannot be had. No more than ``limit`` bytes are read."""
    place, name = Place(file), PurePosixPath(file).name
    try:
        if not stat.S_ISREG(os.lstat(root / file).st_mode):
            return place.finding(name, "不是普通文件", "换成真的文件，不要用链接、文件夹或管道", RULE)
        with open(root / file, "rb", opener=_unfollowed) as opened:
            data = opened.read(limit + 1)
    except FileNotFoundError:
        return place.finding(name, MISSING, "从版本库里恢复它", RULE)
    except OSError as error:
        reason = "没有权限" if isinstance(error, PermissionError) else error.strerror or type(error).__name__
        return place.finding(name, f"打不开（{reason}）", "关掉占用它的程序，或改好它的权限", RULE)
    if len(data) > limit:
        return place.finding(name, f"文件太大（超过 {limit // KB} KB）", "删短，或拆成几个文件", RULE)
    return data


def _unfollowed(path: str, flags: int) -> int:
    """Open without following a link that took the file's place, and without waiting for a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def decoded(data: bytes, file: str) -> str | Finding:
    """Return the text of a file; a finding names what keeps it from being read as UTF-8 of one piece."""
    if data.startswith(b"\xef\xbb\xbf"):
        remedy = "运行 python hooks/cli.py fix，它会替你去掉；或用编辑器存成“UTF-8，无 BOM”"
        return Place(file).finding("BOM", "文件开头有看不见的记号", remedy, RULE)
    start = data[:64].lstrip().lower()
    saved = next((name for signs, name in SAVED_AS.items() if start.startswith(signs)), None)
    if saved and not file.endswith(".html"):
        remedy = "从版本库里恢复它，用记事本一类的纯文本编辑器改，存成 UTF-8"
        return Place(file).finding(PurePosixPath(file).name, f"存成了{saved}，不是纯文本", remedy, RULE)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if error.end == len(data) and error.reason == "unexpected end of data":
            remedy = "没有传完：从版本库里恢复它，再改一次"
            return Place(file, line).finding(PurePosixPath(file).name, "文件断在半个字上", remedy, RULE)
        remedy = "用编辑器“另存为 UTF-8”再提交"
        return Place(file, line).finding(f"0x{data[error.start]:02x}", "不是 UTF-8 编码", remedy, RULE)
    if stray := RETURN.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        if "\n" in text:
            return Place(file, line).finding(
                "CR", "这一行中间夹着换行的记号", "把断开的两段接起来，重打那一处", RULE
            )
        remedy = "运行 python hooks/cli.py fix，它会替你改；或用编辑器把行尾存成 LF"
        return Place(file).finding("CR", "换行用了别的记号，整个文件成了一行", remedy, RULE)
    if spoilt := SPOILT.search(text):
        line = text.count("\n", 0, spoilt.start()) + 1
        remedy = "从版本库里恢复它，用 UTF-8 打开再改"
        return Place(file, line).finding(spoilt[0], "是编码弄坏的字", remedy, RULE)
    if file.endswith(PROSE) and (wide := WIDE.findall(text)):
        first = text.index(wide[0])
        remedy = f"写成 {unicodedata.normalize('NFKC', wide[0])}（python hooks/cli.py fix 会替你改）"
        place = Place.at(file, text, first)
        return place.finding(wide[0], f"字母、数字是全角的（{len(wide)} 处）", remedy, RULE)
    if conflict := CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        remedy = "两边的改动留一边或合起来，再删掉 <<<<<<<、=======、>>>>>>> 这几行"
        return Place(file, line).finding(conflict[0].strip()[:7], "合并冲突没有解决", remedy, RULE)
    return text


@dataclass
class Files:
    """Everything that a build reads or copies: what there is, and the texts that can be read."""

    root: Path
    entries: tuple[Entry, ...]
    texts: dict[str, str] = field(default_factory=dict)
    """Path from the root → text, of every regular file with a text's ending."""
    data: dict[str, bytes] = field(default_factory=dict)
    """Bytes of the files whose text cannot be read, as far as they could be had."""
    findings: dict[str, Finding] = field(default_factory=dict)
    """Path from the root → why the file cannot be read."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Paths of all regular files."""
        return frozenset(entry.file for entry in self.entries if entry.kind == "file")

    def text(self, file: str) -> str | None:
        """Return the text of a file that must be there; a missing one becomes a finding."""
        if file not in self.texts and file not in self.findings:
            self._read(file)
        return self.texts.get(file)

    def _read(self, file: str) -> None:
        data = read_bytes(self.root, file, LIMITS[PurePosixPath(file).suffix])
        if isinstance(data, bytes):
            text = decoded(data, file)
            if isinstance(text, str):
                self.texts[file] = text.replace("\r\n", "\n")
                return
            self.data[file] = data
            data = text
        self.findings[file] = data


def read_guides(root: Path, patterns: Iterable[str] = GUIDES) -> Iterator[tuple[str, str | Finding]]:
    """Yield each text beside the site by its path, or why it cannot be read."""
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        file = path.relative_to(root).as_posix()
        data = read_bytes(root, file, LIMITS[path.suffix])
        yield file, decoded(data, file) if isinstance(data, bytes) else data


def read_files(root: Path) -> Files:
    """Read every text below the folders of a build, once."""
    entries = tuple(entry for name in (SETTINGS, *FOLDERS) for entry in walk(root, name))
    files = Files(root, entries)
    for entry in entries:
        if entry.path.suffix in TEXT_SUFFIXES and entry.kind != "folder" and not entry.hidden:
            files.text(entry.file)
    files.text(SETTINGS)
    return files
