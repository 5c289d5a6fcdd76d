"""Lists of more cards than one page should hold: one for each topic."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import build, copy_of_the_printer


@pytest.mark.slow
def test_each_topic_has_lists_of_its_own(tmp_path: Path) -> None:
    root = tmp_path / "handbook"
    copy_of_the_printer(root)
    choice = root / "hooks/kb/pages/choice.py"
    choice.write_text(choice.read_text("utf-8").replace("MOST_LISTED = 300", "MOST_LISTED = 1"), "utf-8")
    build(root, root / "site")

    def page(address: str) -> str:
        return (root / "site" / address / "index.html").read_text("utf-8")

    for folder in ("causes", "remedies", "questions", "tags"):
        assert f'href="../topics/print/{folder}/"' in page(folder)
        assert 'href="../causes/damp-paper/"' not in page(folder)
    listed = [
        topic for topic in ("print", "quality") if "causes/damp-paper/" in page(f"topics/{topic}/causes")
    ]
    assert len(listed) == 1
    assert "causes/damp-paper/" in page(f"topics/{listed[0]}/tags")
    each_topic_has_exports_of_its_own(root / "site")


def each_topic_has_exports_of_its_own(site: Path) -> None:
    """At the old addresses stand the lists of them."""

    def read(path: str) -> str:
        return (site / path).read_text("utf-8")

    schema = json.loads(read("schema/parts.schema.json"))
    for name, rows in (("cards", ""), ("macros", "macros"), ("tree", "topics")):
        whole = json.loads(read(f"{name}.json"))
        jsonschema.validate(whole, schema)
        assert [part["topic"] for part in whole["parts"]] == ["print", "quality"]
        form = json.loads(read(f"schema/{name}.schema.json"))
        for part in whole["parts"]:
            content = json.loads(read(part["url"]))
            jsonschema.validate(content, form)
            assert content[rows] if rows else {row["topic"] for row in content} == {part["topic"]}
    topic, address = read("macros.csv").splitlines()[1].split(",")
    assert read(address[address.index("exports/") :]).startswith("\ufeffname,id,tags,content\n")
    assert f"(exports/llms-{topic}.txt)" in read("llms.txt") and "index.txt" not in read("llms.txt")
    for link in re.findall(r"\((\S+?)\)", read(f"exports/llms-{topic}.txt")):
        assert (site / "exports" / link).is_file()
