"""A split that does not determine a model refuses no family: plans keep their quadratic."""

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.errors import ModelError
from electrodoe.evaluate import evaluate, on_common_rows, unscored_findings

PLANS = {
    "Box-Behnken, 3 factors": (box_behnken(3), 3),
    "Box-Behnken, 4 factors": (box_behnken(4), 3),
    "central composite, 3 factors": (central_composite(3), 6),
    "central composite, 4 factors": (central_composite(4), 6),
    "face-centered, 3 factors": (np.clip(central_composite(3), -1.0, 1.0), 3),
}


def _measured(plan: str, seed: int) -> TrainingData:
    """Return a plan with its centers and a random quadratic truth (simulated)."""
    points, n_centers = PLANS[plan]
    points = points[np.abs(points).sum(axis=1) > 0.0]
    runs = np.vstack([points, np.zeros((n_centers, points.shape[1]))])
    generator = np.random.default_rng(seed)
    first, second = np.triu_indices(runs.shape[1])
    truth = runs @ generator.normal(0.0, 3.0, runs.shape[1])
    truth = truth + (runs[:, first] * runs[:, second]) @ generator.normal(0.0, 3.0, len(first))
    _, configurations = np.unique(runs, axis=0, return_inverse=True)
    return TrainingData(
        scenario="all",
        response_name="yield_pct",
        input_names=tuple(f"x{number}" for number in range(runs.shape[1])),
        inputs=runs,
        response=80.0 + truth + generator.normal(0.0, 0.5, len(runs)),
        configurations=configurations.ravel(),
        sample_names=tuple(f"s{number}" for number in range(len(runs))),
    )


@pytest.mark.parametrize("plan", PLANS)
def test_a_textbook_plan_keeps_the_quadratic_it_was_made_for(plan: str):
    """Ten studies each; the plan determines ten or fifteen terms, and so do enough of its splits.

    R² on left-out runs is high where noise is a tenth of the signal: the truth is a quadratic.
    """
    for seed in range(10):
        row = evaluate(_measured(plan, seed), "polynomial", n_repeats=10, seed=seed).summary

        assert row["r2_loco"][0] > 0.5
        assert np.isfinite(row["r2_train"][0])


def test_without_its_center_a_box_behnken_plan_has_no_quadratic():
    """x₁² + x₂² + x₃² is 2 on every edge: the center's rows are not scored, and nobody's are."""
    data = _measured("Box-Behnken, 3 factors", 0)
    found = [evaluate(data, family, n_repeats=5) for family in ("mlr", "polynomial")]
    summary = pl.concat([each.summary for each in found])
    predictions = pl.concat([each.predictions for each in found])

    evaluation, shared = on_common_rows(summary, predictions, [data])
    (finding,) = unscored_findings(evaluation, shared)

    assert found[0].predictions.filter(split="loco").height == 15
    assert shared.filter(split="loco").group_by("family").len()["len"].to_list() == [12, 12]
    assert finding.code == "S211"
    assert "3 of 15 rows (s12, s13, s14)" in finding.what
    assert evaluation["r2_loco"][0] != summary["r2_loco"][0]
    assert evaluation["r2_loco"][1] == pytest.approx(summary["r2_loco"][1])


def test_families_with_the_same_rows_are_left_as_they_are():
    """To the last bit."""
    data = _measured("central composite, 3 factors", 0)
    found = [evaluate(data, family, n_repeats=3) for family in ("mlr", "polynomial")]
    tables = [pl.concat([each.summary for each in found])]
    tables.append(pl.concat([each.predictions for each in found]))

    evaluation, predictions = on_common_rows(tables[0], tables[1], [data])

    assert evaluation.equals(tables[0])
    assert predictions.equals(tables[1])
    assert unscored_findings(evaluation, predictions) == []


def test_a_plan_too_small_for_the_model_is_still_refused():
    """Four settings of two factors hold no quadratic."""
    inputs = np.repeat([[-1.0, -1], [-1, 1], [1, -1], [1, 1]], 3, axis=0)
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "b"),
        inputs=inputs,
        response=np.random.default_rng(0).normal(size=12),
        configurations=np.repeat(np.arange(4), 3),
        sample_names=tuple("abcdefghijkl"),
    )

    with pytest.raises(ModelError):
        evaluate(data, "polynomial")
