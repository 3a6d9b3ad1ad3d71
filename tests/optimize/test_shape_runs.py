"""New runs distinguish curvature from run-to-run variation where a quadratic fails."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import decide, hill, study_of
from tests.optimize.planted import GRID, curved, data_of, lack_of_fit_of, measured, slope, study

from electrodoe.dataset import configuration_means
from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.optimize import (
    Decision,
    ShapeTest,
    quadratic_residuals,
    rival_shapes,
    shape_runs,
)


def proposed(made: Decision, n_runs: int = 2):
    return shape_runs(made, lack_of_fit_of(*made.data), n_runs)


def contradicted(decision: Decision, surface, effect: float = 0.0, n: int = 20):
    """Yield studies whose quadratic is contradicted, with a generator for what comes after."""
    for seed in range(n):
        made, values = study(decision, surface, seed, effect)
        if lack_of_fit_of(*made.data)[0].is_contradicted:
            yield made, values, seed


def odds(made: Decision, values, points, more) -> float:
    """Return the logarithm of curvature's odds after more runs."""
    settings = np.vstack([GRID, made.settings(points)])
    known = replace(made, data=(data_of(settings, np.vstack([values, more])),))
    odds = rival_shapes(known, known.data[0], np.zeros((1, 2))).odds
    return float(np.log(odds) - np.log1p(-odds))


@pytest.mark.parametrize(("surface", "effect", "sign"), [(curved, 0.0, 1.0), (slope, 3.0, -1.0)])
def test_two_of_them_tell_more_than_two_random_runs(region_of_two, surface, effect, sign):
    """A bend gains, and effects gain where there is none: by the mean of about 20 studies."""
    gains = []
    for made, values, seed in contradicted(region_of_two, surface, effect):
        random = np.random.default_rng([seed, 1]).uniform(-1, 1, (2, 2))
        after = []
        for points in (proposed(made).points, random):
            rng = np.random.default_rng([seed, 2])
            more = measured(made.settings(points), surface, rng, effect)
            after.append(odds(made, values, points, more))
        gains.append(sign * (after[0] - after[1]))

    assert len(gains) > 12
    assert np.mean(gains) > 2.0 * np.std(gains, ddof=1) / np.sqrt(len(gains))


def test_planted_curvature_shows_more_lack_of_fit_after_them_than_after_random_runs(region_of_two):
    """The sum of squares that the quadratic misses grows by more, on the mean."""
    gains = []
    for made, values, seed in contradicted(region_of_two, curved):
        random = np.random.default_rng([seed, 1]).uniform(-1, 1, (4, 2))
        largest_residual = []
        for points in (proposed(made, 4).points, random):
            settings = made.settings(points)
            more = measured(settings, curved, np.random.default_rng([seed, 2]))
            data = data_of(np.vstack([GRID, settings]), np.vstack([values, more]))
            largest_residual.append(quadratic_lack_of_fit(data).sum_of_squares)
        gains.append(largest_residual[0] - largest_residual[1])

    assert np.mean(gains) > 2.0 * np.std(gains, ddof=1) / np.sqrt(len(gains))


def test_a_production_that_is_off_is_repeated_and_does_not_come_back(region_of_two):
    """Six standard deviations of the mean: found, and its difference stands out."""
    made, values = study(region_of_two, slope, seed=3)
    values[5] += 3.5
    made = replace(made, data=(data_of(GRID, values),))

    found = proposed(made)

    (repeat,) = found.repeats
    assert repeat.sample_name == "run 6-a"
    assert made.settings(found.points[0]) == pytest.approx(GRID[5], abs=0.025)  # half a step
    again = measured(GRID[[5]], slope, np.random.default_rng(9)).mean()
    assert abs(again - repeat.measured) > repeat.half_width
    assert abs(again - repeat.predicted) < abs(again - repeat.measured)


def test_what_stays_bent_comes_back_and_what_was_an_effect_does_not(region_of_two):
    """Most of the time in the one case, seldom in the other."""
    back = {}
    for surface, effect in ((curved, 0.0), (slope, 3.0)):
        came = []
        for made, _, seed in contradicted(region_of_two, surface, effect, n=60):
            (repeat,) = proposed(made).repeats
            settings = np.array([list(repeat.settings.values())])
            again = measured(settings, surface, np.random.default_rng([seed, 5]), effect).mean()
            came.append(abs(again - repeat.measured) <= repeat.half_width)
        back[effect] = np.mean(came)

    assert back[0.0] > 0.8
    assert back[3.0] < 0.35


def test_the_runs_go_where_the_shapes_part_most_after_the_repeat(region_of_two):
    """No point of a fine grid is better by more than a tenth, by d' S⁻¹ d written out."""
    made, _ = study(region_of_two, curved, seed=1)
    axis = np.linspace(-1, 1, 21)
    fine = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)

    found = proposed(made)

    shapes = rival_shapes(made, made.data[0], np.vstack([found.points, fine]))
    d = shapes.curved.mean - shapes.quadratic.mean
    S = shapes.quadratic.covariance + shapes.curved.covariance
    S = S + (shapes.quadratic.noise + shapes.curved.noise) * np.eye(len(d))
    is_far = np.linalg.norm(shapes.points - found.points[0], axis=1) > 0.5
    pairs = [[0, point] for point in np.flatnonzero(is_far)]
    worth = [d[pair] @ np.linalg.solve(S[np.ix_(pair, pair)], d[pair]) for pair in pairs]
    assert pairs[0] == [0, 1]
    assert worth[0] > 0.9 * max(worth)


