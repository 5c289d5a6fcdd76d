"""The Content-Security-Policy of a page: only this site, and the inline scripts of our own templates."""

from __future__ import annotations

import re
from collections.abc import Set

from kb.digest import integrity

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.S
)
HEAD = re.compile(r'<meta charset="utf-8">')


class UnknownScript(Exception):
    """A page has an inline script that no template wrote, or no head to put the policy into."""


def scripts_of(html: str) -> frozenset[str]:
    """Return the texts of the inline scripts in a page."""
    return frozenset(INLINE_SCRIPT.findall(html))


def content_security_policy(scripts: Set[str], *, preview: bool = False) -> str:
    """Return the policy that lets ``scripts`` run: inline ones by SHA-256 (CSP level 2, hash sources).

    Images may be ``data:`` since the theme's style sheet has its arrows and icons so (mask-image), which
    Chromium blocks otherwise. No text can bring one in: rule ``foreign`` refuses such links.
    In a ``preview`` any inline script may run: MkDocs' server puts the one that reloads the page into it.
    """
    hashes = sorted(map(_hash, scripts))
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *(["'unsafe-inline'"] if preview else hashes)]),
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def with_policy(html: str, own: Set[str], *, preview: bool = False) -> str:
    """Return ``html`` with its policy as the second element of the head, before anything is loaded.

    ``own`` are the scripts of the templates. Raise ``UnknownScript`` if the page has another.
    """
    scripts = scripts_of(html)
    if not scripts <= own:
        raise UnknownScript("页面里有不是模板写的程序")
    policy = content_security_policy(scripts, preview=preview)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    guarded, found = HEAD.subn(lambda match: match[0] + meta, html, count=1)
    if not found:
        raise UnknownScript("页面没有 <head>，放不进安全策略")
    return guarded


def _hash(script: str) -> str:
    return f"'{integrity(script.encode())}'"
