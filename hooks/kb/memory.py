"""What takes long to work out, kept on disk by a hash of all that it depends on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Columns = Mapping[str, NDArray[Any]]


def key(module: str, seed: object) -> str:
    """Return a name for what a module (its ``__file__``) makes of ``seed``, which JSON can hold.

    The sources of all modules beside it are part of it.
    """
    text = json.dumps(seed, sort_keys=True, ensure_ascii=False)
    program = _sources(Path(module).parent)
    return hashlib.sha256(f"{program} {text}".encode(errors="surrogatepass")).hexdigest()


@lru_cache
def _sources(package: Path) -> str:
    paths = sorted(package.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


class Memory:
    """Values that JSON can hold, and columns, by :func:`key`, in ``folder``; ``None`` keeps nothing.

    Of more than ``most`` of each kind only those used last stay. A file that was cut short is none, and a
    folder that may not be written to is no fault.
    """

    def __init__(self, folder: Path | None = None, most: int = 0) -> None:
        self.folder, self.most = folder, most

    def read(self, key: str) -> Any:
        """Return a value, ``None`` if there is none."""
        if self.folder is not None:
            with suppress(OSError, ValueError):
                path = self.folder / f"{key}.json"
                value = json.loads(path.read_text("utf-8"))
                path.touch()
                return value
        return None

    def keep(self, key: str, value: object) -> None:
        self._write(f"{key}.json", lambda file: file.write(json.dumps(value, ensure_ascii=False).encode()))

    def recall(self, key: str, make: Callable[[], T]) -> T:
        """Return a value, made and kept if there is none."""
        value: T | None = self.read(key)
        if value is None:
            value = make()
            self.keep(key, value)
        return value

    def recall_columns(self, key: str, make: Callable[[], Columns]) -> Columns:
        """Return columns by their names, made and kept if there are none."""
        if self.folder is not None:
            path = self.folder / f"{key}.npz"
            with suppress(OSError, EOFError, ValueError, BadZipFile), np.load(path) as columns:
                path.touch()
                return dict(columns)
        made = make()
        self._write(f"{key}.npz", lambda file: np.savez(file, allow_pickle=False, **made))
        return made

    def _write(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / name
            fresh = path.with_suffix(f".{os.getpid()}")
            with fresh.open("wb") as file:
                write(file)
            fresh.replace(path)
            kept = sorted(
                self.folder.glob(f"*{path.suffix}"), key=lambda path: path.stat().st_mtime, reverse=True
            )
            for old in kept[self.most :]:
                old.unlink(missing_ok=True)
