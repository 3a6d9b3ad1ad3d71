"""Terms are tested against runs of equal settings, as textbooks do, and never against samples."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import significance
from electrodoe.models.terms import quadratic_matrix

CASE = Path(__file__).parents[2] / ".." / "shared" / "cases" / "analysis" / "replicated_2_3.csv"
CUBE = np.array(list(product([-1.0, 1.0], repeat=3)))
SQUARE = np.array(list(product([-1.0, 1.0], repeat=2)))
PLASMA = {
    (-1, -1, -1): (550, 604), (1, -1, -1): (669, 650), (-1, 1, -1): (633, 601),
    (1, 1, -1): (642, 635), (-1, -1, 1): (1037, 1052), (1, -1, 1): (749, 868),
    (-1, 1, 1): (1075, 1063), (1, 1, 1): (729, 860),
}  # fmt: skip
"""Etch rates of Montgomery, Design and Analysis of Experiments (2012), table 6.4."""


def rows(inputs, response, **changes):
    """Return rows as runs made anew, one configuration per setting."""
    settings = np.unique(inputs, axis=0, return_inverse=True)[1].ravel()
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "b", "c")[: inputs.shape[1]],
        inputs=inputs,
        response=np.asarray(response, dtype=np.float64),
        configurations=settings,
        sample_names=tuple(f"S{number:03d}" for number in range(len(inputs))),
        runs=np.arange(len(inputs)),
        is_run_assumed=True,
    )
    return replace(data, **changes)


def named_by_run(inputs, response):
    """Return the same as a plan's sheet has it: a name per run, settings found beside it."""
    data = rows(inputs, response)
    return replace(
        data,
        configurations=np.arange(len(inputs)),
        settings=data.configurations,
        runs=None,
        is_run_assumed=False,
    )


def plasma():
    inputs = np.array([setting for setting, two in PLASMA.items() for _ in two], dtype=np.float64)
    return inputs, np.array([rate for two in PLASMA.values() for rate in two], dtype=np.float64)


@pytest.mark.parametrize("make", [rows, named_by_run])
def test_the_plasma_etch_of_the_textbook_is_met(make):
    """Montgomery, table 6.4 and 6.6: F and p of the six effects against 8 df of pure error."""
    tests = significance(make(*plasma()))

    own = tests.coefficients.filter(model="quadratic")
    f = dict(zip(own["term"], own["t"] ** 2, strict=True))
    p = dict(own.select("term", "p").iter_rows())
    expected = {
        "a": (18.34, 0.0027), "b": (0.10, 0.7639), "c": (166.41, 1e-6), "a × b": (1.10, 0.3252),
        "a × c": (41.91, 0.0002), "b × c": (0.01, 0.9308),
    }  # fmt: skip
    for term, (ratio, chance) in expected.items():
        assert f[term] == pytest.approx(ratio, abs=0.006), term
        assert p[term] == pytest.approx(chance, abs=6e-5), term
    assert set(own["tested_against"]) == {"variation between runs of equal settings, 8 df"}
    anova = tests.anova.filter(model="quadratic")
    squares = dict(anova.select("source", "sum_of_squares").iter_rows())
    assert squares["pure error"] == pytest.approx(18020.5)
    assert squares["lack of fit"] == pytest.approx(126.56, abs=0.005)  # the textbook's ABC


@pytest.mark.parametrize("make", [rows, named_by_run])
def test_curvature_of_center_points_is_parted_from_the_error(make):
    """Montgomery (2012), section 6.8: 2² with five centers, yields; error .0430 with 4 df."""
    inputs = np.vstack([[[-1, -1], [1, -1], [-1, 1], [1, 1]], np.zeros((5, 2))])
    response = np.array([39.3, 40.9, 40.0, 41.5, 40.3, 40.5, 40.7, 40.2, 40.6])

    tests = significance(make(inputs, response))

    own = tests.coefficients.filter(model="interactions")
    f = dict(zip(own["term"], own["t"] ** 2, strict=True))
    p = dict(own.select("term", "p").iter_rows())
    expected = {
        "a": (55.87, 0.0017), "b": (9.83, 0.0350), "a × b": (0.06, 0.8213),
        "curvature": (0.06, 0.8137),
    }  # fmt: skip
    for term, (ratio, chance) in expected.items():
        assert f[term] == pytest.approx(ratio, abs=0.006), term
        assert p[term] == pytest.approx(chance, abs=6e-5), term
    anova = tests.anova.filter(model="interactions")
    assert dict(anova.select("source", "degrees_of_freedom").iter_rows()) == {
        "linear": 2, "interactions": 1, "curvature": 1, "residual": 4, "pure error": 4, "total": 8,
    }  # fmt: skip
    by_source = dict(anova.select("source", "sum_of_squares").iter_rows())
    assert by_source["curvature"] == pytest.approx(0.0027, abs=5e-5)
    assert by_source["pure error"] == pytest.approx(0.1720)


