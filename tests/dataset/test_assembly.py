"""From a table to a dataset: the order, what is set aside, and what does not fit together."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from electrodoe.dataset import LINE, Dataset
from electrodoe.errors import DatasetError, ElectrodeError, IngestError

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]


def test_clean_data_are_kept_as_they_are(columns: Columns, assembled: Assembled):
    """No row and no digit is lost."""
    dataset = assembled(columns)

    assert (dataset.n_samples, dataset.n_configurations) == (27, 9)
    assert sorted(dataset.values("strength_kpa").tolist()) == sorted(columns["strength_kpa"])
    assert dataset.frame.columns[:4] == ["line", "sample", "configuration", "day"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(27)))
def test_the_order_of_the_file_means_nothing(
    columns: Columns, assembled: Assembled, order: list[int]
):
    """Shuffled rows give the same samples in the same order; only their lines differ."""
    shuffled, kept = assembled(columns, order=order), assembled(columns)

    assert shuffled.frame.drop(LINE).equals(kept.frame.drop(LINE))
    assert shuffled.configuration_numbers().tolist() == kept.configuration_numbers().tolist()


def test_configurations_are_in_the_order_that_people_count(columns: Columns, assembled: Assembled):
    """Run 2 comes before run 10."""
    columns["run"] = [f"run {int(str(run)) + 1}" for run in columns["run"]]

    dataset = assembled(columns, order=list(range(27))[::-1])

    assert dataset.frame["configuration"].unique(maintain_order=True).to_list()[::8] == [
        "run 2",
        "run 10",
    ]


def test_without_a_group_equal_inputs_are_one_configuration(columns: Columns, assembled: Assembled):
    """Zero has no sign: -0 and 0 are the same level."""
    columns["gap_um"] = [-0.0, 0.0, 0.0, *columns["gap_um"][3:]]
    measurements = {"table": "table.csv", "id": "cell"}

    assert assembled(columns, measurements=measurements).n_configurations == 9


def test_without_an_id_a_row_is_called_by_its_line(columns: Columns, assembled: Assembled):
    """The name of a row is something that can be looked up."""
    dataset = assembled(columns, measurements={"table": "table.csv", "group": "run"})

    assert dataset.frame["sample"].to_list() == [str(line) for line in dataset.frame["line"]]


def test_a_row_is_set_aside_for_its_responses_only(columns: Columns, assembled: Assembled):
    """It stays in the table, and in the models of the other responses."""
    columns["loss"] = columns["strength_kpa"][::-1]
    dataset = assembled(
        columns,
        responses={"strength_kpa": {}, "loss": {}},
        set_aside=[
            {"rows": ["A2"], "reason": "cut askew"},
            {"rows": ["A5"], "responses": ["loss"], "reason": "short circuit"},
        ],
    )

    assert dataset.n_samples == 27
    assert dataset.training_data("strength_kpa", "all").n_samples == 26
    assert dataset.training_data("loss", "all").n_samples == 25
    assert "A5" in dataset.training_data("strength_kpa", "all").sample_names


def test_a_misspelt_row_to_set_aside_is_offered_the_nearest(columns: Columns, assembled: Assembled):
    """It is never ignored."""
    columns["cell"] = [f"DD{number:03}" for number in range(1, 28)]

    with pytest.raises(DatasetError, match="no row 'DD0020'") as caught:
        assembled(columns, set_aside=[{"rows": ["DD0020"], "reason": "impossible"}])

    assert caught.value.fix == "did you mean 'DD020'?"


def _in_percent(columns: Columns) -> None:
    columns["porosity"] = [100.0 * value for value in columns["porosity"]]


def _empty_factor(columns: Columns) -> None:
    columns["gap_um"] = [None] * 27


def _text(columns: Columns) -> None:
    columns["gap_um"] = ["20", "broken", *["30"] * 25]


def _missing_group(columns: Columns) -> None:
    columns["run"][4] = None


def _same_name(columns: Columns) -> None:
    columns["cell"][4] = "A1"


@pytest.mark.parametrize(
    ("spoil", "what", "where", "fix"),
    [
        (_in_percent, "where a fraction", "line 2, column 'porosity'", "divide the column by 100"),
        (_empty_factor, "the column is empty", "table.csv, column 'gap_um'", "fill it in"),
        (_text, "'broken'", "line 3, column 'gap_um'", "correct the cell"),
        (_missing_group, "without a configuration", "line 6, column 'run'", "name of the run"),
        (_same_name, "'A1' names two rows, the first in line 2", "line 6, column 'cell'", "own"),
    ],
)
def test_a_fault_is_reported_with_its_cell(
    columns: Columns,
    assembled: Assembled,
    spoil: Callable[[Columns], None],
    what: str,
    where: str,
    fix: str,
):
    """Each error names something that can be opened, and one instruction."""
    spoil(columns)

    with pytest.raises(ElectrodeError) as caught:
        assembled(columns)

    assert what in caught.value.what
    assert caught.value.where.endswith(where)
    assert "table.csv" in caught.value.where
    assert fix in caught.value.fix


def test_a_fraction_where_percent_are_meant_is_reported(columns: Columns, assembled: Assembled):
    """A column called ``_pct`` that never exceeds one holds fractions."""
    columns["porosity_pct"] = columns.pop("porosity")

    with pytest.raises(DatasetError, match="where percent are meant") as caught:
        assembled(columns, factors={"gap_um": {}, "porosity_pct": {}})

    assert caught.value.fix == "multiply the column by 100, or call it 'porosity'"


@pytest.mark.parametrize(("declared", "column"), [("porosity_pct", 40.0), ("porosity", 0.4)])
def test_fractions_and_percent_are_kept_where_they_belong(
    columns: Columns, assembled: Assembled, declared: str, column: float
):
    """Neither is converted behind a person's back."""
    values = [column + number for number in np.linspace(0.0, 0.01, 27)]
    columns[declared] = values

    dataset = assembled(columns, factors={"gap_um": {}, declared: {}})

    assert sorted(dataset.values(declared).tolist()) == values


@pytest.mark.parametrize("declared", ["porosty", "Porosit"])
def test_a_misspelt_column_is_offered_the_nearest(
    columns: Columns, assembled: Assembled, declared: str
):
    """With the line of the header."""
    with pytest.raises(IngestError, match=f"no column '{declared}'") as caught:
        assembled(columns, factors={declared: {}})

    assert caught.value.where == "table.csv, line 1"
    assert caught.value.fix == "did you mean 'porosity'?"


@pytest.mark.parametrize("name", ["line", "sample", "configuration"])
def test_a_column_called_like_the_datasets_own_is_refused(
    columns: Columns, assembled: Assembled, name: str
):
    """Otherwise one of the two would be lost."""
    columns[name] = columns["gap_um"]

    with pytest.raises(DatasetError, match="is a column of every result") as caught:
        assembled(columns, factors={name: {}, "porosity": {}})

    assert f"'{name}_name'" in caught.value.fix
