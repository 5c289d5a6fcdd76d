"""The Content-Security-Policy of a page: only this site, and the inline scripts that the page really has."""

from __future__ import annotations

import base64
import hashlib
import re

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.S
)
HEAD = re.compile(r'<meta charset="utf-8">')


def content_security_policy(html: str, *, preview: bool = False) -> str:
    """Return the policy for ``html``: inline scripts by SHA-256 (CSP level 2, hash sources).

    In a ``preview`` any inline script may run: MkDocs' server puts the one that reloads the page into it.
    """
    hashes = sorted({_hash(script) for script in INLINE_SCRIPT.findall(html)})
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


def with_policy(html: str, *, preview: bool = False) -> str:
    """Return ``html`` with its policy as the second element of the head, before anything is loaded."""
    policy = content_security_policy(html, preview=preview)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda match: match[0] + meta, html, count=1)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
