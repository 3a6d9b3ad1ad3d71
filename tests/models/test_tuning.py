"""No search ever parts the replicates of a configuration."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from electrodoe.models import FAMILIES, Hyperparameters, Search, State
from electrodoe.models.tuning import best_by_grouped_folds, left_out_by_refitting, search_folds


def _search_of(configurations: list[int], seed: int) -> Search:
    numbers = np.array(configurations)
    return Search(
        inputs=numbers[:, None].astype(float),
        response=np.arange(len(numbers), dtype=float),
        configurations=numbers,
        width=1,
        seed=seed,
    )


configurations = st.lists(st.integers(0, 30), min_size=2, max_size=60).filter(
    lambda numbers: len(set(numbers)) > 1
)


@given(configurations, st.integers(0, 2**31), st.integers(2, 25))
def test_folds_keep_configurations_whole_and_cover_every_sample_once(
    numbers: list[int], seed: int, n_folds: int
) -> None:
    """Whatever the plan, the seed and the number of folds."""
    search = _search_of(numbers, seed)
    folds = search_folds(search, n_folds)

    assert np.all(np.sum(folds, axis=0) == 1)
    for test in folds:
        assert not set(search.configurations[test]) & set(search.configurations[~test])


@given(configurations, st.integers(0, 2**31))
def test_a_candidate_is_evaluated_on_configurations_it_has_not_seen(
    numbers: list[int], seed: int
) -> None:
    """A fit that remembers its configurations never meets one of them again."""

    def remember(
        inputs: NDArray[np.float64],
        response: NDArray[np.float64],
        hyperparameters: Hyperparameters,
        seed: int,
    ) -> State:
        return {"seen": inputs[:, 0]}

    def compare(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        assert not np.isin(inputs[:, 0], state["seen"]).any()
        return np.zeros(len(inputs))

    search = _search_of(numbers, seed)

    assert best_by_grouped_folds(search, [{"a": 1}, {"a": 2}], remember, compare) == {"a": 1}
    assert left_out_by_refitting(search, {}, remember, compare).tolist() == [0.0] * len(numbers)


@pytest.mark.parametrize(
    ("name", "key", "smooth"),
    [
        ("svm", "penalty", lambda penalty: penalty == 1.0),
        ("random_forest", "min_samples_leaf", lambda leaf: leaf == 3),
        ("xgboost", "n_rounds", lambda rounds: rounds <= 20),
        ("ridge_quadratic", "penalty", lambda penalty: penalty >= 30.0),
    ],
)
def test_a_search_is_not_deceived_by_replicates(
    name: str, key: str, smooth: Callable[[float], bool]
) -> None:
    """Where configurations differ at random, smooth candidates win in most draws."""
    rng = np.random.default_rng(4)
    n_smooth = 0
    for _ in range(9):
        inputs = np.repeat(rng.normal(size=(12, 3)), 4, axis=0)
        response = np.repeat(rng.normal(size=12), 4)
        search = Search(
            inputs=inputs,
            response=response - response.mean(),
            configurations=np.repeat(np.arange(12), 4),
            width=2,
            seed=0,
        )
        n_smooth += smooth(FAMILIES[name].tune(search)[key])

    assert n_smooth >= 5
