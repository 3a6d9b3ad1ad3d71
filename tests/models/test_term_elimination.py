"""Terms by p values: the textbook's steps with statsmodels' numbers, heredity, one answer."""

import numpy as np
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from tests.models.test_more_terms_than_settings import third_scenario

from electrodoe.dataset import leave_groups_out
from electrodoe.evaluate import evaluate
from electrodoe.models import fit, tune
from electrodoe.models.term_elimination import eliminate_terms
from electrodoe.models.term_selection import parents
from electrodoe.models.terms import quadratic_matrix, quadratic_names

ALL_THREE = np.ones(3, dtype=np.bool_)
NAMES = quadratic_names(["a", "b", "c"], ALL_THREE)


def kept_names(x: np.ndarray, y: np.ndarray, alpha: float = 0.1) -> list[str]:
    X = quadratic_matrix(x, ALL_THREE)
    return [NAMES[term] for term in eliminate_terms(X, y, ALL_THREE, alpha)]


def by_statsmodels(X: np.ndarray, y: np.ndarray, alpha: float) -> list[int]:
    """Return what a person does by hand: drop the largest p that heredity lets go."""
    built_of, kept = parents(ALL_THREE), list(range(10))
    while True:
        p = sm.OLS(y, X[:, kept]).fit().pvalues
        free = [
            (p[place], term)
            for place, term in enumerate(kept)
            if term and not any(term in built_of[other] for other in kept)
        ]
        if not free or max(free)[0] <= alpha:
            return kept
        kept.remove(max(free)[1])


@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.1, 0.3]))
def test_it_is_what_statsmodels_says_step_by_step(seed: int, alpha: float) -> None:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1.0, 1.0, (17, 3))
    y = 3.0 * x[:, 0] + 2.0 * x[:, 0] * x[:, 1] + rng.normal(size=17)
    X = quadratic_matrix(x, ALL_THREE)

    kept = eliminate_terms(X, y, ALL_THREE, alpha)

    assert kept == by_statsmodels(X, y, alpha)
    assert all(parents(ALL_THREE)[term] <= set(kept) for term in kept)


def test_the_unit_and_the_order_of_rows_change_nothing() -> None:
    rng = np.random.default_rng(8)
    x = rng.uniform(-1.0, 1.0, (17, 3))
    y = x[:, 0] - 2.0 * x[:, 1] ** 2 + rng.normal(0.0, 0.3, 17)
    order = rng.permutation(17)

    assert kept_names(x, y) == kept_names((4.0 * x + 1.5)[order], (10.0 * y + 300.0)[order])


def test_fewer_settings_than_terms_let_terms_enter() -> None:
    """Eight settings, ten terms: the square enters with the linear term it needs."""
    x = np.random.default_rng(6).uniform(-1.0, 1.0, (8, 3))

    kept = kept_names(x, 5.0 + x[:, 0] - 4.0 * x[:, 1] ** 2)

    assert {"b", "b²", "a"} <= set(kept)
    assert len(kept) < 8


def test_terms_are_chosen_by_the_rule_anew_without_every_run() -> None:
    """And the rule is remembered with the terms."""
    data = third_scenario()
    known = {"select": "p", "alpha": 0.05}
    predicted = np.empty(data.n_samples)
    for test in leave_groups_out(data.configurations):
        train = data.take(~test)
        chosen = tune(train, "reduced_polynomial", given=known)
        assert (chosen["select"], chosen["alpha"]) == ("p", 0.05)
        predicted[test] = fit(train, "reduced_polynomial", chosen).predict(data.inputs[test])

    scores = evaluate(data, "reduced_polynomial", n_repeats=2, given=known)

    left_out = scores.predictions.filter(split="loco")["predicted"].to_numpy()
    np.testing.assert_allclose(left_out, predicted, rtol=1e-9)
