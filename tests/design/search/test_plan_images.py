"""Images of a plan listed one by one, and keys that sort as rows do."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of, problem_of

from electrodoe.design.search.plan_images import joined_keys, plan_images, run_keys
from electrodoe.design.search.symmetry import canonical_image


def _every(design):
    """Return all images of a plan whose factors have the same numbers as settings."""
    n = design.shape[1]
    return [
        design[:, order] * signs
        for order in permutations(range(n))
        for signs in product([1.0, -1.0], repeat=n)
    ]


def test_images_are_all_that_can_be_made_by_hand():
    """Of three factors 48, each once, the plan itself first."""
    design = np.random.default_rng(0).uniform(-1.0, 1.0, (5, 3))

    found = plan_images(tuple(axes_of([None] * 3)), design).listed(np.arange(48))

    assert {image.tobytes() for image in found} == {image.tobytes() for image in _every(design)}
    np.testing.assert_array_equal(found[0], design)


@pytest.mark.parametrize("levels", [[3] * 4, [None] * 4, [5, 5, ("p", "q", "r"), 2]])
def test_keys_sort_as_settings_do(levels):
    """Within every image."""
    axes = tuple(axes_of(levels))
    design = problem_of(levels, 9, model="linear").random_designs(1, np.random.default_rng(4))[0]
    images = plan_images(axes, design)

    keys = run_keys(images)

    for image, own in zip(images.listed(np.arange(len(keys))), keys, strict=True):
        assert image[np.argsort(own, kind="stable")].tolist() == sorted(image.tolist())


@given(st.integers(0, 1000), st.integers(1, 9), st.sampled_from([2, 40, 70_000, 2**40]))
def test_joined_numbers_sort_as_rows(seed, n_columns, n_values):
    """However many columns there are, though a number of 64 bits would not hold them."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, n_values, (12, n_columns))
    rows[rng.integers(12, size=4)] = rows[:4]

    joined = joined_keys(iter(rows.T), n_values)

    _, ranks = np.unique(rows, axis=0, return_inverse=True)
    np.testing.assert_array_equal(np.unique(joined, return_inverse=True)[1], ranks.ravel())


@given(st.integers(0, 1000))
def test_the_first_of_many_images_is_found_without_sorting_all(seed):
    """Of four factors 384 images, more than are compared at once."""
    design = np.random.default_rng(seed).integers(-1, 2, (12, 4)).astype(float)
    problem = problem_of([3] * 4, 12, model="linear")

    found = canonical_image(problem, design)

    assert found.tolist() == min(sorted((image + 0.0).tolist()) for image in _every(design))
