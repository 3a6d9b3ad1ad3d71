"""Tests of terms meet the textbook, statsmodels, and the error rate they promise."""

import warnings
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData, variance_inflation_factors
from electrodoe.errors import EvaluationError
from electrodoe.evaluate import (
    ANOVA_SCHEMA,
    COEFFICIENT_SCHEMA,
    analysis_of_variance,
    coefficient_tests,
    r_squared,
    significance,
)
from electrodoe.models import tune
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import quadratic_matrix, quadratic_names

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "rsm-textbook"


def textbook(name):
    if not (DATA / name).exists():
        pytest.skip("the textbook's data are not beside the repository")
    return pl.read_csv(DATA / name)


def chem_react():
    """Return the groups of terms, the response and the configurations of ChemReact."""
    table = textbook("rsm_ChemReact.csv")
    coded = np.column_stack(
        [(table["Time"].to_numpy() - 85) / 5, (table["Temp"].to_numpy() - 175) / 5]
    )
    X = quadratic_matrix(coded, np.array([True, True]))
    block = (table["Block"].to_numpy() == "B2").astype(float)[:, None]
    groups = {"block": block, "linear": X[:, 1:3], "interactions": X[:, 3:4], "quadratic": X[:, 4:]}
    _, configurations = np.unique(np.hstack([block, coded]), axis=0, return_inverse=True)
    return groups, table["Yield"].to_numpy(), configurations


def composite_design(n_replicates=3):
    """Return settings of a 3 × 3 × 2 factorial and the configuration of each sample."""
    axes = ([-1.0, 0, 1], [-1.0, 0, 1], [-1.0, 1])
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    return grid, np.repeat(np.arange(len(grid)), n_replicates)


def training_data(inputs, response, configurations):
    names = ("a", "b", "c")[: inputs.shape[1]]
    return TrainingData(
        scenario="product",
        response_name="strength_kpa",
        input_names=names,
        inputs=inputs,
        response=response,
        configurations=configurations,
        sample_names=tuple(f"S{number:03d}" for number in range(len(response))),
    )


def test_the_reaction_of_the_textbook_is_met():
    """ChemReact: R² .9981, F 607.2 of the whole model, lack of fit F .5307 with p .6851."""
    groups, y, configurations = chem_react()

    *terms, residual, missed, pure, total = analysis_of_variance(groups, y, configurations)

    explained = sum(row.sum_of_squares for row in terms)
    degrees = sum(row.degrees_of_freedom for row in terms)
    assert explained / total.sum_of_squares == pytest.approx(0.9981, abs=5e-5)
    assert explained / degrees / residual.mean_square == pytest.approx(607.2, abs=0.05)
    assert (missed.f, missed.p) == (
        pytest.approx(0.5307, abs=5e-5),
        pytest.approx(0.6851, abs=5e-5),
    )
    assert missed.sum_of_squares + pure.sum_of_squares == pytest.approx(residual.sum_of_squares)


def test_r_squared_and_the_table_tell_the_same():
    """One minus residual over total is the R² of the fitted model."""
    groups, y, configurations = chem_react()
    X = np.column_stack([np.ones(len(y)), *groups.values()])
    fitted = X @ least_squares(X, y, [f"{k}" for k in range(X.shape[1])])

    *_, residual, _, _, total = analysis_of_variance(groups, y, configurations)

    fraction = 1 - residual.sum_of_squares / total.sum_of_squares
    assert fraction == pytest.approx(r_squared(y, fitted))


def test_the_inflation_of_the_cement_is_met():
    """Hald's cement: 38.496, 254.423, 46.868, 282.513."""
    inputs = textbook("MPV_cement.csv").select("x1", "x2", "x3", "x4").to_numpy()

    factors = variance_inflation_factors(inputs)

    np.testing.assert_allclose(factors, [38.496, 254.423, 46.868, 282.513], atol=5e-4)


