"""Edits of a card's head as text: what is not touched stays to the letter, comments too."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml


def written(value: object) -> str:
    """Return a value as YAML on one line, quoted where it must be."""
    text = yaml.safe_dump(value, allow_unicode=True, width=100_000, default_flow_style=True)
    return text.removesuffix("...\n").strip()


def with_key(text: str, key: str, value: object) -> str:
    """Return a page whose head says ``key: value``: in the place of the old value, else below the id."""
    head, end, body = text.partition("\n---\n")
    line = f"{key}: {written(value)}"
    new, count = re.subn(entry(key), lambda match: f"\n{line}", head, count=1)
    if not count:
        new = re.sub(r"\nid:[^\n]*", lambda match: f"{match[0]}\n{line}", head, count=1)
    return new + end + body


def without_key(text: str, key: str) -> str:
    head, end, body = text.partition("\n---\n")
    return re.sub(entry(key), "", head, count=1) + end + body


def with_more(text: str, key: str, have: Iterable[str], more: Iterable[str]) -> str:
    """Return a page whose head lists under ``key`` also what of ``more`` it does not ``have``."""
    have = list(have)
    new = list(dict.fromkeys([*have, *more]))
    return with_key(text, key, new) if new != have else text


def entry(key: str) -> str:
    """Pattern of a key (itself a pattern) with its value, which goes on in lines that are indented.

    Between two of them may be empty lines, and remarks in the first column.
    """
    return rf"\n{key}:[^\n]*(?:(?:\n[ \t]*(?:#[^\n]*)?)*\n(?:[ \t]+\S|-[ \t])[^\n]*)*"
