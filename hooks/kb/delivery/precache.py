"""What the service worker keeps on the reader's device, so that the site works without a network.

Two lists, because readers are on cheap phones and bad networks. ``core``, fetched when the worker is
installed, is the home page, the style sheets and the scripts: what the first view has loaded anyway.
``bundles``, fetched one by one when the page is idle, hold all other pages and the search index; a large
folder has several. The worker keeps a file only if its digest is the one in these lists.

Why bundles: pages of one folder share most of their lines. As single files a thousand pages weighed
6 MB gzipped and made a thousand requests; with every line sequence stored once they are 0.4 MB in a dozen
requests, byte for byte the same pages. Bundles are gzipped here since many hosts compress nothing, and
named by content, so that an update fetches only the folders that have changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from jinja2 import Template

from kb.delivery.modules import closure

USED = re.compile(rb'<(?:script|link)\b[^>]*?\s(?:src|href)="([^":]+\.(?:js|css|svg|png))"')
MODULE = re.compile(rb'<script\b[^>]*?\ssrc="([^"]+)"[^>]*?\stype="module"')
DATA = re.compile(r"search/[0-9a-f]{8}/(?!offline\.js)[^/]+|replies/[^/]+\.json")
"""The search engine and its files (``offline.js`` is the copy of them for pages opened from a disk), and what
the agents' desk shows."""

PLACE = "search/place.json"
"""Says where the index is."""

PART = 30_000_000
"""Bytes of the members of one bundle, about: what they share is stored once, which leaves some 4 MB for a
phone to unpack at a time."""

MAX_KEPT = 4_000_000
"""Bytes of all bundles, gzipped: no more is copied to every reader's phone. The smallest folders come first;
what is left out is said by the build."""

Part = tuple[str, str, str]
"""First address in a bundle, the bundle's own address, the SHA-256 of its file in hexadecimal."""


@dataclass(frozen=True)
class Offline:
    """``version`` stands for the content of all that is kept.

    ``core``: address → SHA-256 of its file, in hexadecimal. ``bundles``: folder → its parts, in the order of
    the addresses. ``files`` are the bundles themselves, to be written beside the pages. ``left_out``: folder
    that is left to the network → gzipped bytes.
    """

    version: str
    core: dict[str, str]
    bundles: dict[str, list[Part]]
    files: dict[str, bytes]
    left_out: dict[str, int]

    def manifest(self) -> dict[str, object]:
        """Return what ``overrides/sw.js`` takes."""
        return {"version": self.version, "core": self.core, "bundles": self.bundles}


def enabled(extra: Mapping[str, object], site_url: str) -> bool:
    """Return whether the site has a worker: ``extra: {offline: false}`` is the kill switch.

    Browsers run workers over https only; so ``mkdocs serve``, which sets an http address, has none either.
    """
    return extra.get("offline") is not False and site_url.startswith("https:")


def precache(files: Mapping[str, bytes]) -> Offline:
    """Choose what is kept. ``files``: path below the site → content, the whole built site."""
    core = {path: _sha256(files[path or "index.html"]) for path in ["", *sorted(_shell(files))]}
    packed = {folder: list(_pack(folder, members, files)) for folder, members in _folders(files).items()}
    sizes = {folder: sum(len(content) for _, content in parts) for folder, parts in packed.items()}
    smallest_first = sorted(sizes, key=lambda folder: (sizes[folder], folder))
    totals = accumulate(sizes[folder] for folder in smallest_first)
    kept = {folder for folder, total in zip(smallest_first, totals, strict=True) if total <= MAX_KEPT}
    bundles = {folder: [part for part, _ in packed[folder]] for folder in sorted(kept)}
    written = {part[1]: content for folder in kept for part, content in packed[folder]}
    left_out = {folder: size for folder, size in sorted(sizes.items()) if folder not in kept}
    version = _digest(json.dumps([core, bundles]).encode())
    return Offline(version, core, bundles, written, left_out)