def test_sequential_tests_equal_statsmodels():
    """Nested models compared by `anova_lm` give the same sums of squares and F.

    Its p of all but the last step takes the degrees of freedom of that step's own residual,
    though F is over the last one's; so p is compared in the last step only.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what statsmodels warns of is not ours
        api = pytest.importorskip("statsmodels.api")
        groups, y, configurations = chem_react()
        steps = [np.ones((len(y), 1))]
        for group in groups.values():
            steps.append(np.column_stack([steps[-1], group]))
        fits = [api.OLS(y, X).fit() for X in steps]
        expected = api.stats.anova_lm(*fits)

    terms = analysis_of_variance(groups, y, configurations)[: len(groups)]

    np.testing.assert_allclose([row.sum_of_squares for row in terms], expected["ss_diff"][1:])
    np.testing.assert_allclose([row.f for row in terms], expected["F"][1:])
    assert terms[-1].p == pytest.approx(expected["Pr(>F)"].iloc[-1])


def test_coefficients_equal_statsmodels():
    """Estimates, standard errors, t and p of a plain regression."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what statsmodels warns of is not ours
        api = pytest.importorskip("statsmodels.api")
        groups, y, _ = chem_react()
        X = np.column_stack([np.ones(len(y)), *groups.values()])
        expected = api.OLS(y, X).fit()

    tests = coefficient_tests(X, y, [f"{k}" for k in range(X.shape[1])])

    np.testing.assert_allclose(tests.estimates, expected.params)
    np.testing.assert_allclose(tests.standard_errors, expected.bse)
    np.testing.assert_allclose(tests.t, expected.tvalues)
    np.testing.assert_allclose(tests.p, expected.pvalues, rtol=1e-6, atol=1e-14)


def test_configuration_means_keep_the_promised_error_rate_and_rows_do_not():
    """The trap: with configuration effects, row tests find second-order terms in pure noise."""
    grid, configurations = composite_design()
    X = quadratic_matrix(grid, np.array([True, True, False]))
    names = quadratic_names(["a", "b", "c"], np.array([True, True, False]))
    rng = np.random.default_rng(20)
    by_means, by_rows = [], []
    for _ in range(200):
        truth = 100 + 10 * grid[:, 0] + 4 * rng.normal(size=len(grid))
        y = truth[configurations] + 1.5 * rng.normal(size=len(configurations))
        means = y.reshape(len(grid), -1).mean(axis=1)
        by_means.append(coefficient_tests(X, means, names).p[4:] < 0.05)
        by_rows.append(coefficient_tests(X[configurations], y, names).p[4:] < 0.05)

    assert np.mean(by_means) <= 0.08
    assert np.mean(by_rows) > 0.20


def test_the_tables_of_a_study_keep_the_promised_error_rate():
    """Groups of the printed analysis of variance are tested between configurations, too."""
    grid, configurations = composite_design()
    rng = np.random.default_rng(21)
    found = []
    for _ in range(100):
        truth = 100 + 10 * grid[:, 0] + 4 * rng.normal(size=len(grid))
        y = truth[configurations] + 1.5 * rng.normal(size=len(configurations))
        table = significance(training_data(grid[configurations], y, configurations)).anova
        second = table.filter(pl.col("source").is_in(["interactions", "quadratic"]))
        found.append(second["p"].to_numpy() < 0.05)

    assert np.mean(found) <= 0.10


def test_a_study_gets_both_models_with_all_sources():
    """Names, order and degrees of freedom; coefficients per half range of each input."""
    grid, configurations = composite_design()
    inputs = grid[configurations] * [10.0, 0.5, 3.0] + [100.0, 2.0, 7.0]
    y = 50 + 8 * grid[configurations, 0] - 3 * grid[configurations, 1] ** 2
    y = y + np.random.default_rng(0).normal(size=len(y))

    result = significance(training_data(inputs, y, configurations))

    ANOVA_SCHEMA.check(result.anova)
    COEFFICIENT_SCHEMA.check(result.coefficients)
    quadratic = result.anova.filter(pl.col("model") == "quadratic")
    assert dict(quadratic.select("source", "degrees_of_freedom").iter_rows()) == {
        "linear": 3,
        "interactions": 3,
        "quadratic": 2,
        "residual": 45,
        "lack of fit": 9,
        "samples": 36,
        "total": 53,
    }
    terms = result.coefficients.filter(pl.col("model") == "quadratic")
    estimates = dict(terms.select("term", "estimate").iter_rows())
    assert estimates["a"] == pytest.approx(8.0, abs=1.0)
    assert estimates["b²"] == pytest.approx(-3.0, abs=1.5)
    assert "c²" not in estimates
    assert set(terms["degrees_of_freedom"]) == {9}


