"""JSON Schemas of heads and data files, for editors that complete and check while one types.

They are made from the models that read the files, and described by the guide's own table of keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kb.content import records
from kb.content.handbook import Handbook
from kb.content.kinds import ALL
from kb.content.schema import PageHead
from kb.content.topics import Topic

FOLDER = ".vscode/schemas"
GUIDE = "CONTRIBUTING.md"
ROW = re.compile(r"^\| ((?:`[a-z_]+` ?)+) \| ([^|]+) \|", re.M)

RECORDS: Mapping[str, type[BaseModel]] = {
    "handbook": Handbook,
    "contacts": records.Contacts,
    "words": records.WordList,
    "phrases": records.Phrases,
    "vocabulary": records.Vocabulary,
}
"""Data files that are one record."""

TABLES: Mapping[str, type[BaseModel]] = {
    "topics": Topic,
    "sources": records.Source,
    "prompts": records.Prompt,
    "codes": records.Code,
    "elsewhere": records.Elsewhere,
    "glossary": records.Term,
    "terms": records.Wording,
    "redirects": records.Redirect,
}
"""Data files that are lists of records."""


def schemas(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path from the root and the text of each schema."""
    said = _descriptions((root / GUIDE).read_text("utf-8"))
    heads: dict[str, type[BaseModel]] = {"page": PageHead, **{kind.name: kind.head for kind in ALL}}
    for name, model in heads.items():
        yield _file(f"head-{name}", _schema(model, said))
    for name, model in RECORDS.items():
        yield _file(name, _schema(model, {}))
    for name, model in TABLES.items():
        schema = _schema(model, {})
        inner = schema.pop("$defs", {})
        yield _file(name, {"type": "array", "items": schema, "$defs": inner})
    yield _file("tags", {"type": "array", "items": {"type": "string"}, "uniqueItems": True})


def write_schemas(root: Path) -> None:
    for file, text in schemas(root):
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _file(name: str, schema: dict[str, Any]) -> tuple[str, str]:
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    return f"{FOLDER}/{name}.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _schema(model: type[BaseModel], said: Mapping[str, str]) -> dict[str, Any]:
    """Return the schema of a model without its programmers' words; keys are described as ``said``."""
    schema: dict[str, Any] = _quiet(model.model_json_schema())
    for key, entry in schema["properties"].items():
        if key in said:
            entry["description"] = said[key]
    return schema


def _quiet(value: Any, names: bool = False) -> Any:
    """Return a schema without titles, descriptions and the defaults of lists. ``names``: of properties."""
    if isinstance(value, list):
        return [_quiet(item) for item in value]
    if not isinstance(value, dict):
        return value
    dropped = () if names else ("title", "description", "default")
    inner = {k: _quiet(v, names=k in ("properties", "$defs") and not names) for k, v in value.items()}
    if inner.get("type") == "string" and not names:
        inner["type"] = ["string", "number"]  # a code of digits is text to us, a number to other readers
    return {key: item for key, item in inner.items() if key not in dropped}


def _descriptions(guide: str) -> dict[str, str]:
    return {
        key: text.strip() for keys, text in ROW.findall(guide) for key in re.findall(r"`([a-z_]+)`", keys)
    }
