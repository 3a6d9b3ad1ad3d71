"""CPU of XGBoost's grouped folds: one booster with an output per fold, beside one booster each.

The real calendering study, discharge capacity at 5C, without each of its 18 configurations in turn;
five folds, both candidates of the usual search, all numbers of rounds. The peer is XGBoost by its
own public methods (``update`` and ``predict``). Both must predict the same to the bit.

Run: OMP_NUM_THREADS=1 python benchmarks/boosted_folds.py [pairs]
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import assemble, leave_one_configuration_out
from electrodoe.ingest import read_table
from electrodoe.models.boosted_folds import Folds, Rounds, one_by_one, side_by_side
from electrodoe.models.family import Hyperparameters, Search
from electrodoe.models.fitting import in_canonical_order, normalize
from electrodoe.models.tuning import search_folds
from electrodoe.study import read_study

EXAMPLE = Path(__file__).parents[1] / "examples" / "calendering-nmc622"
CANDIDATES = [{"max_depth": depth, "eta": 0.2, "min_child_weight": 1} for depth in (2, 4)]
STEPS = range(5, 61, 5)
Way = Callable[[Search, Folds], Callable[[Hyperparameters], Rounds]]


def searches() -> list[Search]:
    """Return what is searched without each configuration."""
    study = read_study(EXAMPLE)
    table = read_table(EXAMPLE / study.measurements.table, study.measurements)
    data = assemble(study, table).training_data("discharge_capacity_5c_mah", "product")
    trains = [
        in_canonical_order(data.take(~test))
        for test in leave_one_configuration_out(data.configurations)
    ]
    return [
        Search(
            inputs=normalize(train).inputs(train.inputs),
            response=normalize(train).response(train.response),
            configurations=train.configurations,
            width=2,
            seed=0,
        )
        for train in trains
    ]


def seconds_of(way: Way, asked: Sequence[Search]) -> tuple[float, list[NDArray[np.float32]]]:
    """Return CPU seconds of all paths, and what they predict."""
    start = time.process_time()
    predicted = []
    for search in asked:
        grow = way(search, search_folds(search))
        for candidate in CANDIDATES:
            rounds = grow(candidate)
            predicted += [rounds.until(step) for step in STEPS]
    return time.process_time() - start, predicted


def main(n_pairs: int = 3) -> None:
    """Print CPU seconds of both, and their ratio."""
    asked, ratios = searches(), []
    for _ in range(n_pairs):
        apart, theirs = seconds_of(one_by_one, asked)
        together, ours = seconds_of(side_by_side, asked)
        is_same = all(np.array_equal(*pair) for pair in zip(ours, theirs, strict=True))
        print(f"one by one {apart:.2f} s, side by side {together:.2f} s, same bits: {is_same}")
        ratios.append(apart / together)
    print(f"one by one / side by side, median: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