def test_the_order_of_the_rows_does_not_matter():
    """Shuffled samples give the same bits."""
    grid, configurations = composite_design()
    y = np.random.default_rng(0).normal(size=len(configurations))
    data = training_data(grid[configurations], y, configurations)

    one = significance(data)
    other = significance(data.take(np.random.default_rng(1).permutation(len(y))))

    assert one.anova.equals(other.anova)
    assert one.coefficients.equals(other.coefficients)


def test_a_model_that_cannot_be_estimated_has_no_rows():
    """Six configurations do not determine ten terms; the linear model is still tested."""
    grid, configurations = composite_design(n_replicates=2)
    few = np.isin(configurations, [0, 3, 7, 10, 14, 17])
    y = np.random.default_rng(0).normal(size=int(few.sum()))

    result = significance(training_data(grid[configurations[few]], y, configurations[few]))

    assert set(result.anova["model"]) == {"linear"}
    assert set(result.coefficients["model"]) == {"linear"}


def test_as_many_terms_as_configurations_test_nothing():
    """A saturated model has sums of squares, but nothing to judge them by."""
    inputs = np.array([[-1.0, -1], [1, -1], [-1, 1]]).repeat(3, axis=0)
    y = np.random.default_rng(0).normal(size=9)

    result = significance(training_data(inputs, y, np.arange(3).repeat(3)))

    linear = result.anova.filter(pl.col("source") == "linear")
    assert linear["p"].to_list() == [None]
    assert result.coefficients.is_empty()
    with pytest.raises(EvaluationError, match="3 configurations"):
        coefficient_tests(np.column_stack([np.ones(3), inputs[::3]]), y[::3], ["1", "a", "b"])


def test_two_measured_levels_bear_no_square():
    """Scatter around two levels is no third level, as with the coating weights of a real line."""
    grid, configurations = composite_design()
    inputs = grid[configurations].copy()
    inputs[:, 2] += 0.05 * np.random.default_rng(0).normal(size=len(inputs))
    y = inputs[:, 0] + np.random.default_rng(1).normal(size=len(inputs))

    result = significance(training_data(inputs, y, configurations))

    assert not any(term == "c²" for term in result.coefficients["term"])
    assert any(term == "a²" for term in result.coefficients["term"])


@pytest.mark.parametrize("seed", range(5))
def test_the_tests_and_the_polynomial_have_the_same_squares(seed: int):
    """Whatever is measured and whatever is set: one rule tells which terms there are."""
    rng = np.random.default_rng(seed)
    grid, configurations = composite_design()
    inputs = grid[configurations] + rng.choice([0.0, 0.05, 0.3], 3) * rng.normal(size=(54, 3))
    data = training_data(inputs, rng.normal(size=54), configurations)

    terms = set(significance(data).coefficients["term"])

    assert tune(data, "polynomial")["quadratic"] == [f"{name}²" in terms for name in "abc"]


def test_uneven_replicates_of_a_decimal_level_are_one_level():
    """Rounding in a mean must not make a third level out of two."""
    levels = np.array([0.1, 0.1, 0.3, 0.3])
    counts = [2, 3, 6, 7]
    configurations = np.repeat(np.arange(4), counts)
    inputs = levels[configurations][:, None]
    y = np.random.default_rng(0).normal(size=len(inputs))

    result = significance(training_data(inputs, y, configurations))

    assert "a²" not in set(result.coefficients["term"])


def test_sums_of_squares_add_up():
    """Groups and residual make the total, whatever the order of magnitude of the inputs."""
    groups, y, configurations = chem_react()

    rows = analysis_of_variance(groups, y, configurations)

    assert all(one.sum_of_squares >= 0.0 for one, _ in pairwise(rows))
    parts = [row.sum_of_squares for row in rows if row.source in {*groups, "residual"}]
    assert sum(parts) == pytest.approx(rows[-1].sum_of_squares)
