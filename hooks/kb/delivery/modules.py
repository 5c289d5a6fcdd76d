"""The site's ES modules as one classic script, for pages opened from a disk, where browsers refuse modules.

The modules are written in a small part of the language, so that this needs no parser of JavaScript:

* ``import { a, b as c } from "./x.js"`` at the start of a line,
* ``import(…)`` of an address that stands as a string, ``"../y/x.js"``, in the module or in one that hands
  it over (all folders of modules lie side by side, so it leads to the same from both),
* ``export`` before ``function``, ``async function``, ``class`` or ``const`` at the start of a line.

Every module becomes a function that returns what it exports and runs once, at its first use. Any other
form of import or export, and a circle of imports, is an error: nothing is guessed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

STATIC = re.compile(r'^import \{([^}]*)\} from "([^"]+)";?', re.MULTILINE)
DYNAMIC = re.compile(r"\bimport\(")
ADDRESS = re.compile(r'"(\.\.?/[^"]+\.js)"')
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\.meta.*", re.MULTILINE)


class UnknownForm(ValueError):
    """A module uses a form of import or export that is not among those above."""


def imported(path: str, source: str) -> list[str]:
    """Return the paths of the modules that one imports statically."""
    return [_resolve(path, address) for _, address in STATIC.findall(source)]


def closure(entry: str, sources: Mapping[str, str]) -> list[str]:
    """Return ``entry`` and every module that it can load, each after those it imports statically."""
    order: list[str] = []
    open_modules: list[str] = []

    def visit(path: str) -> None:
        if path in order:
            return
        if path in open_modules:
            raise UnknownForm(f"{path}: 模块互相引用：{' → '.join([*open_modules, path])}")
        if path not in sources:
            raise UnknownForm(f"没有 {path} 这个模块，有别的模块引用了它")
        open_modules.append(path)
        for other in imported(path, sources[path]):
            visit(other)
        order.append(open_modules.pop())

    pending = [entry]
    while pending:
        known = len(order)
        visit(pending.pop(0))
        for path in order[known:]:
            pending += [_resolve(path, address) for address in ADDRESS.findall(sources[path])]
    return order


def classic(entry: str, sources: Mapping[str, str]) -> str:
    """Return one classic script that does what ``<script type=module src=entry>`` does."""
    functions = "".join(_function(path, sources[path]) for path in closure(entry, sources))
    return (
        '(() => {\n"use strict";\nconst kbModules = {};\nconst kbLoaded = {};\n'
        "const kbLoad = (path) => (kbLoaded[path] ??= kbModules[path]());\n"
        "const kbImport = async (from, address) => "
        "kbLoad(new URL(address, `file:///${from}`).pathname.slice(1));\n"
        f'{functions}kbLoad("{entry}");\n}})();\n'
    )


def _function(path: str, source: str) -> str:
    exports = ", ".join(name for _, name in EXPORT.findall(source))
    body = STATIC.sub(lambda m: f'const {{{_renamed(m[1])}}} = kbLoad("{_resolve(path, m[2])}");', source)
    body = DYNAMIC.sub(f'kbImport("{path}", ', body)
    body = EXPORT.sub(r"\1 \2", body)
    if other := OTHER.search(body):
        raise UnknownForm(
            f"{path}: 离线版认不出“{other[0].strip()}”。可用的写法见 hooks/kb/delivery/modules.py"
        )
    return f'kbModules["{path}"] = () => {{\n{body}\nreturn {{ {exports} }};\n}};\n'


def _renamed(names: str) -> str:
    return re.sub(r"\bas\b", ":", names)


def _resolve(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
