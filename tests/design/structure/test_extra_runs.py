"""Center, replicate and lack-of-fit runs within whole plots and blocks."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from electrodoe.design.assessment.evaluation import PlanEvaluation, evaluate_plan
from electrodoe.design.assessment.extra_run_summary import extra_run_sentences
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.planning import Planned, plan_runs
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.errors import DesignError
from electrodoe.study import declare_study

pytestmark = pytest.mark.usefixtures("searches_are_shared")

LEVELS = [0, 1, 2, 3, 4]
PLAIN: dict[str, Any] = {name: {"levels": LEVELS} for name in "abc"}
HARD: dict[str, Any] = {**PLAIN, "a": {"levels": LEVELS, "hard_to_change": True}}
WHOLE_PLOTS: dict[str, Any] = {"runs": 24, "whole_plots": [4, 4, 4, 4, 4, 4], "starts": 20}
BLOCKS: dict[str, Any] = {"runs": 18, "blocks": [6, 7, 5], "starts": 20}


def _planned(
    factors: dict[str, Any],
    plan: dict[str, Any],
    existing: ExistingRuns | None = None,
    **extra: int,
) -> Planned:
    declared = {"title": "Extra runs", "factors": factors, "plan": {**plan, **extra}}
    return plan_runs(declare_study(declared, "here"), existing)


def _evaluated(planned: Planned) -> PlanEvaluation:
    model = PlanModel(region=planned.region, terms=planned.terms, groups=planned.groups)
    return evaluate_plan(model, planned.design, with_bound=False)


def test_center_runs_lie_in_every_block() -> None:
    """Four in three blocks: two in one of them, one in each of the others."""
    planned = _planned(PLAIN, BLOCKS, center_runs=4)
    center = planned.plan.frame.filter(pl.col("purpose") == "center")

    assert center.select("a", "b", "c").unique().rows() == [(2.0, 2.0, 2.0)]
    assert sorted(center["block"].value_counts()["count"].to_list()) == [1, 1, 2]
    assert planned.plan.frame["block"].value_counts().sort("block")["count"].to_list() == [6, 7, 5]
    assert _evaluated(planned).pure_error_degrees_of_freedom >= 1


def test_center_runs_lie_in_a_whole_plot_at_the_center() -> None:
    """Two of them, and what else the whole plot has room for is planned at that setting."""
    frame = _planned(HARD, WHOLE_PLOTS, center_runs=2).plan.frame
    center = frame.filter(pl.col("purpose") == "center")
    plot = frame.filter(pl.col("whole_plot") == center["whole_plot"][0])

    assert center["whole_plot"].n_unique() == 1
    assert plot["a"].to_list() == [2.0] * 4
    assert plot["purpose"].value_counts().sort("purpose").rows() == [("center", 2), ("planned", 2)]


def test_center_runs_that_fill_whole_plots_are_each_others_repeats() -> None:
    """Eight are two whole plots: three within each, and one between them."""
    evaluated = _evaluated(_planned(HARD, WHOLE_PLOTS, center_runs=8))

    assert evaluated.pure_error_degrees_of_freedom >= 6
    assert evaluated.pure_error_degrees_of_freedom_between_groups is not None
    assert evaluated.pure_error_degrees_of_freedom_between_groups >= 1


@pytest.mark.parametrize(("factors", "plan"), [(HARD, WHOLE_PLOTS), (PLAIN, BLOCKS)])
def test_a_replicate_stands_in_the_group_of_its_original(
    factors: dict[str, Any], plan: dict[str, Any]
) -> None:
    """And after it; each gives a degree of freedom of pure error within groups."""
    planned = _planned(factors, plan, replicate_runs=3)
    rows = {row["run"]: row for row in planned.plan.frame.iter_rows(named=True)}
    repeats = [row for row in rows.values() if row["purpose"] == "replicate"]
    originals = [rows[row["replicate_of"]] for row in repeats]

    assert len(repeats) == 3
    for key in ("whole_plot", "block", "a", "b", "c"):
        assert [row[key] for row in repeats] == [row[key] for row in originals]
    assert all(row["replicate_of"] < row["run"] for row in repeats)
    assert _evaluated(planned).pure_error_degrees_of_freedom >= 3


def test_a_repeat_is_where_it_costs_least() -> None:
    """No other run of a group with room leaves less of I when it is repeated instead."""
    planned = _planned(PLAIN, {"runs": 16, "blocks": [8, 8], "starts": 20}, replicate_runs=1)
    is_repeat = (planned.plan.frame["purpose"] == "replicate").to_numpy()
    assert planned.groups is not None
    group = planned.groups[is_repeat][0]
    model = PlanModel(region=planned.region, terms=planned.terms, groups=planned.groups)

    def i_with(run: np.ndarray) -> float:
        design = planned.design.copy()
        design[is_repeat] = run
        return float(np.sum(model.covariance(design) * planned.moments.matrix))

    others = planned.design[(planned.groups == group) & ~is_repeat]
    assert i_with(planned.design[is_repeat]) <= min(map(i_with, others)) + 1e-12


def test_a_repeated_whole_plot_has_the_runs_of_another() -> None:
    """Made after it, marked as its replicate, and one degree of freedom between whole plots."""
    planned = _planned(HARD, WHOLE_PLOTS, replicate_whole_plots=1)
    frame = planned.plan.frame
    repeat = frame.filter(pl.col("purpose") == "replicate")
    source = frame.filter(pl.col("run").is_in(repeat["replicate_of"].implode()))
    names = ["a", "b", "c"]

    assert repeat["whole_plot"].n_unique() == source["whole_plot"].n_unique() == 1
    assert source["whole_plot"][0] < repeat["whole_plot"][0]
    plot = frame.filter(pl.col("whole_plot") == source["whole_plot"][0])
    assert sorted(repeat.select(names).rows()) == sorted(plot.select(names).rows())
    between = _evaluated(planned).pure_error_degrees_of_freedom_between_groups
    assert between is not None
    assert between >= 1
    assert planned.costs["goal_with_extra_runs"] >= planned.costs["goal_without_extra_runs"]


def test_lack_of_fit_runs_share_the_setting_of_their_whole_plot() -> None:
    """Settings that no other run has, within the groups' sizes."""
    frame = _planned(HARD, WHOLE_PLOTS, lack_of_fit_runs=3).plan.frame
    own = frame.filter(pl.col("purpose") == "lack_of_fit")

    assert own.height == 3
    assert own["replicate_of"].null_count() == 3
    assert frame.group_by("whole_plot").n_unique()["a"].to_list() == [1] * 6
    assert frame["whole_plot"].value_counts()["count"].to_list() == [4] * 6


