"""The QR code of a short link, drawn when the site is built: printing it needs no script."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=1 << 16)
def qr_svg(text: str) -> str:
    """Return ``text`` as inline SVG, with the quiet zone that scanners need, without size or style."""
    return segno.make_qr(text, error="m").svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
