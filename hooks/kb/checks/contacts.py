"""Nothing foreign gets in: contacts, links, adverts, and scripts outside the allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kb.checks.rules import rule
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.foreign import Allowed, Match, Syntax, scan

LISTED = frozenset({"phone", "url", "email"})
"""Finds that the list allows: they cannot be judged while it has a fault."""
PRIVATE = frozenset({"bank-card", "id-card", "order"})
"""Finds that belong to a person rather than lead to one."""


@rule("foreign")
def check_foreign(library: Library) -> Iterator[Finding]:
    """No contact, link or advert that is not in ``_data/contacts.yml``, however disguised.

    Bad: ``有问题加V信 abc123``; ``请访问 mifupos点com``.
    Good: a number that is registered.
    """
    contacts = library.contacts
    allowed = Allowed(
        phones=frozenset(phone.number for phone in contacts.phones),
        emails=frozenset(email.address.lower() for email in contacts.emails),
        hosts=frozenset(_split(host.host) for host in contacts.hosts),
    )
    for text in library.texts:
        for match in _scan(text.text, allowed, Syntax.of(text.file)):
            if match.kind in LISTED and "contacts.yml" in library.broken:
                continue
            line = text.text.count("\n", 0, match.start) + 1
            column = match.start - text.text.rfind("\n", 0, match.start)
            name = "privacy" if match.kind in PRIVATE else ""
            yield Place(text.file, line, column).finding(match.value, match.problem, match.remedy, name)


def _split(host: str) -> tuple[str, str]:
    name, slash, path = host.partition("/")
    return name, slash + path


@lru_cache(maxsize=4096)
def _scan(text: str, allowed: Allowed, syntax: Syntax) -> tuple[Match, ...]:
    """Remember what was found: while serving, most files are the same from build to build."""
    return tuple(scan(text, allowed, syntax))
