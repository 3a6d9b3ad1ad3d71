"""One plan among its images, and among plans that are no images of each other."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.design.problems import problem_of

from electrodoe.design.search.equal_plans import first_among_equals
from electrodoe.design.search.exchange import exchange
from electrodoe.design.search.search import search
from electrodoe.design.search.symmetry import canonical_image

LEVELS = {
    "three alike": [4, 4, 4],
    "two alike": [3, 4, 3],
    "a category": [3, 3, ("p", "q", "r")],
    "free": [None, None],
}


def _image(design, levels, rng):
    """Return a random image: factors exchanged, ends turned, categories renamed, runs mixed."""
    order = np.arange(len(levels))
    for kind in set(levels):
        own = [number for number, other in enumerate(levels) if other == kind]
        order[own] = rng.permutation(own)
    image = design[:, order]
    for number, own in enumerate(levels):
        if isinstance(own, tuple):
            image[:, number] = rng.permutation(len(own))[image[:, number].astype(int)]
        elif rng.random() < 0.5:
            image[:, number] *= -1.0
    return image[rng.permutation(len(image))]


@pytest.mark.parametrize("levels", LEVELS.values(), ids=LEVELS)
@given(seed=st.integers(0, 10_000))
def test_every_image_has_one_canonical_image(levels, seed):
    """Of a random plan, however good."""
    rng = np.random.default_rng(seed)
    problem = problem_of(levels, 12, model="linear")
    design = problem.random_designs(1, rng)[0]
    assume(problem.information(design[None]).value[0] < 1e3)  # it estimates the model

    first, other = (canonical_image(problem, _image(design, levels, rng)) for _ in range(2))

    np.testing.assert_allclose(first, other, atol=1e-12)
    value = problem.information(np.stack([design, first])).value
    assert value[0] == pytest.approx(value[1], rel=1e-9)


def test_the_canonical_image_is_the_first_of_all():
    """Listed by hand for two factors: 8 images, settings sorted."""
    problem = problem_of([3, 3], 6, model="linear")
    design = np.array([[1, 1], [1, 0], [0, 1], [-1, 1], [1, -1], [1, 1]], dtype=float)
    images = [
        np.array(sorted((design[:, order] * signs).tolist()))
        for order in ([0, 1], [1, 0])
        for signs in ([1, 1], [1, -1], [-1, 1], [-1, -1])
    ]

    found = canonical_image(problem, design)

    assert found.tolist() == min(image.tolist() for image in images)


def test_existing_runs_stay_as_they_are():
    """Only images that leave them in their places count."""
    fixed = np.array([[-1.0, 1.0], [1.0, 0.0]])
    problem = problem_of([3, 3], 8, fixed=fixed)
    design = np.vstack(
        [fixed, problem_of([3, 3], 6).random_designs(1, np.random.default_rng(1))[0]]
    )

    found = canonical_image(problem, design)

    np.testing.assert_array_equal(found[:2], fixed)
    np.testing.assert_array_equal(found[2:], np.array(sorted(design[2:].tolist())))


def test_a_limit_leaves_the_images_that_keep_it():
    """With a + b <= 0, a and b may be exchanged, and none turned."""
    problem = problem_of([3, 3], 5, constraints=["a + b <= 0"], model="linear")
    design = np.array([[1, -1], [0, -1], [0, 0], [-1, 0], [1, -1]], dtype=float)

    found = canonical_image(problem, design)

    assert problem.region.is_feasible(found).all()
    exchanged = sorted(design[:, ::-1].tolist())
    assert found.tolist() == min(sorted(design.tolist()), exchanged)


@pytest.mark.parametrize("hard", [[], [1]], ids=["blocks", "whole plots"])
def test_groups_of_one_size_change_places_and_stay_together(hard):
    """Their runs are sorted inside, and they among each other; a group's runs stay its own."""
    problem = problem_of([3, 3, 3], 11, hard=hard, sizes=[3, 3, 3, 2])
    design = problem.random_designs(1, np.random.default_rng(5))[0]

    found = canonical_image(problem, design)
    moved = design.reshape(-1, 3)[[3, 5, 4, 0, 1, 2, 8, 7, 6, 10, 9]]

    np.testing.assert_array_equal(canonical_image(problem, moved), found)
    for group in range(4):
        own = found[problem.groups == group]
        assert own.tolist() == sorted(own.tolist())
        if hard:
            assert len(np.unique(own[:, 1])) == 1


@pytest.mark.parametrize("levels", [[4, 4, 4], [None, None, None]], ids=["levels", "free"])
def test_every_seed_ends_at_one_plan(levels):
    """Where searches reach the optimum, they agree about its image too."""
    designs = [search(problem_of(levels, 14), seed).design for seed in range(4)]

    for design in designs[1:]:
        np.testing.assert_allclose(design, designs[0], atol=1e-4)


def test_a_category_of_many_names_keeps_them():
    """Twelve names have 479 million orders; the other factor is turned all the same."""
    problem = problem_of([tuple("abcdefghijkl"), 2], 14, model="linear")
    design = np.column_stack([np.arange(14.0) % 12, np.where(np.arange(14) % 3, 1.0, -1.0)])

    found = canonical_image(problem, design)

    assert sorted(found[:, 0]) == sorted(design[:, 0])
    assert found.tolist() == min(sorted((design * [1, sign]).tolist()) for sign in (1, -1))


def test_of_equally_good_plans_the_order_of_finding_decides_nothing():
    """Two plans that are no images of each other, in either order."""
    problem = problem_of([2, 2, 2], 6, model="linear")
    designs, _ = exchange(problem, problem.random_designs(60, np.random.default_rng(0)))
    values = problem.information(designs).value
    equal = designs[values <= values.min() * (1.0 + 1e-9)][:3]

    found = [first_among_equals(problem, equal[list(order)]) for order in permutations(range(3))]

    assert all(np.array_equal(found[0], other) for other in found)