def _pack(
    folder: str, members: Mapping[str, str], files: Mapping[str, bytes]
) -> Iterator[tuple[Part, bytes]]:
    """Yield the parts of a folder with their files. ``members``: address → path."""
    addresses = sorted(members)
    ends = accumulate(len(files[members[address]]) for address in addresses)
    for _, run in groupby(zip(addresses, ends, strict=True), lambda entry: entry[1] // PART):
        part = {address: files[members[address]] for address, _ in run}
        payload = _bundle(part)
        content = _gzip(payload)
        yield (next(iter(part)), f"offline/{folder}.{_digest(payload)}.bin", _sha256(content)), content


def _gzip(content: bytes) -> bytes:
    """Return gzipped ``content``, the same on every system: byte 9 names the system in some Pythons."""
    packed = gzip.compress(content, mtime=0)
    return packed[:9] + b"\xff" + packed[10:]


def write_worker(site: Path, template: Template, on: bool) -> dict[str, int]:
    """Write the bundles and ``sw.js`` into the built ``site``; off, the worker only clears away its kind.

    Return the folders that are left to the network, with their gzipped bytes.
    """
    offline = precache(Folder(site)) if on else None
    write_files(site, offline.files if offline else {})
    worker = template.render(offline=offline and offline.manifest())
    write_files(site, {"sw.js": worker.encode()})
    return offline.left_out if offline else {}


def write_files(site: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (path → content) below ``site``."""
    for path, content in files.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class Folder(Mapping[str, bytes]):
    """Every file below a folder by its path, in the order of the paths, read when it is asked for: ten
    thousand cards have more pages than a build should hold at a time."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        self._paths = {path.relative_to(folder).as_posix(): path for path in paths}

    def __getitem__(self, path: str) -> bytes:
        return self._paths[path].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its path, in the order of the paths."""
    return dict(Folder(folder))


def _shell(files: Mapping[str, bytes]) -> set[str]:
    """Return the scripts, style sheets and icons that pages load, modules of modules included."""
    used: set[str] = set()
    modules: set[str] = set()
    for path in _pages(files):
        page = files[path]
        for pattern, found in ((USED, used), (MODULE, modules)):
            addresses = pattern.findall(page)
            found.update(posixpath.normpath(posixpath.join(path, "..", a.decode())) for a in addresses)
    sources = {path: files[path].decode() for path in files if path.endswith(".js")}
    used.update(*(closure(module, sources) for module in modules))
    return (used | {PLACE}) & files.keys()


def _pages(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the pages; the one for missing addresses is never asked for by its name."""
    return (path for path in files if path.endswith(".html") and path != "404.html")


def _folders(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Return what goes into bundles: first folder → address → path."""
    folders: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in files:
        if DATA.fullmatch(path):
            folders[path.split("/")[0]][path] = path
    for path in _pages(files):
        if "/" in path:
            folders[path.split("/")[0]][path.removesuffix("index.html")] = path
    return folders


def _bundle(members: Mapping[str, bytes]) -> bytes:
    """Return one line of JSON, and after it the bytes of all members that are no pages.

    The line: ``{chunks, pages: address → numbers of chunks, spans: address → [start, end] in the bytes}``.
    Lines that occur on equally many pages and follow one another make a chunk: the frame of the site is
    on all pages, what is in an article on one or a few.
    """
    others = {address: content for address, content in members.items() if DATA.fullmatch(address)}
    lines = {a: c.decode().splitlines(keepends=True) for a, c in members.items() if a not in others}
    count = Counter(line for page in lines.values() for line in set(page))
    chunks: dict[str, int] = {}
    pages = {
        address: [chunks.setdefault("".join(run), len(chunks)) for _, run in groupby(page, count.__getitem__)]
        for address, page in lines.items()
    }
    ends = accumulate(map(len, others.values()))
    spans = {a: [end - len(others[a]), end] for a, end in zip(others, ends, strict=True)}
    head = {"chunks": list(chunks), "pages": pages, "spans": spans}
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([line, b"\n", *others.values()])


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest(*contents: bytes) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(b"%d\n" % len(content) + content)
    return digest.hexdigest()[:8]
