"""Our style sheets as they are sent: without the comments, which are for editors of the sources."""

from __future__ import annotations

import re
from pathlib import Path

COMMENT = re.compile(r"\s*/\*.*?\*/", re.S)


def lighten(folder: Path) -> None:
    """Take the comments out of every style sheet in ``folder``."""
    for path in sorted(folder.glob("*.css")):
        path.write_text(COMMENT.sub("", path.read_text("utf-8")).lstrip(), "utf-8")
