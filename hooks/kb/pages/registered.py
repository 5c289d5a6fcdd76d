"""What whoever runs a site tells of it: its numbers in mainland China, and where errors are reported."""

from __future__ import annotations

import re

from markupsafe import Markup

from kb.content.records import Contacts

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


def report_address(address: str, contacts: Contacts) -> str:
    """Return where readers report errors, empty for nowhere. Raise ``ValueError`` if it is not registered."""
    known = {f"https://{entry.host}" for entry in contacts.hosts}
    known |= {f"mailto:{entry.address}" for entry in contacts.emails}
    if address and address.removesuffix("/") not in known:
        raise ValueError(address)
    return address
