"""With more factors than a grid can hold the window is sampled, and is where closed forms say."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.optimize.conftest import decide as decide_two
from tests.optimize.conftest import hill, study_of
from tests.optimize.many_factors import decide_for, declared

from electrodoe.errors import RecommendationError
from electrodoe.optimize import operating_window, optimize_settings, possible_settings
from electrodoe.optimize.sampled_chance import SampledChance, tolerance_nodes
from electrodoe.optimize.window import sampled_window
from electrodoe.study import RecommendRequest

Z = float(scipy.stats.norm.ppf(0.9))


def around(made, point, probability=0.9):
    """Return the window around a coded point."""
    return sampled_window(made, probability, 0.9, np.asarray(point, dtype=np.float64)).window


@pytest.mark.parametrize("n_factors", [6, 8, 10])
def test_the_largest_box_below_a_plane_is_found(n_factors: int):
    """Of a x >= c the largest box at the top corner gives every factor the same part of the way."""
    slopes = np.linspace(1.0, 2.0, n_factors)
    lower = 6.0 * slopes.sum()
    study = declared(n_factors, {"y": {"goal": "maximize", "lower": lower}})
    made = decide_for(study, [lambda x: x @ slopes])

    found = around(made, np.ones(n_factors))

    sides = np.array([high - low for low, high in found.ranges.values()])
    exact = (10.0 * slopes.sum() - lower - Z) / n_factors / slopes
    np.testing.assert_allclose([high for _, high in found.ranges.values()], 10.0)
    assert np.prod(sides / exact) == pytest.approx(1.0, abs=0.02)
    np.testing.assert_allclose(sides, exact, rtol=0.04)
    assert found.min_probability >= 0.9


def test_specifications_of_single_factors_make_their_own_box():
    """Seven responses, one for each factor: at a corner all miss together what one may miss."""
    n = 7
    study = declared(n, {f"y{j}": {"goal": "range", "lower": 3.0, "upper": 8.0} for j in range(n)})
    made = decide_for(study, [lambda x, j=j: x[:, j] for j in range(n)], sd=0.5)

    found = around(made, np.zeros(n))

    inward = 0.5 * scipy.stats.norm.ppf(1.0 - 0.1 / n)
    for low, high in found.ranges.values():
        assert low == pytest.approx(3.0 + inward, abs=0.03)
        assert high == pytest.approx(8.0 - inward, abs=0.03)


def test_a_factor_that_does_nothing_is_free():
    """One of seven matters; the others may be set anywhere."""
    made = decide_for(
        declared(7, {"y": {"goal": "range", "lower": 3.0, "upper": 8.0}}),
        [lambda x: x[:, 2]],
        sd=0.5,
    )

    found = around(made, np.zeros(7))

    assert found.ranges.pop("c") == pytest.approx((3 + 0.5 * Z, 8 - 0.5 * Z), abs=0.02)
    assert set(found.ranges.values()) == {(0.0, 10.0)}


@pytest.mark.parametrize("sd", [0.3, 1.0])
@pytest.mark.parametrize(
    "surface", [hill(5, 5), lambda x: -((x[:, 0] - x[:, 1]) ** 2) - x[:, 0], lambda x: 2 * x[:, 0]]
)
def test_of_two_factors_it_is_the_box_of_the_grid(surface, sd: float):
    """Within a step of the map: 61 nodes of a range of 10."""
    lower = float(np.quantile(surface(np.random.default_rng(0).uniform(0, 10, (500, 2))), 0.6))
    made = decide_two(study_of({"y": {"goal": "range", "lower": lower}}), [surface], sd=sd)
    exact = operating_window(made).window
    assert exact is not None

    found = around(made, (exact.low + exact.high) / 2.0)

    assert found.region_fraction == pytest.approx(exact.region_fraction, rel=0.03)
    if surface(np.array([[5.0, 5.0]]))[0] == 0.0:  # the hill has one largest box
        np.testing.assert_allclose(found.low, exact.low, atol=2.0 / 60.0)
        np.testing.assert_allclose(found.high, exact.high, atol=2.0 / 60.0)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), n_factors=st.sampled_from([6, 7]), is_limited=st.booleans())
def test_every_setting_of_a_window_is_good_enough_and_may_be_set(seed, n_factors, is_limited):
    """Quadratics of any shape, asked at settings that the search has never seen."""
    rng = np.random.default_rng(seed)
    slopes, curvatures = rng.normal(size=n_factors), rng.normal(0.0, 0.3, (n_factors, n_factors))

    def surface(x):
        u = (x - 5.0) / 5.0
        return 3.0 * (u @ slopes + np.sum((u @ curvatures) * u, axis=1))

    lower = float(np.quantile(surface(rng.uniform(0, 10, (2000, n_factors))), 0.6))
    plan = {"runs": 40, "constraints": ["a + b <= 12"], "forbidden": ["c > 8 and d > 7"]}
    study = declared(
        n_factors,
        {"y": {"goal": "maximize", "lower": lower}},
        **({"plan": plan} if is_limited else {}),
    )
    made = decide_for(study, [surface])
    chance = SampledChance(decision=made)
    point = chance.best

    found = around(made, point)

    assert (found is None) == (chance.at(point[None])[0] < 0.9)
    if found is None:
        return
    assert found.holds(point)
    assert np.all((found.low >= -1.0) & (found.high <= 1.0) & (found.low <= found.high))
    corners = rng.integers(0, 2, (3000, n_factors))
    fractions = np.vstack([corners, rng.uniform(0.0, 1.0, (3000, n_factors))])
    inside = found.low + fractions * (found.high - found.low)
    assert np.all(made.region.is_feasible(inside))
    assert chance.at(inside).min() >= 0.9 - 2e-3
    assert chance.at(inside).min() >= found.min_probability - 2e-3


def test_renamed_and_reordered_factors_have_the_same_window():
    """The order of declaration means nothing."""
    slopes = np.array([2.0, 1.0, 1.5, 0.5, 1.2, 0.8])
    order = np.array([3, 0, 5, 1, 4, 2])
    windows = []
    for own in (slopes, slopes[order]):
        study = declared(6, {"y": {"goal": "maximize", "lower": 6.0 * slopes.sum()}})
        windows.append(around(decide_for(study, [lambda x, own=own: x @ own]), np.ones(6)))

    first, other = windows
    np.testing.assert_allclose(first.low[order], other.low, atol=0.02)


def test_last_bits_of_a_surface_do_not_move_the_window():
    """To the last digit: its ends stand on steps."""
    slopes = np.array([2.0, 1.0, 1.5, 0.5, 1.2, 0.8, 0.1])
    study = declared(7, {"y": {"goal": "maximize", "lower": 6.0 * slopes.sum()}})
    surface = lambda x: x @ slopes - 0.1 * x[:, 0] * x[:, 1]  # noqa: E731
    plain = around(decide_for(study, [surface]), np.ones(7))

    for seed in (1, 2):
        shake = 1.0 + 1e-13 * np.random.default_rng(seed).uniform(-1, 1, 7)
        shaken = decide_for(study, [lambda x, shake=shake: surface(x * shake)])
        found = around(shaken, np.ones(7))
        np.testing.assert_allclose(found.low, plain.low, atol=1e-9)
        np.testing.assert_allclose(found.high, plain.high, atol=1e-9)


def test_where_the_settings_are_not_good_enough_the_window_is_elsewhere():
    """Around the best that was found, and says that it does not hold the settings."""
    made = decide_for(
        declared(6, {"y": {"goal": "maximize", "lower": 8.0}}), [lambda x: x[:, 0]], sd=0.5
    )

    found = around(made, -np.ones(6))

    assert found.ranges["a"] == pytest.approx((8 + 0.5 * Z, 10.0), abs=0.02)
    assert not found.holds(-np.ones(6))


def test_where_nothing_is_good_enough_there_is_none_and_the_best_chance_is_told():
    """As with a map."""
    made = decide_for(
        declared(6, {"y": {"goal": "maximize", "lower": 10.0}}), [lambda x: x[:, 0]], sd=1.0
    )

    found = operating_window(made, 0.9, point=np.zeros(6))

    assert found.window is None
    assert found.is_sampled
    assert found.map.max_probability == pytest.approx(0.5, abs=1e-6)


def test_more_factors_than_were_compared_with_truths_are_refused():
    """Eleven: the message says how many may be."""
    made = decide_for(declared(11, {"y": {"goal": "maximize", "lower": 5.0}}), [lambda x: x[:, 0]])

    with pytest.raises(RecommendationError, match="11 inputs; a window is looked for"):
        operating_window(made)


@pytest.mark.parametrize("n_allowed", [1, 2, 3, 6, 9])
def test_nodes_for_tolerances_are_exact_for_cubics(n_allowed: int):
    """Means, squares and products of deviations that are equally likely, all within what may be."""
    has_tolerance = np.r_[False, np.ones(n_allowed, dtype=np.bool_)]

    nodes = tolerance_nodes(has_tolerance)

    assert np.all(np.abs(nodes) <= has_tolerance + 1e-15)
    np.testing.assert_allclose(nodes.mean(axis=0), 0.0, atol=1e-15)
    np.testing.assert_allclose(nodes.T @ nodes / len(nodes), np.diag(has_tolerance / 3), atol=1e-15)
    np.testing.assert_allclose((nodes**3).mean(axis=0), 0.0, atol=1e-15)


def test_tolerances_are_carried_as_on_a_map():
    """Off by up to 10 %: the mean over 20,000 deviations, within a percentage point."""
    study = declared(
        6,
        {"y": {"goal": "range", "lower": 28.0}},
        factors={name: {"region": [0.0, 10.0], "tolerance": 0.1} for name in "abc"},
    )
    made = decide_for(study, [lambda x: x.sum(axis=1)], sd=1.0)
    point = np.zeros(6)

    asked = SampledChance(decision=made).at(point[None])[0]

    off = np.random.default_rng(0).uniform(-0.5, 0.5, (20_000, 3)).sum(axis=1)
    assert asked == pytest.approx(scipy.stats.norm.cdf(30.0 + off - 28.0).mean(), abs=0.01)


@pytest.fixture(scope="module")
def with_levels():
    """Return what is recommended for eight factors, a category and three levels among them."""
    study = declared(
        8,
        {"y": {"goal": "maximize", "lower": 12.0}},
        factors={"b": {"levels": ["PVDF", "PAA"]}, "c": {"levels": [0.0, 4.0, 10.0]}},
    )
    made = decide_for(study, [lambda x: x[:, 0] + x[:, 1] * 3.0 + x[:, 2] - 0.1 * x[:, 3]], sd=0.5)
    possible = possible_settings(study, made.data[0])
    return optimize_settings(made, possible, (), RecommendRequest(), 1)


def test_categories_are_held_and_levels_are_kept(with_levels):
    """The other seven are sampled; what is set on levels has its ends on them."""
    window = with_levels.window

    assert with_levels.search.is_sampled
    assert [with_levels.decision.region.names[number] for number in with_levels.held][:1] == ["b"]
    assert "b" not in window.ranges
    if "c" in window.ranges:
        assert set(window.ranges["c"]) <= {0.0, 4.0, 10.0}
    assert window.holds(with_levels.drifting_point)
    low = {name: ends[0] for name, ends in window.ranges.items()}
    assert low["a"] + 3.0 + low.get("c", 10.0) - 1.0 >= 12.0 + 0.5 * Z - 0.02
