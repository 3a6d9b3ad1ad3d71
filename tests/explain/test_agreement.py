"""Agreement of rankings equals its textbook definitions."""

import numpy as np
import pytest
import scipy.stats

from electrodoe.explain import AGREEMENT_SCHEMA, EXPLANATION_SCHEMA, rank_agreement
from electrodoe.explain.agreement import kendall_w, mean_tau


def importances(sizes):
    """Return a table of importances from a mapping of family to values."""
    blank = {"low": None, "high": None, "rank": None, "p_rank_1": None}
    head = {"target": "y", "scenario": "product", "method": "shapley"}
    return EXPLANATION_SCHEMA.frame(
        [
            {**head, "family": family, "input": name, "value": value, **blank}
            for family, values in sizes.items()
            for name, value in zip("abc", values, strict=True)
        ]
    )


def test_families_that_agree_say_so():
    """Same order, other sizes: W and tau are one, everybody names the same input."""
    table = rank_agreement(importances({"mlr": [3, 2, 1], "svm": [9, 5, 4], "xgboost": [7, 6, 0]}))

    row = AGREEMENT_SCHEMA.check(table).row(0, named=True)
    assert (row["n_families"], row["kendall_w"], row["mean_tau"]) == (3, 1.0, 1.0)
    assert (row["top_input"], row["top_fraction"]) == ("a", 1.0)


def test_the_top_fraction_counts_families():
    """Two of three families put b first."""
    table = rank_agreement(importances({"mlr": [1, 2, 0], "svm": [0, 3, 2], "xgboost": [5, 1, 2]}))

    assert table.select("top_input", "top_fraction").row(0) == ("b", pytest.approx(2 / 3))


def test_w_equals_friedmans_statistic():
    """W is Friedman's χ² over m (n - 1), also with ties."""
    sizes = np.random.default_rng(0).integers(0, 4, size=(5, 6)).astype(float)
    chi_squared = scipy.stats.friedmanchisquare(*sizes.T).statistic

    assert kendall_w(sizes) == pytest.approx(chi_squared / (5 * 5))


def test_nothing_to_rank_is_null():
    """A single input, or families that use no input, have no agreement."""
    assert kendall_w(np.ones((2, 1))) is None
    assert kendall_w(np.zeros((2, 3))) is None
    assert mean_tau(np.zeros((2, 3))) is None


def test_a_single_family_has_no_row():
    """Agreement takes two."""
    assert rank_agreement(importances({"mlr": [3, 2, 1]})).is_empty()
