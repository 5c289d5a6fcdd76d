"""The theme's style sheet without the components that no page of ours has: a third of what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEFT_OUT = re.compile(
    r"""(?x)
    admonition.* | abstract | bug | danger | example | failure | info | note | question | quote | success
    | tip | warning | arithmatex | critic | emojione | gemoji | giscus | twemoji | grid | katex.* | mermaid
    | highlight.* | linenos | linenodiv | filename | keys | key-.* | tabbed-.* | task-list-.*
    | md-(?:annotation|author|banner|button|clipboard|code|consent|dialog|draft|feedback|footer_|input
          |logo|meta|option|pagination|path|pin|post|profile|progress|search-result|search__options
          |search__suggest|select|skip|social|source|status|tabs|tooltip2?|top|version)(?![a-z]).*
    | md-(?:content|sidebar)--post | md-nav--(?:integrated|lifted|primary)
    | md-nav__(?:button|container|item--.*|link--.*|source|toggle) | md-typeset__(?:scrollwrap|table)
    | md-header(?:--lifted|__ellipsis|__option|__source|__title.*|__topic)
    """
)
"""Classes of the components, whole names. A test holds that no page has one of them."""

CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
CHOICE = re.compile(r":(?:is|not|where|has)\((?:[^()]|\([^()]*\))*\)")
"""Part of a selector that may name a class without asking for it."""

SELECTOR = re.compile(r"(?:[^,(\[]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])+")
ICON = re.compile(r"""(--[\w-]+):url\("[^"]*"\);?""")
READ = re.compile(r"var\((--[\w-]+)")


def trimmed(css: str) -> str:
    """Return a minified style sheet without rules that only the left out components meet, and their icons."""
    kept = "".join(_rules(css))
    used = set(READ.findall(kept))
    return ICON.sub(lambda icon: icon[0] if icon[1] in used else "", kept)


def _rules(css: str) -> Iterator[str]:
    start = 0
    while (brace := css.find("{", start)) >= 0:
        end = _end(css, brace)
        statements, found, head = css[start:brace].rpartition(";")
        yield statements + found
        body = css[brace + 1 : end - 1]
        if head.startswith(("@media", "@supports")):
            body = "".join(_rules(body))
        elif not head.startswith("@"):
            head = ",".join(filter(_is_met, SELECTOR.findall(head)))
        if head and body:
            yield f"{head}{{{body}}}"
        start = end
    yield css[start:]


def _end(css: str, brace: int) -> int:
    """Return the place behind the brace that closes the one at ``brace``."""
    depth = 0
    for found in re.finditer(r"[{}]", css[brace:]):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return brace + found.end()
    raise ValueError("a brace is not closed")


def _is_met(selector: str) -> bool:
    """Our pages are written from left to right."""
    asked = CHOICE.sub("", selector)
    return "[dir=rtl]" not in asked and not any(map(LEFT_OUT.fullmatch, CLASS.findall(asked)))
