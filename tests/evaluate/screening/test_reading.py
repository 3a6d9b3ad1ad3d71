"""A screening design says what the books print of it, and promises no more than it knows."""

import numpy as np
import pytest
from tests.evaluate.screening.textbook_designs import (
    EYE_FOCUS,
    EYE_FOCUS_FOLDED,
    FATIGUE,
    FILTRATION,
    anything,
    eye_focus_design,
    full,
    plackett_burman,
    training_data,
)

from electrodoe.evaluate.screening.reading import read_screening


def read(coded, response, **kinds):
    return read_screening(training_data(coded, response, **kinds), anything)


def by_letters(reading):
    return {effect.letters: effect for effect in reading.effects}


def test_the_filtration_rate_is_montgomerys():
    """Effects and sums of squares of his Table 6.12; Lenth's PSE of 2.625 and its verdicts."""
    reading = read(full(4), FILTRATION)
    found = by_letters(reading)

    assert {name: effect.estimate for name, effect in found.items()} == pytest.approx(
        {
            "A": 21.625,
            "B": 3.125,
            "C": 9.875,
            "D": 14.625,
            "AB": 0.125,
            "AC": -18.125,
            "AD": 16.625,
            "BC": 2.375,
            "BD": -0.375,
            "CD": -1.125,
            "ABC": 1.875,
            "ABD": 4.125,
            "ACD": -1.625,
            "BCD": -2.625,
            "ABCD": 1.375,
        }
    )
    squares = [found[name].sum_of_squares for name in ("A", "C", "D", "AC", "AD")]
    assert squares == pytest.approx([1870.5625, 390.0625, 855.5625, 1314.0625, 1105.5625])
    assert found["A"].standard_error == pytest.approx(2.625)
    verdicts = {name: effect.verdict for name, effect in found.items() if effect.verdict != "not"}
    assert verdicts == {**dict.fromkeys(("A", "D", "AC", "AD"), "active"), "C": "possibly"}
    assert reading.runs is None


def test_the_eye_focus_time_asks_for_its_foldover():
    """Montgomery's 2^(7-4): l_A 20.63, l_B 38.38, l_D 28.88, A may be BD, B AD, D AB."""
    reading = read(eye_focus_design(), EYE_FOCUS)
    found = by_letters(reading)

    estimates = [effect.estimate for effect in reading.effects]
    assert estimates == pytest.approx([20.63, 38.38, -0.28, 28.88, -0.28, -0.63, -2.43], abs=0.006)
    assert found["A"].chain == "A + BD + CE + FG"
    assert found["D"].chain == "D + AB + CG + EF"
    assert reading.runs.kind == "foldover"
    assert np.array_equal(reading.runs.coded, -eye_focus_design())
    assert reading.runs.parted == (((0,), (1, 3)), ((1,), (0, 3)), ((3,), (0, 1)))


def test_the_folded_eye_focus_time_parts_main_effects_from_interactions():
    """Montgomery's combination: A 1.48, B 38.05, D 29.38, and BD + CE + FG 19.15."""
    both = np.vstack([eye_focus_design(), -eye_focus_design()])
    blocks = np.repeat([0, 1], 8)
    reading = read(both, [*EYE_FOCUS, *EYE_FOCUS_FOLDED], blocks=blocks)
    found = by_letters(reading)

    named = [found[name].estimate for name in ("A", "B", "C", "D", "BD", "AD")]
    assert named == pytest.approx([1.48, 38.05, -1.80, 29.38, 19.15, 0.33], abs=0.006)
    assert found["A"].chain.startswith("A + BCG")
    assert found["BD"].chain == "BD + CE + FG"
    active = {name for name, effect in found.items() if effect.verdict == "active"}
    assert active == {"B", "D", "BD"}
    assert reading.runs is None


def test_a_plackett_burman_design_knows_its_partial_aliases():
    """Wu and Hamada's effects of the castings; FG is a third of every other main effect."""
    reading = read(plackett_burman(), FATIGUE)
    found = by_letters(reading)

    mains = [found[name].estimate for name in "ABCDEFG"]
    assert mains == pytest.approx([0.326, 0.294, -0.246, -0.516, 0.150, 0.915, 0.183], abs=6e-4)
    assert len(reading.effects) == 11
    assert found["A"].chain.startswith("A − 0.33 BC")
    assert found["unassigned 1"].verdict == "not"


