"""Our style sheets and scripts as they are sent.

Without the comments, which are for editors of sources; the style sheets of every page in one; and in a
folder named by their content, so that browsers may keep them for ever: ``assets/0123abcd/page/site.js``. One
name for all of them leaves the addresses by which modules import each other as they are in the sources.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import chain

OURS = re.compile(r"assets/[\w-]+/[\w-]+\.(?:css|js)")
EVERYWHERE = "theme tokens material frame reading cards box rows found answer ask large".split()
"""The style sheets of every page, in their order; together ``style/site.css``. Those of cards and trees are
among them: nearly all pages are one or the other, and a sheet of its own puts the first paint off."""

STYLE = re.compile(r"\s*/\*.*?\*/", re.S)
SCRIPT = re.compile(r"/\*\*(?:.|\n)*?\*/ ?|^[ \t]*//.*\n|^\s*\n", re.M)
"""Only whole lines and blocks that begin with two stars: a star may stand in a pattern."""


def shipped(sources: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the folder, and path → text in it. ``sources``: ``assets/style/box.css`` → text, and so on."""
    light = {path: _light(path, text) for path, text in sources.items()}
    everywhere = [f"assets/style/{name}.css" for name in EVERYWHERE]
    light["assets/style/site.css"] = "".join(light.pop(path) for path in everywhere)
    written = "\0".join(chain.from_iterable(sorted(light.items())))
    folder = f"assets/{hashlib.sha256(written.encode()).hexdigest()[:8]}"
    return folder, {folder + path.removeprefix("assets"): text for path, text in light.items()}


def _light(path: str, text: str) -> str:
    return STYLE.sub("", text).lstrip() if path.endswith(".css") else SCRIPT.sub("", text)
