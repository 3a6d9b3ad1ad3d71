"""VIF, power, aliases and leverage against other ways to find them."""

import numpy as np
import polars as pl
import pytest
from tests.design.problems import axes_of

from electrodoe.design.assessment.diagnostics import (
    alias_table,
    distinct_pairs,
    leverages,
    term_correlations,
    term_table,
)
from electrodoe.design.classical.response_surface import central_composite
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.region import region_of


def _model(levels, model="quadratic", **grouping) -> PlanModel:
    hard = grouping.pop("hard", ())
    region = region_of(axes_of(levels, hard))
    return PlanModel(region=region, terms=model_terms(model, region.axes), **grouping)


def _terms(model: PlanModel, design: np.ndarray) -> pl.DataFrame:
    return term_table(model, design, model.covariance(design))


def test_vif_is_one_over_what_the_other_terms_leave() -> None:
    """1 / (1 - R^2) of each column regressed on the others."""
    model = _model([None, None, None])
    design = np.random.default_rng(1).uniform(-1.0, 1.0, (16, 3))
    X = model.terms.matrix(design)
    expected = []
    for column in range(1, X.shape[1]):
        y, others = X[:, column], np.delete(X, column, axis=1)
        left = y - others @ np.linalg.lstsq(others, y, rcond=None)[0]
        expected.append(np.sum((y - y.mean()) ** 2) / np.sum(left**2))

    found = _terms(model, design)["vif"]

    assert found[0] is None
    np.testing.assert_allclose(found[1:], expected, rtol=1e-9)


def test_correlations_are_those_of_the_columns() -> None:
    """As numpy has them, the intercept left out."""
    model = _model([None, ("p", "q", "r")])
    design = np.column_stack([np.linspace(-1, 1, 12) ** 3, np.arange(12) % 3])

    found = term_correlations(model.terms, design)

    expected = np.corrcoef(model.terms.matrix(design)[:, 1:].T)
    np.testing.assert_allclose(found["r"].to_numpy().reshape(expected.shape), expected, atol=1e-12)
    assert found["term"][0] == found["other"][0] == "a"


def test_power_is_that_of_the_t_test() -> None:
    """Two groups of ten, a difference of one standard deviation: .562 (Cohen 1988, 2.3.5: .56)."""
    model = _model([2], model="linear")
    design = np.repeat([[-1.0], [1.0]], 10, axis=0)

    terms = _terms(model, design)

    assert terms["power_half_sigma"][1] == pytest.approx(0.562, abs=2e-3)
    assert terms["standard_error"][1] == pytest.approx(1.0 / np.sqrt(20.0))


def test_power_is_the_fraction_of_simulated_studies_that_find_the_term() -> None:
    """Five runs, two degrees of freedom, 40,000 drawn responses."""
    from scipy.stats import t

    model = _model([None, None], model="linear")
    design = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [0.3, 0.1]])
    X = model.terms.matrix(design)
    y = X @ [0.0, 2.0, 0.0] + np.random.default_rng(3).normal(size=(40_000, 5))
    coefficients = y @ np.linalg.pinv(X).T
    variance = np.sum((y - coefficients @ X.T) ** 2, axis=1) / 2.0
    error = np.sqrt(variance * np.linalg.inv(X.T @ X)[1, 1])
    fraction = np.mean(np.abs(coefficients[:, 1]) / error > t.ppf(0.975, 2))

    found = _terms(model, design)

    assert found["degrees_of_freedom"].to_list() == [2, 2, 2]
    assert found["power_2_sigma"][1] == pytest.approx(fraction, abs=8e-3)


def test_a_plan_without_spare_runs_has_no_power() -> None:
    """As many runs as terms: null, not zero."""
    terms = _terms(_model([3]), np.array([[-1.0], [0.0], [1.0]]))

    assert terms["degrees_of_freedom"].to_list() == [0, 0, 0]
    assert terms["power_2_sigma"].null_count() == 3


