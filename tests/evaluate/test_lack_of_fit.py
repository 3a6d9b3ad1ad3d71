"""Lack of fit against pure error meets the textbook."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.errors import EvaluationError
from electrodoe.evaluate import lack_of_fit, quadratic_lack_of_fit, significance

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
