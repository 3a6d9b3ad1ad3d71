"""A scenario is made of its rows: rows of a response that it does not model change nothing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import (
    CHECKS,
    SAMPLE,
    Dataset,
    assemble,
    confounded_factors,
    dependence,
)
from electrodoe.ingest import RawTable
from electrodoe.study import declare_study
from electrodoe.verify import region_findings

Columns = dict[str, list[object]]
Assembled = Callable[..., Dataset]
FACTORS = {"gap_um": {"region": [20.0, 40.0]}, "porosity": {}}
OF_INPUTS = ("D101", "D105", "D106", "S201")
"""Checks that look at inputs, and so at the rows of the scenarios that see them."""


def _table(extra: list[dict[str, object]]) -> Columns:
    """Return three by three settings with three samples each, and other samples below."""
    gap, porosity = np.repeat([20.0, 30.0, 40.0], 9), np.tile(np.repeat([0.3, 0.4, 0.5], 3), 3)
    rows: list[dict[str, object]] = [
        {
            "run": str(row // 3),
            "cell": f"A{row}",
            "day": f"day {row % 4}",
            "gap_um": gap[row],
            "porosity": porosity[row],
            "strength_kpa": 500.0 + 4.0 * gap[row] - 300.0 * porosity[row] + (7 * row) % 5,
            "other_kpa": None,
        }
        for row in range(27)
    ]
    rows.append({**rows[0], "cell": "C0", "strength_kpa": None, "other_kpa": 50.0})
    rows += [{**row, "cell": f"B{number}"} for number, row in enumerate(extra)]
    return {name: [row.get(name) for row in rows] for name in rows[0]}


def _dataset(extra: list[dict[str, object]], **scenarios: object) -> Dataset:
    """Return a study with a scenario that models the first of two responses, and further ones."""
    study = declare_study(
        {
            "title": "Two kinds of specimens",
            "measurements": {
                "table": "table.csv",
                "group": "run",
                "id": "cell",
                "context": ["day"],
            },
            "factors": FACTORS,
            "responses": {"strength_kpa": {}, "other_kpa": {}},
            "scenarios": {
                "product": {"inputs": list(FACTORS), "responses": ["strength_kpa"]},
                **scenarios,
            },
        },
        source="test",
    )
    return assemble(study, _raw(_table(extra)))


def _raw(columns: Columns) -> RawTable:
    """Return columns as a reader hands them on."""
    frame = pl.DataFrame(columns, strict=False)
    lines = tuple(range(2, frame.height + 2))
    return RawTable(path=Path("table.csv"), frame=frame, lines=lines, header_line=1)


OTHER_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "run": st.sampled_from(["0", "4", "4u", "10", "new"]),
            "day": st.sampled_from(["day 0", "day 9", None]),
            "gap_um": st.none() | st.floats(1.0, 400.0),
            "porosity": st.none() | st.floats(0.01, 0.99),
            "strength_kpa": st.none(),
            "other_kpa": st.floats(1.0, 1e4),
        }
    ),
    min_size=1,
    max_size=12,
)


def _said(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return the findings about inputs."""
    findings = [finding for code in OF_INPUTS for finding in CHECKS[code](dataset)]
    findings += region_findings(dataset)
    of_responses = [f"column '{name}'" for name in dataset.study.responses]
    return [
        (each.code, each.what, each.where) for each in findings if each.where not in of_responses
    ]


@given(extra=OTHER_ROWS)
def test_rows_of_an_unmodeled_response_change_nothing(extra: list[dict[str, object]]):
    """Neither a model's samples, nor ranges, correlations, findings or what is confounded."""
    before, after = _dataset([]), _dataset(extra)

    first, second = (each.training_data("strength_kpa", "product") for each in (before, after))
    np.testing.assert_array_equal(first.inputs, second.inputs)
    np.testing.assert_array_equal(first.response, second.response)
    np.testing.assert_array_equal(first.configurations, second.configurations)
    assert first.sample_names == second.sample_names
    np.testing.assert_array_equal(before.inputs("product"), after.inputs("product"))
    assert _said(before) == _said(after)
    assert confounded_factors(before, "product") == confounded_factors(after, "product")
    assert confounded_factors(before) == confounded_factors(after)


