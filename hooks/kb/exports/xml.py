"""Text in XML: escaped, and without the characters that XML 1.0 has no way to hold."""

from __future__ import annotations

import re
from xml.sax import saxutils

UNFIT = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters outside the production ``Char``. Source: XML 1.0, section 2.2."""


def escape(text: str) -> str:
    """Return ``text`` for the content of an element."""
    return saxutils.escape(UNFIT.sub("", text))


def quoteattr(text: str) -> str:
    """Return ``text`` as the value of an attribute, with its quotes."""
    return saxutils.quoteattr(UNFIT.sub("", text))
