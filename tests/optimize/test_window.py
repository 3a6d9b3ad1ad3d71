"""The operating window is where closed forms say it is."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from tests.optimize.conftest import decide, grid_data, hill, study_of

from electrodoe.errors import ModelError, RecommendationError
from electrodoe.models import fit, jackknife_plus, predictive, tune
from electrodoe.optimize import decision, operating_window, possible_settings, probability_map


def plane(x):
    return x[:, 0]


def decided(response, surface=plane, sd=0.5, tolerance=None, **more):
    spread = {} if tolerance is None else {"tolerance": tolerance}
    factors = {"a": {"region": [0.0, 10.0], **spread}, "b": {"region": [0.0, 10.0]}}
    return decide(study_of({"y": response}, factors, **more), [surface], sd)


def test_its_ends_are_where_ninety_percent_hold():
    """Between 3 and 8, each end moved in by 1.28 standard deviations; b is free."""
    made = decided({"goal": "range", "lower": 3.0, "upper": 8.0})

    found = operating_window(made, 0.9).window

    inward = 0.5 * scipy.stats.norm.ppf(0.9)
    assert found.ranges["a"] == pytest.approx((3 + inward, 8 - inward), abs=0.01)
    assert found.ranges["b"] == (0.0, 10.0)
    assert found.region_fraction == pytest.approx((5 - 2 * inward) / 10, abs=0.002)
    assert found.center["b"] == 5.0


def test_the_largest_box_in_a_disk_is_the_square():
    """All points within 4 of (5, 5) are good: a square with sides of 4 √2."""
    made = decided({"goal": "range", "lower": -16.0}, hill(5, 5), sd=1e-6)

    found = operating_window(made, 0.9).window

    sides = [high - low for low, high in found.ranges.values()]
    assert np.prod(sides) == pytest.approx(32.0, rel=0.02)


def test_tolerances_are_carried():
    """A setting that comes out within 10 % of itself has to stay farther from the edge."""
    goal = {"goal": "range", "lower": 3.0, "upper": 8.0}

    found = operating_window(decided(goal, sd=1e-6, tolerance=0.1), 0.9).window

    # of what is set to s, 90 % come out above s - 0.8 * 0.1 s, and 90 % below s + 0.8 * 0.1 s
    assert found.ranges["a"] == pytest.approx((3 / 0.92, 8 / 1.08), abs=0.06)


def test_absolute_tolerances_are_carried_in_the_unit_of_the_factor():
    """Off by up to 1 mm wherever it is set: as far from either end."""
    goal = {"goal": "range", "lower": 3.0, "upper": 8.0}
    factors = {
        "a": {"region": [0.0, 10.0], "unit": "cm", "tolerance": "10 mm"},
        "b": {"region": [0.0, 10.0]},
    }
    made = decide(study_of({"y": goal}, factors), [plane], sd=1e-6)

    found = operating_window(made, 0.9).window

    assert found.ranges["a"] == pytest.approx((3.8, 7.2), abs=0.06)
    assert made.holding(np.zeros(2), [0]).held_tolerances[0].absolute == pytest.approx(1.0)


def test_the_map_with_tolerances_is_the_mean_over_what_comes_out():
    """At a = 5, off by up to 20 %: the chance to stay above 4.5 is that of 5 (1 + u) > 4.5."""
    made = decided({"goal": "range", "lower": 4.5}, sd=1e-6, tolerance=0.2)

    found = probability_map(made).at(np.array([[0.0, 0.0]]))

    assert found[0] == pytest.approx(0.75, abs=0.04)


def test_a_limit_cuts_the_window():
    """No setting inside breaks it."""
    made = decided(
        {"goal": "range", "lower": -1000.0},
        hill(5, 5),
        plan={"runs": 12, "constraints": ["a + b <= 12"]},
    )

    found = operating_window(made, 0.9).window

    assert found.ranges["a"][1] + found.ranges["b"][1] <= 12.0 + 1e-6
    assert found.region_fraction > 0.33  # of 36 %, the largest box below the line


def test_a_small_window_is_found_between_the_nodes_of_the_first_map():
    """A hundredth of the region in each direction."""
    made = decided({"goal": "range", "lower": -0.005}, hill(3.21, 6.54), sd=1e-6)

    found = operating_window(made, 0.9).window

    assert found.ranges["a"] == pytest.approx((3.16, 3.26), abs=0.02)


def test_where_nothing_is_good_enough_there_is_no_window():
    """And the maximum chance says how far it is from one."""
    found = operating_window(decided({"goal": "range", "lower": 10.0}, sd=1.0), 0.9)

    assert found.window is None
    assert found.map.max_probability == pytest.approx(0.5)


def test_without_a_specification_there_is_nothing_to_hold():
    """The fix says what to add."""
    with pytest.raises(RecommendationError, match="no goal has a specification") as caught:
        operating_window(decided({"goal": "maximize"}), 0.9)

    assert "lower" in caught.value.fix


def test_a_chance_that_the_configurations_cannot_support_is_refused():
    """Eight of them, and jackknife+: no window at 90 %, and the reason."""
    data = grid_data(plane).take(np.arange(16))
    model = fit(data, "ridge_quadratic", tune(data, "ridge_quadratic", width=1))
    study = study_of({"y": {"goal": "maximize", "lower": 3.0}})
    region = possible_settings(study, data).region
    made = decision(study, region, (jackknife_plus(data, model, width=1),), (data,))

    with pytest.raises(ModelError, match="8 configurations cannot support 90 %"):
        operating_window(made, 0.9)


def test_the_chance_of_two_specifications_is_never_overstated():
    """Without knowing how errors go together: 1 - (1 - p) - (1 - q)."""
    study = study_of({name: {"goal": "range", "lower": 5.0} for name in ("y", "z")})
    made = decide(study, [lambda x: x[:, 0], lambda x: x[:, 1]])
    point = np.array([[0.2, 0.3]])

    p, q = scipy.stats.norm.cdf([1.0, 1.5])
    assert made.probability(point)[0] == pytest.approx(p + q - 1)


def unsure(lower):
    """Return a plane that twelve noisy runs leave uncertain, with a specification."""
    rng = np.random.default_rng(4)
    data = grid_data(plane)
    data = replace(data, response=data.response + rng.normal(0.0, 1.0, 16)[data.configurations])
    study = study_of({"y": {"goal": "maximize", "lower": lower}})
    region = possible_settings(study, data).region
    known = predictive(data, fit(data, "mlr", tune(data, "mlr")))
    return decision(study, region, (known,), (data,))


def test_every_setting_of_an_guaranteed_window_has_the_chance_with_confidence():
    """The window is smaller than that of the chance alone, and lies inside it."""
    made = unsure(5.0)

    found = operating_window(made, 0.9, 0.95)

    assert found.window.confidence == 0.95
    corner = np.array([[found.window.low[0], y] for y in np.linspace(*produced_b(found), 5)])
    assert np.all(made.guaranteed(corner, 0.975) >= 0.9 - 1e-3)
    assert found.window.low[0] > operating_window(made, 0.9, 0.6).window.low[0]
    assert np.all(found.sure.values <= found.map.values + 1e-9)


def test_nothing_is_guaranteed_where_it_is_not_likely():
    """Residuals of a refitted family are not normal: one of them is far off."""
    data = grid_data(plane)
    data = replace(data, response=data.response - 3.0 * (data.configurations == 5))
    model = fit(data, "ridge_quadratic", tune(data, "ridge_quadratic", width=1))
    study = study_of({"y": {"goal": "range", "lower": 3.0}})
    region = possible_settings(study, data).region
    made = decision(study, region, (predictive(data, model, width=1),), (data,))

    found = operating_window(made, 0.5, 0.6)

    assert np.all(found.sure.values <= found.map.values + 1e-9)


def produced_b(found):
    """Return the ends of the second factor."""
    return found.window.low[1], found.window.high[1]


def test_where_nothing_is_guaranteed_the_estimated_window_is_stated_and_says_so():
    """Settings reach 90 % on the mean of what is unknown, and not with 99 % confidence."""
    found = operating_window(unsure(8.0), 0.9, 0.999)

    assert found.map.max_probability > 0.9 > found.sure.max_probability
    assert found.window.confidence is None


def test_what_may_fail_is_shared_among_responses():
    """Two responses at 95 % each are together right at 90 %."""
    one = unsure(5.0)
    both = replace(one, goals=one.goals * 2, known=one.known * 2, data=one.data * 2)
    point = np.array([[0.6, 0.0]])

    alone = one.guaranteed(point, 0.95)[0]

    assert both.guaranteed(point, 0.9)[0] == pytest.approx(2.0 * alone - 1.0)


def test_of_two_good_pieces_the_larger_is_the_window():
    """Far from 4 on either side: from 0 to 2, and from 6 to 10."""
    made = decided({"goal": "range", "lower": 4.0}, lambda x: (x[:, 0] - 4.0) ** 2, sd=1e-6)

    found = operating_window(made, 0.9).window

    assert found.ranges["a"] == pytest.approx((6.0, 10.0), abs=0.06)
