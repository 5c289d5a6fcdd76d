"""The handbook as one zip file whose pages open from a USB stick (``file:``), search included.

A server turns ``causes/`` into ``causes/index.html``, and lets pages load modules and fetch files; a disk
does neither. So links to folders get their ``index.html``, and the modules become one classic script
(see ``modules.py``). The search engine is in the built site in a form for disks already.
"""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
from collections.abc import Container, Mapping
from pathlib import Path

from kb.delivery.modules import classic
from kb.delivery.precache import read

SERVER_ONLY = re.compile(
    r"404\.html|robots\.txt|sitemap\.xml.*|sw\.js|offline/.*|search/.*\.(?:bin|json)"
    r"|assets/javascripts/(?:lunr|workers)/.*|.*\.map"
)
"""What only a server or a browser that talks to one can use."""

REPLY = re.compile(r"(replies/(\w+))\.json")
"""What the agents' desk shows; a page on a disk may load it as a script only."""

TAG = re.compile(r'<(a|link|meta|script)\s(?:[^">]|"[^"]*")*>')
ATTRIBUTE = re.compile(r'(\s(?:href|content)=")([^"]*)(")')
REFRESH = re.compile(r"(\d+; url=)(.*)")
MODULE = re.compile(r'<script src="([^"]+)" integrity="[^"]+" type="module">')

PARTS = re.compile(r"^([^?#]*)([?#]?)(.*)$", re.S)
ELSEWHERE = re.compile(r"[a-z]+:|//|[#?]|$")


class BrokenLink(ValueError):
    """A page for the disk links to something that is not in the zip file."""


def for_disk(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a built site in the form that works from a disk. ``site``: path → content.

    Of paths that differ in case only (``c/X/``, ``c/x/``) one is kept: sticks do not tell them apart.
    """
    files: dict[str, bytes] = {}
    folded: dict[str, str] = {}
    for path, content in sorted(site.items()):
        if SERVER_ONLY.fullmatch(path):
            continue
        first = folded.setdefault(path.casefold(), path)
        if content != site[first]:
            raise BrokenLink(f"{path} 和 {first} 只差大小写，内容却不同")
        if first == path:
            files[path] = content
    scripts = {path: content.decode() for path, content in files.items() if path.endswith(".js")}
    entries: set[str] = set()
    for path in [path for path in files if path.endswith(".html")]:
        html, modules = page(path, files[path].decode(), folded)
        files[path] = html.encode()
        entries |= modules
    for entry in entries:
        files[entry] = classic(entry, scripts).encode()
    for path in [path for path in files if REPLY.fullmatch(path)]:
        script, card = REPLY.findall(path)[0]
        files[f"{script}.js"] = b"(self.kbReplies??={}).%s=%s;\n" % (card.encode(), files.pop(path))
    return files


def page(path: str, html: str, known: Container[str]) -> tuple[str, set[str]]:
    """Return a page for the disk, and its modules. ``known``: paths in the zip file, case folded."""
    here = posixpath.dirname(path)
    modules: set[str] = set()

    def address(target: str) -> str:
        if ELSEWHERE.match(target):
            return target
        bare, mark, rest = map(str, PARTS.findall(target)[0])
        if bare.endswith("/") or posixpath.basename(bare) in (".", ".."):
            bare = posixpath.normpath(bare) + "/index.html"
        bare = bare.removeprefix("./")
        if posixpath.normpath(posixpath.join(here, bare)).casefold() not in known:
            raise BrokenLink(f"{path}: 离线版里没有 {target}")
        return bare + mark + rest

    def attribute(match: re.Match[str]) -> str:
        before, value, after = match.groups()
        if "href" in before:
            return before + address(value) + after
        value = REFRESH.sub(lambda m: m[1] + address(m[2]), value)
        return before + value.replace("'self'", "'self' file:") + after

    def tag(match: re.Match[str]) -> str:
        if module := MODULE.fullmatch(match[0]):
            modules.add(posixpath.normpath(posixpath.join(here, module[1])))
            return f'<script src="{module[1]}" defer>'
        return ATTRIBUTE.sub(attribute, match[0])

    return TAG.sub(tag, html), modules


def pack(files: Mapping[str, bytes], name: str) -> bytes:
    """Return a zip file with the one folder ``name`` that depends on ``files`` only: no dates, no owners."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[path])
    return buffer.getvalue()


def dist(root: Path, name: str) -> int:
    """Write ``dist/<name>.zip`` from ``site/``. Return the exit code of the command."""
    site = root / "site"
    if not (site / "index.html").exists():
        print("还没有 site/，先运行 make build。", file=sys.stderr)
        return 1
    try:
        files = for_disk(read(site))
    except ValueError as problem:
        print(f"没有打包：{problem}", file=sys.stderr)
        return 1
    target = root / "dist" / f"{name}.zip"
    target.parent.mkdir(exist_ok=True)
    content = pack(files, name)
    target.write_bytes(content)
    size = f"{len(files)} 个文件，{len(content) / 1e6:.1f} MB"
    print(f"dist/{name}.zip：{size}。解压后打开 index.html。", file=sys.stderr)
    return 0
