"""A reduced quadratic stands beside the full one, with the numbers of its own refit."""

import numpy as np
import pytest
from tests.evaluate.test_residual_diagnostics import composite
from tests.evaluate.test_significance import training_data

from electrodoe.evaluate import significance
from electrodoe.models.terms import quadratic_matrix


def test_the_reduced_model_is_tested_beside_the_full_one():
    data, _ = composite(np.random.default_rng(4))
    tests = significance(data, reduced=["1", "a", "b", "b²"])

    assert tests.summaries["model"].to_list() == ["linear", "quadratic", "reduced"]
    terms = tests.coefficients.filter(model="reduced")
    X = quadratic_matrix(data.inputs, np.array([True, True]))[:, [0, 1, 2, 5]]
    assert terms["term"].to_list() == ["1", "a", "b", "b²"]
    expected = np.linalg.lstsq(X, data.response, rcond=None)[0]
    assert terms["estimate"].to_numpy() == pytest.approx(expected)
    rows = tests.anova.filter(model="reduced")
    assert rows["source"].to_list()[:2] == ["linear", "quadratic"]
    assert rows["degrees_of_freedom"].to_list()[:2] == [2, 1]
    assert tests.residuals["model"].unique().to_list() == ["quadratic"]


def test_its_coefficients_in_actual_units_predict_the_same():
    data, _ = composite(np.random.default_rng(4))
    inputs = data.inputs * [0.5, 0.04] + [121.0, 0.36]
    own = training_data(inputs, data.response, data.configurations)
    terms = significance(own, reduced=["1", "a", "b", "b²"]).coefficients.filter(model="reduced")

    X = quadratic_matrix(inputs, np.array([True, True]))[:, [0, 1, 2, 5]]
    coded = quadratic_matrix(data.inputs, np.array([True, True]))[:, [0, 1, 2, 5]]
    expected = coded @ terms["estimate"].to_numpy()
    assert X @ terms["estimate_in_units"].to_numpy() == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("reduced", [None, ["1", "a", "b", "a × b", "a²", "b²"], ["1", "c"]])
def test_without_a_term_left_out_there_is_none(reduced):
    data, _ = composite(np.random.default_rng(4))

    models = significance(data, reduced=reduced).coefficients["model"].unique().to_list()

    assert sorted(models) == ["linear", "quadratic"]
