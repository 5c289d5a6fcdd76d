"""Patterns in plain words, as ``phrases.yml`` has them.

``[甲|乙]`` is one of several (an empty one too), ``?`` behind what may be missing, ``[^甲|乙]`` what must
not follow (or, at the start, precede; one character each), ``…`` up to eight characters of the same clause,
``@`` a letter, ``^`` and ``$`` the ends of a clause.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\[(\^?)([^\]]*)\](\??)|.", re.DOTALL)
_SIGNS = {
    "…": r"[^，。\n]{0,8}",
    "?": "?",
    "@": "[a-z]",
    "^": r"(?<![^，。\n])",
    "$": r"(?![^，。\n])",
}


def regex(pattern: str) -> str:
    """Return the regular expression of a pattern in plain words."""
    pieces = []
    for token in _TOKEN.finditer(pattern.lower()):
        options = "|".join(map(re.escape, (token[2] or "").split("|")))
        if token[1] and not token.start():
            pieces.append(f"(?<![{options.replace('|', '')}])")
        elif token[1]:
            pieces.append(f"(?!{options})")
        elif token[2] is not None:
            pieces.append(f"(?:{options}){token[3]}")
        else:
            pieces.append(_SIGNS.get(token[0]) or re.escape(token[0]))
    return "".join(pieces)


def alternatives(patterns: tuple[str, ...]) -> str:
    """Return the regular expression of any of the patterns; of none, one that finds nothing."""
    return f"(?:{'|'.join(map(regex, patterns))})" if patterns else r"(?!)"
