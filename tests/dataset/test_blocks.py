"""What a block adds is told apart from what the inputs do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset.blocks import block_effects, without_effects
from electrodoe.dataset.training_data import TrainingData


def _study(seed: int, noise: float = 5.0):
    """Return inputs, response and blocks of 18 runs on two coils 70 kPa apart (simulated)."""
    generator = np.random.default_rng(seed)
    inputs = generator.choice([-1.0, 0.0, 1.0], (18, 3))
    blocks = generator.permutation(np.repeat([0, 1], 9))
    surface = 20.0 * inputs[:, 0] - 15.0 * inputs[:, 1] + 10.0 * inputs[:, 0] * inputs[:, 1]
    return inputs, 500.0 + surface + 70.0 * blocks + noise * generator.normal(size=18), blocks


def _data(seed: int) -> TrainingData:
    """Return that study as training data with a block."""
    inputs, response, blocks = _study(seed)
    data = TrainingData(
        scenario="all",
        response_name="y_kpa",
        input_names=("a", "b", "c"),
        inputs=inputs,
        response=response,
        configurations=np.arange(18),
        sample_names=tuple(f"S{row}" for row in range(18)),
        blocks=blocks,
    )
    return without_effects(data)


def test_the_difference_of_two_coils_is_found_within_its_error():
    """70 kPa; the mean error over 100 studies is within three standard errors of zero."""
    errors = [np.diff(block_effects(*_study(seed)))[0] - 70.0 for seed in range(100)]

    assert abs(np.mean(errors)) < 3.0 * np.std(errors) / 10.0
    assert np.std(errors) < 5.0  # least squares of the true terms: 5 * sqrt(1/9 + 1/9) = 2.4


def test_without_inputs_that_act_it_is_the_difference_of_means():
    """A closed form: the block means less their mean."""
    blocks = np.array([0, 0, 1, 1, 2, 2])
    response = np.array([1.0, 3.0, 5.0, 7.0, 9.0, 11.0])
    inputs = np.array([[0.0], [1.0]] * 3)
    left = response - np.array([-1.0, 1.0] * 3)

    assert block_effects(inputs, left, blocks) == pytest.approx([-4.0, 0.0, 4.0])


@given(seed=st.integers(0, 1000), scale=st.floats(1e-3, 1e3), shift=st.floats(-1e3, 1e3))
def test_units_change_nothing_but_the_unit(seed: int, scale: float, shift: float):
    """Of the response and of an input."""
    inputs, response, blocks = _study(seed)
    expected = scale * block_effects(inputs, response, blocks)

    found = block_effects(inputs * [scale, 1.0, 1.0] + shift, scale * response + shift, blocks)

    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6 * scale)


def test_random_effects_are_shrunk_most_where_chance_explains_them():
    """Nothing between six days of noise alone is left; of 70 kPa nearly all."""
    inputs, response, blocks = _study(0)
    generator = np.random.default_rng(1)
    days, noise = np.repeat(np.arange(6), 3), 5.0 * generator.normal(size=18)

    fixed, random = (block_effects(inputs, response, blocks, kind) for kind in ("fixed", "random"))
    of_noise = [block_effects(inputs, noise, days, kind) for kind in ("fixed", "random")]

    assert 0.95 < np.ptp(random) / np.ptp(fixed) < 1.0
    assert np.ptp(of_noise[1]) < 0.7 * np.ptp(of_noise[0])


def test_a_left_out_run_teaches_its_own_block_nothing():
    """However wrong its value is, the offsets of the others' blocks stay."""
    data = _data(0)
    spoiled = np.array(data.measured_response)
    spoiled[3] += 1000.0
    other = without_effects(
        TrainingData(**{**vars(data), "response": spoiled, "block_offsets": None})
    )
    learned = np.arange(18) != 3

    found, expected = (without_effects(each, learned).block_offsets for each in (other, data))

    assert found == pytest.approx(expected)


def test_the_measured_response_comes_back():
    """Response and offsets are parted, not lost, also in some of the rows."""
    data = _data(2)

    assert data.measured_response == pytest.approx(_study(2)[1])
    assert data.take(np.arange(5)).measured_response == pytest.approx(_study(2)[1][:5])