def test_an_interaction_of_a_replicated_cube_is_found():
    """The case's a × c: 5.0e-8 against 16 df of pure error, as the means of cells give it."""
    if not CASE.exists():
        pytest.skip("the cases are not beside the repository")
    table = pl.read_csv(CASE)
    data = rows(table.select("a", "b", "c").to_numpy().astype(np.float64), table["y"].to_numpy())

    own = significance(data).coefficients.filter(model="quadratic", term="a × c")

    means = data.response.reshape(8, 3).mean(axis=1)
    variance = data.response.reshape(8, 3).var(axis=1, ddof=1).mean()
    estimate = float(means @ (data.inputs[::3, 0] * data.inputs[::3, 2])) / 8
    assert own["t"][0] == pytest.approx(estimate / np.sqrt(variance / 24))
    assert own["degrees_of_freedom"][0] == 16
    assert own["p"][0] == pytest.approx(4.98e-8, rel=1e-3)


def simulated(seed, effect, *, curvature=0.0, n_centers=0, n_replicates=3, between=0.0):
    """Return a simulated cube of runs: noise 1, a × c of an effect, a run SD on top of settings."""
    rng = np.random.default_rng(seed)
    inputs = np.vstack([np.repeat(CUBE, n_replicates, axis=0), np.zeros((n_centers, 3))])
    is_corner = np.abs(inputs).max(axis=1)
    y = 50 + 4 * inputs[:, 0] + effect * inputs[:, 0] * inputs[:, 2] + curvature * is_corner
    settings = np.unique(inputs, axis=0, return_inverse=True)[1].ravel()
    y = y + between * rng.normal(size=settings.max() + 1)[settings]
    return rows(inputs, y + rng.normal(size=len(y)))


def chance_found(term, n_studies=200, **given):
    """Return in what fraction of simulated studies a term has p below 5 %."""
    found = []
    for seed in range(n_studies):
        table = significance(simulated(seed, **given)).coefficients
        model = table["model"][-1]
        found.append(table.filter(model=model, term=term)["p"].item() < 0.05)
    return np.mean(found)


def test_the_promised_error_rate_and_power_are_kept():
    """A replicated cube: 3 to 7 % of nothing found (within what 200 studies tell), and power."""
    assert 0.02 <= chance_found("a × c", effect=0.0) <= 0.09
    assert chance_found("a × c", effect=1.25) >= 0.97  # 1.25 σ: 31 % on means of settings
    curved = {"effect": 1.0, "curvature": 5.0, "n_centers": 5, "n_replicates": 1}
    assert chance_found("a", **curved) >= 0.97


def test_rows_that_vary_more_between_settings_are_not_taken_as_runs_unasked():
    """Samples of one run without a group: settings are the yardstick, as the lack of fit says."""
    grid = np.array(list(product([-1.0, 0, 1], repeat=2)))
    rng = np.random.default_rng(3)
    found, words = [], set()
    for _ in range(100):
        y = np.repeat(rng.normal(size=9) * 3.0, 3) + 0.5 * rng.normal(size=27)
        table = significance(rows(np.repeat(grid, 3, axis=0), y)).coefficients
        own = table.filter(model="quadratic", term="a × b")
        found.append(own["p"].item() < 0.05)
        words.add(own["tested_against"].item())

    assert np.mean(found) <= 0.12
    assert "variation of settings about the model, 3 df" in words


def test_samples_of_repeated_runs_are_not_the_error():
    """Runs repeat settings and have samples: the error is between runs, whatever samples say."""
    rng = np.random.default_rng(0)
    inputs = np.repeat(np.repeat(CUBE, 3, axis=0), 4, axis=0)
    runs = np.repeat(np.arange(24), 4)
    y = 5 * inputs[:, 0] + 2.0 * rng.normal(size=24)[runs] + 0.1 * rng.normal(size=96)
    data = replace(
        rows(inputs, y), configurations=runs, settings=runs // 3, runs=None, is_run_assumed=False
    )

    tests = significance(data)

    by_source = dict(
        tests.anova.filter(model="quadratic").select("source", "degrees_of_freedom").iter_rows()
    )
    assert (by_source["lack of fit"], by_source["pure error"], by_source["samples"]) == (1, 16, 72)
    assert set(tests.coefficients["degrees_of_freedom"]) == {16}
    error = tests.coefficients["standard_error"][0] * np.sqrt(24)
    assert 1.2 < error < 2.9  # of a run's mean, 2 by construction; that of samples is .1


def test_without_replicates_the_model_is_the_yardstick():
    """Runs that repeat nothing are tested about the model, and the words say so."""
    rng = np.random.default_rng(1)
    inputs = quadratic_matrix(rng.uniform(-1, 1, (20, 2)), np.array([True, True]))[:, 1:3]

    tests = significance(named_by_run(inputs, inputs[:, 0] + rng.normal(size=20)))

    last = tests.coefficients.filter(model="quadratic")
    assert set(last["tested_against"]) == {"variation of runs about the model, 14 df"}
    assert "pure error" not in set(tests.anova["source"])
