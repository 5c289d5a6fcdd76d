"""Systems of equations whose matrix is symmetric and positive definite, in half the memory of LAPACK."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEAF = 64
"""Rows of a block that NumPy is given."""
COLUMNS = 256
"""Of right sides that are solved at a time."""
STEPS = 4
"""Each makes the error of a solution a thousand times smaller, so that no more than a float64 has is left."""


def invert(matrix: NDArray[np.float32]) -> None:
    """Put the inverse in place of the matrix, by halves (Schur complement)."""
    if len(matrix) <= LEAF:
        matrix[:] = np.linalg.inv(matrix)
        return
    half = len(matrix) // 2
    first, beside, last = matrix[:half, :half], matrix[:half, half:], matrix[half:, half:]
    invert(first)
    across = first @ beside
    last -= beside.T @ across
    invert(last)
    beside[:] = -across @ last
    first -= beside @ across.T
    matrix[half:, :half] = beside.T


def solve(matrix: NDArray[np.float64], inverse: NDArray[np.float32], right: NDArray[np.float64]) -> None:
    """Put what the matrix takes to ``right`` in its place, by the inverse, which is less exact."""
    for start in range(0, right.shape[1], COLUMNS):
        wanted = right[:, start : start + COLUMNS]
        found = np.zeros_like(wanted)
        for _ in range(STEPS):
            found += inverse @ (wanted - matrix @ found).astype(np.float32)
        wanted[:] = found
