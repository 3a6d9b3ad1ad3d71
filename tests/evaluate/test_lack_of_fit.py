"""Lack of fit against pure error meets the textbook."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.errors import EvaluationError
from electrodoe.evaluate import lack_of_fit, quadratic_lack_of_fit, significance
from electrodoe.evaluate.lack_of_fit import lack_of_fit_within_whole_plots

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "rsm-textbook"
LEVELS = np.array([1, 1, 2, 2, 3, 3, 4, 4])
RESPONSE = np.array([2.1, 1.9, 3.2, 2.8, 4.9, 5.1, 6, 7])


def chem_react():
    """Return model matrix, response and configurations of Yield ~ Block + second order."""
    path = DATA / "rsm_ChemReact.csv"
    if not path.exists():
        pytest.skip("the textbook's data are not beside the repository")
    table = pl.read_csv(path)
    a = (table["Time"].to_numpy() - 85) / 5
    b = (table["Temp"].to_numpy() - 175) / 5
    block = (table["Block"].to_numpy() == "B2").astype(float)
    X = np.column_stack([np.ones(len(a)), block, a, b, a * b, a**2, b**2])
    _, configurations = np.unique(X, axis=0, return_inverse=True)
    return X, table["Yield"].to_numpy(), configurations


def test_the_known_answer_is_met():
    """SSE .97, SSPE .62, F(2, 4) 1.12903226, p .40854501."""
    test = lack_of_fit(np.column_stack([np.ones(8), LEVELS]), RESPONSE, LEVELS)

    assert test.sum_of_squares + test.pure_error_sum_of_squares == pytest.approx(0.97)
    assert test.pure_error_sum_of_squares == pytest.approx(0.62)
    assert (test.degrees_of_freedom, test.pure_error_degrees_of_freedom) == (2, 4)
    assert test.f == pytest.approx(1.12903226, abs=5e-9)
    assert test.p == pytest.approx(0.40854501, abs=5e-9)


def test_the_reaction_of_the_textbook_is_met():
    """ChemReact: F .5307, p .6851."""
    test = lack_of_fit(*chem_react())

    assert test.f == pytest.approx(0.5307, abs=5e-5)
    assert test.p == pytest.approx(0.6851, abs=5e-5)


def test_without_replicates_there_is_no_pure_error():
    """A study that measured everything once is reported so."""
    with pytest.raises(EvaluationError, match="no pure error"):
        lack_of_fit(np.column_stack([np.ones(8), RESPONSE]), RESPONSE, np.arange(8))


def test_a_term_for_every_configuration_leaves_no_lack_of_fit():
    """Four levels and a cubic fit the means exactly."""
    X = np.column_stack([LEVELS**power for power in range(4)]).astype(float)

    with pytest.raises(EvaluationError, match="4 configurations for 4 terms"):
        lack_of_fit(X, RESPONSE, LEVELS)


def test_near_replicates_ask_for_mean_inputs():
    """Inputs that differ within a configuration are not silently taken as equal."""
    X = np.column_stack([np.ones(8), LEVELS + 0.01 * np.arange(8)])

    with pytest.raises(EvaluationError, match="row 1"):
        lack_of_fit(X, RESPONSE, LEVELS)


def test_equal_replicates_make_any_lack_of_fit_certain():
    """With no pure error at all F is infinite and p zero."""
    y = (LEVELS**2).astype(float)

    test = lack_of_fit(np.column_stack([np.ones(8), LEVELS]), y, LEVELS)

    assert (test.f, test.p) == (np.inf, 0.0)


def test_the_quadratic_of_samples_is_tested_as_in_the_analysis_of_variance():
    """By the same F and p, whatever the order of the rows."""
    rng = np.random.default_rng(1)
    grid = np.stack(np.meshgrid([1.0, 2, 3], [10.0, 20, 30]), axis=-1).reshape(-1, 2)
    inputs = np.repeat(grid, 2, axis=0)
    data = TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=("a", "b"),
        inputs=inputs,
        response=inputs[:, 0] ** 3 + rng.normal(0.0, 1.0, 18),
        configurations=np.repeat(np.arange(9), 2),
        sample_names=tuple(f"s{number}" for number in range(18)),
    )

    test = quadratic_lack_of_fit(data)

    anova = significance(data).anova.filter(model="quadratic", source="lack of fit")
    assert (test.f, test.p) == (anova["f"].item(), anova["p"].item())
    assert quadratic_lack_of_fit(data.take(rng.permutation(18))) == test
    assert test.degrees_of_freedom == 3


def test_within_whole_plots_the_hand_calculation_is_met():
    """The same four pairs, split over two whole plots.

    Differences -.2, -.4, .2, 1 less their mean .15: pure error 1.15 / 2 with 3 df; lack of fit .35
    with 2. What a whole plot adds changes nothing; in one whole plot it is the textbook's test.
    """
    X, runs = np.column_stack([np.ones(8), LEVELS]), np.arange(8)
    for shift in (0.0, 40.0):
        plots = np.tile([0, 1], 4)
        test = lack_of_fit_within_whole_plots(X, RESPONSE + shift * plots, LEVELS, runs, plots)
        assert test.pure_error_sum_of_squares == pytest.approx(0.575)
        assert test.sum_of_squares == pytest.approx(0.35)
        assert (test.degrees_of_freedom, test.pure_error_degrees_of_freedom) == (2, 3)
    one = lack_of_fit_within_whole_plots(X, RESPONSE, LEVELS, runs, np.zeros(8, dtype=int))
    assert one.f == pytest.approx(1.12903226)
    assert one.p == pytest.approx(0.40854501)


def split_plot(seed):
    """Return eight whole plots, each with its own oven setting; speed at five, the middle thrice.

    Whole plots vary three times as much as runs do; the truth is a plane.
    """
    rng = np.random.default_rng(seed)
    plots = np.repeat(np.arange(8), 7)
    oven = np.linspace(-1.0, 1.0, 8)[plots]
    speed = np.tile([-1.0, -0.5, 0.0, 0.0, 0.0, 0.5, 1.0], 8)
    y = 2.0 * oven + speed + 3.0 * rng.normal(size=8)[plots] + rng.normal(size=56)
    settings = np.unique(np.column_stack([oven, speed]), axis=0, return_inverse=True)[1].ravel()
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=("oven", "speed"),
        inputs=np.column_stack([oven, speed]),
        response=y,
        configurations=np.arange(56),
        sample_names=tuple(map(str, range(56))),
        settings=settings,
        whole_plots=plots,
    )


def test_whole_plots_are_no_lack_of_fit():
    """500 right models: 3 to 7 % are called wrong; most, were each run set anew."""
    own = [quadratic_lack_of_fit(split_plot(seed)).p < 0.05 for seed in range(500)]
    anew = [replace(split_plot(seed), whole_plots=None) for seed in range(60)]
    as_runs = [quadratic_lack_of_fit(each).p < 0.05 for each in anew]

    assert 0.03 <= np.mean(own) <= 0.07
    assert np.mean(as_runs) > 0.5


def test_a_quadratic_that_misses_a_bend_within_whole_plots_is_contradicted():
    """A cubic in the easy factor, of three standard deviations at its ends."""
    data = split_plot(0)
    bent = data.response + 12.0 * (data.inputs[:, 1] ** 3 - 0.8 * data.inputs[:, 1])

    assert quadratic_lack_of_fit(replace(data, response=bent)).p < 0.01


def test_whole_plots_of_one_run_are_runs():
    """All set anew: the test is the plain one."""
    data = split_plot(0)
    alone = quadratic_lack_of_fit(replace(data, whole_plots=np.arange(56)))

    assert alone == quadratic_lack_of_fit(replace(data, whole_plots=None))
