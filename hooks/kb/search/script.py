"""The browser's half as one classic script: a worker over http, a script element over ``file:``.

The modules stay plain ES modules; here their ``import`` lines and ``export`` keywords fall away, because a
page opened from a disk may load neither modules nor workers, and because one file is one round trip.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

CORE = (
    *("normalise", "segment", "decode", "pinyin", "doubt", "codes", "rank", "learnt", "facts"),
    *("files", "match", "asides", "asking", "nothing", "reader", "engine"),
)
SHOWN = ("search/present", "search/apart", "search/worker")
MODULES = ("page/spelled", *(f"answer/{name}" for name in CORE), *SHOWN)
"""In the order of their dependencies."""

IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)
COMMENT = re.compile(r"/\*\*(?:.|\n)*?\*/ ?|^\s*//.*\n", re.MULTILINE)
EMPTY = re.compile(r"^\s*\n", re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)


def script(folder: Path) -> str:
    """Return the modules of ``folder`` joined, without comments and indentation; ``META`` is missing."""
    source = "".join((folder / f"{module}.js").read_text("utf-8") for module in MODULES)
    for pattern in (IMPORT, COMMENT, EMPTY, INDENT, EXPORT):
        source = pattern.sub("", source)
    return source


def with_meta(source: str, meta: dict[str, object]) -> str:
    """Return the script with what every query needs, so that both come in one round trip."""
    data = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
    return f'(()=>{{"use strict";\nconst META={data};\n{source}}})();\n'
