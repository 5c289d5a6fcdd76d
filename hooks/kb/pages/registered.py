"""The numbers under which a site is registered in mainland China, for its foot."""

from __future__ import annotations

import re

from markupsafe import Markup

REGISTRY = "https://beian.miit.gov.cn/"
"""Where the number of the ministry of industry has to lead."""

NUMBER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 -]{1,40}")


def registered(icp: str, police: str) -> Markup:
    """Return the numbers as HTML, empty for none. Raise ``ValueError`` for what cannot be a number."""
    for number in filter(None, (icp, police)):
        if not NUMBER.fullmatch(number):
            raise ValueError(number)
    linked = Markup('<a href="{}">{}</a>').format(REGISTRY, icp) if icp else Markup()
    return Markup(" ").join(filter(None, (linked, Markup.escape(police))))
