"""Another scale for a response: there and back, what has no place on it, the power that fits."""

from collections.abc import Callable

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import (
    Dataset,
    TrainingData,
    Transform,
    box_cox,
    declared_transform,
    known_transform,
    on_model_scale,
)
from electrodoe.errors import DatasetError, StudyError

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]
SCALES = [
    *(Transform(name="box-cox", power=power) for power in (-2.0, -1.0, -0.5, 0.0, 0.3, 1.0, 2.0)),
    Transform(name="log", power=0.0),
    Transform(name="sqrt", power=0.5),
    Transform(name="logit", ceiling=1.0),
    Transform(name="logit", ceiling=100.0),
]
WOOL = """674 370 292 338 266 210 170 118 90 1414 1198 634 1022 620 438 442 332 220
3636 3184 2000 1568 1070 566 1140 884 360"""
"""Cycles to failure of worsted yarn, Box and Cox (1964), table 4: length, amplitude, load."""


def samples(response, inputs, n_replicates: int = 1, **more) -> TrainingData:
    """Return samples of one response."""
    n = len(response) // n_replicates
    return TrainingData(
        scenario="all",
        response_name="resistance_ohm",
        input_names=tuple(f"x{number}" for number in range(inputs.shape[1])),
        inputs=np.repeat(inputs, n_replicates, axis=0),
        response=np.asarray(response, dtype=float),
        configurations=np.repeat(np.arange(n), n_replicates),
        sample_names=tuple(f"s{number}" for number in range(len(response))),
        **more,
    )


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{scale.words} {scale.ceiling:g}")
@given(fractions=st.lists(st.floats(0.01, 0.99), min_size=2, max_size=5))
def test_there_and_back_is_the_same_and_order_stays(scale: Transform, fractions: list[float]):
    """A scale rises with the response, so that quantiles go back to quantiles."""
    top = scale.ceiling if np.isfinite(scale.ceiling) else 1000.0
    response = np.sort(np.array(fractions)) * top
    scale = scale.bounded(response)

    place = scale.forward(response)

    assert np.all(np.diff(place) >= 0.0)
    np.testing.assert_allclose(scale.inverse(place), response, rtol=1e-9)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{scale.words} {scale.ceiling:g}")
def test_every_place_of_a_scale_is_a_possible_response(scale: Transform):
    """However far an interval reaches: never below zero, never infinite, never beyond a ceiling."""
    scale = scale.bounded(np.array([0.2, 0.5]))

    found = scale.inverse(np.linspace(-1e4, 1e4, 2001))

    assert np.all(found >= 0.0)
    assert np.all(np.diff(found) >= 0.0)
    assert found.max() <= min(scale.high, scale.ceiling)
    assert np.isfinite(scale.forward(np.array([0.0, 1e30]))).all()


def test_the_yarn_of_box_and_cox_wants_a_logarithm():
    """They find -0.06 for it, and take logarithms."""
    levels = np.array([-1.0, 0.0, 1.0])
    inputs = np.array([[a, b, c] for a in levels for b in levels for c in levels])

    found = box_cox(samples([float(n) for n in WOOL.split()], inputs))

    assert found.power == 0.0
    assert found.low <= -0.06 <= found.high
    assert found.high < 0.5


def test_a_mean_alone_gives_scipys_likelihood():
    """Too few configurations for a surface, one sample each: the textbook's interval."""
    response = np.array([0.5, 3.0, 40.0])
    data = samples(response, np.array([[1.0], [2.0], [3.0]]))
    powers = np.linspace(-2.0, 2.0, 81)
    known = np.array([scipy.stats.boxcox_llf(power, response) for power in powers])

    found = box_cox(data)

    assert found.best == pytest.approx(powers[np.argmax(known)], abs=1e-9)
    inside = powers[known * 2 / 3 >= known.max() * 2 / 3 - 1.9207]  # 2 degrees of freedom, not 3
    assert (found.low, found.high) == pytest.approx((inside.min(), inside.max()))


@pytest.mark.parametrize("power", [-1.0, 0.0, 0.5, 1.0])
def test_the_power_of_a_made_up_truth_is_found(power: float):
    """In 30 studies of 18 runs: the interval holds it (of 200 studies 92 %), and it has its name.

    The response spans a factor of four (power 1) to twelve, so that half of the powers are one off
    at worst.
    """
    n_held, n_named = 0, 0
    for seed in range(30):
        rng = np.random.default_rng([seed, 71])
        inputs = rng.uniform(-1.0, 1.0, (18, 2))
        height = 10.0 + 3.0 * inputs[:, 0] + 2.0 * inputs[:, 1] + rng.normal(0.0, 0.2, 18)
        place = np.repeat(height, 3) + rng.normal(0.0, 0.4, 54)
        scale = Transform(name="box-cox", power=power)
        response = np.exp(place / 4.0) if power == 0.0 else scale.inverse(np.sign(power) * place)
        found = box_cox(samples(response, inputs, n_replicates=3))
        n_held += found.low - 1e-9 <= power <= found.high + 1e-9
        n_named += found.power == power
    assert n_held >= 25
    assert n_named >= 13


