"""What readers want together lies in one file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

REQUEST = 2000
"""Bytes that a request more may save: a phone far away waits as long for it."""


def together(sizes: Sequence[int], wanted: Sequence[Collection[int]]) -> list[list[int]]:
    """Return the things that share a file, the files that are wanted most often first.

    ``sizes``: bytes of each thing; ``wanted``: what each reader wants. Beginning with a file for each, the
    two are made one that save the readers most, as long as that saves any. All are whole numbers below
    2**53, so the same on every machine.
    """
    count = len(sizes)
    size = np.array(sizes, float)
    has = np.zeros((len(wanted), count), bool)
    for reader, things in enumerate(wanted):
        has[reader, list(things)] = True
    files: list[list[int]] = [[at] for at in range(count)]
    both = (has.T.astype(np.float32) @ has).astype(float)
    more = np.full((count, count), np.inf)
    for at in range(count - 1):
        more[at, at + 1 :] = _more(at, both, size)[at + 1 :]
    while count:
        one, other = divmod(int(np.argmin(more)), count)
        if not more[one, other] < 0:
            break
        files[one] += files[other]
        files[other] = []
        size[one] += size[other]
        added = has[:, other] & ~has[:, one]
        has[added, one] = True
        both[one] = both[:, one] = both[one] + has[added].sum(axis=0)
        both[one, one] = has[:, one].sum()
        more[other] = more[:, other] = np.inf
        row = np.where([bool(file) for file in files], _more(one, both, size), np.inf)
        more[one, one + 1 :], more[:one, one] = row[one + 1 :], row[:one]
    often = both.diagonal()
    return [files[at] for at in np.argsort(-often, kind="stable").tolist() if files[at]]


def _more(one: int, both: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many bytes more all readers fetch if one file and each other are made one."""
    often, shared = both.diagonal(), both[one]
    alone = often[one] * size[one] + often * size + shared * REQUEST
    more: NDArray[np.float64] = (often[one] + often - shared) * (size[one] + size) - alone
    return more
