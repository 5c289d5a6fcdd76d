"""What an editor's program is told: schemas in step with the models, tasks, snippets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from kb.content.findings import Place
from kb.content.kinds import BY_FOLDER
from kb.editing.schemas import FOLDER, schemas

from tests.conftest import ROOT

VSCODE = ROOT / ".vscode"
WRITTEN = dict(schemas(ROOT))


class Loader(yaml.SafeLoader):
    """Reads YAML as editors' programs do: a day is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if not tag.endswith("timestamp")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(text: str, name: str) -> list[str]:
    schema = json.loads(WRITTEN[f"{FOLDER}/{name}.json"])
    value = yaml.load(text, Loader)
    found = jsonschema.Draft7Validator(schema).iter_errors([] if value is None else value)
    return [error.message for error in found]


def test_the_schemas_are_in_step_with_the_models() -> None:
    """If not: ``python hooks/cli.py schemas``."""
    there = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert there == WRITTEN


@pytest.mark.parametrize("file", sorted((ROOT / "docs/_data").glob("*.yml")), ids=lambda path: path.name)
def test_every_data_file_has_a_schema_and_fits_it(file: Path) -> None:
    wired = json.loads((VSCODE / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert wired[f"{FOLDER}/{file.stem}.json"] == f"docs/_data/{file.name}"
    assert faults(file.read_text("utf-8"), file.stem) == []


def test_heads_fit_their_schemas_and_faults_do_not() -> None:
    for folder, kind in BY_FOLDER.items():
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            head = path.read_text("utf-8").split("\n---\n")[0]
            assert faults(head, "head-page" if path.stem == "index" else f"head-{kind.name}") == []
    balance = (ROOT / "docs/questions/balance.md").read_text("utf-8").split("\n---\n")[0]
    assert faults(balance, "head-question") == []
    assert faults(f"{balance}\nretyr: once", "head-question")
    assert faults(f"{balance}\nstate: gone", "head-question")


def test_keys_are_described_in_the_words_of_the_guide() -> None:
    keys = json.loads(WRITTEN[f"{FOLDER}/head-cause.json"])["properties"]
    assert "当面" in keys["say"]["description"] or "顾客" in keys["say"]["description"]
    silent = {key for key, entry in keys.items() if "description" not in entry}
    assert silent <= {"widget", "cases"}


def test_the_task_reads_what_the_check_prints() -> None:
    tasks = {task["label"]: task for task in json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]}
    pattern = re.compile(tasks["检查"]["problemMatcher"]["pattern"]["regexp"])
    found = pattern.match(str(Place("docs/causes/x.md", 8, 3).finding("retyr", "没有这个键", "改", "schema")))
    assert found and found.groups()[:4] == ("docs/causes/x.md", "8", "3", "schema")


def test_snippets_write_what_the_check_accepts() -> None:
    snippets = json.loads((VSCODE / "handbook.code-snippets").read_text("utf-8"))
    names = {"屏幕上的话": "prompts", "出处一条": "sources", "词语": "glossary", "搬走的网址": "redirects"}
    for title, name in names.items():
        body = snippets[title]["body"]
        text = body if isinstance(body, str) else "\n".join(body)
        text = re.sub(r"\$\{\d\|(\w+)[^}]*\|\}", r"\1", text)
        text = re.sub(r"\$\{\d:([^}]*)\}", r"\1", text).replace("id: 编号", "id: x-1")
        assert faults(text, name) == []
