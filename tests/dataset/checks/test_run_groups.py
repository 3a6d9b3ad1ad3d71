"""D120: unused columns that say whole plot or block; whole plots by the order of rows."""

from collections.abc import Callable

import numpy as np
import pytest

from electrodoe.dataset import Dataset
from electrodoe.dataset.checks.run_groups import run_groups

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]


@pytest.mark.parametrize(
    ("header", "key"),
    [("whole_plot", "whole_plot"), ("WP", "whole_plot"), ("Blocks", "block"), ("block", "block")],
)
def test_a_column_that_the_study_does_not_use_is_asked_about(
    columns: Columns, assembled: Assembled, header: str, key: str
) -> None:
    (finding,) = run_groups(assembled(columns | {header: np.repeat([1, 2, 3], 9).tolist()}))
    assert finding.code == "D120"
    assert header in finding.what
    assert f'{key} = "{header}"' in finding.fix


@pytest.mark.parametrize("cells", [[1] * 27, list(range(27)), [None] * 27])
def test_one_group_single_rows_and_empty_columns_are_no_question(
    columns: Columns, assembled: Assembled, cells: list[object]
) -> None:
    assert run_groups(assembled(columns | {"Blocks": cells})) == []


def test_a_declared_block_is_no_question(columns: Columns, assembled: Assembled) -> None:
    measurements = {"table": "t.csv", "group": "run", "id": "cell", "block": "block"}
    named = columns | {"block": np.tile(["a", "b", "c"], 9).tolist()}
    assert run_groups(assembled(named, measurements=measurements)) == []


def test_whole_plots_by_the_order_of_rows_are_said(columns: Columns, assembled: Assembled) -> None:
    factors = {"gap_um": {"hard_to_change": True}, "porosity": {}}
    (finding,) = run_groups(assembled(columns, factors=factors))
    assert finding.code == "D120"
    assert finding.what.startswith("3 whole plots were taken from the order of the runs")
    known = columns | {"whole_plot": np.repeat([1, 2, 3], 9).tolist()}
    assert run_groups(assembled(known, factors=factors)) == []
