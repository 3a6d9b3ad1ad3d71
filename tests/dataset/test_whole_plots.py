"""Which whole plot a row is in: by the study, by a column, by the plan, by the order of rows."""

from collections.abc import Callable

import numpy as np
import pytest

from electrodoe.dataset import Dataset, can_leave_plots_out, confounded_factors, left_out_units
from electrodoe.dataset.dataset import WHOLE_PLOT
from electrodoe.errors import DatasetError
from electrodoe.study import Study

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]

OVEN = [-1.0, 1.0, 1.0, -1.0, 1.0, -1.0]
"""Whole plots 2 and 3 have one setting: only a column or the plan knows that they are two."""
HARD = {"oven": {"levels": [-1.0, 1.0], "hard_to_change": True}, "speed": {}}


def _columns(**more: list[object]) -> Columns:
    """Return six whole plots of three runs."""
    rng = np.random.default_rng(0)
    return {
        "run": [f"r{number}" for number in range(1, 19)],
        "oven": np.repeat(OVEN, 3).tolist(),
        "speed": np.tile([-1.0, 0.0, 1.0], 6).tolist(),
        "y": rng.normal(size=18).tolist(),
        **more,
    }


def _made(assembled: Assembled, columns: Columns, **declared: object) -> Dataset:
    """Return a dataset of the columns."""
    measurements = {"table": "t.csv", "group": "run", **declared.pop("measurements", {})}  # type: ignore[dict-item]
    return assembled(
        columns,
        measurements=measurements,
        factors=declared.pop("factors", HARD),
        responses={"y": {}},
        **declared,
    )


def _plots(dataset: Dataset) -> list[list[int]]:
    """Return the lines of each whole plot."""
    groups = dataset.frame.group_by(WHOLE_PLOT).agg("line")
    return sorted(sorted(lines) for lines in groups["line"].to_list())


SIX = [list(range(start, start + 3)) for start in range(2, 20, 3)]
PLOT_NAMES: list[object] = np.repeat(list("ABCDEF"), 3).tolist()


@pytest.mark.parametrize("header", ["whole_plot", "Whole Plot", "Whole plots", "WP", "whole-plot"])
def test_a_column_that_says_whole_plot_is_taken_beside_a_hard_factor(
    assembled: Assembled, header: str
) -> None:
    dataset = _made(assembled, _columns(**{header: PLOT_NAMES}))
    assert dataset.whole_plots_found is not None
    assert dataset.whole_plots_found.source == "column"
    assert _plots(dataset) == SIX
    data = dataset.training_data("y", "all")
    assert data.whole_plots is not None
    assert len(np.unique(data.whole_plots)) == 6


def test_a_declared_column_needs_no_hard_factor(assembled: Assembled) -> None:
    dataset = _made(
        assembled,
        _columns(shift=PLOT_NAMES),
        factors={"oven": {}, "speed": {}},
        measurements={"whole_plot": "shift"},
    )
    assert _plots(dataset) == SIX


def test_the_plan_says_how_large_whole_plots_are(assembled: Assembled) -> None:
    plan = {"runs": 18, "whole_plots": 6, "model": "linear"}
    dataset = _made(assembled, _columns(), plan=plan)
    assert dataset.whole_plots_found is not None
    assert dataset.whole_plots_found.source == "plan"
    assert _plots(dataset) == SIX


def test_without_either_another_begins_where_a_hard_factor_changes(assembled: Assembled) -> None:
    dataset = _made(assembled, _columns())
    assert dataset.whole_plots_found is not None
    assert dataset.whole_plots_found.source == "order"
    assert _plots(dataset) == [SIX[0], SIX[1] + SIX[2], SIX[3], SIX[4], SIX[5]]


@pytest.mark.parametrize("plan", [None, {"runs": 18, "whole_plots": 6, "model": "linear"}])
def test_numbered_runs_say_the_order_whatever_that_of_the_rows(
    assembled: Assembled, plan: dict[str, object] | None
) -> None:
    declared = {} if plan is None else {"plan": plan}
    order = np.random.default_rng(2).permutation(18)
    shuffled = {name: [cells[row] for row in order] for name, cells in _columns().items()}
    plots = [
        sorted(int(order[line - 2]) + 2 for line in lines)
        for lines in _plots(_made(assembled, shuffled, **declared))
    ]
    assert sorted(plots) == _plots(_made(assembled, _columns(), **declared))


