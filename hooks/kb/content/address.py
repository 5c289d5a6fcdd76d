"""Addresses of pages below the site."""

from __future__ import annotations


def page_url(src_uri: str) -> str:
    """Return the address of a page by its path from ``docs/``: ``about/index.md`` stands at ``about/``."""
    if src_uri.endswith("index.md"):
        return src_uri.removesuffix("index.md")
    return src_uri.removesuffix(".md") + "/"
