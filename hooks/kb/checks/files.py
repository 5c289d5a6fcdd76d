"""What may lie in the folders that a build reads: an allow-list of paths; everything else is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import dirname, normpath

from kb.checks.rules import rule
from kb.content.files import KB, TEXT_SUFFIXES, Entry, read_bytes
from kb.content.findings import Finding, Place
from kb.content.kinds import BY_FOLDER, KINDS
from kb.content.library import Library
from kb.content.markdown import IMAGE, matches
from kb.content.reader import is_misplaced_card

NAME = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
MAX_NAME = 60

PLACES = {
    r"mkdocs\.yml": "mkdocs.yml",
    rf"docs/(?:{NAME}/)?{NAME}\.md": "docs/ 和它下面一层",
    rf"docs/assets/(?:{NAME}/)*{NAME}\.(?:css|js|svg|png|jpg|webp|woff2)": "docs/assets/",
    rf"docs/_data/(?!asks/cards/)(?:{NAME}/)*{NAME}\.(?:yml|txt)": "docs/_data/",
    r"docs/_data/asks/cards/[A-Z][0-9]+\.txt": "docs/_data/asks/cards/",
    rf"overrides/(?:{NAME}/)*{NAME}\.(?:html|js|xml)": "overrides/",
}
"""Where a file of each kind lies, as a pattern and in words."""

KNOWN = re.compile("|".join(PLACES))
FOLDER = re.compile(rf"{NAME}|_data")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
"""Names that Windows keeps for devices. Source: Microsoft, "Naming Files, Paths, and Namespaces"."""

REVIEWED = frozenset(".png .jpg .webp .svg .woff2".split())
"""Endings of files that are known by their content: nobody can read them in a review."""
MAX_REVIEWED = 200 * KB

ENDINGS = "、".join(sorted(TEXT_SUFFIXES | REVIEWED))


@rule("files")
def check_files(library: Library) -> Iterator[Finding]:
    """Every file of the build is a regular one, of a known ending, in its folder, named in lower case.

    Bad: a link; ``docs/about/x.HTML``; ``docs/_redirects``; ``docs/causes/sub/new.md``; ``con.md``.
    Good: ``docs/causes/card-off.md``; ``docs/assets/style/cards.css``.
    """
    blamed: set[str] = set()
    for entry in library.files.entries:
        if entry.file in library.files.findings or any(str(up) in blamed for up in entry.path.parents):
            continue
        problem = _fault(entry, library.files.names)
        if problem:
            blamed.add(entry.file)
            yield Place(entry.file).finding(entry.path.name, *problem)
    for kind in KINDS.values():
        folder = f"docs/{kind.folder}"
        lost = [entry for entry in library.published if entry.url.startswith(f"{kind.folder}/")]
        if lost and not any(entry.file == folder for entry in library.files.entries):
            yield Place(folder).finding(folder, "整个文件夹不见了", "从版本库里恢复它")


def _fault(entry: Entry, names: frozenset[str]) -> tuple[str, str] | None:
    """Return problem and remedy of an entry, by its last name: those above have been looked at before."""
    name, suffix = entry.path.name, entry.path.suffix
    if entry.kind in ("link", "other"):
        return "不是普通文件", "换成真的文件，不要用链接或管道"
    if entry.hidden:
        return "电脑自己生成的隐藏文件，站里用不着", "删掉它"
    if RESERVED.fullmatch(name):
        return "Windows 上不能有这个文件名", "换一个名字"
    if entry.kind == "folder":
        if suffix in TEXT_SUFFIXES:
            return "这是文件夹，不是文件", "删掉它，或改掉名字里的结尾"
        return None if FOLDER.fullmatch(name) else _bad_name("文件夹名")
    if KNOWN.fullmatch(entry.file):
        return ("文件名太长", f"不超过 {MAX_NAME} 个字符") if len(name) > MAX_NAME else None
    if suffix == ".yaml":
        return "结尾不是 .yml", f"改名为 {entry.path.stem}.yml"
    if suffix not in TEXT_SUFFIXES | REVIEWED:
        return "不能放这种文件", f"只能放文字和审过的图片，结尾是：{ENDINGS}"
    if name.endswith(".md.txt"):
        return "文件名多了一个结尾", f"改名为 {name.removesuffix('.txt')}"
    if entry.path.match("docs/_data/asks/cards/*"):
        numbered = re.match(r"[A-Z][0-9]{2,}", name.upper())
        if numbered and f"docs/_data/asks/cards/{numbered[0]}.txt" in names - {entry.file}:
            return "问法的文件名不对", f"{numbered[0]}.txt 已经有了：把多的几句搬过去，再删掉这个文件"
        new = f"：{numbered[0]}.txt" if numbered else "，后面是 .txt"
        return "问法的文件名不对", f"改名为卡片的编号{new}"
    if not re.fullmatch(NAME, name) and not re.fullmatch(r"[A-Z][0-9]+\.txt", name):
        if suffix == ".txt" and entry.path.parts[1] in BY_FOLDER:
            return "这里不放 .txt", "没有用就删掉它；是卡片，就改名，用小写字母、数字和短横，结尾是 .md"
        return _bad_name("文件名")
    parts = entry.path.parts
    if is_misplaced_card(entry.file):
        return "卡片不能放在子文件夹里", f"移到 docs/{parts[1]}/"
    if parts[:1] == ("docs",) and len(parts) == 3 and parts[1] in BY_FOLDER and suffix == ".txt":
        return "卡片的结尾不对", f"改名为 {entry.path.stem}.md"
    if re.fullmatch(r"[A-Z][0-9]+\.txt", name):
        return "放错了地方", "移到 docs/_data/asks/cards/"
    places = [
        words for pattern, words in PLACES.items() if PurePosixPath(pattern).suffix and suffix[1:] in pattern
    ]
    return "放错了地方", f"这种文件只能放在：{'、'.join(places)}"


def _bad_name(what: str) -> tuple[str, str]:
    return f"{what}不能做网址", f"{what}只用小写字母、数字和短横，例如 card-off"


@rule("images", "contacts.yml")
def check_images(library: Library) -> Iterator[Finding]:
    """Images and fonts are reviewed: listed with their SHA-256 in ``contacts.yml``, small; images have words.

    Bad: a photo of a QR code put into ``docs/assets``.
    Good: ``images: [{path: docs/assets/slip.png, sha256: …}]``, added by the reviewer.
    """
    reviewed = {image.path: image.sha256 for image in library.contacts.images}
    for index, image in enumerate(library.contacts.images):
        if image.path not in library.files.names:
            place = library.at("contacts.yml", "images", index, "path")
            yield place.finding(image.path, "没有这张图片", "放回这张图片，或删掉这一项")
    for file in sorted(library.files.names):
        path, place = PurePosixPath(file), Place(file)
        if path.suffix not in REVIEWED or not KNOWN.fullmatch(file):
            continue
        data = read_bytes(library.root, file, MAX_REVIEWED)
        if isinstance(data, Finding):
            yield place.finding(path.name, data.problem, f"压到 {MAX_REVIEWED // KB} KB 以内", "images")
        elif reviewed.get(file) != hashlib.sha256(data).hexdigest():
            remedy = "图片可能藏着二维码和广告：请负责人看过后登记到 docs/_data/contacts.yml 的 images"
            yield place.finding(path.name, "图片没有审过", remedy)
    for file, text in library.files.texts.items():
        for number, picture in matches(IMAGE, text) if file.endswith(".md") else ():
            is_there = normpath(f"{dirname(file)}/{picture['path']}") in library.files.names
            if is_there and not picture["alt"].strip():
                remedy = "方括号里写一句图上是什么，看不到图的人要听它"
                place = Place(file, number, picture.start() + 1)
                yield place.finding(picture["path"], "图片没有说明", remedy)


DRAWN_LINES, DRAWN_WIDTH, DRAWN_SIGNS = 8, 15, 3
"""Lines in a row, each so wide and of so few different signs: no text but a picture made of signs."""


@rule("images")
def check_drawings(library: Library) -> Iterator[Finding]:
    """No picture is put together of signs: it may be a code that leads anywhere.

    Bad: twenty lines of ``#`` and spaces in a block of code. Good: text.
    """
    for file, text in library.files.texts.items():
        run = 0
        for number, line in enumerate(text.split("\n") if file.startswith("docs/") else (), 1):
            run = run + 1 if len(line) >= DRAWN_WIDTH and len(set(line)) <= DRAWN_SIGNS else 0
            if run == DRAWN_LINES:
                place = Place(file, number - run + 1)
                yield place.finding(line.strip()[:20], "像是用符号拼成的图案", "整个删掉：二维码一律不放")
                break
