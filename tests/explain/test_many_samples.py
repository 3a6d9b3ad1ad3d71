"""Of many samples an even fraction is explained, and what is said of it holds for all."""

from collections.abc import Callable

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.explain import explain
from electrodoe.explain.explanation import MOST_EXPLAINED
from electrodoe.explain.measures import MOST_CONFIGURATIONS
from electrodoe.models import fit

Study = Callable[..., TrainingData]


def test_an_even_fraction_of_many_samples_is_explained(study: Study) -> None:
    """500 of 800, with all 80 configurations; each adds up to its prediction."""
    data = study(lambda x: 3.0 * x[:, 0] - x[:, 1], n_configurations=80, n_replicates=10)
    assert data.n_configurations > MOST_CONFIGURATIONS
    model = fit(data, "mlr", {})

    found = explain(data, model, n_bootstraps=2, seed=0)

    n_inputs = len(data.input_names)
    rows = found.shapley["row"].unique().to_list()
    owners = dict(zip(data.sample_names, data.configurations.tolist(), strict=True))
    sizes = np.bincount([owners[row] for row in rows])
    assert found.shapley.height == MOST_EXPLAINED * n_inputs
    assert sizes.min() >= 6
    assert sizes.max() <= 7
    sums = found.shapley.group_by("row").agg(
        pl.col("shapley_value").sum() + pl.col("base").first() - pl.col("prediction").first()
    )
    np.testing.assert_allclose(sums["shapley_value"], 0.0, atol=1e-9)
