"""What drives a response is said in the order that is true, or not said to be sure."""

import polars as pl
import pytest

from electrodoe.dataset import assemble
from electrodoe.explain import explain
from electrodoe.models import fit, tune
from end_to_end.conftest import Played, Recorder

CLOSE = 1.5
"""Ratio of two true Sobol indices up to which 17 runs may mistake their order."""
TARGETS = [
    "adhesion_strength_kpa",
    "ionic_resistance_ohm",
    "tortuosity",
    "discharge_capacity_c10_mah",
    "discharge_capacity_3c_mah",
    "discharge_capacity_5c_mah",
    "discharge_capacity_5c_mah_g",
]


@pytest.mark.parametrize("target", TARGETS)
def test_an_order_that_is_separated_is_the_true_one(
    anode: Played, target: str, record_property: Recorder
):
    """Bands of the configuration bootstrap that do not overlap contradict no true Sobol index.

    An input that is first in most bootstraps is the true first, or close behind it: a fraction of
    bootstraps is a probability, and nobody tells .41 from .56 of the variance by 17 runs each time.
    """
    dataset = assemble(anode.condensed.study, anode.condensed.table)
    data = dataset.training_data(target, "product")
    settings = tune(data, "ridge_quadratic", width=1, seed=1)
    model = fit(data, "ridge_quadratic", settings, seed=1)

    found = explain(data, model, n_bootstraps=30, seed=1).importances.filter(method="shapley")

    true = dict(anode.truth("sobol").filter(target=target).select("factor", "total").rows())
    bands = {row["input"]: (row["low"], row["high"]) for row in found.iter_rows(named=True)}
    wrong = [
        (above, below)
        for above in bands
        for below in bands
        if bands[above][0] > bands[below][1] and true[above] < true[below]
    ]
    assert wrong == []
    first = found.sort("value", descending=True).row(0, named=True)
    if first["p_rank_1"] >= 0.8:  # in 8 of 10 bootstraps, and so wrong at times where two are close
        record_property("sure and right", int(first["input"] == max(true, key=true.__getitem__)))
        assert true[first["input"]] >= max(true.values()) / CLOSE
    assert found.height == len(true) == pl.Series(list(true)).n_unique()
