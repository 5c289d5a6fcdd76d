"""Mechanical repairs of what editors write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import autocorrect_py
import yaml

from kb.checks.typography import TEXTS
from kb.content.files import LIMITS, PROSE, WIDE, decoded, read_bytes, read_files
from kb.content.findings import Finding
from kb.content.front_matter import split
from kb.content.kinds import BY_FOLDER
from kb.content.markdown import sections_of
from kb.content.reader import is_card
from kb.editing.heads import written

BOM = b"\xef\xbb\xbf"


def fix(root: Path) -> Iterator[str]:
    """Repair line ends, byte-order marks, wide letters, anchors and typography. Yield the files changed."""
    files = read_files(root)
    for entry in files.entries:
        file = entry.file
        if entry.kind != "file" or entry.path.suffix not in LIMITS or not file.startswith("docs/"):
            continue
        data = read_bytes(root, file, LIMITS[entry.path.suffix])
        if isinstance(data, Finding):
            continue
        fixed = data.removeprefix(BOM)
        if entry.path.suffix in PROSE:
            fixed = _narrow(fixed if b"\n" in fixed else fixed.replace(b"\r", b"\n"))
        if entry.path.suffix == ".md" and not isinstance(text := decoded(fixed, file), Finding):
            fixed = _page(text.replace("\r\n", "\n"), file).encode()
        if fixed != data:
            (root / file).write_bytes(fixed)
            yield file


def _narrow(data: bytes) -> bytes:
    """Return the text with letters and digits of normal width; what is not UTF-8 stays as it is."""
    text = data.decode("utf-8", "surrogateescape")
    return WIDE.sub(lambda wide: normalize("NFKC", wide[0]), text).encode("utf-8", "surrogateescape")


def _page(text: str, file: str) -> str:
    parts = split(text, file)
    if isinstance(parts, Finding):
        return text
    head, body, _ = parts
    body = _anchored(body, file.split("/")[1]) if is_card(file) else body
    body = autocorrect_py.format_for(body, "markdown").rstrip()
    return f"---\n{_corrected(head)}---\n{body}\n" if body else f"---\n{_corrected(head)}---\n"


def _anchored(body: str, folder: str) -> str:
    """Give sections with a fixed heading their anchor."""
    anchors = {section.title: section.anchor for section in BY_FOLDER[folder].sections}
    lines = body.split("\n")
    for section in sections_of(body):
        line = lines[section.line - 1]
        if (
            section.title in anchors
            and line.startswith("##")
            and section.anchor in ("", anchors[section.title])
        ):
            lines[section.line - 1] = f"## {section.title} {{#{anchors[section.title]}}}"
    return "\n".join(lines)


def _corrected(head: str) -> str:
    """Correct the typography of values that are sentences, wherever their lines break."""
    try:
        node = yaml.compose(head, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return head
    if not isinstance(node, yaml.MappingNode):
        return head
    for key, value in reversed(node.value):
        if key.value in TEXTS and isinstance(value, yaml.ScalarNode):
            corrected = autocorrect_py.format(value.value)
            if corrected != value.value:
                start, end = value.start_mark.index, value.end_mark.index
                end_of_line = "\n" if value.style in ("|", ">") else ""
                head = head[:start] + written(corrected.strip()) + end_of_line + head[end:]
    return head
