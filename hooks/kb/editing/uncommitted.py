"""What differs from the last version: new files, changed lines, published cards that were taken out."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.checks.addresses import published_pages
from kb.content.files import FOLDERS, MISSING, SETTINGS
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.published import (
    FILE,
    NO_PAGE,
    PAGES,
    RULE,
    TAKEN_OUT,
    PublishedCard,
    parse_pages,
    parse_published,
)


def unknown_files(root: Path) -> list[str]:
    """Return the new files of the content; none if there is no repository."""
    command = ["ls-files", "--others", "--exclude-standard", "-z", "--", *FOLDERS, SETTINGS]
    return sorted(filter(None, _git(root, *command).split("\0")))


HUNK = re.compile(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")
"""The head of a change, as ``diff -u`` writes it. Source: POSIX, "diff", unified format."""


def changed_lines(root: Path) -> dict[str, frozenset[int]]:
    """Return the lines by file in which the content differs from the last version, or that this one changed.

    Of a file that is new or gone there are none: all of it is changed. Where lines were taken out, those
    above and below count.
    """
    command = ["diff", "-U0", "--relative", "--no-renames", "--no-color", "--no-ext-diff"]
    for versions in (["HEAD"], ["HEAD^", "HEAD"]):
        changed = dict.fromkeys(unknown_files(root), frozenset[int]())
        changed |= _lines(_git(root, *command, *versions, "--", *FOLDERS, SETTINGS))
        if changed:
            return changed
    return {}


def lost_entries(root: Path, library: Library) -> Iterator[Finding]:
    """Yield what the last version lists as published and this one does not: nobody takes it out."""
    listed = {entry.id: entry for entry in library.published}
    for entry in parse_published(_git(root, "show", f"HEAD:./{FILE}")):
        if isinstance(entry, PublishedCard) and not _is_kept(entry, listed.get(entry.id)):
            yield entry.place.finding(entry.text(), *TAKEN_OUT, RULE)
    pages, _ = parse_pages(library.files.texts.get(PAGES, ""))
    before, _ = parse_pages(_git(root, "show", f"HEAD:./{PAGES}"))
    if not before:
        return
    if PAGES not in library.files.names:
        yield Place(PAGES).finding(PAGES.rpartition("/")[2], MISSING, "从版本库里恢复它", RULE)
        return
    for url, page in before.items():
        if url not in pages or not page.anchors <= pages[url].anchors:
            yield page.place.finding(page.text(), *TAKEN_OUT, RULE)
    for url in pages.keys() - before.keys() - published_pages(library).keys():
        yield pages[url].place.finding(pages[url].text(), *NO_PAGE, RULE)


def _is_kept(old: PublishedCard, new: PublishedCard | None) -> bool:
    """Return whether all addresses and anchors of a published card are still listed."""
    return new is not None and {old.url, *old.former, *old.anchors} <= {new.url, *new.former, *new.anchors}


def renumbered(root: Path, library: Library, changed: Iterable[str]) -> Iterator[Finding]:
    """Yield the cards of ``changed`` files that had another id in the last version."""
    by_file = {card.file: card for card in (*library.every.values(), *library.duplicates)}
    for card in (by_file[file] for file in changed if file in by_file):
        old = re.search(r"^id: (\S+)$", _git(root, "show", f"HEAD:./{card.file}"), re.M)
        if old and old[1] != card.id:
            remedy = f"上一版是 {old[1]}，改回 {old[1]}"
            yield card.at("id").finding(card.id, "编号改了", remedy, RULE)


def _lines(diff: str) -> dict[str, frozenset[int]]:
    changed: dict[str, frozenset[int]] = {}
    file, whole = "", False
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            file, whole = line.partition(" b/")[2], False
            changed[file] = frozenset()
        elif line.startswith(("new file", "deleted file", "Binary files")):
            whole = True
        elif (hunk := HUNK.match(line)) and not whole:
            first, count = int(hunk["first"]), int(hunk["count"] or 1)
            changed[file] |= frozenset(range(first, first + count) if count else (first, first + 1))
    return changed


def announce(root: Path) -> None:
    """Tell git of the new files, so that ``git commit -a`` takes them along."""
    if files := unknown_files(root):
        _git(root, "add", "--intent-to-add", "--", *files)


def _git(root: Path, *words: str) -> str:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *words]
    try:
        run = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.decode("utf-8", "replace")