def test_order_unit_and_replicates_that_are_copies_change_nothing():
    """The power belongs to the response, not to the table."""
    rng = np.random.default_rng(5)
    inputs = rng.uniform(-1.0, 1.0, (18, 2))
    response = np.exp(2.0 * inputs[:, 0] + rng.normal(0.0, 0.1, 18))
    once = samples(response, inputs)
    copied = samples(np.repeat(response, 3), inputs, n_replicates=3)

    found = box_cox(once)

    assert box_cox(once.take(rng.permutation(18))) == found
    assert box_cox(samples(1000.0 * response, inputs)) == found
    assert box_cox(copied) == found


def test_data_on_the_scale_of_their_models():
    """Of a declared transform; the same samples where none is declared."""
    data = samples([1.0, 4.0, 9.0], np.array([[1.0], [2.0], [3.0]]))
    rooted = samples(
        [1.0, 4.0, 9.0],
        np.array([[1.0], [2.0], [3.0]]),
        transform=declared_transform("sqrt", "resistance_ohm"),
    )

    assert on_model_scale(data) is data
    assert known_transform(data) is None
    np.testing.assert_array_equal(on_model_scale(rooted).response, [1.0, 2.0, 3.0])
    assert on_model_scale(rooted).transform is None


@pytest.mark.parametrize(
    ("name", "column", "value", "meant"),
    [
        ("log", "strength_kpa", 0.0, "above zero"),
        ("sqrt", "strength_kpa", -3.0, "above zero"),
        ("box-cox", "strength_kpa", -3.0, "above zero"),
        ("logit", "retention", 1.0, "between 0 and 1"),
        ("logit", "retention_pct", 100.0, "between 0 and 100"),
    ],
)
def test_a_value_without_a_place_is_refused_by_name(
    columns: Columns, assembled: Assembled, name: str, column: str, value: float, meant: str
):
    """With line, row, column and what to do; a row that is set aside does not matter."""
    top = {"retention": 1.0, "retention_pct": 100.0}.get(column, 900.0)
    values = np.linspace(0.5, 0.9, 27) * top
    values[4] = value
    columns[column] = values.tolist()
    declared = {"responses": {column: {"transform": name}}}

    with pytest.raises(DatasetError, match=meant) as caught:
        assembled(columns, **declared).training_data(column, "all")

    assert f"line 6, row 'A5', column '{column}'" in caught.value.where
    assert name in caught.value.fix
    aside = {"set_aside": [{"rows": ["A5"], "reason": "not a number of this kind"}]}
    data = assembled(columns, **declared, **aside).training_data(column, "all")
    assert np.isfinite(on_model_scale(data).response).all()


def test_one_value_per_configuration_keeps_its_scale(columns: Columns, assembled: Assembled):
    """The row of means is modeled on the same scale."""
    response = {"strength_kpa": {"measured_per": "configuration", "transform": "log"}}

    data = assembled(columns, responses=response).training_data("strength_kpa", "all")

    assert data.transform is not None
    assert data.n_samples == 9


@pytest.mark.parametrize(
    ("response", "unit", "ceiling"),
    [
        ("retention_pct", None, 100.0),
        ("Ausbeute [%]", None, 100.0),
        ("Ausbeute", "%", 100.0),
        ("Ausbeute", None, 1.0),
        ("first_cycle_loss", "%", 1.0),
    ],
)
def test_a_logit_knows_percent_from_fractions(response: str, unit: str | None, ceiling: float):
    """By the name's unit, or by the declared one; a known fraction stays one."""
    transform = declared_transform("logit", response, unit)

    assert transform is not None
    assert transform.ceiling == ceiling


@pytest.mark.parametrize("name", ["sqrt", "box-cox"])
def test_a_block_beside_a_scale_that_has_no_place_for_it_is_refused(
    columns: Columns, assembled: Assembled, name: str
):
    """A root ends at zero, and a power that is estimated is not known before the block."""
    with pytest.raises(StudyError, match=r"block.*transform"):
        assembled(
            columns,
            measurements={"group": "run", "block": "day"},
            responses={"strength_kpa": {"transform": name}},
        )
