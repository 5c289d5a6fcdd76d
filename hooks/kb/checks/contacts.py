"""Images are reviewed before they get in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.markdown import IMAGE, matches

PICTURES = frozenset(".png .jpg .jpeg .gif .webp .avif .bmp .ico .tif .tiff .svg".split())
OTHER_MEDIA = frozenset(".pdf .zip .exe .apk .mp4 .mp3 .woff .woff2 .ttf .htm".split())
MAX_IMAGE = 200 * 1024


@rule("images")
def check_images(library: Library) -> Iterator[Finding]:
    """Images are reviewed: listed with their SHA-256 in ``_data/contacts.yml``, small, with an alt text.

    Bad: a photo of a QR code put into ``docs/assets``.
    Good: ``images: [{path: docs/assets/slip.png, sha256: …}]``, added by the reviewer.
    """
    if library.contacts is None:
        return  # one finding says so
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
