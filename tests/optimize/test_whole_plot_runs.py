"""Next runs where a factor is hard to change: few whole plots; a block of their own."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.optimize import CONFIRMATION, EXPLOITATION, EXPLORATION, Decision
from electrodoe.optimize.next_runs.proposed_runs import proposed_runs
from electrodoe.optimize.next_runs.sheet_plan import sheet_plan
from electrodoe.optimize.next_runs.whole_plot_runs import (
    hard_settings,
    in_whole_plots,
    n_whole_plots,
    plots_of_runs,
)
from electrodoe.study import RecommendRequest

HARD = {"a": {"region": [0.0, 10.0], "hard_to_change": True}, "b": {"region": [0.0, 10.0]}}


def decided(**plan: object) -> Decision:
    """Return a hill over a and b of 16 runs, a set once for each of four whole plots."""
    found = decide(
        study_of({"y": {"goal": "maximize"}}, HARD, **({"plan": plan} if plan else {})),
        [hill(8, 8)],
    )
    data = found.data[0]
    plots = np.unique(data.inputs[:, 0], return_inverse=True)[1]
    return replace(found, data=(replace(data, whole_plots=plots),))


def test_settings_are_few_and_the_recommended_one_leads() -> None:
    """Two clusters of an axis are met by two settings beside the one that is kept."""
    region = decided().region
    asked = np.array([[-0.9, 0], [-0.8, 1], [-0.85, 0.5], [0.4, 0], [0.5, 1], [0.1, 0.1]])
    found = hard_settings(region, asked, np.array([0.1, 0.0]), 3)
    assert found[0] == pytest.approx([0.1])
    assert sorted(found[1:, 0]) == pytest.approx([-0.85, 0.4]) or sorted(
        found[1:, 0]
    ) == pytest.approx([-0.85, 0.5])
    assert len(hard_settings(region, asked, np.array([0.1, 0.0]), 99)) == 6


def test_a_run_goes_to_the_nearest_setting_that_its_others_allow() -> None:
    """A + b <= 12: with b at 10, a at 5 is not possible; with a at -1 alone, all are."""
    region = decided(runs=12, constraints=["a + b <= 12"]).region
    points = np.array([[-0.6, 1.0], [0.4, -1.0]])
    moved = in_whole_plots(region, points, np.array([[0.0], [-0.8]]))
    assert moved.tolist() == [[-0.8, 1.0], [0.0, -1.0]]
    assert len(in_whole_plots(region, points, np.array([[0.9]]))) == 1


@pytest.mark.parametrize(("n_runs", "n_plots"), [(1, 1), (2, 2), (8, 2), (9, 3), (16, 4)])
def test_new_whole_plots_are_as_large_as_the_existing_ones(n_runs: int, n_plots: int) -> None:
    """Four runs in each; two whole plots at least."""
    assert n_whole_plots(decided().data[0], n_runs) == n_plots


@pytest.mark.parametrize("explore_by", ["posterior_variance", "I"])
def test_next_runs_stand_in_few_whole_plots(explore_by: str) -> None:
    """Ten runs in three; without a hard factor as many settings of a as runs, nearly."""
    request = RecommendRequest(runs=4, confirmation_runs=2, explore_by=explore_by)
    point = np.array([0.6, 0.6])
    decision = decided()
    found = proposed_runs(decision, point, request, None, 1)
    assert {name: len(runs) for name, runs in found.groups.items()} == {
        EXPLOITATION: 4,
        CONFIRMATION: 2,
        EXPLORATION: 4,
    }
    frame = sheet_plan(decision.region, found.groups, 1, decision.data[0]).frame
    plots = frame["whole_plot"]
    assert 2 <= plots.n_unique() <= 3
    assert plots.to_list() == sorted(plots.to_list())  # one after the other
    assert plots.min() == 5  # after the four that were made
    of_plot = frame.group_by("whole_plot").agg(pl.col("a").n_unique())
    assert of_plot["a"].max() == 1
    confirming = frame.filter(purpose=CONFIRMATION)
    assert confirming["whole_plot"].n_unique() == 2
    assert confirming["a"].to_list() == [8.0, 8.0]
    easy = proposed_runs(
        decide(study_of({"y": {"goal": "maximize"}}), [hill(8, 8)]), point, request, None, 1
    )
    apart = np.vstack(list(easy.groups.values()))[:, 0]
    assert len(np.unique(apart.round(6))) > frame["a"].n_unique()


def test_improving_runs_are_chosen_among_these_settings() -> None:
    """Each has the gain that is reported of it, and still lies higher than any run made."""
    decision = decided()
    request = RecommendRequest(runs=3, confirmation_runs=2)
    found = proposed_runs(decision, np.array([0.6, 0.6]), request, None, 1)
    heights = decision.predictions(found.groups[EXPLOITATION])[:, 0]
    assert heights[0] > decision.predictions(decision.existing_runs)[:, 0].max()
    assert np.all(np.diff(found.gains) >= -1e-12)


def test_confirmation_runs_are_dealt_out_to_two_whole_plots_evenly() -> None:
    region = decided().region
    points = np.array([[0.6, 0.6]] * 4 + [[0.6, 0.0], [0.6, 0.1], [-1.0, 0.0]])
    plots = plots_of_runs(region, points, [True] * 4 + [False] * 3)
    assert np.bincount(plots[:4] - plots[:4].min()).tolist() == [2, 2]
    assert sorted(np.unique(plots, return_counts=True)[1].tolist()) == [1, 3, 3]
    single = plots_of_runs(region, points[3:], [True] + [False] * 3)
    assert len(np.unique(single)) == 2


def test_new_runs_of_a_study_with_blocks_are_a_block_of_their_own() -> None:
    """After three days the next runs are the fourth; nothing else of the plan changes."""
    decision = decide(study_of({"y": {"goal": "maximize"}}), [hill(8, 8)])
    data = replace(decision.data[0], blocks=np.arange(32) % 3)
    groups = {"exploration": np.array([[-1.0, 1.0]]), CONFIRMATION: np.zeros((2, 2))}
    plain = sheet_plan(decision.region, groups, 3).frame
    blocked = sheet_plan(decision.region, groups, 3, data).frame
    assert blocked["block"].to_list() == [4, 4, 4]
    assert blocked.drop("block").equals(plain.drop("block"))


def test_a_factor_without_a_region_stays_hard_to_change() -> None:
    """Its ends are measured; that it is hard to change is declared all the same."""
    factors = {"a": {"hard_to_change": True}, "b": {}}
    region = decide(study_of({"y": {"goal": "maximize"}}, factors), [hill(8, 8)]).region
    assert [axis.is_hard_to_change for axis in region.axes] == [True, False]
