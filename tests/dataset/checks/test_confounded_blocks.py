"""D119: a block is called by the interaction that it goes with, not by its two numbers."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from electrodoe.dataset import Dataset, inspect
from electrodoe.findings import Severity

FACTORS = ("a", "b", "c", "d")


def findings(assembled: Callable[..., Dataset], names: list[str], runs: np.ndarray, **declared):
    """Return what is found about a factorial with a block column."""
    n = len(runs)
    columns = {
        "run": [f"R{row}" for row in range(n)],
        "cell": [f"S{row}" for row in range(n)],
        "block": names,
        **{name: runs[:, place].tolist() for place, name in enumerate(FACTORS[: runs.shape[1]])},
        "y": np.random.default_rng(0).normal(size=n).tolist(),
    }
    given = {
        "measurements": {"table": "t.csv", "group": "run", "id": "cell"} | declared,
        "factors": {name: {} for name in FACTORS[: runs.shape[1]]},
        "responses": {"y": {}},
    }
    found = inspect(assembled(columns, **given))
    return {finding.code: finding for finding in found if finding.where == "column 'block'"}


def factorial(n_factors: int, n_centers: int = 0) -> np.ndarray:
    corners = np.array(list(product([-1.0, 1.0], repeat=n_factors)))
    return np.vstack([corners, np.zeros((n_centers, n_factors))])


@pytest.mark.parametrize("declared", [{"block": "block"}, {"context": ["block"]}])
@pytest.mark.parametrize("labels", [("-1", "1"), ("Mon", "Tue"), ("1", "2")])
def test_a_block_that_is_the_highest_interaction_is_named(assembled, labels, declared):
    """2³ in two blocks, whatever the blocks are called: block = a × b × c, and no 'two values'."""
    runs = factorial(3)
    block = [labels[int(sign > 0)] for sign in runs.prod(axis=1)]

    found = findings(assembled, block, runs, **declared)

    assert "block = a × b × c:" in found["D119"].what
    assert found["D119"].severity is Severity.NOTE
    assert "block" not in declared or "D106" not in found


def test_four_blocks_name_the_interactions_of_fewest_factors(assembled):
    """2⁴ in four blocks by a × b × c and b × c × d gives up a × d, which is said."""
    runs = factorial(4)
    block = [f"{a * b * c:+.0f}{b * c * d:+.0f}" for a, b, c, d in runs]

    found = findings(assembled, block, runs, block="block")

    assert "block = a × d:" in found["D119"].what
    assert found["D119"].severity is Severity.WARNING


def test_center_points_take_no_part(assembled):
    """One center run in each block: the corners alone say what the block is."""
    runs = factorial(3, 2)
    block = ["B1" if sign > 0 else "B2" for sign in runs[:8].prod(axis=1)] + ["B1", "B2"]

    assert "block = a × b × c:" in findings(assembled, block, runs, block="block")["D119"].what


def test_a_balanced_block_is_silent(assembled):
    """A cube that is made twice, once in each block, gives nothing up."""
    runs = np.vstack([factorial(3)] * 2)

    assert "D119" not in findings(assembled, ["B1"] * 8 + ["B2"] * 8, runs, block="block")
