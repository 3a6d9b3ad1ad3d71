"""Levels, a category, whole plots or blocks, a limit, existing runs and extra runs, all at once."""

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies.plan_requests import (
    BINDER,
    LOADING,
    TEMPERATURE,
    CombinedRequest,
    combined_requests,
)

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.planning import Planned, plan_runs
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.study import declare_study

_REQUESTS = st.booleans().flatmap(lambda is_hard: combined_requests(is_hard=is_hard))


def _planned(asked: CombinedRequest) -> Planned:
    """Return the plan, from the study as a person would have declared it."""
    existing = None
    if asked.existing:
        groups = np.zeros(len(asked.existing), dtype=np.int64)
        existing = ExistingRuns(design=asked.existing_coded, groups=groups)
    return plan_runs(declare_study(asked.declared, "here"), existing)


def _model_rows(rows: list[tuple[float, float, str]]) -> np.ndarray:
    """Return the quadratic model of loading, temperature and binder, typed out."""
    a = np.array([(row[0] - 9.5) / 1.5 for row in rows])
    t = np.array([(row[1] - 60.0) / 10.0 for row in rows])
    b = np.array([1.0 if row[2] == BINDER[0] else -1.0 for row in rows])
    return np.column_stack([np.ones(len(a)), a, t, b, a * t, a * b, t * b, a * a, t * t])


def _mean_variance(frame: pl.DataFrame, column: str, most: float) -> float:
    """Return I from the written table alone, over the levels that the limit leaves."""
    X = _model_rows(frame.select("loading", "temperature", "binder").rows())
    groups = frame[column].to_numpy()
    V = np.eye(len(X)) + (groups[:, None] == groups)
    allowed = [row for row in product(LOADING, TEMPERATURE, BINDER) if row[0] + row[1] <= most]
    F = _model_rows(allowed)
    C = np.linalg.inv(X.T @ np.linalg.solve(V, X))
    return float(np.mean(np.sum((F @ C) * F, axis=1)))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(_REQUESTS)
def test_a_plan_keeps_everything_that_was_asked_for_at_once(asked: CombinedRequest) -> None:
    """Sizes, limit, levels, whole plots, purposes, existing runs, order of repeats; and I."""
    planned = _planned(asked)
    frame = planned.plan.frame
    column = "block" if frame["whole_plot"].null_count() else "whole_plot"
    groups = frame.group_by(column, maintain_order=True)
    purposes = frame["purpose"].to_list()
    n_repeats = purposes.count("replicate") - asked.counts["replicate"]

    assert sorted(groups.len()["len"].to_list()) == sorted(asked.sizes)
    assert frame[column].to_list() == sorted(frame[column].to_list())
    new = frame.filter(pl.col("purpose") != "existing")
    assert (new["loading"] + new["temperature"]).max() <= asked.most
    assert set(frame["loading"]) <= set(LOADING)
    assert set(frame["temperature"]) <= set(TEMPERATURE)
    assert column == "block" or (groups.n_unique()["temperature"] == 1).all()
    assert frame.select("loading", "temperature", "binder").head(len(asked.existing)).rows() == [
        (loading, temperature, BINDER[binder]) for loading, temperature, binder in asked.existing
    ]
    assert purposes[: len(asked.existing)] == ["existing"] * len(asked.existing)
    assert purposes.count("center") == asked.counts["center"]
    assert purposes.count("lack_of_fit") == asked.counts["lack_of_fit"]
    assert n_repeats in (asked.sizes if asked.n_repeats else [0])
    for row in frame.filter(pl.col("purpose") == "center").iter_rows(named=True):
        assert (row["temperature"], row["binder"]) == (60.0, "CMC")
    for row in frame.filter(pl.col("purpose") == "replicate").iter_rows(named=True):
        assert row["replicate_of"] < row["run"]
    evaluation = evaluate_plan(
        PlanModel(region=planned.region, terms=planned.terms, groups=planned.groups),
        planned.design,
        with_bound=False,
    )
    by_hand = _mean_variance(frame, column, asked.most)
    assert evaluation.value("i_grid") == pytest.approx(by_hand, abs=1e-9)
    if planned.costs:
        assert planned.costs["goal_with_extra_runs"] == pytest.approx(by_hand, abs=1e-9)
    between = evaluation.pure_error_degrees_of_freedom_between_groups
    assert evaluation.pure_error_degrees_of_freedom >= asked.counts["replicate"]
    assert between is not None
    assert between >= asked.n_repeats
