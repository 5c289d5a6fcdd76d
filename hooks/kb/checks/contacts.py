"""Nothing foreign gets in: contacts, links, adverts, images and scripts outside the allow-list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import IMAGE, matches
from kb.foreign import Allowed, Match, Syntax, scan

PICTURES = frozenset(".png .jpg .jpeg .gif .webp .avif .bmp .ico .tif .tiff .svg".split())
OTHER_MEDIA = frozenset(".pdf .zip .exe .apk .mp4 .mp3 .woff .woff2 .ttf .htm".split())
PRIVATE = frozenset({"bank-card", "id-card", "order"})
"""Finds that belong to a person rather than lead to one."""
MAX_IMAGE = 200 * 1024


@rule("foreign")
def check_foreign(library: Library) -> Iterator[Finding]:
    """No contact, link or advert that is not in ``_data/contacts.yml``, however disguised.

    Bad: ``有问题加V信 abc123``; ``请访问 mifupos点com``.
    Good: a number that is registered.
    """
    contacts = library.contacts
    allowed = Allowed(
        phones=frozenset(phone.number for phone in contacts.phones),
        emails=frozenset(email.address.lower() for email in contacts.emails),
        hosts=frozenset(_split(host.host) for host in contacts.hosts),
    )
    for text in library.texts:
        for match in _scan(text.text, allowed, Syntax.of(text.file)):
            line = text.text.count("\n", 0, match.start) + 1
            column = match.start - text.text.rfind("\n", 0, match.start)
            name = "privacy" if match.kind in PRIVATE else ""
            yield Place(text.file, line, column).finding(match.value, match.problem, match.remedy, name)


@rule("images")
def check_images(library: Library) -> Iterator[Finding]:
    """Images are reviewed: listed with their SHA-256 in ``_data/contacts.yml``, small, with an alt text.

    Bad: a photo of a QR code put into ``docs/assets``.
    Good: ``images: [{path: docs/assets/slip.png, sha256: …}]``, added by the reviewer.
    """
    reviewed = {image.path: image.sha256 for image in library.contacts.images}
    for path in sorted((library.root / "docs").rglob("*")):
        suffix = path.suffix.lower()
        place = Place(path.relative_to(library.root).as_posix())
        if not path.is_file() or path.name.startswith("."):
            continue
        if suffix in OTHER_MEDIA:
            yield place.finding(path.name, "不能放这种文件", "只能放文字和审过的图片")
        if suffix not in PICTURES:
            continue
        data = path.read_bytes()
        if reviewed.get(place.file) != hashlib.sha256(data).hexdigest():
            remedy = "图片可能藏着二维码和广告：请负责人看过后登记到 docs/_data/contacts.yml 的 images"
            yield place.finding(path.name, "图片没有审过", remedy)
        if len(data) > MAX_IMAGE:
            yield place.finding(path.name, f"图片太大（{len(data) // 1024} KB）", "压到 200 KB 以内")
    for card in library.cards.values():
        for number, image in matches(IMAGE, card.body, card.body_line):
            if not image["alt"].strip():
                remedy = "方括号里写一句图上是什么，看不到图的人要听它"
                yield card.line(number, image.start() + 1).finding(image["path"], "图片没有说明", remedy)


def _split(host: str) -> tuple[str, str]:
    name, slash, path = host.partition("/")
    return name, slash + path


@lru_cache(maxsize=4096)
def _scan(text: str, allowed: Allowed, syntax: Syntax) -> tuple[Match, ...]:
    """Remember what was found: while serving, most files are the same from build to build."""
    return tuple(scan(text, allowed, syntax))
