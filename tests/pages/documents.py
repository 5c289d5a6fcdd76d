"""The pages of a built site as documents, and what is wrong with their links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

Documents = dict[str, html.HtmlElement]


def documents_of(site: Path) -> Documents:
    """Return every page by its address below the site."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): html.parse(path).getroot()
        for path in sorted(site.rglob("*.html"))
    }


def dead_links(site: Path, documents: Documents) -> list[tuple[str, str]]:
    """Return page and address of each link to a page, anchor or file of the site that is not there."""
    dead = []
    anchors = {address: set(root.xpath("//@id | //a/@name")) for address, root in documents.items()}
    for address, root in documents.items():
        base = "/" if address == "404.html" else f"/{address}"
        for href in root.xpath("//@href | //@src"):
            target = urlsplit(urljoin(base, href))
            if target.scheme or target.netloc:
                continue
            path, fragment = unquote(target.path.lstrip("/")), unquote(target.fragment)
            if path in documents:
                if fragment and fragment not in anchors[path] and fragment != "__skip":
                    dead.append((address, href))
            elif not (site / path).is_file():
                dead.append((address, href))
    return dead
