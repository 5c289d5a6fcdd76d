"""The house: layers that import downwards only, and files that one can read."""

from __future__ import annotations

import ast
import graphlib
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