@given(extra=OTHER_ROWS)
def test_rows_of_another_scenario_change_nothing_in_this_one(extra: list[dict[str, object]]):
    """The second response is modeled as well, by one of the inputs."""
    other = {"inputs": ["gap_um"], "responses": ["other_kpa"]}
    before, after = _dataset([], other=other), _dataset(extra, other=other)

    first, second = (each.complete_samples("strength_kpa", "product") for each in (before, after))
    np.testing.assert_array_equal(first.inputs, second.inputs)
    np.testing.assert_array_equal(first.configurations, second.configurations)
    np.testing.assert_array_equal(before.inputs("product"), after.inputs("product"))
    assert confounded_factors(before, "product") == confounded_factors(after, "product")
    of_product = [
        [each for each in CHECKS["S201"](one) if "product" in each.where] for one in (before, after)
    ]
    assert of_product[0] == of_product[1]


def test_the_rows_are_those_with_all_inputs_and_a_response_that_counts(
    columns: Columns, assembled: Assembled
):
    """An empty input, no response, and a sample that is set aside for all of them each leave."""
    columns["gap_um"][0], columns["strength_kpa"][5] = None, None
    dataset = assembled(columns, set_aside=[{"rows": ["A9"], "reason": "torn off"}])

    kept = dataset.frame.filter(dataset.rows("all"))[SAMPLE].to_list()

    assert len(kept) == 24
    assert {"A1", "A6", "A9"}.isdisjoint(kept)
    assert dataset.inputs("all").shape == (24, 2)
    assert not np.isnan(dataset.inputs("all")).any()


def test_a_factor_of_no_scenario_is_described_by_every_row(columns: Columns, assembled: Assembled):
    """Nobody else could say its range."""
    dataset = assembled(columns, scenarios={"gap": {"inputs": ["gap_um"]}})

    assert dataset.rows_with("porosity").all()


def test_six_rows_of_another_response_make_no_correlation():
    """27 modeled rows with r = 0 exactly stay independent, whatever the six others are."""
    apart = [
        {"run": f"u{row}", "day": "day 1", "gap_um": 60.0 + row, "porosity": 0.6, "other_kpa": 9.0}
        for row in range(6)
    ]
    dataset = _dataset(apart)

    found = dependence(("gap_um", "porosity"), dataset.inputs("product"))

    assert abs(found.strongest_pair[2]) < 1e-12
    assert CHECKS["S201"](dataset) == []
    every = np.column_stack([dataset.values(name) for name in FACTORS])
    assert dependence(("gap_um", "porosity"), every).strongest_pair[2] > 0.4


@pytest.mark.parametrize(
    ("responses", "n"), [(None, 0), (("strength_kpa",), 0), (("other_kpa",), 1)]
)
def test_a_scenario_is_dependent_where_no_response_tells_its_inputs_apart(
    responses: tuple[str, ...] | None, n: int
):
    """As long as one does, it is explained for that one."""
    diagonal = [
        {
            "run": f"u{row}",
            "day": "day 1",
            "gap_um": 20.0 + row,
            "porosity": 0.3 + 0.01 * row,
            "other_kpa": 9.0 + row % 3,
        }
        for row in range(20)
    ]
    study = _dataset(diagonal).study
    product = study.scenarios["product"].model_copy(update={"responses": responses})
    asked = study.model_copy(update={"scenarios": {"product": product}})

    findings = CHECKS["S201"](assemble(asked, _raw(_table(diagonal))))

    assert [finding.where for finding in findings] == ["scenario 'product'"] * n
