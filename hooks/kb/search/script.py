"""The browser's half as one classic script: a worker over http, a script element over ``file:``.

The modules stay plain ES modules; here their ``import`` lines and ``export`` keywords fall away, because a
page opened from a disk may load neither modules nor workers, and because one file is one round trip.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path

CORE = (
    *("normalise", "segment", "decode", "pinyin", "doubt", "codes", "rank", "learnt", "facts"),
    *("files", "match", "asides", "asking", "nothing", "reader", "topics", "engine"),
)
SHOWN = ("search/present", "search/apart", "search/gist", "search/worker")
MODULES = ("page/spelled", *(f"answer/{name}" for name in CORE), *SHOWN)
"""In the order of their dependencies."""

IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)
COMMENT = re.compile(r"/\*\*(?:.|\n)*?\*/ ?|^\s*//.*\n", re.MULTILINE)
EMPTY = re.compile(r"^\s*\n", re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)


def script(folder: Path) -> str:
    """Return the modules of ``folder`` joined, without comments and indentation, for ``with_data``."""
    source = "".join((folder / f"{module}.js").read_text("utf-8") for module in MODULES)
    for pattern in (IMPORT, COMMENT, EMPTY, INDENT, EXPORT):
        source = pattern.sub("", source)
    return source


def with_data(source: str, meta: dict[str, object], files: Mapping[str, bytes]) -> str:
    """Return the script with what every query needs, so that all of it comes in one round trip.

    ``files`` that nearly every query wants: JSON stays text, which the server compresses; the rest is base64.
    """
    kept = {
        name: file.decode() if name.endswith(".json") else base64.b64encode(file).decode()
        for name, file in files.items()
    }
    data = (
        f"{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for name, value in (("META", meta), ("KEPT", kept))
    )
    return f'(()=>{{"use strict";\nconst {",".join(data)};\n{source}}})();\n'
