"""The largest box is the largest of all boxes."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from electrodoe.optimize.largest_box import largest_box


@given(arrays(np.bool_, array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5)))
def test_no_box_is_larger(cells: np.ndarray):
    """Every box of every size, one after the other."""
    sides = [
        [(start, stop) for start in range(n) for stop in range(start + 1, n + 1)]
        for n in cells.shape
    ]
    sizes = [
        np.prod([stop - start for start, stop in box])
        for box in product(*sides)
        if cells[tuple(slice(*side) for side in box)].all()
    ]

    found = largest_box(cells)

    if not sizes:
        assert found is None
        return
    inside = cells[tuple(slice(*side) for side in found)]
    assert inside.all()
    assert inside.size == max(sizes)


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_full_grid_is_its_own_box(rows: int, columns: int):
    """Nothing is lost at the edges."""
    assert largest_box(np.ones((rows, columns), dtype=bool)) == ((0, rows), (0, columns))
