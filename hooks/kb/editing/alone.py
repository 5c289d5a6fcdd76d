"""One at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

FAR = 1 << 20
"""Byte that is locked on Windows, where nobody may read what is locked."""


class Busy(Exception):
    """Somebody else holds the lock; the text says who."""


@contextmanager
def alone(path: Path) -> Iterator[int]:
    """Hold the lock file; yield its descriptor, for a child to hold it too. Raise ``Busy`` if it is held."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a+", encoding="utf-8") as held:
        if not _lock(held):
            held.seek(0)
            raise Busy(held.read().strip() or "另一个进程")
        held.truncate(0)
        held.write(f"进程 {os.getpid()}，{datetime.now():%m-%d %H:%M} 开始\n")
        held.flush()
        yield held.fileno()


if sys.platform == "win32":
    import msvcrt

    def _lock(held: IO[str]) -> bool:
        held.seek(FAR)
        try:
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(held: IO[str]) -> bool:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
