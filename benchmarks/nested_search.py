"""An honest score of a random forest, beside scikit-learn's own way to the same numbers.

Both leave out one of 18 configurations after the other, search the same two candidates by five
grouped folds with 15 trees in each training set, and fit 60 trees: the real calendering study,
discharge capacity at 5C. The peer is what a notebook does: GridSearchCV with GroupKFold, inside
LeaveOneGroupOut.

Run: OMP_NUM_THREADS=1 python benchmarks/nested_search.py [pairs]
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import GridSearchCV, GroupKFold, LeaveOneGroupOut

from electrodoe.dataset import TrainingData, assemble, leave_one_configuration_out
from electrodoe.evaluate import r_squared
from electrodoe.ingest import read_table
from electrodoe.models import choose, fit
from electrodoe.study import read_study

EXAMPLE = Path(__file__).parents[1] / "examples" / "calendering-nmc622"


def ours(data: TrainingData) -> NDArray[np.float64]:
    """Return left-out predictions by this package."""
    predicted = np.empty(data.n_samples)
    for test in leave_one_configuration_out(data.configurations):
        train = data.take(~test)
        chosen = choose(train, "random_forest", width=2)
        predicted[test] = fit(train, "random_forest", chosen).predict(data.inputs[test])
    return predicted


def peers(data: TrainingData) -> NDArray[np.float64]:
    """Return left-out predictions by scikit-learn's GridSearchCV."""
    predicted = np.empty(data.n_samples)
    groups = data.configurations
    for train, test in LeaveOneGroupOut().split(data.inputs, data.response, groups):
        search = GridSearchCV(
            RandomForestRegressor(15, random_state=0),
            {"min_samples_leaf": [1, 3]},
            cv=GroupKFold(5),
            scoring="neg_mean_squared_error",
            refit=False,
        ).fit(data.inputs[train], data.response[train], groups=groups[train])
        forest = RandomForestRegressor(60, random_state=0, **search.best_params_)
        forest.fit(data.inputs[train], data.response[train])
        predicted[test] = forest.predict(data.inputs[test])
    return predicted


def main(n_pairs: int = 3) -> None:
    """Print CPU seconds of both, the ratio, and that both say the same."""
    study = read_study(EXAMPLE)
    table = read_table(EXAMPLE / study.measurements.table, study.measurements)
    data = assemble(study, table).training_data("discharge_capacity_5c_mah", "product")
    ratios = []
    for _ in range(n_pairs):
        seconds = []
        for method in (ours, peers):
            start = time.process_time()
            score = r_squared(data.response, method(data))
            seconds.append(time.process_time() - start)
            print(f"{method.__name__:<6} {seconds[-1]:6.2f} s CPU, pooled R² {score:.3f}")
        ratios.append(seconds[1] / seconds[0])
    print(f"scikit-learn / electrodoe, median of {n_pairs} pairs: {statistics.median(ratios):.1f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
