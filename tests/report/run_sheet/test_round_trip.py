"""What is written, filled in and read back is what was measured."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from electrodoe.design.run_sheet.derived_settings import derive_settings
from electrodoe.design.run_sheet.deviations import Deviations, deviations
from electrodoe.ingest import read_table
from electrodoe.report.run_sheet import RunSheet, lay_out, run_sheet_csv, run_sheet_xlsx
from electrodoe.report.run_sheet.workbook import workbook_bytes
from electrodoe.study import Measurements
from strategies.run_plans import anode_plan, anode_study

STUDY = anode_study()
PLAN = anode_plan()
DERIVED = derive_settings(STUDY, PLAN)
MEASURED = {
    "measured_active_mass_loading_mg_cm2": (8.3, 11.1, 9.25, 8.2),
    "measured_dryer_2_temperature_c": (50.0, 64.0, 55.5, 50.0),
    "measured_porosity": (0.26, 0.4, 0.36, 0.254),
    "made_on": (46112.4, 46112.5, 46112.6, 46112.7),
    "remarks": (None, '=rework; 2" strip, \u03b5 odd', None, None),
    "adhesion_strength_kpa": (912.5, None, 780.0, 801.0),
}
"""What was written on the sheet; times as a spreadsheet counts them."""


def _as_workbook(sheet: RunSheet) -> bytes:
    """Return the filled sheet as a spreadsheet program stores it."""
    columns = (replace(c, values=MEASURED.get(c.name, c.values)) for c in sheet.columns)
    return workbook_bytes(replace(sheet, columns=tuple(columns)))


def _as_text(sheet: RunSheet) -> bytes:
    """Return the CSV file with its cells filled in by an editor."""
    text = pl.read_csv(run_sheet_csv(STUDY, PLAN, DERIVED), infer_schema=False)
    assert text.columns == [column.name for column in sheet.columns]
    filled = [
        pl.Series(name, [None if cell is None else str(cell) for cell in cells])
        for name, cells in MEASURED.items()
        if name != "made_on"
    ]
    times = pl.Series("made_on", [f"2026-03-31T{hour}:00" for hour in (10, 12, 14, 17)])
    return text.with_columns(*filled, times).write_csv().encode()


def _read_back(content: bytes, file: Path) -> Deviations:
    """Write bytes to a file, read it as any table, and compare it with the plan."""
    file.write_bytes(content)
    table = read_table(file, Measurements(table=file.name))
    return deviations(STUDY, PLAN, table.frame, table.lines, source=str(file))


@pytest.mark.parametrize("fill", [_as_workbook, _as_text])
def test_a_filled_sheet_is_read_back(fill: Callable[[RunSheet], bytes], tmp_path: Path):
    """To the last digit, with nothing odd but what is odd."""
    compared = _read_back(fill(lay_out(STUDY, PLAN, DERIVED, "")), tmp_path / "sheet")

    for factor in PLAN.factors:
        rows = compared.frame.filter(factor=factor)
        assert rows["measured"].to_list() == pytest.approx(MEASURED[f"measured_{factor}"])
        assert rows["planned"].to_list() == PLAN.frame[factor].to_list()
    outside = compared.frame.filter(pl.col("is_within").not_())
    assert outside.select("run", "line", "factor").rows() == [(3, 4, "porosity")]
    assert [finding.code for finding in compared.findings] == ["P104", "P109"]


@pytest.mark.parametrize("write", [run_sheet_csv, run_sheet_xlsx])
def test_an_empty_sheet_is_read_back_as_not_made(write: Callable[..., bytes], tmp_path: Path):
    """Nothing but the remark on tolerances beside it."""
    order = () if write is run_sheet_csv else ("Random.",)

    compared = _read_back(write(STUDY, PLAN, DERIVED, *order), tmp_path / "sheet")

    assert [finding.code for finding in compared.findings] == ["P101", "P109"]
    assert compared.frame["measured"].is_null().all()


def test_titles_that_would_be_equal_fall_back_to_names(tmp_path: Path):
    """Two factors with one label can still be distinguished."""
    factors = {name: {"label": "X"} for name in ("active_mass_loading_mg_cm2", "gap_mg_cm2")}
    study = anode_study(factors=factors, materials=None, cell=None, line=None)
    plan = anode_plan()
    plan = replace(
        plan,
        factors=tuple(factors),
        frame=plan.frame.drop("porosity").rename({"dryer_2_temperature_c": "gap_mg_cm2"}),
    )
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(run_sheet_xlsx(study, plan, derive_settings(study, plan), "Random."))

    table = read_table(file, Measurements(table=file.name))

    assert {"measured_gap_mg_cm2", "measured_active_mass_loading_mg_cm2"} <= set(
        table.frame.columns
    )
    assert deviations(study, plan, table.frame, table.lines).frame["planned"].null_count() == 0
