"""What the theme brings along: parts of templates and icons."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def theme_parts() -> frozenset[str]:
    """Return the parts of the theme that templates may take in: ``partials/tags.html``."""
    folder = _folder()
    return frozenset(path.relative_to(folder).as_posix() for path in folder.glob("partials/**/*.html"))


def has_icon(name: str) -> bool:
    """Return whether the theme has an icon: ``material/printer``."""
    return (_folder() / ".icons" / f"{name}.svg").is_file()


def _folder() -> Path:
    package = find_spec("material")
    assert package and package.submodule_search_locations
    return Path(package.submodule_search_locations[0], "templates")
