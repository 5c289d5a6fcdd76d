"""The check of what old browsers lack: it finds each such thing, and passes what stands in for it."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT

LACKING = {
    "lookbehind": ("js", "export const a = /(?<!b)c/;"),
    "lookbehind in a part": ("js", "export const a = new RegExp(`(?<!${location.hash})c`);"),
    "logical assignment": ("js", "let a = null;\na ??= 1;\nexport { a };"),
    "a static method": ("js", 'export const a = Object.hasOwn({}, "b");'),
    "a method of text": ("js", 'export const a = document.title.replaceAll("b", "c");'),
    "a method of elements": ("js", "document.body.replaceChildren();"),
    "of one that was found": ("js", 'document.querySelectorAll("a").forEach((a) => a.checkVisibility());'),
    "what an event brings": (
        "js",
        'document.forms[0].addEventListener("submit", (event) => event.submitter);',
    ),
    "a global function": ("js", "export const a = structuredClone({});"),
    ":has": ("css", "a:has(b) { color: red; }"),
    ":is": ("css", "a, b:is(c, d) { color: red; }"),
    "a property": ("css", "a { inset: 0; }"),
    "a value": ("css", "a { overflow: clip; }"),
    "words to be read out": ("css", 'a::after { content: "b" / ""; }'),
    "a refinement with others": ("css", "a:hover, a:focus-visible { color: red; }"),
    "nesting": ("css", "a { & b { color: red; } }"),
}

HELD = {
    "asked for": ("js", "self.requestIdleCallback?.(() => {});"),
    "private methods": ("js", "export class A {\n  #b() {}\n  c() { this.#b(); }\n}"),
    "one's own of that name": ("js", "export const a = { hasOwn: () => true }.hasOwn();"),
    "supported": ("css", "@supports selector(:has(a)) { a:has(b) { color: red; } }"),
    "a plain value before": ("css", "a { overflow: hidden; overflow: clip; }"),
    "a refinement alone": ("css", "a:focus-visible { color: red; }"),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is found in each case."""
    folder = tmp_path_factory.mktemp("floor")
    paths = {name: folder / f"{at}.{kind}" for at, (name, (kind, _)) in enumerate((LACKING | HELD).items())}
    for name, path in paths.items():
        path.write_text((LACKING | HELD)[name][1], "utf-8")
    command = ["node", "tests/house/floor.mjs", *map(str, paths.values())]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1 and not run.stderr, run
    lines = run.stdout.splitlines()
    return {
        name: "\n".join(line for line in lines if line.startswith(f"{path}:")) for name, path in paths.items()
    }


@pytest.mark.parametrize("name", LACKING)
def test_what_old_browsers_lack_is_found(name: str, findings: dict[str, str]) -> None:
    assert " needs " in findings[name]


@pytest.mark.parametrize("name", HELD)
def test_what_stands_in_for_it_passes(name: str, findings: dict[str, str]) -> None:
    assert not findings[name]
