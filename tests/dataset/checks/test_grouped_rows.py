"""D111: rows that were taken as samples of one run, though the study does not say so."""

from collections.abc import Callable

import numpy as np

from electrodoe.dataset import Dataset
from electrodoe.dataset.checks.grouped_rows import grouped_rows
from electrodoe.findings import Severity

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]


def _measured(columns: Columns) -> Columns:
    """Return the clean study with inputs that were measured on each sample."""
    scatter = np.random.default_rng(0).normal(size=(2, 27))
    gap = np.array(columns["gap_um"]) + 0.05 * scatter[0]
    porosity = np.array(columns["porosity"]) + 0.0005 * scatter[1]
    return columns | {"gap_um": gap.tolist(), "porosity": porosity.tolist()}


def test_a_column_of_runs_is_taken_and_named(columns: Columns, assembled: Assembled):
    """The day joins too much, the cell too little."""
    dataset = assembled(_measured(columns), measurements={"table": "table.csv"})
    (finding,) = grouped_rows(dataset)

    assert dataset.n_configurations == 9
    assert finding.severity is Severity.WARNING
    assert finding.where == "column 'run'"
    assert "27 rows were taken as samples of 9 runs" in finding.what
    assert "--group run" in finding.fix


def test_without_it_clumps_are_the_runs(columns: Columns, assembled: Assembled):
    """A row with an empty input stays alone."""
    table = {name: cells for name, cells in _measured(columns).items() if name != "run"}
    table["gap_um"][4] = None

    dataset = assembled(table, measurements={"table": "table.csv"})
    (finding,) = grouped_rows(dataset)

    assert dataset.n_configurations == 10
    assert "27 rows lie in 10 clumps of nearly equal inputs" in finding.what


def test_a_run_per_row_that_lies_in_clumps_is_doubted(columns: Columns, assembled: Assembled):
    """The declared column is kept, and the finding says what it costs."""
    measurements = {"table": "table.csv", "group": "cell"}
    dataset = assembled(_measured(columns), measurements=measurements)
    (finding,) = grouped_rows(dataset)

    assert dataset.n_configurations == 27
    assert "9 clumps of nearly equal inputs" in finding.what


def test_equal_inputs_need_no_word(columns: Columns, assembled: Assembled):
    """Rows with exactly equal inputs are one configuration, as the study's words have it."""
    dataset = assembled(columns, measurements={"table": "table.csv"})

    assert dataset.n_configurations == 9
    assert grouped_rows(dataset) == []
