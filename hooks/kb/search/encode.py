"""Bytes of the index files. ``FORMAT.md`` describes them; ``decode.js`` reads them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kb.search.postings import Postings

VERSION = 8
HAN = 0x3400
"""First of the Han characters; they are written as two bytes, everything else in a term is ASCII."""
SHARED = 7
"""Characters at most that a term takes over from the one before it."""


@cache
def varint(number: int) -> bytes:
    """Return LEB128: seven bits a byte, low first, high bit set on all but the last byte."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def bodies(postings: Postings) -> list[bytes]:
    """Return the bytes of every term's posting: frequency, records, nibbles, residues.

    All are laid into one buffer, a column after the other, and cut apart at the end.
    """
    first, kept = postings.starts[:-1], np.diff(postings.starts)
    cut = kept < postings.frequencies
    of = np.repeat(np.arange(len(kept)), kept)
    rank = np.arange(len(of)) - first[of]
    gaps = np.diff(postings.records, prepend=0) - 1
    gaps[rank == 0] = postings.records[rank == 0]
    frequency, gap = postings.frequencies << 1 | cut, _widths(gaps)
    half = (kept + 1) // 2
    lengths = [
        _widths(frequency),
        _widths(kept) * cut,
        np.bincount(of, gap, len(kept)).astype(np.int64),
        half,
        half * postings.placed,
    ]
    ends = np.cumsum(lengths, axis=0)
    size = ends[-1]
    begin = np.cumsum(size) - size
    at = begin + ends - lengths
    out = np.zeros(int(size.sum()), np.uint8)
    _lay(out, at[0], frequency)
    _lay(out, at[1][cut], kept[cut])
    before = np.cumsum(gap) - gap
    _lay(out, at[2][of] + before - before[first][of] if len(of) else before, gaps)
    for place, column, rows in (
        (at[3], postings.nibbles, slice(None)),
        (at[4], postings.residues, postings.placed[of]),
    ):
        byte, high = (place[of] + rank // 2)[rows], (rank % 2 == 1)[rows]
        out[byte[~high]] = column[rows][~high]
        out[byte[high]] |= column[rows][high] << 4
    data = out.tobytes()
    return [data[start : start + length] for start, length in zip(begin.tolist(), size.tolist(), strict=True)]


def _widths(numbers: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return how many bytes the varint of each number, below 2**35, takes."""
    widths = np.ones(len(numbers), np.int64)
    for bits in range(7, 35, 7):
        widths += numbers >= 1 << bits
    return widths


def _lay(out: NDArray[np.uint8], places: NDArray[np.int64], numbers: NDArray[np.integer]) -> None:
    """Write the varint of each number at its place."""
    while len(numbers):
        more = numbers > 127
        out[places] = numbers & 127 | more << 7
        places, numbers = places[more] + 1, numbers[more] >> 7


def shard(terms: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the payload of a shard: its terms in the order given, each with the bytes of its posting."""
    out = bytearray()
    before = ""
    for term, posting in terms:
        shared, most = 0, min(len(before), len(term), SHARED)
        while shared < most and before[shared] == term[shared]:
            shared += 1
        out += varint(len(term) - shared << 3 | shared)
        for character in term[shared:]:
            out += _character(character)
        out += posting
        before = term
    return bytes(out)


@cache
def _character(character: str) -> bytes:
    code = ord(character)
    return bytes((code,)) if code < 128 else (code - HAN | 0x8000).to_bytes(2, "big")


def sealed(payload: bytes, build: str) -> bytes:
    """Return the file: four bytes that check the payload and the build, then the payload.

    Not compressed: dense as it is, gzip would save an eighth, but old browsers of phones cannot undo it.
    """
    return zlib.adler32(build.encode() + payload).to_bytes(4, "big") + payload


def packed_json(data: object) -> bytes:
    """Return compact UTF-8 JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