def test_a_plan_whose_sizes_the_rows_contradict_is_not_believed(assembled: Assembled) -> None:
    plan = {"runs": 18, "whole_plots": 9, "model": "linear"}
    dataset = _made(assembled, _columns(), plan=plan)
    assert dataset.whole_plots_found is not None
    assert dataset.whole_plots_found.source == "order"


def test_samples_of_a_run_are_in_its_whole_plot(assembled: Assembled) -> None:
    twice = {name: np.repeat(np.array(cells, dtype=object), 2).tolist() for name, cells in _columns().items()}  # fmt: skip # noqa: E501
    plan = {"runs": 18, "whole_plots": 6, "model": "linear"}
    dataset = _made(assembled, twice, plan=plan)
    assert [len(lines) for lines in _plots(dataset)] == [6] * 6


def test_the_scatter_of_a_controller_is_no_reset(assembled: Assembled) -> None:
    columns = _columns()
    rng = np.random.default_rng(1)
    columns["oven"] = (np.repeat([60.0, 70.0] * 3, 3) + rng.uniform(-0.05, 0.05, 18)).tolist()
    factors = {"oven": {"hard_to_change": True}, "speed": {}}
    assert _plots(_made(assembled, columns, factors=factors)) == SIX
    # a tolerance wider than the step between levels does not hide a reset
    wide = {"oven": {"hard_to_change": True, "levels": [60.0, 70.0], "tolerance": 0.2}, "speed": {}}
    assert _plots(_made(assembled, columns, factors=wide)) == SIX


def test_nothing_hard_to_change_has_no_whole_plots(assembled: Assembled) -> None:
    dataset = _made(assembled, _columns(), factors={"oven": {}, "speed": {}})
    assert dataset.whole_plots_found is None
    assert dataset.training_data("y", "all").whole_plots is None


def test_a_row_without_its_whole_plot_is_refused(assembled: Assembled) -> None:
    names: list[object] = [*PLOT_NAMES[:-1], None]
    with pytest.raises(DatasetError, match="without a whole plot"):
        _made(assembled, _columns(whole_plot=names))


def test_runs_that_were_all_set_anew_are_whole_plots_of_one(assembled: Assembled) -> None:
    dataset = _made(assembled, _columns(whole_plot=[str(n) for n in range(18)]))
    assert [len(lines) for lines in _plots(dataset)] == [1] * 18


def test_whole_plots_are_left_out_as_long_as_each_can_be_spared(assembled: Assembled) -> None:
    dataset = _made(assembled, _columns(whole_plot=PLOT_NAMES))
    data = dataset.training_data("y", "all")
    assert can_leave_plots_out(data)
    assert left_out_units(data) is data.whole_plots
    # a third level of the oven that one whole plot alone has: its square hangs on that one
    columns = _columns(whole_plot=PLOT_NAMES)
    columns["oven"] = np.repeat([-1.0, 1.0, 0.0, -1.0, 1.0, -1.0], 3).tolist()
    factors = {"oven": {"hard_to_change": True}, "speed": {}}
    lonely = _made(assembled, columns, factors=factors).training_data("y", "all")
    assert not can_leave_plots_out(lonely)
    # runs that repeat a setting are left out together then, as without whole plots
    assert left_out_units(lonely) is lonely.settings


def test_whole_plots_among_the_circumstances_are_no_confounding(assembled: Assembled) -> None:
    """By the plan they go together with the oven; without a hard factor nobody said so."""
    of_plots: list[object] = np.repeat(["A", "B", "C", "D"], [6, 6, 3, 3]).tolist()
    columns = _columns(wp=of_plots)
    columns["oven"] = np.repeat([-1.0, 1.0, -1.0, 1.0], [6, 6, 3, 3]).tolist()
    named = {"measurements": {"context": ["wp"]}}
    assert confounded_factors(_made(assembled, columns, **named)) == ()
    factors = {"oven": {}, "speed": {}}
    assert confounded_factors(_made(assembled, columns, factors=factors, **named)) == (
        ("oven", "wp"),
    )


def test_a_misspelled_key_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueError, match="whole_plots"):
        Study.model_validate({"title": "a", "measurements": {"whole_plots": "wp"}})
