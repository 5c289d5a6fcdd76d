"""What browsers know a file or an inline script by: its SHA-256 in base64."""

from __future__ import annotations

import base64
import hashlib


def digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def integrity(content: bytes) -> str:
    """Return what ``integrity`` and a Content-Security-Policy say of a content: ``sha256-…``."""
    return f"sha256-{digest(content)}"