def test_half_of_the_runs_repeat_and_an_odd_one_does(region_of_two):
    """Each settings once."""
    made, _ = study(region_of_two, curved, seed=1)

    for n_runs, n_repeats in ((1, 1), (2, 1), (5, 3), (40, 16)):
        found = proposed(made, n_runs)
        assert len(found.points) == n_runs
        n_found = len(found.repeats)
        assert n_found == min(n_repeats, 16)
        assert len(np.unique(found.points[:n_found], axis=0)) == n_found


def test_a_quadratic_with_noise_is_left_alone(region_of_two):
    """In 95 of 100 studies, within what 400 of them scatter."""
    silent = [proposed(study(region_of_two, slope, seed)[0]) is None for seed in range(400)]

    assert 0.93 <= np.mean(silent) <= 0.97


def test_no_runs_asked_for_are_no_runs(region_of_two):
    """However large the miss."""
    made, _ = study(region_of_two, curved, seed=1)

    assert proposed(made, 0) is None
    assert shape_runs(made, (), 2) is None


def test_what_cannot_be_tested_gets_no_runs(region_of_two):
    """A reason is no rejection."""
    made, _ = study(region_of_two, curved, seed=1)
    untested = ShapeTest(response_name="y", refusal="no configuration has a second sample")

    assert not untested.is_contradicted
    assert shape_runs(made, (untested,), 2) is None


def test_the_response_with_the_smallest_p_drives(region_of_two):
    """The other one has no say in the runs."""
    made, _ = study(region_of_two, curved, seed=1)
    other = replace(made.data[0], response_name="z", response=made.data[0].response[::-1])
    both = replace(made, data=(other, *made.data))
    tests = (
        ShapeTest(response_name="z", f=3.0, p=0.01),
        ShapeTest(response_name="y", f=4.0, p=0.001),
    )

    found = shape_runs(both, tests, 2)

    assert found.test.response_name == "y"
    assert [test.response_name for test in found.others] == ["z"]
    assert found.points == pytest.approx(proposed(made).points)


def test_levels_and_limits_are_kept():
    """Settings that were made and are forbidden now are not made again."""
    levels = {name: {"levels": [0.0, 2.5, 5.0, 10.0]} for name in ("a", "b")}
    limited = study_of(
        {"y": {"goal": "maximize"}}, levels, plan={"runs": 12, "constraints": ["a + b <= 12.5"]}
    )
    made = decide(limited, [hill(3, 6)], levels_only=True)
    rng = np.random.default_rng(1)
    grid = np.array([[a, b] for a in (0.0, 2.5, 5.0, 10.0) for b in (0.0, 2.5, 5.0, 10.0)])
    values = measured(grid, slope, rng)
    values[-1] += 20.0
    made = replace(made, data=(data_of(grid, values),))

    found = proposed(made, 6)

    settings = made.settings(found.points)
    assert found.largest_residual.settings == {"a": 10.0, "b": 10.0}
    assert len(found.repeats) == 3
    assert np.all(settings.sum(axis=1) <= 12.5)
    assert np.all(np.isin(settings, [0.0, 2.5, 5.0, 10.0]))


def test_settings_that_came_out_beside_the_region_are_repeated_at_its_end(region_of_two):
    """10.3 was measured where 10 is the largest that may be set."""
    made, values = study(region_of_two, slope, seed=3)
    values[15] += 5.0
    data = data_of(GRID + 0.3 * (GRID == 10.0), values)

    found = proposed(replace(made, data=(data,)))

    assert made.settings(found.points[0]) == pytest.approx([10.0, 10.0])
    assert found.repeats[0].settings == {"a": 10.3, "b": 10.3}


def test_repeated_settings_are_not_proposed_a_second_time(region_of_two):
    """And what they said is reported: F is the squared standardized difference of a pair."""
    made, values = study(region_of_two, slope, seed=3)
    values[5] += 6.0
    rng = np.random.default_rng(9)
    settings = np.vstack([GRID, GRID[[5]]])
    data = data_of(settings, np.vstack([values, measured(GRID[[5]], slope, rng)]))
    made = replace(made, data=(data,))

    found = proposed(made, 40)

    assert len(found.repeats) == 15
    assert GRID[5].round(6).tolist() not in made.settings(found.points[:15]).round(6).tolist()
    assert found.again.sample_names == ("run 6-a", "run 17-a")
    assert (found.again.n_runs, found.again.n_settings) == (2, 1)
    assert found.again.f == pytest.approx(found.again.standardized**2)
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    assert found.again.difference == pytest.approx(means[16] - means[5])
    assert found.again.p < 0.01
    twin = next(residual for residual in quadratic_residuals(made, data) if residual.n_runs == 2)
    assert twin.measured == pytest.approx((means[5] + means[16]) / 2.0)
