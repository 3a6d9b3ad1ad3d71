"""What a model learns from: complete samples, or one row per configuration."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from electrodoe.dataset import Dataset
from electrodoe.errors import DatasetError
from electrodoe.study import Study

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]


def test_incomplete_samples_are_left_out(columns: Columns, assembled: Assembled):
    """A row needs all inputs and the response."""
    columns["gap_um"][0], columns["strength_kpa"][5] = None, None

    data = assembled(columns).training_data("strength_kpa", "all")

    assert data.n_samples == 25
    assert {"A1", "A6"}.isdisjoint(data.sample_names)
    assert not np.isnan(data.inputs).any()


def test_one_value_per_configuration_is_one_row(columns: Columns, assembled: Assembled):
    """Its inputs are the means over its samples, and the mean of equal values is that value."""
    columns["porosity"] = [
        value + 0.01 * (row % 3) for row, value in enumerate(columns["porosity"])
    ]
    columns["gap_um"] = [value + 0.1 for value in columns["gap_um"]]
    columns["strength_kpa"] = np.repeat(np.arange(9) + 0.1, 3).tolist()
    measured = {"strength_kpa": {"measured_per": "configuration"}}

    data = assembled(columns, responses=measured).training_data("strength_kpa", "all")

    assert data.n_samples == data.n_configurations == 9
    assert data.inputs[:, 0].tolist() == columns["gap_um"][::3]
    assert data.response.tolist() == columns["strength_kpa"][::3]
    np.testing.assert_allclose(data.inputs[:, 1], np.tile([0.31, 0.41, 0.51], 3), rtol=1e-14)


@pytest.mark.parametrize("n_replicates", range(2, 12))
def test_the_mean_of_copies_is_the_copied_value(assembled: Assembled, n_replicates: int):
    """To the bit, whatever their number; otherwise trees would cut between equal settings."""
    levels = np.array([1 / 3, 0.1, 0.7])
    columns = {
        "run": np.repeat(["1", "2", "3"], n_replicates).tolist(),
        "cell": [f"A{number}" for number in range(3 * n_replicates)],
        "day": ["Mon"] * (3 * n_replicates),
        "gap_um": np.repeat(levels, n_replicates).tolist(),
        "porosity": np.repeat(levels, n_replicates).tolist(),
        "strength_kpa": np.repeat(levels, n_replicates).tolist(),
    }

    data = assembled(
        columns, responses={"strength_kpa": {"measured_per": "configuration"}}
    ).training_data("strength_kpa", "all")

    assert data.inputs[:, 0].tolist() == levels.tolist()
    assert data.response.tolist() == levels.tolist()


def _one_configuration(columns: Columns) -> None:
    columns["run"] = ["1"] * 27


def _two_configurations(columns: Columns) -> None:
    columns["run"] = ["1"] * 13 + ["2"] * 14


def _constant_response(columns: Columns) -> None:
    columns["strength_kpa"] = [500.0] * 27


def _constant_input(columns: Columns) -> None:
    columns["gap_um"] = [20.0] * 27


def _never_complete(columns: Columns) -> None:
    columns["gap_um"] = [20.0, *[None] * 26]
    columns["porosity"] = [None, *[0.3] * 26]


@pytest.mark.parametrize(
    ("spoil", "what", "column", "fix"),
    [
        (_one_configuration, "1 configuration(s)", "strength_kpa", "measure more"),
        (_two_configurations, "2 configuration(s)", "strength_kpa", "measure more"),
        (_constant_response, "all 27 values are 500", "strength_kpa", "take the response out"),
        (_constant_input, "input 'gap_um' is 20 in every row", "gap_um", "take the input out"),
        (_never_complete, "0 configuration(s)", "strength_kpa", "measure more"),
    ],
)
def test_what_nothing_can_be_learned_from_is_refused(
    columns: Columns,
    assembled: Assembled,
    spoil: Callable[[Columns], None],
    what: str,
    column: str,
    fix: str,
):
    """With the table, the column, the scenario and what to do."""
    spoil(columns)

    with pytest.raises(DatasetError) as caught:
        assembled(columns).training_data("strength_kpa", "all")

    assert what in caught.value.what
    assert caught.value.where == f"table.csv, column '{column}', scenario 'all'"
    assert fix in caught.value.fix


def test_rows_may_be_taken_twice(columns: Columns, assembled: Assembled):
    """A bootstrap takes a configuration more than once, with everything that belongs to it."""
    data = assembled(columns).training_data("strength_kpa", "all")

    taken = data.take(np.array([3, 3, 0]))

    assert taken.sample_names == tuple(data.sample_names[row] for row in (3, 3, 0))
    assert taken.response.tolist() == data.response[[3, 3, 0]].tolist()
    assert taken.configurations.tolist() == [1, 1, 0]


def test_a_good_sample_that_a_rule_takes_is_kept_beside_the_data(
    columns: Columns, assembled: Assembled
):
    """A model does not see it, pure error does; what a person or an impossible value takes is out.

    A flagged sample whose run has no other one left counts nowhere.
    """
    columns["strength_kpa"][7], columns["run"][26] = -1.0, "10"
    flagged = [
        {"rows": [name], "reason": "outlier in strength_kpa: 1.7 SD away, limit 1.50"}
        for name in ("A2", "A5", "A8", "A27")
    ]
    declared = {
        "outliers": {"rule": "sd", "set_aside": True},
        "responses": {"strength_kpa": {"range": [0.0, 900.0]}},
        "set_aside": [*flagged, {"rows": ["A5"], "reason": "the tape came off"}],
    }

    data = assembled(columns, **declared).training_data("strength_kpa", "all")

    assert data.n_samples == 23
    assert data.flagged is not None
    assert data.flagged.sample_names == ("A2",)
    assert data.all_good.n_samples == 24
    assert data.all_good.response[-1] == columns["strength_kpa"][1]
    left = data.take(data.configurations != data.flagged.configurations[0])
    assert left.flagged is None
    assert data.take(np.arange(23)[::-1]).all_good.n_samples == 24
    by_hand = declared | {"outliers": {}}
    assert assembled(columns, **by_hand).training_data("strength_kpa", "all").flagged is None


def test_flagged_samples_come_back_with_all_that_is_known_of_them(
    columns: Columns, assembled: Assembled
):
    """Every array of the data has as many rows as there are samples, whichever fields it has."""
    data = assembled(columns).training_data("strength_kpa", "all")
    numbers = np.arange(data.n_samples)
    optional = ("blocks", "block_offsets", "whole_plots", "runs", "settings")
    data = replace(data, **dict.fromkeys(optional, numbers))
    is_flagged = numbers % 3 == 1

    joined = data.with_flagged_apart(is_flagged).all_good

    order = np.concatenate([numbers[~is_flagged], numbers[is_flagged]])
    for field in fields(data):
        before, after = getattr(data, field.name), getattr(joined, field.name)
        if isinstance(before, np.ndarray):
            assert after.tolist() == before[order].tolist()
    assert joined.sample_names == tuple(data.sample_names[row] for row in order)


@pytest.mark.parametrize(
    ("plan", "is_planned"),
    [
        (None, False),
        ({"runs": 12}, True),
        ({"runs": 12, "model": "linear"}, False),
        ({"runs": 12, "model": "a + b + a:b"}, False),
        ({"runs": 12, "model": "a + b + a ^ 2"}, True),
    ],
)
def test_runs_planned_for_squares_say_so(plan: dict | None, is_planned: bool):
    """By the model of the plan; a response that is measured on the way is not planned."""
    factors = {name: {"region": [0.0, 1.0]} for name in ("a", "b")}
    study = Study.model_validate(
        {
            "title": "t",
            "factors": {**factors, "c": {}},
            "responses": {"c": {}, "y": {}},
            "scenarios": {"set": {"inputs": ["a", "b"]}, "measured": {"inputs": ["a", "b", "c"]}},
            **({} if plan is None else {"plan": plan}),
        }
    )

    assert study.is_planned_quadratic("set") is is_planned
    assert not study.is_planned_quadratic("measured")
