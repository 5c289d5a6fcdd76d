"""Our style sheets and scripts as they are sent: without the comments, which are for editors of sources."""

from __future__ import annotations

import re
from pathlib import Path

STYLE = re.compile(r"\s*/\*.*?\*/", re.S)
SCRIPT = re.compile(r"/\*\*(?:.|\n)*?\*/ ?|^[ \t]*//.*\n|^\s*\n", re.M)
"""Only whole lines and blocks that begin with two stars: a star may stand in a pattern."""


def lighten(assets: Path) -> None:
    """Take the comments out of every style sheet and script of ours in the folder ``assets``."""
    for path in sorted(assets.glob("style/*.css")):
        path.write_text(STYLE.sub("", path.read_text("utf-8")).lstrip(), "utf-8")
    for path in sorted(assets.glob("*/*.js")):
        if path.parent.name != "javascripts":
            path.write_text(SCRIPT.sub("", path.read_text("utf-8")), "utf-8")