def test_a_huge_plan_has_full_power_and_no_gap() -> None:
    """Effects of hundreds of standard errors: one, never a missing number."""
    terms = _terms(_model([2], model="linear"), np.repeat([[-1.0], [1.0]], 500, axis=0))

    assert terms.select(pl.col("^power.*$")).to_numpy().min() == pytest.approx(1.0)


def test_terms_of_the_hard_factor_are_tested_between_whole_plots() -> None:
    """Six resets; three terms that only resets can tell."""
    groups = np.repeat(np.arange(6), 3)
    model = _model([None, None], hard=[0], groups=groups, variance_ratio=2.0)
    design = np.column_stack(
        [np.repeat([-1.0, 0.0, 1.0, -1.0, 0.0, 1.0], 3), np.tile([-1.0, 0.0, 1.0], 6)]
    )

    found = dict(_terms(model, design).select("term", "degrees_of_freedom").iter_rows())

    assert found == {"1": 3, "a": 3, "b": 9, "a × b": 9, "a²": 3, "b²": 9}


def test_leverages_are_the_diagonal_of_the_hat_matrix() -> None:
    """They add up to the number of terms, correlated runs or not."""
    design = np.vstack([central_composite(2), np.zeros((3, 2))])
    for groups in (None, np.arange(len(design)) // 4):
        model = _model([None, None], groups=groups)
        X = model.terms.matrix(design)
        Z = np.zeros((len(X), len(X))) if groups is None else groups[:, None] == groups
        precision = np.linalg.inv(np.eye(len(X)) + 1.0 * Z)
        hat = X @ np.linalg.inv(X.T @ precision @ X) @ X.T @ precision

        found = leverages(model, design, model.covariance(design))["leverage"]

        np.testing.assert_allclose(found, np.diag(hat), atol=1e-12)
        assert found.sum() == pytest.approx(6.0)


def test_aliases_are_what_a_left_out_term_does() -> None:
    """Fitted to a pure interaction, a linear model's coefficients shift by the alias."""
    model = _model([None, None], model="linear")
    design = np.random.default_rng(2).uniform(-1.0, 1.0, (9, 2))
    X = model.terms.matrix(design)
    shift = np.linalg.lstsq(X, design[:, 0] * design[:, 1], rcond=None)[0]

    aliases = alias_table(model, design, model.covariance(design))
    found = {term: c for term, other, c in aliases.iter_rows() if other == "a × b"}

    assert [found[name] for name in ("1", "a", "b")] == pytest.approx(shift.tolist())


@pytest.mark.parametrize(
    ("formula", "levels", "expected"),
    [
        ("linear", [None, 2], {"a × b", "a²"}),
        ("a*b", [None, None], {"a²", "b²"}),
        ("quadratic", [3, None], {"a² × b", "a × b²", "b³"}),
        ("quadratic", [2, ("p", "q")], set()),
    ],
)
def test_aliases_are_sought_in_the_terms_that_the_model_lacks(
    formula: str, levels, expected: set[str]
) -> None:
    """Of its own degree first, else of the next, and only what the levels can distinguish."""
    model = _model(levels, model=formula)
    design = model.region.sample(40, np.random.default_rng(0))

    aliases = alias_table(model, design, model.covariance(design))

    assert set(aliases["other"]) == expected


def test_sixteen_factors_have_aliases_too() -> None:
    """969 left-out terms are more than a model may have, and no obstacle here."""
    model = _model([None] * 16, model="interactions")
    design = model.region.sample(150, np.random.default_rng(0))

    aliases = alias_table(model, design, model.covariance(design))

    assert aliases["other"].n_unique() == 16


def test_pairs_count_different_settings() -> None:
    """Repeats once, rounding aside."""
    design = np.array([[-1.0, 0.0, 1.0], [-1.0, 0.0, -1.0], [-1.0 + 1e-12, 0.0, 1.0]])

    found = distinct_pairs(_model([None] * 3), design)

    assert found.rows() == [("a", "b", 1), ("a", "c", 2), ("b", "c", 2)]
