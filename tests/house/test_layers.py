"""The house: layers that import downwards only, and files that one can read."""

from __future__ import annotations

import ast
import graphlib
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

HOOKS = ROOT / "hooks"
FLOORS = [
    {"digest", "memory"},
    {"content", "delivery", "foreign", "search", "tree"},
    {"diagnosis"},
    {"checks", "pages"},
    {"editing", "exports"},
]
"""Packages of ``kb`` from the ground up; those of one floor do not know each other."""

LONGEST = 250


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(HOOKS).with_suffix("").parts).removesuffix(".__init__")


PACKAGES = {name_of(path) for path in HOOKS.rglob("__init__.py")}
SOURCES = {name_of(path): path.read_text("utf-8") for path in sorted(HOOKS.rglob("*.py"))}


def imports(name: str) -> set[str]:
    """Return the modules of ``hooks`` that a module imports, anywhere in its text."""
    found = set()
    for node in ast.walk(ast.parse(SOURCES[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            here = name.split(".") if name in PACKAGES else name.split(".")[:-1]
            above = here[: len(here) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return {whole if whole in SOURCES else whole.rpartition(".")[0] for whole in found} & SOURCES.keys()


def package(name: str) -> str:
    """Return the package of ``kb`` that a module is in; of ``main`` and the like its own name."""
    return name.split(".")[1] if name.startswith("kb.") else name


def test_every_package_has_its_floor() -> None:
    packages = {package(name) for name in SOURCES if name.startswith("kb.")}
    assert packages == set().union(*FLOORS)


def test_imports_lead_down() -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    wrong = [
        f"{name} imports {other}"
        for name in SOURCES
        for other in imports(name)
        if package(name) in floor and package(other) != package(name)
        if floor.get(package(other), len(FLOORS)) >= floor[package(name)]
    ]
    assert wrong == []


def test_no_module_imports_itself_in_a_circle() -> None:
    graphlib.TopologicalSorter({name: imports(name) for name in SOURCES}).prepare()


def test_no_file_is_long() -> None:
    files = [
        *HOOKS.rglob("*.py"),
        *(ROOT / "docs/assets").rglob("*.js"),
        *(ROOT / "docs/assets").rglob("*.css"),
    ]
    lines = {path: path.read_text("utf-8").count("\n") for path in files}
    assert {path.relative_to(ROOT).as_posix(): n for path, n in lines.items() if n > LONGEST} == {}


def test_the_guide_names_what_there_is() -> None:
    """Every path of ARCHITECTURE.md, below ``hooks/kb``, ``hooks`` or the root, and every ``path: name``."""
    guide = " ".join((ROOT / "ARCHITECTURE.md").read_text("utf-8").split())
    named = re.findall(r"`([\w.-]+/[\w/.-]+\.(?:py|js|html|yml|md))(?:: ([\w., ]+))?`", guide)
    assert len(named) > 40
    lost = []
    for path, names in named:
        file = next((base / path for base in (ROOT, HOOKS, HOOKS / "kb") if (base / path).is_file()), None)
        known = defined(file.read_text("utf-8")) if file and names else set()
        lost += [path] if file is None else [name for name in names.split(", ") if name and name not in known]
    assert lost == []


def defined(source: str) -> set[str]:
    """Return the functions, classes, methods (``Class.method``) and values that a module defines."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_what_is_committed_or_sent_has_the_same_line_ends_on_every_system() -> None:
    bare = [
        f"{name}: {ast.unparse(call)}"
        for name, source in SOURCES.items()
        if package(name) in {"content", "delivery", "diagnosis", "editing"}
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr == "write_text" and "newline" not in {word.arg for word in call.keywords}
    ]
    assert bare == []


def test_the_events_are_one_call_each() -> None:
    assert SOURCES["main"].count("\n") < 120
    for node in ast.parse(SOURCES["main"]).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("on_"):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert len(body) == 1, node.name


@pytest.mark.parametrize("name", ["content", "foreign", "tree"])
def test_the_ground_floor_stands_alone(name: str) -> None:
    own = {other for module in SOURCES if package(module) == name for other in imports(module)}
    assert {package(other) for other in own} <= {name, "kb", "memory"}
