"""Why confirmation runs miss: chance is rarely accused, and a cause that acted is named."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.optimize import (
    Circumstances,
    Elsewhere,
    Expected,
    diagnosis,
    run_tests,
)

RUN_SD, SAMPLE_SD, N_SAMPLES = 10.0, 5.0, 3
BEFORE = Expected(
    predicted=300.0,
    half_width=25.0,
    level=0.9,
    run_variance=RUN_SD**2 + SAMPLE_SD**2 / N_SAMPLES,
    run_degrees_of_freedom=10.0,
    sample_variance=SAMPLE_SD**2,
    sample_degrees_of_freedom=38,
    samples_per_run=N_SAMPLES,
)


def runs_at(*means: float, spread: float = SAMPLE_SD) -> list[np.ndarray]:
    """Return runs of three samples around some means."""
    return [mean + spread * np.array([-1.0, 0.0, 1.0]) for mean in means]


def test_a_true_prediction_is_accused_in_one_of_twenty_that_are_asked():
    """The variance of runs is estimated anew for each, as in a study; the interval goes with it."""
    rng = np.random.default_rng(7)
    n_asked = n_claimed = 0
    for _ in range(150):
        estimated = rng.chisquare(10) / 10
        samples = rng.chisquare(38) / 38
        before = replace(
            BEFORE,
            half_width=BEFORE.half_width * np.sqrt(estimated),
            run_variance=BEFORE.run_variance * estimated,
            sample_variance=BEFORE.sample_variance * samples,
        )
        center = 300.0 + rng.normal(0.0, np.sqrt(BEFORE.prediction_variance))
        means = center + rng.normal(0.0, RUN_SD, 3)
        tests = run_tests(before, [mean + rng.normal(0.0, SAMPLE_SD, 3) for mean in means])
        n_asked += tests.is_asked
        n_claimed += tests.is_asked and bool(tests.claimed)
    assert n_asked > 30
    assert n_claimed <= 0.1 * n_asked


def test_one_value_outside_is_chance_and_says_how_often():
    """Of nine values of three runs one is outside: nothing is claimed."""
    tests = run_tests(BEFORE, runs_at(305.0, 296.0, 322.0))

    found = diagnosis("y", tests, Circumstances())

    assert (tests.n_outside, tests.n_values) == (1, 9)
    assert tests.expected_outside == pytest.approx(0.9)
    assert 0.2 < tests.outside_chance < 0.6
    assert tests.is_asked
    assert found.causes == ()


@pytest.mark.parametrize(
    ("runs", "cause"),
    [
        (runs_at(300.0, 305.0, 296.0, spread=25.0), "samples"),
        (runs_at(370.0, 300.0, 225.0), "runs"),
    ],
)
def test_scatter_is_named_by_where_it_is(runs: list[np.ndarray], cause: str):
    """Within runs or between them; a scatter of samples is no scatter of runs."""
    assert diagnosis("y", run_tests(BEFORE, runs), Circumstances()).causes == (cause,)


SHIFTED = run_tests(BEFORE, runs_at(238.0, 245.0, 241.0))


@pytest.mark.parametrize(
    ("known", "causes", "is_open"),
    [
        (Circumstances(), ("time", "shape"), True),
        (Circumstances(drift=-50.0, drift_p=0.001), ("time",), False),
        (Circumstances(drift=50.0, drift_p=0.001), ("time", "shape"), True),
        (Circumstances(lack_of_fit_p=0.001), ("shape",), False),
        (Circumstances(lack_of_fit_p=0.001, drift=-50.0, drift_p=0.001), ("time", "shape"), True),
        (Circumstances(hull=0.2), ("extrapolation",), False),
        (
            Circumstances(elsewhere=Elsewhere(n_runs=5, shift=-57.0, standard_error=7.0)),
            ("time",),
            False,
        ),
        (
            Circumstances(elsewhere=Elsewhere(n_runs=5, shift=1.0, standard_error=7.0)),
            ("shape",),
            False,
        ),
        (
            Circumstances(hull=0.2, elsewhere=Elsewhere(n_runs=5, shift=-57.0, standard_error=7.0)),
            ("time",),
            False,
        ),
    ],
)
def test_a_shift_is_explained_by_what_else_is_known(
    known: Circumstances, causes: tuple[str, ...], is_open: bool
):
    """Other runs, drift the same way, lack of fit, the hull; two that speak alike stay open."""
    found = diagnosis("y", SHIFTED, known)

    assert set(found.causes) == set(causes)
    assert found.is_open is is_open


def test_settings_that_were_not_kept_explain_what_they_take_away():
    """And not what they leave."""
    moved = [run + 55.0 for run in runs_at(238.0, 245.0, 241.0)]
    kept = Circumstances(expected_shift=-55.0, shift_left=run_tests(BEFORE, moved))
    little = Circumstances(expected_shift=-5.0, shift_left=SHIFTED)

    assert diagnosis("y", SHIFTED, kept).causes == ("settings",)
    assert "settings" not in diagnosis("y", SHIFTED, little).causes


def test_a_certain_drift_is_named_though_it_widened_the_interval():
    """The new runs alone could be chance; the runs before could not."""
    tests = run_tests(BEFORE, runs_at(272.0, 280.0, 277.0))

    found = diagnosis("y", tests, Circumstances(drift=-40.0, drift_p=0.002))

    assert tests.claimed == ()
    assert found.causes == ("time",)
    assert found.is_known_before


def test_another_unit_changes_nothing():
    """In MPa as in kPa."""
    small = replace(
        BEFORE,
        predicted=0.3,
        half_width=0.025,
        run_variance=BEFORE.run_variance * 1e-6,
        sample_variance=BEFORE.sample_variance * 1e-6,
    )
    scaled = run_tests(small, [run * 1e-3 for run in runs_at(238.0, 245.0, 241.0)])

    assert scaled.shift.p == pytest.approx(SHIFTED.shift.p, rel=1e-6)
    assert scaled.claimed == SHIFTED.claimed == ("shift",)
