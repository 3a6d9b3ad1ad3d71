"""What is left out together: a setting with all its runs, as long as the others can spare it."""

from itertools import combinations, product

import numpy as np
import pytest

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, units_left_out
from electrodoe.dataset.left_out_units import independent_units
from electrodoe.dataset.run_settings import settings_of_runs


def cube(k: int) -> Floats:
    return np.array(list(product([-1.0, 1.0], repeat=k)))


def box_behnken() -> Floats:
    edges = []
    for pair in combinations(range(3), 2):
        for signs in cube(2):
            edge = np.zeros(3)
            edge[list(pair)] = signs
            edges.append(edge)
    return np.array([*edges, *np.zeros((3, 3))])


def composite(k: int, axial: float, n_center: int) -> Floats:
    axes = [sign * axial * np.eye(k) for sign in (-1, 1)]
    return np.vstack([cube(k), *axes, np.zeros((n_center, k))])


def studied(settings: Floats, *, samples: int = 1) -> TrainingData:
    """Return runs of one name each, with their settings found as in a dataset."""
    n, k = settings.shape
    rows = np.repeat(np.arange(n), samples)
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=tuple("abcd"[:k]),
        inputs=settings[rows],
        response=np.arange(len(rows), dtype=float),
        configurations=rows,
        sample_names=tuple(map(str, range(len(rows)))),
        settings=settings_of_runs(settings, np.zeros(k, dtype=np.bool_))[rows],
    )


@pytest.mark.parametrize(
    ("settings", "n_units", "n_alone"),
    [
        # replicated cubes and grids, and a face-centered plan, can spare every setting
        (np.tile(cube(3), (3, 1)), 8, 0),
        (np.tile(np.array(list(product([-1.0, 0.0, 1.0], repeat=2))), (2, 1)), 9, 0),
        (composite(3, 1.0, 6), 15, 0),
        # without its center a square, or the sum of all squares, hangs on nothing
        (np.vstack([np.tile(cube(3), (2, 1)), np.zeros((4, 3))]), 8 + 4, 4),
        (box_behnken(), 12 + 3, 3),
        (composite(2, 2**0.5, 5), 8 + 5, 5),
        (np.vstack([cube(2), np.zeros((5, 2))]), 4 + 5, 5),
        (composite(4, 2.0, 6), 24 + 6, 6),
        # a rotatable plan of three factors is determined without it by a hair
        (composite(3, 8**0.25, 6), 14 + 6, 6),
        # a square has as many settings as its interaction model has terms
        (np.tile(cube(2), (3, 1)), 12, 12),
        (np.vstack([np.tile(cube(2), (3, 1)), cube(2)[:1]]), 13, 13),
        # a half fraction has fewer than a quadratic has: a plane decides, and spares all
        (np.tile(np.column_stack([cube(3), cube(3).prod(axis=1)]), (2, 1)), 8, 0),
    ],
)
def test_a_setting_goes_with_all_its_runs_unless_a_quadratic_needs_it(
    settings: Floats, n_units: int, n_alone: int
) -> None:
    """Counted from the plans; samples of a run, and a shift of units, change nothing."""
    for data in (studied(settings), studied(100.0 + 3.0 * settings, samples=2)):
        found = units_left_out(data)
        assert found.kind == "setting"
        assert len(np.unique(found.numbers)) == n_units
        assert len(np.unique(data.configurations[found.is_alone])) == n_alone
        for number in np.unique(found.numbers):
            assert len(np.unique(data.settings[found.numbers == number])) == 1


def test_without_repeated_settings_a_run_is_its_setting() -> None:
    data = studied(np.random.default_rng(0).random((12, 2)))
    found = units_left_out(data)
    assert found.kind == "configuration"
    assert found.numbers is data.configurations


def test_a_bootstrap_draws_runs_where_a_score_leaves_settings_out() -> None:
    """Runs of a setting err independently; a corner that is not drawn would be lost."""
    data = studied(np.tile(cube(3), (3, 1)))
    assert independent_units(data) is data.configurations
