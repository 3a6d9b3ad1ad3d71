"""The folds of a search grown side by side give what boosters of their own give, to the bit."""

import numpy as np
import pytest

from electrodoe.models import boosted_folds
from electrodoe.models.boosted_folds import one_by_one, rounds_of, side_by_side
from electrodoe.models.family import Search
from electrodoe.models.tuning import search_folds

STEPS = [5, 10, 30]


def search(seed: int, *, n_samples: int = 60, is_measured: bool = False) -> Search:
    """Return replicates of a dozen runs, each at the run's settings or at measured ones."""
    rng = np.random.default_rng(seed)
    configurations = np.sort(np.arange(n_samples) % 12)
    inputs = rng.integers(-2, 3, size=(12, 2 + seed % 3))[configurations].astype(np.float64)
    if is_measured:
        inputs += rng.normal(0.0, 0.1, inputs.shape)
    response = inputs[:, 0] + inputs[:, 1] ** 2 + rng.normal(0.0, 0.3, n_samples)
    return Search(
        inputs=inputs, response=response, configurations=configurations, width=2, seed=seed
    )


@pytest.mark.parametrize("max_depth", [1, 2, 4])
@pytest.mark.parametrize("is_measured", [False, True], ids=["planned", "measured"])
@pytest.mark.parametrize("seed", range(3))
def test_an_output_sees_nothing_of_its_fold(seed: int, max_depth: int, *, is_measured: bool):
    asked = search(seed, is_measured=is_measured)
    folds = search_folds(asked)
    candidate = {"max_depth": max_depth, "eta": 0.2, "min_child_weight": 1 + 2 * (seed % 2)}
    together, apart = side_by_side(asked, folds)(candidate), one_by_one(asked, folds)(candidate)
    for n_rounds in STEPS:
        assert np.array_equal(together.until(n_rounds), apart.until(n_rounds))


def test_candidates_share_samples_and_nothing_else():
    asked = search(0)
    grow = side_by_side(asked, search_folds(asked))
    candidates = [{"max_depth": depth, "eta": 0.2, "min_child_weight": 1} for depth in (1, 3)]
    before = grow(candidates[0]).until(10)
    grow(candidates[1]).until(10)
    assert np.array_equal(grow(candidates[0]).until(10), before)


def test_another_xgboost_grows_its_folds_one_by_one(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AttributeError

    monkeypatch.setattr(boosted_folds, "_call", refuse)
    boosted_folds._is_same_side_by_side.cache_clear()
    asked = search(1)
    candidate = {"max_depth": 2, "eta": 0.2, "min_child_weight": 1}
    found = rounds_of(asked, search_folds(asked))(candidate).until(10)
    boosted_folds._is_same_side_by_side.cache_clear()
    monkeypatch.undo()
    assert np.array_equal(found, rounds_of(asked, search_folds(asked))(candidate).until(10))
    assert boosted_folds._is_same_side_by_side()


def test_many_samples_are_grown_one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(boosted_folds, "side_by_side", None)
    asked = search(2, n_samples=301)
    rounds = rounds_of(asked, search_folds(asked))
    assert rounds({"max_depth": 1, "eta": 0.2, "min_child_weight": 1}).until(1).shape == (301,)
