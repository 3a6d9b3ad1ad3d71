"""An honest score of a forest and of an SVM, beside scikit-learn's own way to the same numbers.

Both leave out one of 18 configurations after the other, search the same candidates by five
grouped folds in each training set (two forests of 15 trees; nine SVMs), and fit the best (60
trees): the real calendering study, discharge capacity at 5C. The peer is what a notebook does:
GridSearchCV with GroupKFold, inside LeaveOneGroupOut. Every pair has a seed of its own, so that no
search of ours is remembered from the pair before.

Run: OMP_NUM_THREADS=1 python benchmarks/nested_search.py [pairs]
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import GridSearchCV, GroupKFold, LeaveOneGroupOut
from sklearn.svm import SVR

from electrodoe.dataset import TrainingData, assemble, leave_one_configuration_out
from electrodoe.evaluate import r_squared
from electrodoe.ingest import read_table
from electrodoe.models import fit, tune
from electrodoe.study import read_study

EXAMPLE = Path(__file__).parents[1] / "examples" / "calendering-nmc622"
PEERS: dict[str, tuple[BaseEstimator, dict[str, list[Any]], dict[str, Any]]] = {
    "random_forest": (
        RandomForestRegressor(15, random_state=0),
        {"min_samples_leaf": [3, 1]},
        {"n_estimators": 60},
    ),
    "svm": (SVR(epsilon=0.1), {"C": [1.0, 10.0, 100.0], "gamma": [0.05, 0.2, 0.8]}, {}),
}
"""Estimator of the search, its candidates, and what is changed for the final fit."""


def ours(family: str, seed: int, data: TrainingData) -> NDArray[np.float64]:
    """Return left-out predictions by this package."""
    predicted = np.empty(data.n_samples)
    for test in leave_one_configuration_out(data.configurations):
        train = data.take(~test)
        chosen = tune(train, family, width=2, seed=seed)
        predicted[test] = fit(train, family, chosen, seed=seed).predict(data.inputs[test])
    return predicted


def peers(family: str, data: TrainingData) -> NDArray[np.float64]:
    """Return left-out predictions by scikit-learn's GridSearchCV, of normalized numbers."""
    estimator, candidates, finally_set = PEERS[family]
    predicted = np.empty(data.n_samples)
    groups = data.configurations
    for train, test in LeaveOneGroupOut().split(data.inputs, data.response, groups):
        mean, scale = data.inputs[train].mean(axis=0), data.inputs[train].std(axis=0)
        X = (data.inputs - mean) / scale
        center, spread = data.response[train].mean(), data.response[train].std()
        y = (data.response - center) / spread
        search = GridSearchCV(
            estimator, candidates, cv=GroupKFold(5), scoring="neg_mean_squared_error", refit=False
        ).fit(X[train], y[train], groups=groups[train])
        best = clone(estimator).set_params(**search.best_params_, **finally_set)
        predicted[test] = center + spread * best.fit(X[train], y[train]).predict(X[test])
    return predicted


def seconds_of(
    name: str, method: Callable[[TrainingData], NDArray[np.float64]], data: TrainingData
) -> float:
    """Return CPU seconds of a method, and print them with the score that it finds."""
    start = time.process_time()
    score = r_squared(data.response, method(data))
    seconds = time.process_time() - start
    print(f"{name:<26} {seconds:6.2f} s CPU, pooled R² {score:.3f}")
    return seconds


def main(n_pairs: int = 3) -> None:
    """Print CPU seconds of both, the ratio, and that both say the same."""
    study = read_study(EXAMPLE)
    table = read_table(EXAMPLE / study.measurements.table, study.measurements)
    data = assemble(study, table).training_data("discharge_capacity_5c_mah", "product")
    for family in PEERS:
        ratios = []
        for pair in range(n_pairs):
            own = seconds_of(f"{family}, ours", partial(ours, family, pair), data)
            theirs = seconds_of(f"{family}, scikit-learn", partial(peers, family), data)
            ratios.append(theirs / own)
        middle = statistics.median(ratios)
        print(f"{family}: scikit-learn / electrodoe, median of {n_pairs} pairs: {middle:.1f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
