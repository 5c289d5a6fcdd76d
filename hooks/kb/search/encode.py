"""Bytes of the index files. ``FORMAT.md`` describes them; ``decode.js`` reads them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from kb.search.postings import Posting

VERSION = 2
HAN = 0x3400
"""First of the Han characters; they are written as two bytes, everything else in a term is ASCII."""
SHARED = 7
"""Characters at most that a term takes over from the one before it."""


def varint(number: int) -> bytes:
    """Return LEB128: seven bits a byte, low first, high bit set on all but the last byte."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def posting_bytes(posting: Posting) -> bytes:
    """Return a posting: frequency, records, nibbles, residues."""
    kept = len(posting.records)
    out = bytearray(varint(posting.frequency << 1 | (kept < posting.frequency)))
    if kept < posting.frequency:
        out += varint(kept)
    last = -1
    for record in posting.records:
        gap, last = record - last - 1, record
        if gap < 128:
            out.append(gap)
        else:
            out += varint(gap)
    return bytes(out) + _packed(posting.nibbles) + _packed(posting.residues)


def _packed(nibbles: tuple[int, ...]) -> bytes:
    """Return two nibbles a byte, the low one first."""
    return bytes(map(lambda low, high: low | high << 4, nibbles[::2], (*nibbles[1::2], 0)))


def shard(terms: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the payload of a shard: its terms in the order given, each with the bytes of its posting."""
    out = bytearray()
    before = ""
    for term, posting in terms:
        shared = 0
        while shared < min(len(before), len(term), SHARED) and before[shared] == term[shared]:
            shared += 1
        out += varint(len(term) - shared << 3 | shared)
        for character in term[shared:]:
            code = ord(character)
            out += bytes((code,)) if code < 128 else (code - HAN | 0x8000).to_bytes(2, "big")
        out += posting
        before = term
    return bytes(out)


def sealed(payload: bytes, build: str) -> bytes:
    """Return the file: four bytes that check the payload and the build, then the payload.

    Not compressed: dense as it is, gzip would save an eighth, but old browsers of phones cannot undo it.
    """
    return zlib.adler32(build.encode() + payload).to_bytes(4, "big") + payload


def packed_json(data: object) -> bytes:
    """Return compact UTF-8 JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