def test_interactions_that_are_aliased_are_parted_by_few_runs():
    """A 2^(5-1) with I = ABCD: A, B, C and AB + CD; four runs tell AB from CD."""
    a, b, c, e = full(4).T
    coded = np.column_stack([a, b, c, a * b * c, e])
    noise = np.random.default_rng(5).normal(0.0, 0.3, 16)
    reading = read(coded, 5.0 * a + 4.0 * b + 3.0 * c + 3.0 * a * b + noise)

    assert by_letters(reading)["AB"].chain == "AB + CD"
    assert reading.runs.kind == "de-aliasing"
    assert reading.runs.parted == (((0, 1), (2, 3)),)
    both = np.vstack([coded, reading.runs.coded])
    is_new = np.repeat([0.0, 1.0], [16, len(reading.runs.coded)])
    columns = [both[:, 0] * both[:, 1], both[:, 2] * both[:, 3]]
    X = np.column_stack([np.ones(len(both)), is_new, both[:, :3], *columns])
    assert len(reading.runs.coded) == 4
    assert np.linalg.matrix_rank(X) == X.shape[1]


def test_limits_are_kept_by_the_next_runs():
    """A foldover run that the plan forbids is left out, and counted."""
    data = training_data(eye_focus_design(), EYE_FOCUS)
    reading = read_screening(data, lambda settings: settings[:, 0] + settings[:, 1] < 119.0)

    assert reading.runs.n_left_out == 2
    assert np.all(reading.runs.coded[:, :2].sum(axis=1) < 2.0)


def test_equal_runs_replace_lenths_error():
    """A 2³ made twice is tested against its pure error, as statsmodels does."""
    coded = np.vstack([full(3), full(3)])
    rng = np.random.default_rng(1)
    response = coded[:, 0] + rng.normal(size=16)
    reading = read(coded, response)

    assert reading.error == "pure_error"
    assert reading.degrees_of_freedom == 8
    halves = response.reshape(2, 8)
    pooled = np.sqrt(np.mean((halves[0] - halves[1]) ** 2 / 2.0))
    assert reading.effects[0].standard_error == pytest.approx(2.0 * pooled / 4.0)


def test_center_runs_show_curvature():
    """The center's distance from the corners, against the center's own scatter."""
    coded = np.vstack([full(3), np.zeros((4, 3))])
    response = np.r_[full(3)[:, 0], 3.0, 3.2, 2.8, 3.0]
    reading = read(coded, response)

    assert reading.curvature == pytest.approx(3.0)
    assert reading.curvature_p < 0.001


def test_samples_of_one_run_are_no_runs():
    """Three samples of each of eight runs leave the error to the contrasts."""
    coded = np.repeat(full(3), 3, axis=0)
    noise = np.random.default_rng(2).normal(size=24)
    reading = read(coded, noise, configurations=np.repeat(np.arange(8), 3))

    assert reading.error == "lenth"
    assert reading.design.n_averaged == 16


@pytest.mark.parametrize(
    "coded",
    [
        full(2),
        np.random.default_rng(0).uniform(-1.0, 1.0, (20, 3)),
        np.array([[-1, 0, 1], [1, -1, 0], [0, 1, -1], [1, 1, 1], [-1, -1, -1], [0, 0, 0.0]]),
    ],
    ids=["2²", "not at levels", "no foldover"],
)
def test_other_data_are_no_screening_design(coded):
    """Few contrasts, settings between levels, three levels of another design."""
    response = np.random.default_rng(3).normal(size=len(coded))

    assert read(coded, response) is None


def test_the_order_of_runs_changes_nothing():
    """Effects, verdicts and next runs are the same for shuffled rows."""
    order = np.random.default_rng(4).permutation(8)
    first = read(eye_focus_design(), EYE_FOCUS)
    second = read(eye_focus_design()[order], EYE_FOCUS[order])

    assert [e.verdict for e in first.effects] == [e.verdict for e in second.effects]
    estimates = [[effect.estimate for effect in one.effects] for one in (first, second)]
    assert estimates[0] == pytest.approx(estimates[1])
    assert {*map(tuple, first.runs.coded)} == {*map(tuple, second.runs.coded)}
