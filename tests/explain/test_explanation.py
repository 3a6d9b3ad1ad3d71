"""An explanation is complete, adds up, and does not depend on the order of the rows."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import ExplanationError
from electrodoe.explain import (
    EFFECT_SCHEMA,
    EXPLANATION_SCHEMA,
    INTERACTION_SCHEMA,
    SHADOW,
    SHAPLEY_SCHEMA,
    explain,
)
from electrodoe.models import families_of, fit, tune

METHODS = {
    "mlr": {"coefficient", "permutation", "shapley"},
    "random_forest": {"mdi", "permutation", "shapley"},
    "extra_trees": {"mdi", "permutation", "shapley"},
    "xgboost": {"mdi", "permutation", "shapley"},
}


@pytest.mark.parametrize("family", families_of("number"))
def test_every_family_is_explained(factorial, family):
    """Every method that applies is there, and the input that matters comes first."""
    model = fit(factorial, family, tune(factorial, family, width=1))

    result = explain(factorial, model, n_bootstraps=4, seed=0)

    EXPLANATION_SCHEMA.check(result.importances)
    SHAPLEY_SCHEMA.check(result.shapley)
    INTERACTION_SCHEMA.check(result.interactions)
    EFFECT_SCHEMA.check(result.effects)
    methods = set(result.importances["method"].unique())
    assert methods == METHODS.get(family, {"permutation", "shapley"})
    assert set(result.importances.filter(pl.col("rank") == 1)["input"]) == {"a"}
    assert result.importances["p_rank_1"].is_between(0.0, 1.0).all()
    assert (result.importances["low"] <= result.importances["high"]).all()


def test_shapley_values_add_up_to_the_prediction(factorial):
    """Values of a sample and the base make the prediction."""
    model = fit(factorial, "mlr", {})

    table = explain(factorial, model, n_bootstraps=0, seed=0).shapley

    sums = table.group_by("row").agg(
        pl.col("shapley_value").sum() + pl.col("base").first() - pl.col("prediction").first()
    )
    assert sums["shapley_value"].abs().max() < 1e-12
    assert table.height == factorial.n_samples * 3


def test_importance_is_the_mean_size_of_the_values_in_the_table(factorial):
    """The number that is ranked can be computed from the bee swarm."""
    result = explain(factorial, fit(factorial, "mlr", {}), n_bootstraps=0, seed=0)

    means = result.shapley.group_by("input", maintain_order=True).agg(
        pl.col("shapley_value").abs().mean()
    )
    shapley = result.importances.filter(pl.col("method") == "shapley")
    np.testing.assert_allclose(shapley["value"], means["shapley_value"])


@pytest.mark.parametrize("family", ["mlr", "random_forest", "xgboost"])
def test_shuffled_rows_give_the_same_bits(factorial, family):
    """An explanation does not know in which order the samples were written down."""
    hyperparameters = tune(factorial, family, width=1)
    shuffled = factorial.take(np.random.default_rng(1).permutation(factorial.n_samples))

    one, other = (
        explain(data, fit(data, family, hyperparameters), n_bootstraps=3, seed=5)
        for data in (factorial, shuffled)
    )

    for name in ("importances", "shapley", "interactions", "effects"):
        assert getattr(one, name).equals(getattr(other, name)), name


def test_without_bootstraps_the_bands_are_null(factorial):
    """No refit, no band: null rather than a number that means nothing."""
    table = explain(factorial, fit(factorial, "mlr", {}), n_bootstraps=0, seed=0).importances

    assert table.select("low", "high", "p_rank_1").null_count().row(0) == (9, 9, 9)


def test_too_few_configurations_for_a_band_are_counted(factorial):
    """A quadratic on six distinct configurations cannot be refitted on drawn ones."""
    settings = np.array([[-1.0, -1], [1, -1], [-1, 1], [1, 1], [0, 0], [0, 1], [1, 0]])
    data = replace(
        factorial.take(np.arange(14)),
        input_names=("a", "b"),
        inputs=settings.repeat(2, axis=0),
        configurations=np.arange(7).repeat(2),
    )
    model = fit(data, "polynomial", {"quadratic": [True, True]})

    result = explain(data, model, n_bootstraps=20, seed=0)

    assert result.n_refused > 20
    assert result.importances["low"].null_count() == result.importances.height


def test_the_shadow_has_a_row_in_mdi_only(factorial):
    """The shadow is a yardstick of impurity, not an input."""
    model = fit(factorial, "random_forest", tune(factorial, "random_forest", width=1))

    table = explain(factorial, model, n_bootstraps=0, seed=0).importances

    assert table.filter(pl.col("input") == SHADOW)["method"].to_list() == ["mdi"]


def with_c_beside_a(factorial):
    """Return the factorial with a third input that moves with the first (VIF 17)."""
    inputs = factorial.inputs.copy()
    inputs[:, 2] += 4.0 * inputs[:, 0]
    return replace(factorial, inputs=inputs)


def test_inputs_that_all_move_together_are_refused(factorial):
    """The explanation itself checks whether it may be given."""
    data = with_c_beside_a(factorial)
    pair = replace(data, inputs=data.inputs[:, [0, 2]], input_names=("a", "c"))

    with pytest.raises(ExplanationError, match=r"follows from the other inputs .* 'a' and 'c'"):
        explain(pair, fit(pair, "mlr", {}), n_bootstraps=0, seed=0)


def test_inputs_that_move_together_count_as_one(factorial):
    """However a model shares 5 a between a and c = 4 a + c, the group has the effect of both."""
    data = with_c_beside_a(factorial)
    alone = explain(factorial, fit(factorial, "mlr", {}), n_bootstraps=0, seed=0)

    result = explain(data, fit(data, "mlr", {}), n_bootstraps=5, seed=0)

    sizes = dict(
        result.importances.filter(pl.col("method") == "shapley").select("input", "value").rows()
    )
    assert set(sizes) == {"a + c", "b"}
    assert "coefficient" not in set(result.importances["method"])
    of_a = alone.importances.filter(pl.col("method") == "shapley", pl.col("input") == "a")
    assert sizes["a + c"] == pytest.approx(
        of_a["value"][0], rel=0.02
    )  # c alone does next to nothing
    sums = result.shapley.group_by("row").agg(
        pl.col("shapley_value").sum() + pl.col("base").first() - pl.col("prediction").first()
    )
    assert sums["shapley_value"].abs().max() < 1e-9
    assert result.shapley.filter(pl.col("input") == "a + c")["input_value"].null_count() == 54
    assert set(result.effects["input"]) == {"a", "b", "c"}


@pytest.mark.parametrize("family", ["mlr", "random_forest"])
def test_courses_have_the_band_of_their_refits(factorial, family):
    """5 a between -1 and 1 rises by 10; its band holds that and is not wide."""
    model = fit(factorial, family, tune(factorial, family, width=1))

    curve = explain(factorial, model, n_bootstraps=20, seed=0).effects.filter(input="a")

    assert (curve["low"] <= curve["high"]).all()
    assert (curve["high"] - curve["low"]).max() < 3.0
    assert curve["low"][-1] <= curve["effect"][-1] <= curve["high"][-1] or family != "mlr"


def test_a_single_input_is_explained(factorial):
    """One input has no pairs and takes all."""
    data = replace(factorial, inputs=factorial.inputs[:, :1], input_names=("a",))

    result = explain(data, fit(data, "mlr", {}), n_bootstraps=3, seed=0)

    assert result.interactions.is_empty()
    assert result.importances["rank"].to_list() == [1, 1, 1]


def test_a_slope_ranks_by_its_size_and_keeps_its_sign(factorial):
    """A response that falls with the input that matters most still has it first."""
    falling = replace(factorial, response=-factorial.response)

    table = explain(falling, fit(falling, "mlr", {}), n_bootstraps=5, seed=0).importances

    row = table.filter(pl.col("method") == "coefficient").row(0, named=True)
    assert (row["input"], row["rank"], row["p_rank_1"]) == ("a", 1, 1.0)
    assert row["value"] < 0.0
    assert row["low"] <= row["high"] < 0.0
