"""What of a line is seen inside a box."""

import itertools

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from electrodoe.report.plot import Box
from electrodoe.report.plot.place import runs_inside

BOX = Box(left=0.0, top=0.0, width=10.0, height=10.0)
ANY = st.floats(allow_nan=True, allow_infinity=True)


def line(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def test_a_line_across_is_cut_at_both_edges():
    """Where it meets them."""
    (run,) = runs_inside(line((-5.0, 0.0), (15.0, 10.0)), BOX)

    np.testing.assert_allclose(run, [[0.0, 2.5], [10.0, 7.5]])


def test_a_line_that_leaves_and_comes_back_is_two():
    """Nothing is drawn along the edge between them."""
    first, second = runs_inside(line((5, 5), (5, 15), (8, 15), (8, 5)), BOX)

    np.testing.assert_allclose(first, [[5, 5], [5, 10]])
    np.testing.assert_allclose(second, [[8, 10], [8, 5]])


def test_a_line_inside_is_left_as_it_is():
    """No point is added or moved."""
    points = line((1, 1), (2, 5), (9, 9))

    assert runs_inside(points, BOX)[0] is points


def test_a_missing_point_breaks_the_line():
    """Nobody knows what lies between."""
    points = line((1, 1), (2, 2), (np.nan, 3), (4, 4), (5, 5))

    assert [len(run) for run in runs_inside(points, BOX)] == [2, 2]


@given(st.lists(st.tuples(ANY, ANY), max_size=12))
def test_whatever_the_points_all_that_is_left_lies_inside(points: list[tuple[float, float]]):
    """NaN, infinity and numbers that overflow among them."""
    with np.errstate(all="ignore"):
        runs = runs_inside(line(*points), BOX)

    assert all(len(run) > 1 for run in runs)
    assert all(((run >= 0.0) & (run <= 10.0)).all() for run in runs)


@example([(0.0, 0.0), (5e-324, 20.0)])
@given(st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)), min_size=2, max_size=8))
def test_a_sampled_line_agrees(points: list[tuple[float, float]]):
    """Every point of the line that lies well inside is on what is left; and the other way."""
    steps = np.linspace(0.0, 1.0, 41)[:, None]
    whole = line(*points)
    dense = np.concatenate([a + steps * (b - a) for a, b in itertools.pairwise(whole)])
    seen = dense[((dense > 0.01) & (dense < 9.99)).all(axis=1)]

    runs = runs_inside(whole, BOX)

    pieces = [(a, b) for run in runs for a, b in itertools.pairwise(run)]
    assert all(any(_distance(point, *piece) < 1e-6 for piece in pieces) for point in seen)


def _distance(point: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """Return how far a point lies from a segment."""
    way = b - a
    length = float(way @ way)
    fraction = 0.0 if length == 0.0 else float(np.clip((point - a) @ way / length, 0.0, 1.0))
    return float(np.hypot(*(point - a - fraction * way)))
