"""Our style sheets and scripts as they are sent.

Without the comments, which are for editors of sources; the style sheets of every page in one; and in a
folder named by their content, so that browsers may keep them for ever: ``assets/0123abcd/page/site.js``. One
name for all of them leaves the addresses by which modules import each other as they are in the sources.
The entry, which loads the others, is told their digests, so that one that came damaged does not run.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from itertools import chain

from kb.delivery.modules import imported
from kb.digest import digest

OURS = re.compile(r"assets/[\w-]+/[\w-]+\.(?:css|js)")
EVERYWHERE = "theme tokens material frame reading cards box rows found answer ask large".split()
"""The style sheets of every page, in their order; together ``style/site.css``. Those of cards and trees are
among them: nearly all pages are one or the other, and a sheet of its own puts the first paint off."""

STYLE = re.compile(r"\s*/\*.*?\*/", re.S)
SCRIPT = re.compile(r"/\*\*(?:.|\n)*?\*/ ?|^[ \t]*//.*\n|^\s*\n", re.M)
"""Only whole lines and blocks that begin with two stars: a star may stand in a pattern."""


ENTRY = "assets/page/site.js"
"""Loads the other modules; its own digest stands beside its address in every page."""


def shipped(sources: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the folder, and path → text in it. ``sources``: ``assets/style/box.css`` → text, and so on."""
    light = {path: _light(path, text) for path, text in sources.items()}
    everywhere = [f"assets/style/{name}.css" for name in EVERYWHERE]
    light["assets/style/site.css"] = "".join(light.pop(path) for path in everywhere)
    light[ENTRY] = light[ENTRY].replace("FILES = {}", f"FILES = {_digests(light)}")
    written = "\0".join(chain.from_iterable(sorted(light.items())))
    folder = f"assets/{hashlib.sha256(written.encode()).hexdigest()[:8]}"
    return folder, {folder + path.removeprefix("assets"): text for path, text in light.items()}


def _digests(sources: Mapping[str, str]) -> str:
    """Return the object ``FILES`` of the loader."""
    files = {
        path: [digest(text.encode()), *imported(path, text)]
        for path, text in sorted(sources.items())
        if path.endswith(".js") and path != ENTRY
    }
    return json.dumps(files, separators=(",", ":")).replace('"assets/', '"')


def _light(path: str, text: str) -> str:
    return STYLE.sub("", text).lstrip() if path.endswith(".css") else SCRIPT.sub("", text)
