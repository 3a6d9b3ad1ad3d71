"""PRESS, adjusted and predicted R², adequate precision; coefficients in the inputs' own units."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.evaluate.test_residual_diagnostics import composite, delivery
from tests.evaluate.test_significance import training_data

from electrodoe.evaluate import significance
from electrodoe.evaluate.hat_matrix import fitted_rows
from electrodoe.evaluate.model_summary import scores
from electrodoe.models.terms import quadratic_matrix


def test_the_delivery_times_are_summed_up_as_the_textbook_does():
    """Montgomery, Peck, Vining (2012), table 3.4 and p. 131 (PRESS 459.0393, R² pred. .9206)."""
    found = scores(delivery())

    assert found["r2"] == pytest.approx(0.9596, abs=5e-5)
    assert found["adjusted_r2"] == pytest.approx(0.9559, abs=5e-5)
    assert found["press"] == pytest.approx(459.0393, abs=5e-5)
    assert found["predicted_r2"] == pytest.approx(0.9206, abs=5e-5)


def test_every_number_is_that_of_refits():
    data, _ = composite(np.random.default_rng(4))
    row = significance(data).summaries.row(by_predicate=pl.col("model") == "quadratic", named=True)

    X, y = quadratic_matrix(data.inputs, np.array([True, True])), data.response
    missed = []
    for k in range(20):
        others = np.arange(20) != k
        missed.append(y[k] - X[k] @ np.linalg.lstsq(X[others], y[others], rcond=None)[0])
    beta, (left,), *_ = np.linalg.lstsq(X, y, rcond=None)
    variances = left / 14 * np.einsum("ij,jk,ik->i", X, np.linalg.inv(X.T @ X), X)
    assert (row["n_rows"], row["n_terms"]) == (20, 6)
    assert row["press"] == pytest.approx(np.sum(np.square(missed)))
    assert row["standard_deviation"] == pytest.approx(np.sqrt(left / 14))
    precision = np.ptp(X @ beta) / np.sqrt(variances.mean())
    assert row["adequate_precision"] == pytest.approx(precision)


def test_a_run_that_alone_tells_a_term_leaves_no_press():
    X = np.column_stack([np.ones(5), [0.0, 0, 0, 0, 1]])

    assert scores(fitted_rows(X, np.array([1.0, 2, 1, 3, 9])))["press"] is None


@pytest.mark.parametrize("model", ["linear", "quadratic"])
def test_coefficients_in_actual_units_predict_the_same(model):
    """Temperatures of a narrow range and porosities: one to the digit, one far from zero."""
    data, _ = composite(np.random.default_rng(4))
    inputs = data.inputs * [0.5, 0.04] + [121.0, 0.36]
    data = training_data(inputs, data.response, data.configurations)
    terms = significance(data).coefficients.filter(model=model)
    quadratic = np.full(2, model == "quadratic")

    X = quadratic_matrix(inputs, quadratic)[:, : terms.height]
    coded = quadratic_matrix((inputs - [121.0, 0.36]) / [0.5, 0.04], quadratic)[:, : terms.height]
    expected = coded @ terms["estimate"].to_numpy()
    assert X @ terms["estimate_in_units"].to_numpy() == pytest.approx(expected, rel=1e-8)


def test_categories_keep_their_coding():
    data, _ = composite(np.random.default_rng(4))
    levels = {"b": {0: "CMC", 1: "PVDF", 2: "PAA"}}
    inputs = np.column_stack([100.0 + 20.0 * data.inputs[:, 0], data.inputs[:, 1] + 1.0])
    data = training_data(inputs, data.response, data.configurations)
    terms = significance(replace(data, levels=levels)).coefficients.filter(model="linear")

    ratio = terms["estimate"] / terms["estimate_in_units"]
    assert ratio[1:].to_numpy() == pytest.approx([20.0, 1.0, 1.0])