def test_a_factor_that_may_lie_anywhere_stands_at_the_center_of_its_whole_plot() -> None:
    """Also where the search's own settings, four for a cubic, leave the middle out."""
    factors = {"a": {"region": [0, 4], "hard_to_change": True}, "b": {"region": [0, 1]}}
    plan = {"runs": 24, "whole_plots": 6, "model": "cubic", "starts": 4}

    planned = _planned(factors, plan, center_runs=1, lack_of_fit_runs=1)

    assert planned.plan.frame.filter(pl.col("purpose") == "center").select("a", "b").rows() == [
        (2.0, 0.5)
    ]
    assert planned.plan.frame.group_by("whole_plot").n_unique()["a"].to_list() == [1] * 6
    assert np.isfinite(planned.design).all()
    assert np.abs(planned.design).max() <= 1.0


def test_whole_plots_already_made_can_be_repeated() -> None:
    """The new whole plot has the settings of one that was made."""
    first = _planned(HARD, {"runs": 20, "whole_plots": 5, "starts": 20})
    existing = ExistingRuns(design=first.design, groups=first.groups)
    plan = {"runs": 28, "whole_plots": 7, "starts": 4}

    frame = _planned(HARD, plan, existing, replicate_whole_plots=1).plan.frame

    assert frame["purpose"].to_list()[:20] == ["existing"] * 20
    assert frame["purpose"].value_counts().sort("purpose").rows() == [
        ("existing", 20),
        ("planned", 4),
        ("replicate", 4),
    ]


def test_groups_without_another_setting_are_distinguished_from_a_full_plan() -> None:
    """Two settings of b in each whole plot of three."""
    factors = {"a": {"levels": [0, 1], "hard_to_change": True}, "b": {"levels": [0, 1]}}
    plan = {"runs": 9, "whole_plots": 3, "model": "interactions"}

    with pytest.raises(DesignError, match="groups with room allow") as caught:
        _planned(factors, plan, lack_of_fit_runs=1)

    assert "replicate_runs" in caught.value.fix


def test_the_summary_says_what_was_done() -> None:
    """In which groups extra runs lie, by which rule, and which whole plot repeats which."""
    everything = {"center_runs": 2, "replicate_runs": 1, "lack_of_fit_runs": 1}
    in_plots = extra_run_sentences(
        _planned(HARD, WHOLE_PLOTS, **everything, replicate_whole_plots=1).plan
    )
    in_blocks = extra_run_sentences(_planned(PLAIN, BLOCKS, **everything).plan)
    independent = extra_run_sentences(_planned(PLAIN, {"runs": 18}, replicate_runs=1).plan)
    plain = extra_run_sentences(_planned(PLAIN, BLOCKS).plan)

    assert [sentence.split(" in whole plot")[0] for sentence in in_plots[:3]] == [
        "2 center runs",
        "1 replicate run",
        "1 lack-of-fit run",
    ]
    assert in_plots[3].endswith(", for pure error between whole plots.")
    assert "spread as evenly as they fit" in in_blocks[0]
    assert "pure error within blocks" in in_blocks[1]
    assert independent == ["1 replicate run, of the runs whose repeat costs least."]
    assert plain == []
